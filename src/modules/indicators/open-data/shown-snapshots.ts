import type { Db } from '../../../kernel/db.ts'
import type { Actor } from '../../identity/index.ts'
import { answersFor } from '../answers-for.ts'
import { periodNamed } from '../counts/index-period.ts'
import { type Snapshot, snapshotsOf } from '../snapshots/snapshot-store.ts'
import { readProtection } from './protection.ts'
import { publicUnit } from './public-units.ts'

/** A snapshot for whoever asks. */
export type ShownSnapshot = ReturnType<typeof publicSnapshot>

/**
 * The index of a unit and a period (by its name) as it was closed, and every revision since, the oldest first. Of units
 * that one does not answer for, only what everybody may see; single days are nobody else's.
 */
export async function shownSnapshots(
  db: Db,
  {
    actor,
    unit,
    period,
    setKey,
  }: { actor: Actor; unit: string; period: string; setKey?: string | undefined },
): Promise<ShownSnapshot[]> {
  const days = periodNamed(period)
  const [found, protection] = await Promise.all([
    snapshotsOf(db.pool, { authority: unit, period, ...(setKey && { setKey }) }),
    readProtection(db, days),
  ])
  const isShown = answersFor(actor, unit) || protection.shows(unit, days)
  return found.map((each) => publicSnapshot(each, isShown))
}

function publicSnapshot(
  { id: _, authority, level, notes, score, counts, notMeasured, changed, ...rest }: Snapshot,
  isShown: boolean,
) {
  const unit = { code: authority, name: '', shortName: '', level }
  const shown = publicUnit(
    {
      unit: { ...unit, parent: null, validFrom: null, validTo: null },
      ...{ counts, notMeasured: notMeasured as never, notes, score },
    },
    isShown,
  )
  const withheld = new Set<string>(shown.withheld)
  return {
    ...{ ...rest, unit: authority, level, counts: shown.counts, notMeasured, withheld: shown.withheld },
    ...{ notes, score: shown.score },
    changed: changed && Object.fromEntries(Object.entries(changed).filter(([key]) => !withheld.has(key))),
  }
}
