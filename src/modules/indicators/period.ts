import { z } from 'zod'
import type { Stretch } from './indicator-store.ts'

const { PlainDate } = Temporal

/** Nobody asks for days as far away as this; the database cannot count beyond the year 9999. */
const lastDay = '2999-12-31'

/** A period as a page or a route asks for it: first and last day, at most twenty years. */
export const BoardPeriod = z
  .object({ from: z.iso.date(), to: z.iso.date(), step: z.enum(['day', 'week', 'month']).default('day') })
  .refine(
    ({ from, to }) => from <= to && to <= lastDay && Number(to.slice(0, 4)) - Number(from.slice(0, 4)) <= 20,
    { error: 'indicators.invalid' },
  )
export type BoardPeriod = z.infer<typeof BoardPeriod>
export type Step = BoardPeriod['step']

/** The fewest sums that cover a period: whole months by month, what is left by day. */
export function stretchesOf(from: string, to: string): Stretch[] {
  const first = from.endsWith('-01') ? from : firstOfNextMonth(from)
  const last = plusDays(to, 1).endsWith('-01') ? to : plusDays(`${to.slice(0, 8)}01`, -1)
  if (first > last) return from <= to ? [{ grain: 'daily', from, to }] : []
  const stretches: Stretch[] = []
  if (from < first) stretches.push({ grain: 'daily', from, to: plusDays(first, -1) })
  stretches.push({ grain: 'monthly', from: first, to: last })
  if (last < to) stretches.push({ grain: 'daily', from: plusDays(last, 1), to })
  return stretches
}

/** The first day on which anything can have been counted: running sums begin here. */
export const beginning = '2000-01-01'

/** A bar of a chart over time. */
export interface Bucket {
  from: string
  to: string
}

/** The days, weeks (from Monday) or months of a period, in order, cut at its ends. */
export function bucketsOf(from: string, to: string, step: Step): Bucket[] {
  const buckets: Bucket[] = []
  for (let start = from; start <= to; ) {
    const end = lastDayOf(start, step)
    buckets.push({ from: start, to: end < to ? end : to })
    start = plusDays(end, 1)
  }
  return buckets
}

function lastDayOf(date: string, step: Step): string {
  if (step === 'day') return date
  if (step === 'month') return plusDays(firstOfNextMonth(date), -1)
  return plusDays(date, 7 - PlainDate.from(date).dayOfWeek)
}

export const plusDays = (date: string, days: number) => PlainDate.from(date).add({ days }).toString()
const firstOfNextMonth = (date: string) => PlainDate.from(date).with({ day: 1 }).add({ months: 1 }).toString()
