import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { indexCounts } from '../counts/index-counts.ts'
import { type Counts, countedOf, type Ratio, type RatioKey, ratioKeys } from '../index-sets/index.ts'
import { type Assessment, assessTarget, daysBetween, type Measured, plusDays } from './assess-target.ts'
import { type Stage, stageOn, type Target } from './target.ts'
import type { StoredTarget } from './target-store.ts'

export interface JudgedTarget extends StoredTarget {
  /** The stage that runs, or the last that is over, or the first to come. */
  stage: Stage
  assessment: Assessment
}

/** From how many days the pace of a projection is taken. */
export const paceDays = 30

/** Judges targets on a day by what is counted for the unit that answers for each. */
export async function judgeTargets(
  db: Db,
  targets: readonly StoredTarget[],
  now: Date,
): Promise<JudgedTarget[]> {
  const today = dateOfLaw(now)
  const staged = targets.map((each) => ({
    ...each,
    stage: stageOn(each.target, today) ?? each.target.stages[0]!,
  }))
  const reading = readings(db, now)
  return Promise.all(
    staged.map(async (each) => {
      const measured = await measure(each.target, each.stage, { today, reading })
      return { ...each, assessment: assessTarget(each.target, each.stage, measured, today) }
    }),
  )
}

type Reading = (authority: string, from: string, to: string) => Promise<Counts>

/** Targets of one document have the same stage, so each stretch is read once for each unit. */
function readings(db: Db, now: Date): Reading {
  const known = new Map<string, Promise<Counts>>()
  return (authority, from, to) => {
    const key = `${authority} ${from} ${to}`
    let read = known.get(key)
    if (!read) {
      read = indexCounts(db, { authorities: [authority], from, to, now }).then(
        (counts) => counts.get(authority)?.counts ?? {},
      )
      known.set(key, read)
    }
    return read
  }
}

async function measure(
  { figure, unit, responsible }: Target,
  stage: Stage,
  { today, reading }: { today: string; reading: Reading },
): Promise<Measured | undefined> {
  if (figure === null || unit !== 'percent' || !isRatio(figure) || today < stage.from) return undefined
  const to = today < stage.to ? today : stage.to
  const counts = (await reading(responsible, stage.from, to))[figure]
  if (!counts) return undefined
  // Procedures are not handed in day by day: next month has the same ones, so what is counted now is the projection.
  if (countedOf(figure) === 'procedures') return { counts, recent: { counts: [0, 0], days: 0 } }
  const begin = plusDays(to, 1 - paceDays)
  const from = [begin, stage.from].toSorted().at(-1)!
  const recent: Ratio = today > stage.to ? [0, 0] : ((await reading(responsible, from, to))[figure] ?? [0, 0])
  return { counts, recent: { counts: recent, days: daysBetween(from, to) + 1 } }
}

const isRatio = (figure: string): figure is RatioKey => (ratioKeys as readonly string[]).includes(figure)
