import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type Authority, listAuthorities } from '../../directory/index.ts'
import type { IndexSet } from '../index-sets/index.ts'
import { plusDays } from '../period.ts'
import type { Span } from './intervals.ts'
import { rememberedSet } from './remembered-scores.ts'
import { type AsAt, type PeriodAsked, scoresInMemory } from './score-memory.ts'
import type { ScoredUnit } from './score-units.ts'
import { type IndexUnit, levelOf, toUnit, whole } from './units.ts'

const { PlainDate } = Temporal

export interface AroundQuery extends Span {
  /** Code of the unit in the middle; '' is the whole installation. */
  unit: string
  /** The period to compare with. */
  before: Span
  /** Months of the lines and heat maps, the oldest first; left out, the twelve up to today. */
  months?: readonly Span[]
  /** Key of a set; left out, the country's at the end of the period. */
  setKey?: string
  /** Count what was merged into a unit in the period and the one before, too; months always do. */
  withPast?: boolean
  now: Date
  clock?: () => number
}

/** A unit in a period, in the one before, and month by month. */
export interface UnitOverTime {
  unit: IndexUnit
  now: ScoredUnit
  before: ScoredUnit
  months: ScoredUnit[]
}

/** Everything that a board of the index is drawn from. */
export interface ScoresAround {
  set: IndexSet
  months: readonly Span[]
  own: UnitOverTime
  /** Who is compared with whom: communes with communes, departments with departments; a province shows its communes. */
  peers: UnitOverTime[]
  /** What stands directly below, also what ended since the period before; without months. */
  below: UnitOverTime[]
  asAt: AsAt
}

/** A unit among its peers and what is below it, at most a second old. Undefined when no set holds or no such unit is. */
export async function scoresAround(db: Db, query: AroundQuery): Promise<ScoresAround | undefined> {
  const { unit: code, from, to, before, now, clock, withPast = false } = query
  const today = dateOfLaw(now)
  const { months = monthsUpTo(today, 12) } = query
  const isOver = to < today
  const [all, set] = await Promise.all([
    listAuthorities(db),
    rememberedSet(db, { key: query.setKey, on: isOver ? to : today, ...(clock && { clock }) }),
  ])
  const own = all.find((each) => each.code === code)
  if (set === undefined || (code !== '' && own === undefined)) return undefined
  const peers = peersOf(all, own).filter((each) => stoodIn(each, { from, to }))
  const below = all.filter(
    (each) => (each.parentCode ?? '') === code && stoodIn(each, { from: before.from, to }),
  )
  const compared = unique([own ? toUnit(own) : whole, ...peers.map(toUnit)])
  const further = unique([...compared, ...below.map(toUnit)])
  const read = (units: readonly IndexUnit[], periods: readonly PeriodAsked[]) =>
    scoresInMemory(db, { set, units, periods, now, ...(clock && { clock }) })
  const [both, monthly] = await Promise.all([
    read(further, [
      { from, to, withPast },
      { ...before, withPast },
    ]),
    read(
      compared,
      months.map((month) => ({ ...month, withPast: true })),
    ),
  ])
  const place = new Map(further.map((unit, i) => [unit.code, i]))
  const overTime = (each: string, withMonths: boolean): UnitOverTime => {
    const i = place.get(each)!
    return {
      unit: further[i]!,
      now: both.scores[0]![i]!,
      before: both.scores[1]![i]!,
      // Those that are compared stand first.
      months: withMonths ? monthly.scores.map((of) => of[i]!) : [],
    }
  }
  return {
    ...{ set, months, asAt: both.asAt },
    own: overTime(code, true),
    peers: peers.map((each) => overTime(each.code, true)),
    below: below.map((each) => overTime(each.code, false)),
  }
}

/** So many months up to the one in which a day lies, the oldest first. */
export function monthsUpTo(day: string, count: number): Span[] {
  const last = PlainDate.from(day).with({ day: 1 })
  return Array.from({ length: count }, (_, i) => {
    const first = last.subtract({ months: count - 1 - i })
    return { from: String(first), to: plusDays(String(first.add({ months: 1 })), -1) }
  })
}

function peersOf(all: readonly Authority[], own: Authority | undefined): Authority[] {
  const kind = own && levelOf(own) === 'department' ? 'department' : 'commune'
  const province = own?.code.split('.')[0]
  return all.filter(
    (each) => each.kind === kind && (province === undefined || each.code.split('.')[0] === province),
  )
}

const stoodIn = ({ validFrom, validTo }: Authority, { from, to }: Span) =>
  validFrom <= to && (validTo === null || validTo >= from)

const unique = (units: readonly IndexUnit[]) => [...new Map(units.map((unit) => [unit.code, unit])).values()]
