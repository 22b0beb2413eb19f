/** Elements of the page by what they show; asked anew when rows come or go. */
export interface Drawn {
  questions: Map<string, HTMLElement>
  facts: Map<string, HTMLElement[]>
  groups: Map<string, HTMLElement[]>
  pages: Map<string, HTMLElement>
}

export function drawnIn(form: HTMLElement): Drawn {
  const drawn: Drawn = { questions: new Map(), facts: new Map(), groups: new Map(), pages: new Map() }
  const found = form.querySelectorAll<HTMLElement>('[data-field], [data-fact], [data-group], [data-page]')
  for (const element of found) {
    const { field, fact, group, page } = element.dataset
    if (field) drawn.questions.set(field, element)
    if (fact) drawn.facts.set(fact, [...(drawn.facts.get(fact) ?? []), element])
    if (group) drawn.groups.set(group, [...(drawn.groups.get(group) ?? []), element])
    if (page) drawn.pages.set(page, element)
  }
  return drawn
}

/** Shows or hides; gives whether that was a change. What was disabled because it had never been shown is opened. */
export function show(element: HTMLElement | undefined, shown: boolean): boolean {
  if (!element || element.hidden !== shown) return false
  element.hidden = !shown
  if (shown && element instanceof HTMLFieldSetElement && element.dataset.blank === undefined)
    element.disabled = false
  return true
}

/** The words of a question, without what is said beside them. */
export function labelOf(question: HTMLElement): string {
  const label = question.querySelector('.label')
  const own = [...(label?.childNodes ?? [])].filter((node) => node instanceof Text)
  return own
    .map(({ data }) => data)
    .join('')
    .trim()
}
