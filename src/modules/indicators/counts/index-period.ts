import { z } from 'zod'
import { plusDays } from '../period.ts'

const { PlainDate } = Temporal

/** What a figure can be closed for; a range of days is never closed. */
export const periodKinds = ['day', 'month', 'quarter', 'half', 'nine-months', 'year'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** A period of the index: its name, first and last day of law. */
export interface IndexPeriod {
  /** `2026-11-21`, `2026-11`, `2026-Q4`, `2026-H2`, `2026-9M`, `2026`. */
  key: string
  kind: PeriodKind
  from: string
  to: string
}

/** Name of a period as a page or a route gives it. */
export const PeriodKey = z
  .string()
  .regex(/^20\d{2}(-(Q[1-4]|H[12]|9M|(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?))?$/)
  .refine((key) => !/^\d{4}-\d{2}-\d{2}$/.test(key) || z.iso.date().safeParse(key).success)

const months: Record<Exclude<PeriodKind, 'day'>, number> = {
  month: 1,
  quarter: 3,
  half: 6,
  'nine-months': 9,
  year: 12,
}

/** The period of a name. Expects what `PeriodKey` accepted. */
export function periodNamed(key: string): IndexPeriod {
  const [year, part = ''] = [key.slice(0, 4), key.slice(5)]
  if (part.length === 5) return { key, kind: 'day', from: key, to: key }
  if (part === '') return span(key, 'year', `${year}-01-01`)
  if (part === '9M') return span(key, 'nine-months', `${year}-01-01`)
  if (part[0] === 'Q') return span(key, 'quarter', firstOf(year, (Number(part[1]) - 1) * 3 + 1))
  if (part[0] === 'H') return span(key, 'half', firstOf(year, (Number(part[1]) - 1) * 6 + 1))
  return span(key, 'month', `${key}-01`)
}

const firstOf = (year: string, month: number) => `${year}-${String(month).padStart(2, '0')}-01`

const span = (key: string, kind: Exclude<PeriodKind, 'day'>, from: string): IndexPeriod => ({
  key,
  kind,
  from,
  to: plusDays(PlainDate.from(from).add({ months: months[kind] }).toString(), -1),
})

/** The period of a kind in which a day lies; nine months begin with the year, whatever the day. */
export function periodOf(kind: PeriodKind, day: string): IndexPeriod {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))]
  const keys: Record<PeriodKind, string> = {
    day,
    month: day.slice(0, 7),
    quarter: `${year}-Q${Math.ceil(month / 3)}`,
    half: `${year}-H${month <= 6 ? 1 : 2}`,
    'nine-months': `${year}-9M`,
    year,
  }
  return periodNamed(keys[kind])
}

/** The comparable period before: the same kind, a step (for nine months a year) earlier. */
export function periodBefore({ kind, from }: IndexPeriod): IndexPeriod {
  if (kind === 'nine-months') return periodNamed(`${Number(from.slice(0, 4)) - 1}-9M`)
  return periodOf(kind, plusDays(from, -1))
}

/** How many closed periods of each kind are looked at again for facts that came late. */
const lookedBack: Record<PeriodKind, number> = {
  day: 7,
  month: 13,
  quarter: 5,
  half: 3,
  'nine-months': 2,
  year: 2,
}

/** The periods that are over on a day and recent enough to be closed or revised, the oldest first. */
export function closedPeriods(today: string, kinds: readonly PeriodKind[] = periodKinds): IndexPeriod[] {
  return kinds
    .flatMap((kind) => {
      const found: IndexPeriod[] = []
      let period = periodOf(kind, today)
      while (found.length < lookedBack[kind]) {
        if (period.to < today) found.push(period)
        period = periodBefore(period)
      }
      return found
    })
    .toSorted((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : 0))
}
