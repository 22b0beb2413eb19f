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
      // Function keys are never part of what is typed.
      if (isTyping(event.target) && !/^F\d+$/.test(event.key)) return
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
 * J and K move through the rows of the queue, Enter opens, X selects. The cursor is a class, the focus goes to
 * the row's link, so screen readers and sighted officers are at the same place.
 */
export function useRowCursor(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const rows = [...document.querySelectorAll<HTMLTableRowElement>('tr[data-row]')]
      const at = rows.findIndex((row) => row.classList.contains('is-cursor'))
      const key = event.key.toLowerCase()
      if (key === 'j') moveTo(rows, at, Math.min(at + 1, rows.length - 1))
      else if (key === 'k') moveTo(rows, at, Math.max(at - 1, 0))
      else if (key === 'x' && at >= 0)
        rows[at]?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function moveTo(rows: readonly HTMLTableRowElement[], from: number, to: number): void {
  rows[from]?.classList.remove('is-cursor')
  rows[to]?.classList.add('is-cursor')
  rows[to]?.querySelector<HTMLElement>('[data-open]')?.focus()
}
