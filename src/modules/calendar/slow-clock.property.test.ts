import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aCalendar, realDays } from '../../../test/builders/a-calendar.ts'
import { computeDue, computeDueAt } from './due.ts'
import type { DueFacts } from './due-facts.ts'
import type { ExplanationStep } from './explain-course.ts'
import { aWorld, SlowClock, type SlowFacts, type World } from './slow-clock.builder.ts'
import { addWorkingHours, workingMinutesBetween } from './working-time.ts'

const minutesADay = 24 * 60
const realWorld: World = {
  name: 'the published days of 2024 to 2027',
  firstYear: 2024,
  years: [2024, 2025, 2026, 2027],
  days: realDays.filter(({ status }) => status !== 'pending'),
  weekdays: [1, 2, 3, 4, 5],
  sessions: [
    ['07:30', '11:30'],
    ['13:30', '17:30'],
  ],
}
const worlds = [realWorld, ...Array.from({ length: 7 }, (_, seed) => aWorld(seed))].map((world) => {
  const { years, days, weekdays, sessions } = world
  return { slow: new SlowClock(world), calendar: aCalendar({ years, days, weekdays, sessions }) }
})
type Clocks = (typeof worlds)[number]

const units = {
  'working-hour': fc.integer({ min: 1, max: 160 }).map((halves) => halves / 2),
  'working-day': fc.integer({ min: 0, max: 60 }),
  day: fc.integer({ min: 0, max: 90 }),
  'same-day': fc.integer({ min: 0, max: 1 }),
} as const
const cutOffs = fc.constantFrom(null, null, '15:00', '11:00', '16:30')
const within = (days: number) => fc.integer({ min: 0, max: days * minutesADay })

function casesOf(unit: SlowFacts['unit']) {
  return fc
    .record({
      clocks: fc.constantFrom(...worlds),
      day: fc.nat(),
      minute: fc.integer({ min: 0, max: minutesADay - 1 }),
      amount: units[unit],
      cutOff: cutOffs,
      additions: fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 2 }),
      extension: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10 })),
      pauses: fc.array(
        fc.record({ after: within(40), length: within(25), restart: fc.boolean(), open: fc.nat({ max: 9 }) }),
        { maxLength: 4 },
      ),
    })
    .map(({ clocks, day, minute, pauses, ...facts }) => {
      // Far enough from the end of the known years for the longest count.
      const days = clocks.slow.works.length / minutesADay - 900
      const accepted = (day % days) * minutesADay + minute
      const spans = pauses.map(({ after, length, restart, open }) => {
        const from = accepted + after - 3 * minutesADay
        return { from, to: open === 0 ? null : from + length, restart }
      })
      return { clocks, facts: { ...facts, unit, accepted, pauses: spans } satisfies SlowFacts }
    })
}

function toFacts({ slow, calendar }: Clocks, facts: SlowFacts): DueFacts {
  return {
    acceptedAt: slow.instant(facts.accepted),
    limit: { amount: facts.amount, unit: facts.unit },
    cutOff: facts.cutOff,
    additions: facts.additions.map((days) => ({ days, reason: 'vùng sâu' })),
    extensionDays: facts.extension,
    pauses: facts.pauses.map(({ from, to, restart }) => ({
      from: slow.instant(from),
      to: to === null ? null : slow.instant(to),
      reason: 'bổ sung',
      mode: restart ? ('restart' as const) : ('subtract' as const),
    })),
    calendar,
  }
}

