import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aCalendar } from '../../../test/builders/a-calendar.ts'
import { changedBetween, moveInstant } from './calendar-change.ts'
import { addWorkingHours, workingMinutesBetween } from './working-time.ts'

const at = (wall: string) => new Date(`${wall}:00+07:00`).toISOString()
const off = (date: string) => ({
  date,
  kind: 'statutory_holiday' as const,
  name: 'Nghỉ',
  status: 'official' as const,
  basis: 'Quyết định',
})
const before = aCalendar({ days: [], years: [2026, 2027] })
const after = aCalendar({ days: [off('2026-11-24')], years: [2026, 2027] })

test('names the dates that work in one calendar only', () => {
  expect(changedBetween(before, after)).toEqual({ dates: ['2026-11-24'], years: [], hours: false })
  expect(changedBetween(before, before)).toEqual({ dates: [], years: [], hours: false })
})

test('names the years that one calendar does not know, and hours that differ', () => {
  const other = aCalendar({ days: [], years: [2025, 2026], sessions: [['08:00', '16:00']] })
  expect(changedBetween(before, other)).toEqual({ dates: [], years: [2025, 2027], hours: true })
})

test('the hours of a step move past a new day off', () => {
  const from = at('2026-11-23T09:00')
  expect(moveInstant(before, after, from, at('2026-11-24T10:00'))).toBe(at('2026-11-25T10:00'))
  expect(moveInstant(after, before, from, at('2026-11-25T10:00'))).toBe(at('2026-11-24T10:00'))
})

test('an instant stays when nothing before it changed, whatever hour it is', () => {
  const from = at('2026-11-16T09:00')
  for (const instant of [at('2026-11-20T17:30'), at('2026-11-21T10:00'), at('2026-11-23T12:00'), from])
    expect(moveInstant(before, after, from, instant)).toBe(instant)
})

test('the working time from the beginning is the same in both calendars', () => {
  const start = fc
    .integer({ min: 0, max: 500 * 1440 })
    .map((minute) => Date.parse('2026-01-05T00:00:00Z') + minute * 60_000)
  const days = fc
    .uniqueArray(fc.integer({ min: 0, max: 700 }), { maxLength: 60 })
    .map((numbers) => numbers.map((n) => off(new Date(Date.UTC(2026, 0, 2 + n)).toISOString().slice(0, 10))))
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 9000 }), days, (began, minutes, special) => {
      const from = new Date(began).toISOString()
      const changed = aCalendar({ days: special, years: [2026, 2027, 2028] })
      const instant = addWorkingHours(before, from, Math.min(minutes, 2000) / 60)
      const moved = moveInstant(before, changed, from, instant)
      expect(workingMinutesBetween(changed, from, moved)).toBe(workingMinutesBetween(before, from, instant))
      expect(moveInstant(changed, changed, from, moved)).toBe(moved)
    }),
    { numRuns: 300 },
  )
})
