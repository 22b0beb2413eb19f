import { expect, test } from 'vitest'
import { aCalendar } from '../../../test/builders/a-calendar.ts'
import { computeDue } from './due.ts'
import type { DueFacts } from './due-facts.ts'
import { workingMinutesBetween } from './working-time.ts'

const calendar = aCalendar()
const at = (wall: string) => new Date(`${wall}:00+07:00`).toISOString()
const dueOf = (facts: Partial<DueFacts> & Pick<DueFacts, 'acceptedAt' | 'limit'>) => {
  const { dueAt } = computeDue({ calendar, ...facts, acceptedAt: at(facts.acceptedAt) })
  return dueAt && new Date(Date.parse(dueAt) + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
const days = (amount: number) => ({ amount, unit: 'working-day' as const })
const hours = (amount: number) => ({ amount, unit: 'working-hour' as const })

test.each([
  ['one working day over a weekend', '2026-11-20T08:05', days(1), '2026-11-23 17:30'],
  ['received on a Saturday, Monday is the first day', '2026-11-21T09:00', days(1), '2026-11-23 17:30'],
  ['the day only announced as a holiday counts', '2026-11-23T09:00', days(1), '2026-11-24 17:30'],
  ['three days over Tết 2026', '2026-02-13T10:00', days(3), '2026-02-25 17:30'],
  ['a day before Tết 2026', '2026-02-12T10:00', days(1), '2026-02-13 17:30'],
  ['a Saturday worked instead counts', '2026-08-21T10:00', days(1), '2026-08-22 17:30'],
  ['the day swapped for it does not', '2026-08-28T10:00', days(1), '2026-09-03 17:30'],
  ['a holiday on a Sunday gives the Monday off', '2026-04-24T10:00', days(1), '2026-04-28 17:30'],
  ['twenty working days', '2026-10-01T10:00', days(20), '2026-10-29 17:30'],
  [
    'eight hours from the evening run from the next morning',
    '2026-11-19T20:14',
    hours(8),
    '2026-11-20 17:30',
  ],
  ['eight hours from the middle of the morning', '2026-11-19T10:00', hours(8), '2026-11-20 10:00'],
  ['eight hours from the noon break', '2026-11-19T12:00', hours(8), '2026-11-20 11:30'],
  ['hours over the weekend', '2026-11-20T16:30', hours(2), '2026-11-23 08:30'],
  ['calendar days', '2026-11-10T09:00', { amount: 10, unit: 'day' as const }, '2026-11-20 17:30'],
  [
    'calendar days that end on a Sunday',
    '2026-11-12T09:00',
    { amount: 10, unit: 'day' as const },
    '2026-11-23 17:30',
  ],
  [
    'calendar days that end in Tết',
    '2026-02-08T09:00',
    { amount: 10, unit: 'day' as const },
    '2026-02-23 17:30',
  ],
  ['same day before three', '2026-11-19T15:00', { amount: 0, unit: 'same-day' as const }, '2026-11-19 17:30'],
  ['same day after three', '2026-11-19T15:01', { amount: 0, unit: 'same-day' as const }, '2026-11-20 17:30'],
  [
    'same day after three on a Friday',
    '2026-11-20T15:01',
    { amount: 0, unit: 'same-day' as const },
    '2026-11-23 17:30',
  ],
  [
    'same day, received on a Sunday',
    '2026-11-22T09:00',
    { amount: 0, unit: 'same-day' as const },
    '2026-11-23 17:30',
  ],
  [
    'same day, received before opening',
    '2026-11-19T06:00',
    { amount: 0, unit: 'same-day' as const },
    '2026-11-19 17:30',
  ],
])('%s', (_, acceptedAt, limit, due) => {
  expect(dueOf({ acceptedAt, limit })).toBe(due)
})

test('a cut-off moves the day of receipt itself', () => {
  expect(dueOf({ acceptedAt: '2026-11-19T15:30', limit: days(1), cutOff: '15:00' })).toBe('2026-11-23 17:30')
  expect(dueOf({ acceptedAt: '2026-11-19T15:30', limit: hours(2), cutOff: '15:00' })).toBe('2026-11-20 09:30')
})

test('an authority that closes at five is due at five', () => {
  const atFive = aCalendar({
    sessions: [
      ['07:30', '11:30'],
      ['13:30', '17:00'],
    ],
  })
  expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit: days(1), calendar: atFive })).toBe('2026-11-20 17:00')
})

