import type { LiveForm } from 'motcua/modules/forms/browser'
import { rowsAt, withRows } from './answers.ts'
import type { Live } from './live.ts'
import { messages } from './messages.ts'
import { addRow, blankIndex, blankOf, removeRow, rowsIn, titleOf } from './rows.ts'
import { noStates } from './states.ts'

/** Adds a row to a list; false when only the server can. */
export function added(live: Live, list: string): boolean {
  const blank = blankOf(live.element, list)
  if (!blank) return false
  const row = addRow(live.element, blank)
  rowsMoved(live, list, [...rowsAt(live.answers, list), {}])
  row.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')?.focus()
  live.says.say(messages(live.form.locale)('live.row-added', { title: titleOf(row) }))
  return true
}

/** Removes the row at a place, `members[1]`; false when only the server can. */
export function removed(live: Live, place: string): boolean {
  const [, list, index] = /^(.+)\[(\d+)\]$/.exec(place) ?? []
  const row = list ? rowsIn(live.element, list)[Number(index)] : undefined
  if (!list || !row || !blankOf(live.element, list)) return false
  const title = titleOf(row)
  removeRow(live.element, list, Number(index))
  rowsMoved(
    live,
    list,
    rowsAt(live.answers, list).filter((_, at) => at !== Number(index)),
  )
  const next = rowsIn(live.element, list)[Number(index)] ?? rowsIn(live.element, list).at(-1)
  const button = live.element.querySelector<HTMLElement>(`button[value="add:${CSS.escape(list)}"]`)
  ;(next?.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea') ?? button)?.focus()
  live.says.say(messages(live.form.locale)('live.row-removed', { title }))
  return true
}

function rowsMoved(live: Live, list: string, rows: Record<string, unknown>[]): void {
  live.answers = withRows(live.answers, list, rows)
  const [within] = list.split('[')
  const stale = (path: string) => path.startsWith(`${within}[`)
  live.states = noStates()
  for (const said of [live.ruled, live.warned])
    for (const path of said.keys()) if (stale(path)) said.delete(path)
  tellServer(live, list)
  const field = groupOf(live.form, list)
  const button = live.element.querySelector<HTMLElement>(`button[value="add:${CSS.escape(list)}"]`)
  if (button) button.hidden = rows.length >= (field?.repeat?.max ?? Number.POSITIVE_INFINITY)
}

function groupOf({ compiled }: LiveForm, list: string) {
  const names = list.split(/\[\d+\]\./)
  let groups = compiled.definition.pages.flatMap((page) => page.groups)
  for (const name of names.slice(0, -1)) groups = groups.find((group) => group.key === name)?.groups ?? []
  return groups.find((group) => group.key === names.at(-1))
}

// The server keeps rows that a page did not send; this list is now sent whole, with what is hidden in its rows, and
// so are the lists in them, whose rows may have come to stand elsewhere.
function tellServer({ element }: Live, list: string): void {
  const whole = new Set([list])
  for (const row of rowsIn(element, list)) {
    for (const inner of row.querySelectorAll<HTMLFieldSetElement>('fieldset')) {
      if (inner.dataset.blank) whole.add(inner.dataset.blank)
      else if (inner.dataset.field && inner.disabled && !inner.closest('[data-blank]')) inner.disabled = false
    }
  }
  for (const input of element.querySelectorAll<HTMLInputElement>('input[name="_whole"]'))
    if (input.value.startsWith(`${list}[`) || input.value === list) input.remove()
  for (const name of whole) {
    if (name.includes(`[${blankIndex}]`)) continue
    const input = document.createElement('input')
    Object.assign(input, { type: 'hidden', name: '_whole', value: name })
    element.append(input)
  }
}
