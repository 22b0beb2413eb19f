import { alone } from '../../../kernel/alone.ts'
import type { Db } from '../../../kernel/db.ts'
import type { Outcome } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import type { DossierEntry } from '../entries.ts'
import { addBulkMove, findBulkMove, noteBeginning, noteProgress } from './bulk-move-store.ts'
import { type Chosen, countOpen, type OpenDossier } from './open-dossier.ts'
import { movingRefusals } from './process-plan.ts'
import { type Succession, succeededTo } from './succession.ts'
import { walk } from './walk.ts'
import { type Move, writeMoves } from './write-moves.ts'

export interface MovingParts {
  db: Db
  now(): Date
  /** Told after every batch. */
  onProgress?: (progress: Followed) => void | Promise<void>
  /** How long to rest after a batch, as a share of the time that it took; see `usualRest`. */
  rest?: number
}

/** How far the dossiers have followed, over all attempts. */
export interface Followed {
  /** Dossiers that it is about. */
  open: number
  moved: number
  /** Tasks whose holder did not move along. */
  freed: number
}

/** Others file and work meanwhile: as long as a batch took, the database is theirs again. */
export const usualRest = 1

/** One run over many dossiers at a time in the whole installation. */
export const bulkMoveLock = 0x6d63_0105

/**
 * Moves the open dossiers of reorganised authorities to their heirs, each with a trace in its journal: those that they
 * settle, received or helped with, and tasks that lie with them. What was decided and still has to be handed out
 * follows; what has ended stays as it is. Officers may work meanwhile: who acts first wins, and the dossier is looked
 * at again. Doing it again, as after a crash, moves only what has not moved.
 */
export async function followReorganisation(
  parts: MovingParts,
  succession: Succession,
): Promise<Outcome<Followed>> {
  const { db, now } = parts
  const { id, decision, effectiveOn, moves, by = 'reorganisation' } = succession
  if (dateOfLaw(now()) < effectiveOn) return movingRefusals.notYet({ effectiveOn })
  const officers = [...succession.officers]
  const plan = { effectiveOn, moves, officers }
  await addBulkMove(db.pool, { id, kind: 'succession', plan, decision, by, reason: null, askedAt: now() })
  await alone(db.pool, { number: bulkMoveLock, wait: true }, () => runSuccession(parts, succession))
  const { open, moved, freed } = (await findBulkMove(db.pool, id))!
  return { open, moved, freed }
}

/** The run itself; one at a time. */
export async function runSuccession(
  { db, now, onProgress, rest = usualRest }: MovingParts,
  succession: Succession,
): Promise<void> {
  const { id } = succession
  const chosen = chosenOf(succession)
  await noteBeginning(db.pool, id, await countOpen(db.pool, chosen), now())
  await walk({
    ...{ db, chosen, rest },
    decide: async (dossier) => moveOf(dossier, succession, now()),
    keep: (moves) => writeMoves(db.pool, id, moves),
    onBatch: async () => {
      if (onProgress) await onProgress((await findBulkMove(db.pool, id))!)
    },
  })
  await noteProgress(db.pool, id, { stayed: 0, stays: [] }, now())
}

function moveOf(dossier: OpenDossier, succession: Succession, at: Date): Move | null {
  const data = succeededTo(dossier, succession)
  if (data === null) return null
  const actor = { kind: 'system', id: 'reorganisation' } as const
  const entry = { kind: 'dossiers.succeeded', data, actor, at } as unknown as DossierEntry
  const freed = data.changes?.filter(({ set }) => set.assignee === null).length ?? 0
  return { dossier, entry, freed }
}

// Each way in which an authority has to do with a dossier has an index of its own.
const concerned = `d.id in (
  select id from dossiers.dossier where id > $1 and closed_at is null and competent = any($2)
  union all select id from dossiers.dossier
    where id > $1 and closed_at is null and received_by <> competent and received_by = any($2)
  union all select id from dossiers.dossier
    where id > $1 and closed_at is null and helped_by is not null and helped_by = any($2)
  union all select dossier_id from dossiers.task where dossier_id > $1 and closed_at is null and authority = any($2))`

const notYetMoved = `not exists (select from journal.entry e
  where e.stream = d.id and e.kind = 'dossiers.succeeded' and e.data ->> 'run' = $3)`

function chosenOf({ id, moves }: Pick<Succession, 'id' | 'moves'>): Chosen {
  const from = [...new Set(moves.map((move) => move.from))]
  // Where one authority both gives and takes, what it took must not be given on when the run is begun anew.
  return moves.some(({ to }) => from.includes(to))
    ? { name: 'exchanged', condition: `${concerned} and ${notYetMoved}`, values: [from, id] }
    : { name: 'inherited', condition: concerned, values: [from] }
}
