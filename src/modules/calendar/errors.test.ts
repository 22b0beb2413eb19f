import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aCalendar } from '../../../test/builders/a-calendar.ts'
import { computeDue } from './due.ts'
import type { DueFacts, Limit } from './due-facts.ts'
import { ImpossibleClockFacts, MissingCalendarYear } from './errors.ts'
import { addWorkingHours, isWorkingDate, workingMinutesBetween } from './working-time.ts'

const at = (wall: string) => new Date(`${wall}:00+07:00`).toISOString()
const calendar = aCalendar()
const withGap = aCalendar({ years: [2024, 2026, 2027] })

function missingYear(work: () => unknown): number | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof MissingCalendarYear) return error.year
    throw error
  }
}
const due = (wall: string, amount: number, unit: Limit['unit'], over = calendar) =>
  computeDue({ acceptedAt: at(wall), limit: { amount, unit }, calendar: over })

test('the shipped days answer for 2024 to 2027', () => {
  expect(calendar.years).toEqual([2024, 2025, 2026, 2027])
})

describe('a count that reaches a year whose days off were not published is refused with that year', () => {
  test.each<[string, () => unknown, number]>([
    ['working days across the end of 2027', () => due('2027-12-30T09:00', 2, 'working-day'), 2028],
    ['a thousand working days', () => due('2026-11-20T09:00', 1000, 'working-day'), 2028],
    ['a thousand days', () => due('2026-11-20T09:00', 1000, 'day'), 2029],
    ['hours across the end of 2027', () => due('2027-12-31T16:00', 9, 'working-hour'), 2028],
    ['a day of receipt in the year 9999', () => due('9999-12-31T09:00', 1, 'working-day'), 10000],
    ['hours in the year 9999', () => due('9999-06-01T09:00', 1, 'working-hour'), 9999],
    ['a date before the first year', () => due('1999-06-01T09:00', 5, 'working-day'), 1999],
    ['same day on the last day of the last year', () => due('2027-12-31T15:30', 0, 'same-day'), 2028],
    ['working days into a gap', () => due('2024-12-30T09:00', 5, 'working-day', withGap), 2025],
    ['hours over a gap', () => addWorkingHours(withGap, at('2024-12-31T16:00'), 4000), 2025],
    [
      'time over a gap',
      () => workingMinutesBetween(withGap, at('2024-12-01T08:00'), at('2026-02-01T08:00')),
      2025,
    ],
    [
      'time back over a gap',
      () => workingMinutesBetween(withGap, at('2026-02-01T08:00'), at('2024-12-01T08:00')),
      2025,
    ],
    [
      'time into a later year',
      () => workingMinutesBetween(calendar, at('2027-12-01T08:00'), at('2028-02-01T08:00')),
      2028,
    ],
    ['whether a date works', () => isWorkingDate(calendar, '2030-05-06'), 2030],
    [
      'a calendar of no year',
      () => due('2026-11-20T09:00', 1, 'working-day', aCalendar({ years: [] })),
      2026,
    ],
  ])('%s', (_, work, year) => {
    expect(missingYear(work)).toBe(year)
  })
})

test('a year that was published without days off is known', () => {
  const plain = aCalendar({ days: [], years: [2030] })
  expect(due('2030-06-03T09:00', 5, 'working-day', plain).dueAt).toBe(at('2030-06-10T17:30'))
})

test('what ends inside the last known year is answered', () => {
  expect(due('2027-12-30T09:00', 1, 'working-day').dueAt).toBe(at('2027-12-31T17:30'))
})

test('received on the last day before the first known year, counting begins in it', () => {
  const from2026 = aCalendar({ years: [2026] })
  expect(due('2025-12-31T09:00', 1, 'working-day', from2026).dueAt).toBe(at('2026-01-05T17:30'))
})

test('a clock that stands needs no year to come', () => {
  const pauses = [{ from: at('2027-12-20T09:00'), to: null, reason: 'chờ bổ sung' }]
  const limit = { amount: 30, unit: 'working-day' as const }
  expect(computeDue({ acceptedAt: at('2027-12-15T09:00'), limit, pauses, calendar }).dueAt).toBeNull()
})

test('the error names territory and year', () => {
  expect(() => due('2027-12-30T09:00', 9, 'working-day')).toThrow(new MissingCalendarYear('VN', 2028))
})

const strange = fc.oneof(
  fc.constantFrom(
    '',
    'tomorrow',
    '2026-02-30T25:00Z',
    '0000-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ),
  fc
    .date({ min: new Date('2023-01-01'), max: new Date('2029-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.string(),
)
const amounts = fc.oneof(
  fc.integer({ min: -5, max: 2500 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 1e300, 0.1, 2.5),
)

test('whatever it is given, it answers or says by name what it cannot count', () => {
  const garbage = fc.record({
    acceptedAt: strange,
    limit: fc.record({
      amount: amounts,
      unit: fc.constantFrom('working-hour', 'working-day', 'day', 'same-day', 'week'),
    }),
    cutOff: fc.constantFrom(null, undefined, '', '15:00', '24:00', 'noon', '15h'),
    pauses: fc.array(fc.record({ from: strange, to: fc.option(strange), reason: fc.string() }), {
      maxLength: 3,
    }),
    extensionDays: amounts,
    additions: fc.array(fc.record({ days: amounts, reason: fc.string() }), { maxLength: 2 }),
    restart: fc.constantFrom('restart', 'subtract'),
  })
  fc.assert(
    fc.property(garbage, (facts) => {
      try {
        const { dueAt } = computeDue({ ...facts, calendar } as DueFacts)
        if (dueAt !== null) expect(dueAt).toMatch(/^\d{4}-\d\d-\d\dT/)
      } catch (error) {
        expect(error instanceof MissingCalendarYear || error instanceof ImpossibleClockFacts).toBe(true)
        if (error instanceof MissingCalendarYear) expect(Number.isInteger(error.year)).toBe(true)
      }
    }),
    { numRuns: 3000 },
  )
})

describe('limits at the edge', () => {
  const dueAt = (limit: Limit, more: Partial<DueFacts> = {}) =>
    computeDue({ acceptedAt: at('2026-11-20T09:00'), limit, calendar, ...more }).dueAt

  test.each<[Limit['unit'], string]>([
    ['working-hour', '2026-11-20T09:00'],
    ['same-day', '2026-11-20T17:30'],
    ['working-day', '2026-11-23T17:30'],
    ['day', '2026-11-23T17:30'],
  ])('a limit of zero, unit %s', (unit, due) => {
    expect(dueAt({ amount: 0, unit })).toBe(at(due))
  })

  test('a thousand hours', () => {
    expect(dueAt({ amount: 1000, unit: 'working-hour' })).toBe(at('2027-05-27T09:00'))
  })

  test.each([[2001], [-1], [Number.NaN], [1.5]])('%d days are no limit', (amount) => {
    expect(() => dueAt({ amount, unit: 'working-day' })).toThrow(ImpossibleClockFacts)
    expect(() => dueAt({ amount: 1, unit: 'day' }, { extensionDays: amount })).toThrow(ImpossibleClockFacts)
  })
})
