/** Rows of lists in the page: each stands in `[data-row="members[0]"]`, the one to copy in `[data-blank="members"]`. */

/** The number of a row that is not there yet. */
export const blankIndex = 9999

/** The row to copy, or undefined when only the server can add one. */
export function blankOf(form: HTMLElement, list: string): HTMLElement | undefined {
  return form.querySelector<HTMLElement>(`[data-blank="${CSS.escape(list)}"]`) ?? undefined
}

/** The rows of a list that are there, in order. */
export function rowsIn(form: HTMLElement, list: string): HTMLElement[] {
  const rows = form.querySelectorAll<HTMLElement>(`[data-row^="${CSS.escape(`${list}[`)}"]`)
  return [...rows].filter((row) => {
    const inside = row.dataset.row!.slice(list.length)
    return /^\[\d+\]$/.test(inside) && inside !== `[${blankIndex}]`
  })
}

/** Puts one more row behind the others and gives it. */
export function addRow(form: HTMLElement, blank: HTMLElement): HTMLElement {
  const list = blank.dataset.blank!
  const index = rowsIn(form, list).length
  const row = blank.querySelector<HTMLElement>(':scope > [data-row]')!.cloneNode(true) as HTMLElement
  renumber(row, list, blankIndex, index, blank)
  blank.before(row)
  return row
}

/** Takes a row away; those behind it move up. */
export function removeRow(form: HTMLElement, list: string, index: number): void {
  const rows = rowsIn(form, list)
  rows[index]?.remove()
  const blank = blankOf(form, list)
  for (const [at, row] of rows.entries()) if (at > index) renumber(row, list, at, at - 1, blank)
}

/** What a row is called: its legend. */
export const titleOf = (row: HTMLElement) => row.querySelector('legend')?.textContent ?? ''

const numbered = ['name', 'id', 'for', 'value', 'list', 'aria-describedby']
const marked = ['data-field', 'data-row', 'data-blank', 'data-fact', 'data-group']

function renumber(row: HTMLElement, list: string, from: number, to: number, blank: HTMLElement | undefined) {
  const [name, newName] = [`${list}[${from}]`, `${list}[${to}]`]
  const [id, newId] = [idOf(name), idOf(newName)]
  for (const element of [row, ...row.querySelectorAll<HTMLElement>('*')]) {
    for (const attribute of [...numbered, ...marked]) {
      const text = element.getAttribute(attribute)
      // What somebody typed is a property; the attribute of such a control is only its first value.
      if (text === null || (attribute === 'value' && isTyped(element))) continue
      if (text.includes(name)) element.setAttribute(attribute, text.replaceAll(name, newName))
      else if (text.includes(id)) element.setAttribute(attribute, text.replaceAll(id, newId))
    }
  }
  const title = blank?.dataset.title?.replace('{number}', String(to + 1))
  const legend = row.querySelector(':scope > legend')
  if (title && legend) legend.textContent = title
  const remove = row.querySelector(`:scope > p > button[value="remove:${CSS.escape(newName)}"]`)
  const words = blank?.dataset.remove?.replace('{number}', String(to + 1))
  if (remove && words) remove.textContent = words
}

const isTyped = (element: Element) =>
  element instanceof HTMLInputElement && !/^(hidden|radio|checkbox)$/.test(element.type)

const idOf = (name: string) => `f-${name}`.replace(/[^A-Za-z0-9]+/g, '-')
