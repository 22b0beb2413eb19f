import { dateOfLaw } from 'motcua/kernel/time'
import type { EntryData, HistoryItem } from 'motcua/modules/dossiers'

/** What can move a promised date. */
export const moving = [
  'dossiers.extended',
  'dossiers.due-recomputed',
  'dossiers.edition-changed',
  'dossiers.supplemented',
  'dossiers.obligation-met',
  'dossiers.obligation-waived',
  'dossiers.transferred',
  'dossiers.restored',
] as const
export type Moving = (typeof moving)[number]

/** The promised moment before and after an act; instants. */
export interface DateMove {
  sequence: number
  by: Moving
  at: string
  from: string
  to: string
}

/**
 * Every move of the promised date, oldest first. A clock that only stood still moved nothing, nor did another hour of
 * closing on the same day.
 */
export function dateMoves(history: readonly HistoryItem[]): DateMove[] {
  const moves: DateMove[] = []
  let promised: string | null = null
  for (const item of history) {
    const to = dueAfter(item)
    if (to === null) continue
    if (promised !== null && dateOfLaw(to) !== dateOfLaw(promised) && isMoving(item.kind))
      moves.push({ sequence: item.sequence, by: item.kind, at: item.at, from: promised, to })
    promised = to
  }
  return moves
}

const isMoving = (kind: HistoryItem['kind']): kind is Moving => (moving as readonly string[]).includes(kind)

function dueAfter({ kind, data }: HistoryItem): string | null {
  if (kind === 'dossiers.restored') return (data as EntryData['dossiers.restored']).back.dueAt
  return (data as { dueAt?: string | null }).dueAt ?? null
}
