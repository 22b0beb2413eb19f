import { z } from 'zod'
import type { Outcome } from '../../kernel/errors.ts'
import { cleanText } from '../../kernel/text.ts'
import { dayOf, SpecialDay, SpecialDayKind, weekdayOf } from './calendar.ts'
import { refusals, type YearProblem } from './refusals.ts'

const words = (most: number) => cleanText.pipe(z.string().trim().min(1).max(most))

const DayToPublish = z.object({
  ...SpecialDay.shape,
  name: words(200),
  basis: words(500),
  note: words(1000).nullish(),
})

/** The days off of a territory and year as somebody publishes them; no days at all is a year as well. */
export const YearToPublish = z.object({
  /** `VN`, or the code of the province or authority that publishes days of its own. */
  territory: words(40),
  /** The clock knows no other time than UTC+7, which holds since 1975. */
  year: z.int().min(1976).max(2200),
  days: z.array(DayToPublish).max(366),
  /** Announcement or decision that says so. */
  source: words(500),
  by: words(200),
})
export type YearToPublish = z.infer<typeof YearToPublish>

/** Reads a year to publish, or refuses it with everything that is wrong. */
export function readYear(raw: unknown): Outcome<YearToPublish> {
  const parsed = YearToPublish.safeParse(raw)
  const shape = parsed.success ? [] : parsed.error.issues.map(toProblem)
  const problems = [...shape, ...impossibleDays(raw)]
  return parsed.success && problems.length === 0 ? parsed.data : refusals.invalidYear({ problems })
}

function toProblem({ path, code }: z.core.$ZodIssue): YearProblem {
  return { field: path.map(String).join('.'), code: `calendar.input-${code}` }
}

// Read apart from the shape, so that a missing name does not hide a day that cannot be.
const DaysAtLeast = z.object({
  year: z.int(),
  days: z.array(z.object({ date: z.iso.date(), kind: SpecialDayKind }).nullable().catch(null)),
})

function impossibleDays(raw: unknown): YearProblem[] {
  const { data } = DaysAtLeast.safeParse(raw)
  if (!data) return []
  const dates = new Set<string>()
  return data.days.flatMap((day, i) => {
    if (day === null) return []
    const problem = dates.has(day.date) ? 'twice' : problemOf(day, data.year)
    dates.add(day.date)
    const params = { date: day.date, year: data.year }
    return problem ? [{ field: `days.${i}.date`, code: `calendar.day-${problem}`, params }] : []
  })
}

function problemOf({ date, kind }: Pick<SpecialDay, 'date' | 'kind'>, year: number): string | undefined {
  if (!date.startsWith(`${year}-`)) return 'other-year'
  const weekend = weekdayOf(dayOf(date)) > 5
  if (kind === 'makeup_workday' && !weekend) return 'make-up-on-a-working-day'
  if ((kind === 'compensatory_off' || kind === 'swapped_off') && weekend) return 'off-on-a-day-off'
  return undefined
}
