import { describe, expect, test } from 'vitest'
import { aCalendar } from '../../../test/builders/a-calendar.ts'
import { computeDue, computeDueAt } from './due.ts'
import type { DueFacts, Limit } from './due-facts.ts'
import { addWorkingHours, workingMinutesBetween } from './working-time.ts'

const calendar = aCalendar()
const at = (wall: string) => new Date(`${wall}:00+07:00`).toISOString()
const dueOf = (received: string, limit: Limit, more: Partial<DueFacts> = {}) =>
  computeDueAt({ acceptedAt: at(received), limit, calendar, ...more })
const days = (amount: number): Limit => ({ amount, unit: 'working-day' })
const sameDay: Limit = { amount: 0, unit: 'same-day' }

describe('time rules of a dossier', () => {
  test('an online filing is answered within eight working hours', () => {
    expect(addWorkingHours(calendar, at('2026-11-19T08:15'), 8)).toBe(at('2026-11-20T08:15'))
  })

  test('a filing of the evening or of a holiday is answered from the next working day', () => {
    expect(addWorkingHours(calendar, at('2026-11-20T21:00'), 8)).toBe(at('2026-11-23T17:30'))
    expect(addWorkingHours(calendar, at('2026-02-17T09:00'), 8)).toBe(at('2026-02-23T17:30'))
  })

  test('the clock starts when a complete dossier is received, not when it was sent', () => {
    const [first] = computeDue({ acceptedAt: at('2026-11-19T10:00'), limit: days(1), calendar }).explanation
    expect(first).toMatchObject({ kind: 'received', from: at('2026-11-19T10:00') })
    expect(first!.rule).toMatchObject({ key: 'from-complete-dossier', confidence: 'C' })
  })

  test.each(['1.000656', '2.000635', '2.000815', '2.000908'])(
    'procedure %s: the same day; received after three, the next working day',
    () => {
      expect(dueOf('2026-11-19T15:00', sameDay)).toBe(at('2026-11-19T17:30'))
      expect(dueOf('2026-11-19T15:01', sameDay)).toBe(at('2026-11-20T17:30'))
      expect(dueOf('2026-02-13T15:01', sameDay)).toBe(at('2026-02-23T17:30'))
    },
  )

  test('many or complex copies: at most two working days more', () => {
    const additions = [{ days: 2, reason: 'số lượng nhiều' }]
    expect(dueOf('2026-11-19T10:00', sameDay, { additions })).toBe(at('2026-11-23T17:30'))
  })

  test('copy from the original register: 02, 03, 02 and 01 hours fill the day and do not exceed it', () => {
    const received = at('2026-11-19T07:30')
    const steps: string[] = []
    for (const hours of [2, 3, 2, 1]) steps.push(addWorkingHours(calendar, steps.at(-1) ?? received, hours))
    expect(steps).toEqual(['09:30', '14:30', '16:30', '17:30'].map((time) => at(`2026-11-19T${time}`)))
    expect(steps.at(-1)).toBe(dueOf('2026-11-19T07:30', sameDay))
  })

  test('after appraisal asks for papers, the limit is computed again from the start', () => {
    const pauses = [{ from: at('2026-11-18T10:00'), to: at('2026-11-23T09:00'), reason: 'supplement' }]
    expect(dueOf('2026-11-16T09:00', days(3), { pauses, restart: 'restart' })).toBe(at('2026-11-26T17:30'))
  })

  test('in the national index the wait for papers is subtracted', () => {
    const pauses = [{ from: at('2026-11-18T10:00'), to: at('2026-11-23T09:00'), reason: 'supplement' }]
    // From 10:00 on Wednesday to 09:00 on Monday 1,380 minutes of work pass.
    expect(workingMinutesBetween(calendar, pauses[0]!.from, pauses[0]!.to)).toBe(1380)
    expect(dueOf('2026-11-16T09:00', days(3), { pauses, restart: 'subtract' })).toBe(at('2026-11-24T16:30'))
  })

  test('from notice to payment the clock stands, and the limit is not begun anew', () => {
    const pauses = [
      {
        from: at('2026-11-17T07:30'),
        to: at('2026-11-18T07:30'),
        reason: 'supplement',
        mode: 'restart' as const,
      },
      {
        from: at('2026-11-19T07:30'),
        to: at('2026-11-20T07:30'),
        reason: 'obligation',
        mode: 'subtract' as const,
      },
    ]
    expect(dueOf('2026-11-16T09:00', days(2), { pauses })).toBe(at('2026-11-23T17:30'))
  })

  test('a new date is set with an apology: the extension begins after the day that was promised', () => {
    expect(dueOf('2026-11-16T09:00', days(3), { extensionDays: 2 })).toBe(at('2026-11-23T17:30'))
  })

  test('land in a remote commune: ten days more, each limit in its own unit', () => {
    const additions = [{ days: 10, reason: 'xã miền núi' }]
    expect(dueOf('2026-11-02T09:00', days(10), { additions })).toBe(at('2026-11-30T17:30'))
    expect(dueOf('2026-11-02T09:00', { amount: 10, unit: 'day' }, { additions })).toBe(at('2026-11-23T17:30'))
  })

  test('hours, working days and days exist side by side', () => {
    expect(dueOf('2026-11-20T16:30', { amount: 2, unit: 'working-hour' })).toBe(at('2026-11-23T08:30'))
    expect(dueOf('2026-11-20T16:30', days(2))).toBe(at('2026-11-24T17:30'))
    expect(dueOf('2026-11-20T16:30', { amount: 2, unit: 'day' })).toBe(at('2026-11-23T17:30'))
  })
})

describe('days off', () => {
  test('a holiday on a weekly day of rest gives the next working day off', () => {
    expect(dueOf('2026-04-24T09:00', days(1))).toBe(at('2026-04-28T17:30'))
    expect(dueOf('2024-02-07T09:00', days(1))).toBe(at('2024-02-15T17:30'))
  })

  test('a Saturday worked instead counts, and the day given for it does not', () => {
    expect(dueOf('2024-04-26T09:00', days(2))).toBe(at('2024-05-03T17:30'))
    expect(dueOf('2024-05-03T09:00', days(1))).toBe(at('2024-05-04T17:30'))
    expect(dueOf('2025-04-25T09:00', days(1))).toBe(at('2025-04-26T17:30'))
    expect(dueOf('2025-04-29T09:00', days(1))).toBe(at('2025-05-05T17:30'))
  })

  test('a day only announced as a day off is worked until the law says so', () => {
    expect(dueOf('2026-11-23T09:00', days(1))).toBe(at('2026-11-24T17:30'))
  })

  test('across the change of year both calendars are asked', () => {
    expect(dueOf('2025-12-31T09:00', days(3))).toBe(at('2026-01-07T17:30'))
    expect(dueOf('2026-12-30T09:00', days(2))).toBe(at('2027-01-04T17:30'))
  })
})