describe.each(Object.keys(units) as SlowFacts['unit'][])('a limit of unit %s', (unit) => {
  test('is due when a walk minute by minute says so', () => {
    fc.assert(
      fc.property(casesOf(unit), ({ clocks, facts }) => {
        const minute = clocks.slow.due(facts)
        const due = computeDueAt(toFacts(clocks, facts))
        expect(due).toBe(minute === null ? null : clocks.slow.instant(minute))
      }),
      { numRuns: 1200 },
    )
  })

  test('has an explanation that leaves no working time out and sums to what was allowed', () => {
    fc.assert(
      fc.property(casesOf(unit), ({ clocks, facts }) => {
        const due = computeDue(toFacts(clocks, facts))
        expect(due.dueAt).toBe(computeDueAt(toFacts(clocks, facts)))
        if (due.dueAt === null) expect(due.explanation.at(-1)).toMatchObject({ kind: 'paused', to: null })
        else {
          checkCover(clocks.slow, facts, due.explanation)
          checkSum(clocks, facts, due.explanation)
        }
      }),
      { numRuns: 800 },
    )
  })

  test('is never due earlier for being received later', () => {
    fc.assert(
      fc.property(casesOf(unit), fc.integer({ min: 0, max: 3 * 86_400_000 }), ({ clocks, facts }, later) => {
        const given = toFacts(clocks, { ...facts, pauses: [] })
        const acceptedAt = new Date(Date.parse(given.acceptedAt) + later).toISOString()
        expect(computeDueAt({ ...given, acceptedAt })! >= computeDueAt(given)!).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

const headings = new Set(['received', 'addition', 'extension', 'restarted', 'due'])
const isHeading = ({ kind, rule }: ExplanationStep) =>
  headings.has(kind) || (kind === 'paused' && rule?.key === 'subtract')

/** Every working minute from receipt to due is in a step; steps follow each other; days off are days off. */
function checkCover(slow: SlowClock, { accepted }: SlowFacts, steps: readonly ExplanationStep[]): void {
  const due = slow.minute(steps.at(-1)!.from)
  let reached = accepted
  for (const step of steps.filter((one) => !isHeading(one))) {
    const dates = step.from.length === 10
    const from = dates ? slow.day(step.from) * minutesADay : slow.minute(step.from)
    const to = dates ? (slow.day(step.to!) + 1) * minutesADay : slow.minute(step.to!)
    if (from > reached) expect(slow.worked(reached, from)).toBe(0)
    expect(to).toBeGreaterThanOrEqual(from)
    reached = Math.max(reached, to)
    checkDays(slow, step)
  }
  expect(slow.worked(reached, due)).toBe(0)
  const counted = steps.filter(({ kind }) => kind === 'counted')
  for (const [i, step] of counted.entries()) if (i > 0) expect(step.from >= counted[i - 1]!.to!).toBe(true)
}

function checkDays(slow: SlowClock, { kind, from, to, unit }: ExplanationStep): void {
  const off = ['weekend', 'holiday', 'compensatory-off'].includes(kind)
  if (!off && !(kind === 'counted' && unit === 'working-day')) return
  for (let day = slow.day(from); day <= slow.day(to!); day += 1) expect(slow.isOpen(day)).toBe(!off)
}

/** What is counted is the limit, the additions, the extension and what the pauses gave back, to the minute. */
function checkSum({ slow }: Clocks, facts: SlowFacts, steps: readonly ExplanationStep[]): void {
  const a = { minute: 1, 'working-hour': 60, 'working-day': slow.minutesPerDay, day: 1 } as const
  const sum = (kind: string) =>
    steps
      .filter((step) => step.kind === kind && step.amount !== undefined)
      .reduce((total, { amount, unit }) => total + amount! * a[unit!], 0)
  const days = facts.extension + facts.additions.reduce((total, more) => total + more, 0)
  const allowed = {
    'working-hour': facts.amount * 60 + days * slow.minutesPerDay,
    'same-day': (1 + days) * slow.minutesPerDay,
    'working-day': (Math.max(1, facts.amount) + days) * slow.minutesPerDay,
    day: Math.max(1, facts.amount) + days,
  }[facts.unit]
  expect(sum('counted')).toBeCloseTo(allowed + sum('paused'), 6)
}

test('working time between two instants is the number of minutes that work', () => {
  const pair = fc.tuple(
    fc.constantFrom(...worlds),
    within(900),
    fc.integer({ min: 0, max: 60 * minutesADay }),
  )
  fc.assert(
    fc.property(pair, ([{ slow, calendar }, from, length]) => {
      const worked = slow.worked(from, from + length)
      const [a, b] = [slow.instant(from), slow.instant(from + length)]
      expect(workingMinutesBetween(calendar, a, b)).toBe(worked)
      expect(workingMinutesBetween(calendar, b, a)).toBe(worked === 0 ? 0 : -worked)
      expect(workingMinutesBetween(calendar, a, addWorkingHours(calendar, a, worked / 60))).toBe(worked)
    }),
    { numRuns: 1000 },
  )
})
