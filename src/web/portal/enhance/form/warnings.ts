import { type FieldState, type Problem, problemText } from 'motcua/modules/forms/browser'
import type { Live } from './live.ts'
import { stateOf } from './states.ts'

/** Takes over what the rules of the form warn of. What no longer holds goes at once, the rest is said by `warn`. */
export function takeWarnings(
  live: Live,
  states: readonly FieldState[],
  warnings: readonly Problem[],
  all: boolean,
): void {
  const now = new Map(warnings.map((warning) => [warning.field, warning]))
  const here = all ? [...live.warned.keys()] : states.map(({ path }) => path)
  const gone = here.filter((path) => live.warned.has(path) && !now.has(path))
  for (const path of gone) live.warned.delete(path)
  for (const [path, warning] of now) live.warned.set(path, warning)
  for (const path of gone) warn(live, path)
}

/** Says beside a question what the form warns of, or that it does not any more. Nothing is refused for it. */
export function warn(live: Live, path: string): void {
  const question = live.drawn.questions.get(path)
  if (!question) return
  const warning = live.warned.get(path)
  const text = warning && stateOf(live.states, path)?.visible ? wordsOf(live, warning) : undefined
  const drawn = question.querySelector<HTMLElement>(':scope > .warning')
  if (text === undefined) {
    drawn?.remove()
    return
  }
  const note = drawn ?? (live.models.warning.cloneNode(true) as HTMLElement)
  const words = note.querySelector('[data-words]')
  if (words?.textContent === text) return
  if (words) words.textContent = text
  if (!drawn) question.append(note)
  live.says.say(text)
}

const wordsOf = ({ form }: Live, warning: Problem) => problemText(form.compiled, warning, form.locale)