test('paused working time is given back to the minute', () => {
  const pauses = [{ from: at('2026-11-20T10:30'), to: at('2026-11-24T08:30'), reason: 'bổ sung giấy tờ' }]
  expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit: days(3), pauses, restart: 'subtract' })).toBe(
    '2026-11-26 15:30',
  )
})

test('a pause on the day of receipt gives nothing back, because that day does not count', () => {
  const pauses = [{ from: at('2026-11-19T10:00'), to: at('2026-11-19T16:00'), reason: 'nộp phí' }]
  expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit: days(1), pauses, restart: 'subtract' })).toBe(
    '2026-11-20 17:30',
  )
})

test('paused calendar days are given back as days', () => {
  const pauses = [{ from: at('2026-11-12T10:00'), to: at('2026-11-16T16:00'), reason: 'nghĩa vụ tài chính' }]
  const limit = { amount: 5, unit: 'day' as const }
  expect(dueOf({ acceptedAt: '2026-11-11T09:00', limit, pauses, restart: 'subtract' })).toBe(
    '2026-11-20 17:30',
  )
})

test('overlapping pauses count once', () => {
  const pauses = [
    { from: at('2026-11-20T07:30'), to: at('2026-11-20T11:30'), reason: 'một' },
    { from: at('2026-11-20T09:30'), to: at('2026-11-20T15:30'), reason: 'hai' },
  ]
  expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit: days(1), pauses, restart: 'subtract' })).toBe(
    '2026-11-23 15:30',
  )
})

test('a supplement begins the count anew when the rule says so', () => {
  const pauses = [{ from: at('2026-11-19T10:30'), to: at('2026-11-20T08:30'), reason: 'bổ sung giấy tờ' }]
  expect(dueOf({ acceptedAt: '2026-11-18T09:00', limit: days(2), pauses, restart: 'restart' })).toBe(
    '2026-11-24 17:30',
  )
})

test('there is no due date while the clock stands', () => {
  const pauses = [{ from: at('2026-11-19T10:30'), to: null, reason: 'bổ sung giấy tờ' }]
  const due = computeDue({ acceptedAt: at('2026-11-18T09:00'), limit: days(2), pauses, calendar })
  expect(due.dueAt).toBeNull()
  expect(due.explanation.map(({ kind }) => kind)).toEqual(['received', 'paused'])
})

test('a pause that begins after the due date leaves a late dossier late', () => {
  const pauses = [{ from: at('2026-11-24T10:30'), to: null, reason: 'bổ sung giấy tờ' }]
  expect(dueOf({ acceptedAt: '2026-11-18T09:00', limit: days(1), pauses })).toBe('2026-11-19 17:30')
})

test('a pause that begins at the due instant comes too late, one a minute earlier does not', () => {
  const dueWith = (from: string) =>
    dueOf({
      acceptedAt: '2026-11-18T09:00',
      limit: days(1),
      pauses: [{ from: at(from), to: null, reason: 'bổ sung' }],
    })
  expect(dueWith('2026-11-19T17:30')).toBe('2026-11-19 17:30')
  expect(dueWith('2026-11-19T17:29')).toBeNull()
})

test('an extension adds working days, or calendar days to a limit in calendar days', () => {
  expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit: days(1), extensionDays: 2 })).toBe('2026-11-24 17:30')
  const limit = { amount: 1, unit: 'day' as const }
  expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit, extensionDays: 2 })).toBe('2026-11-23 17:30')
})

