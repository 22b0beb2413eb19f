import { controlsOf } from './read-field.ts'

/** Writes what is wrong with a question where the server would write it, or takes it away. */
export function showProblem(question: HTMLElement, model: HTMLElement, text: string | undefined): void {
  const box = question.querySelector<HTMLElement>('.field, .group')
  const first = controlsOf(question).find((control) => control.type !== 'hidden')
  if (!box || !first) return
  const shown = box.querySelector<HTMLElement>('.error')
  if (text === undefined) {
    if (shown) clear(question, box, shown)
    return
  }
  const error = shown ?? insert(box, model, `${first.id}-e`)
  const words = error.querySelector(':scope > span')
  const last = words?.lastChild
  if (last instanceof Text) last.data = text
  else words?.append(text)
  box.classList.add('field--error')
  mark(question, box, error.id, true)
}

/** Whether something is said to be wrong. */
export const hasProblem = (question: HTMLElement) => question.querySelector('.error') !== null

function insert(box: HTMLElement, model: HTMLElement, id: string): HTMLElement {
  const error = model.cloneNode(true) as HTMLElement
  error.id = id
  const before = box.querySelector('.hint') ?? box.querySelector('.label')
  if (before) before.after(error)
  else box.prepend(error)
  return error
}

function clear(question: HTMLElement, box: HTMLElement, error: HTMLElement): void {
  box.classList.remove('field--error')
  mark(question, box, error.id, false)
  error.remove()
  const first = controlsOf(question).find((control) => control.type !== 'hidden')
  if (first) leaveSummary(first.id)
}

// A fieldset is described as a whole; a single control is marked itself.
function mark(question: HTMLElement, box: HTMLElement, errorId: string, wrong: boolean): void {
  const controls = controlsOf(question).filter((control) => !/^(hidden|radio|checkbox)$/.test(control.type))
  const described = box instanceof HTMLFieldSetElement ? box : controls[0]
  if (described) {
    const others = (described.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .filter((id) => id && id !== errorId)
    const ids = wrong ? [...others, errorId] : others
    if (ids.length > 0) described.setAttribute('aria-describedby', ids.join(' '))
    else described.removeAttribute('aria-describedby')
  }
  for (const control of controls) {
    if (wrong) control.setAttribute('aria-invalid', 'true')
    else control.removeAttribute('aria-invalid')
  }
}

// What was repaired leaves the list at the top of the page too.
function leaveSummary(id: string): void {
  const summary = document.querySelector('.error-summary')
  summary
    ?.querySelector(`a[href="#${CSS.escape(id)}"]`)
    ?.closest('li')
    ?.remove()
  if (summary && !summary.querySelector('li')) summary.remove()
}
