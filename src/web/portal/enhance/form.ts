import { config } from 'zod'
import { startForm } from './form/start.ts'

// The content security policy lets no text become code, so the checks do not try.
config({ jitless: true })

/**
 * Evaluates a form while it is filled in, as the server does when it is sent: `<script data-live-form>` inside a form
 * carries the form as data. Shows and hides questions, works out values, adds and removes rows, and says what is wrong
 * with a field when it is left. Without this script the server does all of it between two pages.
 */
export function startForms(): void {
  for (const data of document.querySelectorAll<HTMLScriptElement>('script[data-live-form]')) startForm(data)
}

startForms()

// What the server evaluates is compared with this to the letter.
export { evaluateForm, validateAnswers } from 'motcua/modules/forms/browser'
