import type { Db } from '../../../kernel/db.ts'
import { type Outcome, refusal } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import type { Succession, SuccessionMove } from './succession.ts'

export interface MovingParts {
  db: Db
  now(): Date
  /** Told after every batch. */
  onProgress?: (progress: Followed) => void | Promise<void>
}

/** How far the dossiers have followed. */
export interface Followed {
  /** Dossiers that were looked at. */
  looked: number
  moved: number
  /** Tasks whose holder did not move along. */
  freed: number
}

/** What a reorganisation finds at one of its moves. */
export interface SuccessionPreview extends SuccessionMove {
  /** Open dossiers that it settles, those decided and not yet handed out among them. */
  open: number
  /** Decided, with the result still to be handed out. */
  toHandOut: number
  dueTomorrow: number
  overdue: number
  /** Open tasks by role. */
  tasks: { role: string; count: number }[]
  /** Who holds tasks, and whether they keep them. */
  holders: { officer: string; count: number; keeps: boolean }[]
  /** Tasks that nobody holds. */
  unheld: number
}

/** Moves the open dossiers of reorganised authorities to their heirs, each with a trace in its journal. */
export async function followReorganisation(
  { now }: MovingParts,
  { effectiveOn }: Succession,
): Promise<Outcome<Followed>> {
  if (dateOfLaw(now()) < effectiveOn)
    return refusal('conflict', 'dossiers.succession-not-yet', { effectiveOn })
  throw new Error('not built yet')
}

/** What `followReorganisation` would find now, move by move; nothing is written. */
export async function previewSuccession(
  _db: Db,
  _succession: Pick<Succession, 'moves' | 'officers'>,
  _now: Date,
): Promise<SuccessionPreview[]> {
  throw new Error('not built yet')
}
