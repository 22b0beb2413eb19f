import { describe, expect, test } from 'vitest'
import type { Task } from '../dossier.ts'
import { alarmsOf, isExplained, type StuckFacts, stuckReasons, type Time } from './stuck.ts'

const hour = 3_600_000
const now = new Date('2026-11-20T08:00:00.000Z')
const ago = (hours: number) => new Date(now.getTime() - hours * hour).toISOString()
const ahead = (hours: number) => ago(-hours)

/** A clock that works day and night, so that the cases read as hours; a day is eight of them. */
const time: Time = {
  now,
  minutesSince: (_authority, instant) => (now.getTime() - Date.parse(instant)) / 60_000,
  minutesPerDay: () => 8 * 60,
}

const aTask = (stated: Partial<Task> = {}): Task => ({
  ...{ no: 1, kind: 'step', stepId: 'verify', stepKind: 'work', name: 'Thẩm tra', role: 'specialist' },
  ...{ authority: 'H99.12', unitKind: 'division', assignee: 'officer', openedAt: ago(1), dueAt: ahead(8) },
  ...{ closedAt: null, closedBy: null, outcome: null, subject: null },
  ...stated,
})

const facts = ({
  task = {},
  dossier = {},
  ...beside
}: { task?: Partial<Task> | null; dossier?: Partial<StuckFacts['dossier']> } & Partial<
  Omit<StuckFacts, 'dossier'>
> = {}): StuckFacts => ({
  dossier: {
    ...{ closedAt: null, decidedAt: null, dueAt: ahead(40), apologisedAt: null, apologisedUntil: null },
    ...{ explainedUntil: null, threadAwaits: null, submittedAt: ago(100) },
    ...{ state: 'in-progress' as const, acceptedAt: ago(90), partnerWord: null },
    tasks: task === null ? [] : [aTask(task)],
    ...dossier,
  },
  lastMovedAt: ago(1),
  askedAt: null,
  answerBy: null,
  left: new Set<number>(),
  ...beside,
})

const reasons = (stated: Parameters<typeof facts>[0]) =>
  alarmsOf(facts(stated), time).map(({ reason }) => reason)

test('a dossier that somebody works on in time is no alarm', () => {
  expect(reasons({})).toEqual([])
})

test('work that lies with somebody who left is an alarm at once', () => {
  expect(reasons({ left: new Set([1]) })).toEqual(['holder-left'])
  expect(reasons({ left: new Set([2]) })).toEqual([])
})

test('an ended dossier is no alarm, whatever else it says', () => {
  expect(reasons({ task: null, dossier: { closedAt: ago(1), dueAt: ago(90) } })).toEqual([])
})

test.each([
  ['has passed', { dueAt: ago(1) }, ['overdue']],
  ['is to come', { dueAt: ahead(1) }, []],
  ['stands still', { dueAt: null }, []],
  ['has passed, but it was decided', { dueAt: ago(1), decidedAt: ago(2) }, []],
  [
    'has passed with an apology that still holds',
    { dueAt: ago(9), apologisedAt: ago(8), apologisedUntil: ahead(1) },
    [],
  ],
  [
    'of the apology has passed too',
    { dueAt: ago(9), apologisedAt: ago(8), apologisedUntil: ago(1) },
    ['apology-passed'],
  ],
] as const)('the legal date %s', (_what, dossier, wanted) => {
  expect(reasons({ dossier })).toEqual(wanted)
})

describe('a task', () => {
  test.each([
    ['is late by four hours', { dueAt: ago(4) }, []],
    ['is late by more', { dueAt: ago(4.1) }, ['task-overdue']],
    ['nobody took for eight hours', { assignee: null, openedAt: ago(8) }, []],
    ['nobody took for longer', { assignee: null, openedAt: ago(8.1) }, ['unheld']],
    ['somebody has held for long', { openedAt: ago(30) }, []],
    ['waits for its intake', { kind: 'intake', assignee: null, openedAt: ago(7.9) }, []],
    ['waits for its intake too long', { kind: 'intake', dueAt: ago(5) }, ['task-overdue']],
    ['has no hour, because no calendar was there', { kind: 'intake', dueAt: null }, ['calendar-missing']],
    ['asks for an opinion until later', { kind: 'consult', dueAt: ahead(1) }, []],
    ['asks for an opinion that did not come', { kind: 'consult', dueAt: ago(0.1) }, ['consult-unanswered']],
    ['was handed over eight hours ago', { kind: 'handover', openedAt: ago(8) }, []],
    ['was handed over and not taken', { kind: 'handover', openedAt: ago(8.1) }, ['not-taken-over']],
    ['was transferred and not taken', { kind: 'transfer', openedAt: ago(9) }, ['not-taken-over']],
    ['waits for the other party', { kind: 'confirm', role: 'applicant', dueAt: ahead(1) }, []],
    ['waits for a silent party', { kind: 'confirm', role: 'applicant', dueAt: ago(1) }, ['party-silent']],
    ['waits for money for ten days', { kind: 'obligation', role: 'applicant', openedAt: ago(80) }, []],
    [
      'waits for money for longer',
      { kind: 'obligation', role: 'applicant', openedAt: ago(81) },
      ['obligation-long'],
    ],
    ['waits to be collected', { kind: 'return', dueAt: ago(40), openedAt: ago(80) }, []],
    ['was not collected', { kind: 'return', openedAt: ago(81) }, ['not-collected']],
  ] as const)('that %s', (_what, task, wanted) => {
    expect(reasons({ task })).toEqual(wanted)
  })

  test('is told by its number', () => {
    const [alarm] = alarmsOf(facts({ task: { no: 7, dueAt: ago(9) } }), time)
    expect(alarm).toEqual({ reason: 'task-overdue', since: ago(9), taskNo: 7 })
  })
})