test('the explanation groups neighbouring days and names each day off', () => {
  const { explanation } = computeDue({ acceptedAt: at('2026-02-12T10:00'), limit: days(3), calendar })
  expect(
    explanation.map(({ kind, from, to, amount }) => [kind, from.slice(0, 10), to?.slice(0, 10), amount]),
  ).toEqual([
    ['received', '2026-02-12', undefined, undefined],
    ['receipt-day-not-counted', '2026-02-12', '2026-02-12', undefined],
    ['counted', '2026-02-13', '2026-02-13', 1],
    ['weekend', '2026-02-14', '2026-02-15', 2],
    ['holiday', '2026-02-16', '2026-02-20', 5],
    ['weekend', '2026-02-21', '2026-02-22', 2],
    ['counted', '2026-02-23', '2026-02-24', 2],
    ['due', '2026-02-24', undefined, undefined],
  ])
})

test('time left is counted in working minutes and has a sign', () => {
  expect(workingMinutesBetween(calendar, at('2026-11-20T14:30'), at('2026-11-23T17:30'))).toBe(660)
  expect(workingMinutesBetween(calendar, at('2026-11-20T14:30'), at('2026-11-20T11:00'))).toBe(-90)
})

test('days added for a remote area count in the unit of the limit', () => {
  const additions = [{ days: 2, reason: 'xã miền núi' }]
  const calendarDays = { amount: 3, unit: 'day' as const }
  const sameDay = { amount: 0, unit: 'same-day' as const }
  expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit: days(1), additions })).toBe('2026-11-24 17:30')
  expect(dueOf({ acceptedAt: '2026-11-19T10:00', limit: hours(8), additions })).toBe('2026-11-24 10:00')
  expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit: sameDay, additions })).toBe('2026-11-23 17:30')
  // Three and two days end on Tuesday: the Sunday on which three would end moves nothing.
  expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit: calendarDays, additions })).toBe('2026-11-24 17:30')
})

test('an addition is told as a step of its own, with its reason and rule', () => {
  const rule = { key: 'land', text: 'Luật Đất đai', confidence: 'S' as const }
  const additions = [{ days: 2, reason: 'xã miền núi', rule }]
  const { explanation } = computeDue({
    acceptedAt: at('2026-11-19T09:00'),
    limit: days(1),
    additions,
    calendar,
  })
  expect(explanation.map(({ kind, from, amount }) => [kind, from.slice(0, 10), amount])).toEqual([
    ['received', '2026-11-19', undefined],
    ['receipt-day-not-counted', '2026-11-19', undefined],
    ['counted', '2026-11-20', 1],
    ['addition', '2026-11-20', 2],
    ['weekend', '2026-11-21', 2],
    ['counted', '2026-11-23', 2],
    ['due', '2026-11-24', undefined],
  ])
  expect(explanation[3]).toMatchObject({ reason: 'xã miền núi', rule })
})

test('a dossier late when papers are asked for stays late, whatever the pause does', () => {
  const pauses = [{ from: at('2026-11-24T10:30'), to: at('2026-11-25T09:00'), reason: 'bổ sung giấy tờ' }]
  for (const restart of ['restart', 'subtract'] as const)
    expect(dueOf({ acceptedAt: '2026-11-18T09:00', limit: days(1), pauses, restart })).toBe(
      '2026-11-19 17:30',
    )
})

test('one pause may restart the count and another be given back', () => {
  const pauses = [
    {
      from: at('2026-11-18T10:30'),
      to: at('2026-11-19T08:30'),
      reason: 'bổ sung',
      mode: 'restart' as const,
    },
    { from: at('2026-11-20T07:30'), to: at('2026-11-20T09:30'), reason: 'nộp phí' },
  ]
  expect(dueOf({ acceptedAt: '2026-11-17T09:00', limit: days(1), pauses })).toBe('2026-11-23 09:30')
})

test('a pause before a complete dossier was received changes nothing', () => {
  const pauses = [{ from: at('2026-11-10T07:30'), to: at('2026-11-17T09:00'), reason: 'bổ sung' }]
  for (const restart of ['restart', 'subtract'] as const)
    expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit: days(1), pauses, restart })).toBe(
      '2026-11-20 17:30',
    )
  const limit = { amount: 1, unit: 'day' as const }
  expect(dueOf({ acceptedAt: '2026-11-19T09:00', limit, pauses })).toBe('2026-11-20 17:30')
})
