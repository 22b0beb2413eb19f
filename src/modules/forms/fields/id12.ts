import { textKind } from './text.ts'

const digitsOnly = (text: string) => (/^[\d\s.]+$/.test(text) ? text.replace(/[\s.]/g, '') : text)

/** The 12-digit personal id number. */
export const id12 = textKind({
  longest: 20,
  turned: { to: digitsOnly, right: (value) => /^\d{12}$/.test(value), error: 'forms.id12-invalid' },
  width: 'mid',
  json: { pattern: '^\\d{12}$' },
})
