import { useEffect } from 'react'

/**
 * Runs the keys that stand on the page: pressing a key follows the link or presses the button that carries
 * `data-hotkey`, or puts the cursor into such a field. Letters work only while nothing is being typed, so a
 * scanner or a name never triggers an action.
 */
export function useHotkeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      // Whoever types leaves the field first: no letter of a name ever acts.
      if (event.key === 'Escape' && isTyping(event.target)) return (event.target as HTMLElement).blur()
      // Function keys are never part of what is typed.
      if (isTyping(event.target) && !/^F\d+$/.test(event.key)) return
      // The help is read, then closed; meanwhile keys do nothing behind it.
      if (document.querySelector('dialog[open]')) return
      const target = findTarget(event.key)
      if (!target) return
      event.preventDefault()
      if (target instanceof HTMLInputElement && target.type !== 'checkbox') target.focus()
      else target.click()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function findTarget(key: string): HTMLElement | null {
  const wanted = key.length === 1 ? key.toUpperCase() : key
  return document.querySelector<HTMLElement>(`[data-hotkey="${CSS.escape(wanted)}"]`)
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  )
}

/**
 * J and K (or the arrows) move through the rows of a list, Enter opens, X selects, A selects all or none. The cursor is
 * a class, the focus goes to the row's link, so screen readers and sighted officers are at the same place. It begins
 * on the first row, or where the officer left the list.
 */
export function useRowCursor(): void {
  useEffect(() => {
    const begin = rowsOf().findIndex((row) => row.dataset.row === left())
    if (begin >= 0 || rowsOf().length > 0) mark(rowsOf(), Math.max(begin, 0))
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (document.querySelector('dialog[open]')) return
      if (onList(event.key, rowsOf())) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** Does what a key means on a list; false when it means nothing there. */
function onList(pressed: string, rows: readonly HTMLTableRowElement[]): boolean {
  const at = rows.findIndex((row) => row.classList.contains('is-cursor'))
  const box = rows[at]?.querySelector<HTMLInputElement>('input[type=checkbox]')
  switch (pressed.toLowerCase()) {
    case 'j':
    case 'arrowdown':
      moveTo(rows, Math.min(at + 1, rows.length - 1))
      return rows.length > 0
    case 'k':
    case 'arrowup':
      moveTo(rows, Math.max(at - 1, 0))
      return rows.length > 0
    case 'x':
      box?.click()
      return box !== null && box !== undefined
    case 'a':
      return selectAll(rows)
    case 'enter':
      // A button or link in focus does its own.
      if (document.activeElement?.closest('a, button, summary, input')) return false
      rows[at]?.querySelector<HTMLElement>('[data-open]')?.click()
      return at >= 0
    default:
      return false
  }
}

function selectAll(rows: readonly HTMLTableRowElement[]): boolean {
  const boxes = rows.flatMap((row) => row.querySelector<HTMLInputElement>('input[type=checkbox]') ?? [])
  const all = boxes.every((box) => box.checked)
  for (const box of boxes) if (box.checked === all) box.click()
  return boxes.length > 0
}

const rowsOf = () => [...document.querySelectorAll<HTMLTableRowElement>('tr[data-row]')]

function mark(rows: readonly HTMLTableRowElement[], to: number): void {
  for (const row of rows) row.classList.remove('is-cursor')
  rows[to]?.classList.add('is-cursor')
}

function moveTo(rows: readonly HTMLTableRowElement[], to: number): void {
  mark(rows, to)
  rows[to]?.querySelector<HTMLElement>('[data-open]')?.focus()
  remember(rows[to]?.dataset.row)
}

// Where the officer was in this list, for when they come back to it from a dossier.
const place = () => `hang ${location.pathname}`
function left(): string | undefined {
  try {
    return sessionStorage.getItem(place()) ?? undefined
  } catch {
    return undefined
  }
}
function remember(row: string | undefined): void {
  try {
    if (row) sessionStorage.setItem(place(), row)
  } catch {
    // Without storage the list begins at its top.
  }
}
