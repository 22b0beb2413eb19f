import { alone } from '../../../kernel/alone.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import type { Db } from '../../../kernel/db.ts'
import { newId } from '../../../kernel/ids.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { closedPeriods, type IndexPeriod, type PeriodKind } from '../counts/index-period.ts'
import { type ScoredUnit, scoreUnits } from '../counts/score-units.ts'
import { type IndexUnit, indexUnits } from '../counts/units.ts'
import { type Counts, type FigureKey, figureKeys, findIndexSet, type IndexSet } from '../index-sets/index.ts'
import { figuresAt } from '../indicator-store.ts'
import { addSnapshots, countedSince, latestSnapshots, type Snapshot } from './snapshot-store.ts'

export interface TakeQuery {
  now: Date
  /**
   * These periods; left out, those that are over and recent. One that still runs is kept as asked for, and closed by
   * itself when it is over; one that has not begun is never kept.
   */
  periods?: readonly IndexPeriod[]
  kinds?: readonly PeriodKind[]
  /** Only these units; left out, all that have figures. */
  authorities?: readonly string[]
  /** A set by its key; left out, the one in force on the last day: the country's and the province's own. */
  setKey?: string
}

/**
 * Keeps the index of periods as it stands: the first time as closed, later as a revision when facts came late, and says
 * which figures changed. What is as it was is not kept twice. Gives how many snapshots were added.
 */
export async function takeSnapshots(db: Db, query: TakeQuery): Promise<number> {
  const { now, kinds } = query
  const today = dateOfLaw(now)
  const { since, units } = await countedSince(db.pool)
  const periods = (query.periods ?? closedPeriods(today, kinds)).filter(
    ({ from, to }) => since !== null && to >= since && from <= today,
  )
  const { position } = await figuresAt(db.pool)
  let added = 0
  for (const period of periods) {
    const stood = (await indexUnits(db, period)).filter(
      ({ code }) => units.has(code) && (query.authorities ?? [code]).includes(code),
    )
    for (const [set, asked] of await setsFor(db, stood, { on: period.to, setKey: query.setKey })) {
      const scored = await scoreUnits(db, { set, units: asked, from: period.from, to: period.to, now })
      added += await keep(db, { set, period, scored, now, position })
    }
  }
  return added
}

/** Sets with the units that are measured by them: everybody by the country's, and who has one by their own. */
async function setsFor(
  db: Db,
  units: readonly IndexUnit[],
  { on, setKey }: { on: string; setKey: string | undefined },
): Promise<[IndexSet, readonly IndexUnit[]][]> {
  const named = await findIndexSet(db, { on, key: setKey })
  const found: [IndexSet, readonly IndexUnit[]][] = named ? [[named, units]] : []
  if (setKey !== undefined) return found
  const provinces = Map.groupBy(units, ({ code }) => code.split('.')[0]!)
  for (const [territory, own] of provinces) {
    const set = territory === '' ? undefined : await findIndexSet(db, { on, territory })
    if (set && set.key !== named?.key) found.push([set, own])
  }
  return found
}

interface Kept {
  set: IndexSet
  period: IndexPeriod
  scored: readonly ScoredUnit[]
  now: Date
  position: number
}

async function keep(db: Db, { set, period, scored, now, position }: Kept): Promise<number> {
  const before = await latestSnapshots(db.pool, {
    setKey: set.key,
    authorities: scored.map(({ unit }) => unit.code),
    periods: [period.key],
  })
  const known = new Map(
    before.filter(({ setVersion }) => setVersion === set.version).map((each) => [each.authority, each]),
  )
  const isOver = period.to < dateOfLaw(now)
  const news = scored.flatMap(({ unit, counts, notMeasured, notes, score }): Snapshot[] => {
    const last = known.get(unit.code)
    const changed = last ? changesOf(last.counts, counts) : null
    const isClosed = last !== undefined && (last.why !== 'asked' || !isOver)
    if (isClosed && Object.keys(changed!).length === 0) return []
    return [
      {
        ...{ id: newId(now.getTime()), setKey: set.key, setVersion: set.version },
        ...{ authority: unit.code, level: unit.level },
        ...{ period: period.key, from: period.from, to: period.to },
        revision: (last?.revision ?? 0) + 1,
        why: !isOver ? 'asked' : isClosed ? 'late-facts' : 'closed',
        ...{ asAt: now.toISOString(), position, counts, notMeasured, score, notes, changed },
      },
    ]
  })
  return addSnapshots(db.pool, news)
}

/** What differs between two counts of one unit and period. Pure. */
export function changesOf(before: Counts, after: Counts): NonNullable<Snapshot['changed']> {
  const changed = figureKeys.filter(
    (key) => canonicalJson(before[key] ?? null) !== canonicalJson(after[key] ?? null),
  )
  return Object.fromEntries(
    changed.map((key: FigureKey) => [key, [before[key] ?? null, after[key] ?? null]]),
  ) as NonNullable<Snapshot['changed']>
}

export const snapshotTask = 'index-snapshots'
/** A quarter past midnight in Hà Nội, when the day's facts have been counted. */
export const snapshotCrontab = `15 17 * * * ${snapshotTask}`
const snapshotLock = 8026_0147

/** The worker's task that closes periods at night and finds what came late; only one process does it. */
export const snapshotTasks = ({ db, now }: { db: Db; now(): Date }) => ({
  [snapshotTask]: async () =>
    void (await alone(
      db.pool,
      { number: snapshotLock },
      async () => void (await takeSnapshots(db, { now: now() })),
    )),
})
