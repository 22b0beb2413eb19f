import { expect, test } from 'vitest'
import { aCalendar } from '../../../test/builders/a-calendar.ts'
import { ImpossibleClockFacts, MissingCalendarYear } from './errors.ts'
import {
  addWorkingHours,
  endOfWork,
  isWorkingDate,
  workingHoursBefore,
  workingMinutesBetween,
  workingMinutesOrNone,
} from './working-time.ts'

const calendar = aCalendar()
const at = (wall: string) => new Date(`${wall}:00+07:00`).toISOString()

test('work ends at closing time, and on a day off with the next working day', () => {
  expect(endOfWork(calendar, '2026-11-20')).toBe(at('2026-11-20T17:30'))
  expect(endOfWork(calendar, '2026-02-14')).toBe(at('2026-02-23T17:30'))
  expect(endOfWork(calendar, '2026-08-22')).toBe(at('2026-08-22T17:30'))
  expect(() => endOfWork(calendar, '2028-01-01')).toThrow(MissingCalendarYear)
  expect(() => endOfWork(calendar, '2026-02-30')).toThrow(ImpossibleClockFacts)
})

test('no hours more is the instant itself; hours that are no number are refused', () => {
  expect(addWorkingHours(calendar, at('2026-11-21T09:00'), 0)).toBe(at('2026-11-21T09:00'))
  for (const hours of [Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => addWorkingHours(calendar, at('2026-11-20T09:00'), hours)).toThrow(ImpossibleClockFacts)
})

test.each([
  ['2026-11-20T17:30', 4, '2026-11-20T13:30'],
  ['2026-11-20T17:30', 7.5, '2026-11-20T08:00'],
  ['2026-11-20T14:00', 1, '2026-11-20T11:00'],
  ['2026-11-23T09:00', 2, '2026-11-20T17:00'],
  ['2026-11-22T09:00', 1, '2026-11-20T16:30'],
  ['2026-11-21T09:00', 0, '2026-11-21T09:00'],
])('before %s by %s working hours is %s', (until, hours, before) => {
  expect(workingHoursBefore(calendar, at(until), hours)).toBe(at(before))
})

test('counting back and counting between agree, and no year is guessed', () => {
  for (let hours = 0.25; hours < 400; hours *= 1.7) {
    const before = workingHoursBefore(calendar, at('2026-11-20T15:10'), hours)
    const between = workingMinutesBetween(calendar, before, at('2026-11-20T15:10'))
    expect(Math.abs(between - hours * 60)).toBeLessThan(1)
  }
  const one = aCalendar({ years: [2026], days: [] })
  expect(() => workingHoursBefore(one, at('2026-01-05T10:00'), 400)).toThrow(MissingCalendarYear)
  expect(() => workingHoursBefore(one, at('2026-01-05T10:00'), Number.NaN)).toThrow(ImpossibleClockFacts)
})

test('the office works on a Saturday in exchange for a day off, and not on that day', () => {
  expect(isWorkingDate(calendar, '2026-08-22')).toBe(true)
  expect(isWorkingDate(calendar, '2026-08-31')).toBe(false)
})

test('what is shown goes on where nothing may be counted', () => {
  const calendar = aCalendar({ years: [2026], days: [] })
  expect(workingMinutesOrNone(calendar, '2026-11-19T01:00:00Z', '2026-11-19T02:00:00Z')).toBe(60)
  expect(workingMinutesOrNone(calendar, '2026-12-31T01:00:00Z', '2027-01-04T02:00:00Z')).toBeNaN()
})
