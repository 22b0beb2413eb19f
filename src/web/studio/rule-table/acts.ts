import type { KeyboardEvent } from 'react'
import type { Draft } from './rule-table.view'

/** What the rows of a table do. */
export interface Acts {
  change: (draft: Draft) => void
  addRow: (at: number) => void
  dropRow: (row: number) => void
  moveRow: (row: number, by: -1 | 1, focused: string) => void
  dropColumn: (column: number, label: string) => void
  moveColumn: (column: number, by: -1 | 1) => void
}

/** Keys on a row: Alt with an arrow moves it, with Insert adds one below, with Delete drops it. */
export function rowKey(event: KeyboardEvent, row: number, acts: Acts): void {
  if (!event.altKey) return
  const { id } = event.target as HTMLElement
  if (event.key === 'ArrowUp') acts.moveRow(row, -1, id)
  else if (event.key === 'ArrowDown') acts.moveRow(row, 1, id)
  else if (event.key === 'Insert') acts.addRow(row + 1)
  else if (event.key === 'Delete') acts.dropRow(row)
  else return
  event.preventDefault()
  // The list around the table has the same keys.
  event.stopPropagation()
}
