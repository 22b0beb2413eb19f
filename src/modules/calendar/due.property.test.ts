import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Calendar } from './calendar.ts'
import { aCalendar } from './due.builder.ts'
import { computeDue } from './due.ts'
import type { Pause } from './due-facts.ts'
import { workingMinutesBetween } from './working-time.ts'

// The slow reading of the law: walk every minute of the wall clock and ask of each whether it counts.
// It shares nothing with the calculation but the list of days off.
const minuteMs = 60_000
const wall = (ms: number) => new Date(ms + 7 * 3_600_000)
const dateText = (ms: number) => wall(ms).toISOString().slice(0, 10)

function works(calendar: Calendar, ms: number): boolean {
  const special = calendar.holidays.get(dateText(ms))
  if (special && special.kind !== 'makeup_workday') return false
  const weekday = wall(ms).getUTCDay()
  if (!special && (weekday === 0 || weekday === 6)) return false
  const time = wall(ms).toISOString().slice(11, 16)
  return calendar.hours.some(([from, to]) => time >= from && time < to)
}

function walk(calendar: Calendar, from: number, minutes: number, pauses: readonly Pause[] = []): number {
  const spans = pauses.map((pause) => [Date.parse(pause.from), Date.parse(pause.to!)] as const)
  let left = minutes
  let at = from
  while (left > 0) {
    const paused = spans.some(([start, end]) => at >= start && at < end)
    if (!paused && works(calendar, at)) left -= 1
    at += minuteMs
  }
  return at
}

function midnightAfter(ms: number): number {
  return Date.parse(`${dateText(ms)}T00:00:00+07:00`) + 24 * 60 * minuteMs
}

const start = Date.parse('2025-12-20T00:00:00+07:00')
const moment = fc.integer({ min: 0, max: 330 * 24 * 60 }).map((minute) => start + minute * minuteMs)
const sessions = fc.constantFrom(
  [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ] as const,
  [
    ['07:30', '11:30'],
    ['13:30', '17:30'],
  ] as const,
  [['08:00', '16:00']] as const,
)
const calendars = sessions.map((hours) => aCalendar({ sessions: hours }))
const pausesAfter = (from: number) =>
  fc.array(
    fc.tuple(fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 1, max: 6000 })).map(([after, length]) => ({
      from: new Date(from + after * minuteMs).toISOString(),
      to: new Date(from + (after + length) * minuteMs).toISOString(),
      reason: 'bổ sung',
    })),
    { maxLength: 3 },
  )
const cases = moment.chain((accepted) => fc.tuple(fc.constant(accepted), pausesAfter(accepted)))

test('hours equal a walk minute by minute, pauses given back', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 40 }), calendars, ([accepted, pauses], amount, calendar) => {
      const acceptedAt = new Date(accepted).toISOString()
      const due = computeDue({ acceptedAt, limit: { amount, unit: 'working-hour' }, pauses, calendar })
      expect(Date.parse(due.dueAt!)).toBe(walk(calendar, accepted, amount * 60, pauses))
    }),
    { numRuns: 60 },
  )
})

test('working days equal a walk minute by minute from the day after receipt', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 12 }), calendars, ([accepted, pauses], amount, calendar) => {
      const acceptedAt = new Date(accepted).toISOString()
      const due = computeDue({ acceptedAt, limit: { amount, unit: 'working-day' }, pauses, calendar })
      const slow = walk(calendar, midnightAfter(accepted), amount * calendar.minutesPerDay, pauses)
      expect(Date.parse(due.dueAt!)).toBe(slow)
    }),
    { numRuns: 60 },
  )
})

test('calendar days equal a walk day by day to the first working day at their end', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 60 }), calendars, (accepted, amount, calendar) => {
      const acceptedAt = new Date(accepted).toISOString()
      const { dueAt } = computeDue({ acceptedAt, limit: { amount, unit: 'day' }, calendar })
      let day = midnightAfter(accepted) + (amount - 1) * 24 * 60 * minuteMs
      const firstOpening = calendar.hours[0]![0]
      const opens = (at: number) => Date.parse(`${dateText(at)}T${firstOpening}:00+07:00`)
      while (!works(calendar, opens(day))) day += 24 * 60 * minuteMs
      expect(dateText(Date.parse(dueAt!))).toBe(dateText(day))
    }),
    { numRuns: 100 },
  )
})

test('time between two instants is the number of minutes that work', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 0, max: 15_000 }), calendars, (a, length, calendar) => {
      const b = a + length * minuteMs
      let slow = 0
      for (let at = a; at < b; at += minuteMs) if (works(calendar, at)) slow += 1
      const [from, to] = [new Date(a).toISOString(), new Date(b).toISOString()]
      expect(workingMinutesBetween(calendar, from, to)).toBe(slow)
      expect(workingMinutesBetween(calendar, to, from)).toBe(slow === 0 ? 0 : -slow)
    }),
    { numRuns: 60 },
  )
})

test('the days counted in an explanation are the days of the limit', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 60 }), calendars, (accepted, amount, calendar) => {
      const acceptedAt = new Date(accepted).toISOString()
      const { explanation } = computeDue({ acceptedAt, limit: { amount, unit: 'working-day' }, calendar })
      const counted = explanation.filter((step) => step.kind === 'counted')
      expect(counted.reduce((sum, step) => sum + step.amount!, 0)).toBe(amount)
    }),
    { numRuns: 100 },
  )
})