test.each([
  ['until a day to come', ahead(1), 1, []],
  ['until a day that has passed', ago(1), 1, ['supplement-unanswered']],
  ['without a day, for twenty days', null, 160, []],
  ['without a day, for longer', null, 161, ['supplement-unanswered']],
] as const)('papers were asked for %s', (_what, answerBy, opened, wanted) => {
  const task = { kind: 'supplement', role: 'applicant', dueAt: null, openedAt: ago(opened) } as const
  expect(reasons({ task, answerBy, dossier: { dueAt: null } })).toEqual(wanted)
})

test.each([
  ['a day ago', 'officer', 8, []],
  ['more than a day ago', 'officer', 8.1, ['question-unanswered']],
  ['long ago and was answered', 'applicant', 90, []],
] as const)('the applicant asked %s', (_what, threadAwaits, hours, wanted) => {
  expect(reasons({ dossier: { threadAwaits }, askedAt: ago(hours) })).toEqual(wanted)
})

test.each([
  ['forty hours', {}, 40, []],
  ['longer', {}, 40.1, ['no-movement']],
  ['longer, but the applicant is asked', { kind: 'supplement', role: 'applicant' }, 60, []],
] as const)('nothing happened for %s', (_what, task, hours, wanted) => {
  expect(reasons({ task, lastMovedAt: ago(hours), answerBy: ahead(9) })).toEqual(wanted)
})

test('an open dossier without a next action is the gravest alarm of all', () => {
  expect(reasons({ task: null, dossier: { dueAt: ago(1) } })).toEqual(['no-task', 'overdue'])
})

test('several alarms stand in the order of their gravity', () => {
  const all = reasons({
    task: { dueAt: ago(9), assignee: null, openedAt: ago(60) },
    dossier: { dueAt: ago(9) },
    lastMovedAt: ago(60),
  })
  expect(all).toEqual(['overdue', 'task-overdue', 'unheld', 'no-movement'])
  expect(all).toEqual(stuckReasons.filter((reason) => all.includes(reason)))
})

test('a year without a calendar counts as endless, so that somebody looks', () => {
  const endless = { ...time, minutesSince: () => Number.POSITIVE_INFINITY }
  expect(alarmsOf(facts({ task: { assignee: null } }), endless).map(({ reason }) => reason)).toEqual([
    'unheld',
    'no-movement',
  ])
})

test.each([
  [null, false],
  [ago(1), false],
  [ahead(1), true],
])('a delay explained until %s is explained: %s', (explainedUntil, wanted) => {
  expect(isExplained({ explainedUntil }, time)).toBe(wanted)
})

describe('a partner that says another status', () => {
  const word = (changes: object = {}): Partial<StuckFacts['dossier']> => ({
    partnerWord: {
      ...{ source: 'moc-building', status: 9, stage: 'processing', authoritative: false },
      ...{ statedAt: ago(20), receivedAt: ago(9), ...changes },
    },
  })

  test('is an alarm once it has had time to come to an agreement', () => {
    expect(reasons({ dossier: word() })).toEqual(['partner-differs'])
    expect(reasons({ dossier: word({ receivedAt: ago(7) }) })).toEqual([])
  })

  test.each([
    ['says the same', { status: 4 }],
    ['calls it taken in while it is worked on', { status: 2 }],
    ['is the authority of the stage', { authoritative: true }],
    ['speaks of a stage that is over here', { stage: 'intake', status: 1 }],
  ])('is none when it %s', (_what, changes) => {
    expect(reasons({ dossier: word(changes) })).toEqual([])
  })

  test('is one when it is a stage ahead', () => {
    expect(reasons({ dossier: word({ stage: 'result', status: 10 }) })).toEqual(['partner-differs'])
  })
})
