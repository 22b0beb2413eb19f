import { expect, test } from 'vitest'
import type { Task } from '../dossier.ts'
import type { HistoryItem } from '../read-dossier.ts'
import { handoversOf } from './handovers.ts'

const day = (d: number, hour = 3) => `2026-11-${d}T0${hour}:00:00.000Z`
const units = { reception: 'one-stop', specialist: 'division', leader: 'leadership' } as Record<
  string,
  string
>

const aTask = (no: number, role: Task['role'], changes: Partial<Task> = {}): Task => ({
  no,
  kind: 'step',
  stepId: null,
  stepKind: null,
  name: role,
  role,
  authority: 'H99.12',
  unitKind: units[role] ?? 'one-stop',
  assignee: null,
  dueAt: day(20, 9),
  openedAt: day(19),
  closedAt: null,
  closedBy: null,
  outcome: null,
  subject: null,
  ...changes,
})

let sequence = 0
/** An act that ends tasks and opens as many as are named. */
const anAct = (
  kind: HistoryItem['kind'],
  officer: string,
  at: string,
  {
    closes = [],
    opens = 0,
    text,
    data = {},
  }: { closes?: number[]; opens?: number; text?: string; data?: object } = {},
): HistoryItem => ({
  sequence: ++sequence,
  kind,
  at,
  actor: { kind: officer === 'citizen' ? 'person' : 'officer', id: officer },
  data: {
    ...data,
    closes: closes.map((no) => ({ no, outcome: 'ok' })),
    opens: Array(opens).fill({}),
  } as never,
  ...(text && { text }),
})

const filed = () => anAct('dossiers.submitted', 'citizen', day(18), { opens: 1 })
const handed = (
  history: HistoryItem[],
  tasks: Task[],
  dueAt: string | null = null,
  decidedAt: string | null = null,
) =>
  handoversOf(history, { tasks, dueAt, decidedAt }).map(({ giver, taker, result, remark }) => [
    giver.officer,
    taker === 'applicant' ? taker : taker.officer,
    result,
    remark,
  ])

test.each([
  ['early', day(18, 8)],
  ['on-time', day(20, 8)],
  ['late', day(21)],
])('what was done %s is told against the time of its own task', (result, at) => {
  const tasks = [
    aTask(1, 'reception', { kind: 'intake', closedBy: 'trang' }),
    aTask(2, 'specialist', { closedBy: 'vinh' }),
  ]
  const accepted = anAct('dossiers.accepted', 'trang', at, { closes: [1], opens: 1 })
  expect(handed([filed(), accepted], tasks)).toEqual([['trang', 'vinh', result, '']])
})

test('whoever has not taken it up is not named yet; work sent back says why', () => {
  const tasks = [
    aTask(1, 'reception', { kind: 'intake' }),
    aTask(2, 'leader', { dueAt: null }),
    aTask(3, 'specialist', { assignee: null }),
  ]
  const accepted = anAct('dossiers.accepted', 'trang', day(19), { closes: [1], opens: 1 })
  const back = anAct('dossiers.sent-back', 'ha', day(19, 4), { closes: [2], opens: 1, text: 'Sửa ngày sinh' })
  expect(handed([filed(), accepted, back], tasks)).toEqual([
    ['trang', null, 'early', ''],
    ['ha', null, 'none', 'Trả lại để làm lại: Sửa ngày sinh'],
  ])
})

test('the decision that follows a signature is handed on by the signer', () => {
  const tasks = [
    aTask(1, 'leader', { closedBy: 'ha' }),
    aTask(2, 'reception', { kind: 'return', closedBy: 'trang' }),
  ]
  const history = [
    anAct('dossiers.submitted', 'citizen', day(18), { opens: 1 }),
    anAct('dossiers.approved', 'ha', day(19), { closes: [1] }),
    anAct('dossiers.decided', 'ha', day(19), { opens: 1 }),
    anAct('dossiers.returned', 'trang', day(25), { closes: [2] }),
  ]
  // It was fetched late, and decided in time.
  expect(handed(history, tasks, day(20, 9), day(19))).toEqual([
    ['ha', 'trang', 'early', ''],
    ['trang', 'applicant', 'early', ''],
  ])
})

test('who goes on with the work at another desk of the same authority hands nothing over', () => {
  const tasks = [
    aTask(1, 'leader', { closedBy: 'ha' }),
    aTask(2, 'reception', { kind: 'return', closedBy: 'ha' }),
  ]
  const signed = anAct('dossiers.approved', 'ha', day(19), { closes: [1], opens: 1 })
  expect(handed([filed(), signed], tasks)).toEqual([])
})

test('giving a task to somebody is a hand-over, taking it oneself is none', () => {
  const tasks = [aTask(1, 'specialist')]
  const given = anAct('dossiers.assigned', 'head', day(19), { data: { task: 1, assignee: 'vinh' } })
  const taken = anAct('dossiers.assigned', 'vinh', day(19), { data: { task: 1, assignee: 'vinh' } })
  expect(handed([filed(), given, taken], tasks)).toEqual([['head', 'vinh', 'none', '']])
})

test('what waits for the applicant, and opinions among officers, are no hand-overs', () => {
  const tasks = [
    aTask(1, 'specialist'),
    aTask(2, 'applicant', { kind: 'supplement' }),
    aTask(3, 'specialist', { kind: 'consult' }),
  ]
  const asked = anAct('dossiers.supplement-requested', 'vinh', day(19), { closes: [1], opens: 1 })
  const consulted = anAct('dossiers.consulted', 'vinh', day(19, 4), { opens: 1 })
  expect(handed([filed(), asked, consulted], tasks)).toEqual([])
})

test('papers that change hands say how many sheets', () => {
  const tasks = [aTask(1, 'specialist'), aTask(2, 'specialist', { kind: 'handover', assignee: 'vinh' })]
  const given = anAct('dossiers.handed-over', 'trang', day(19), { opens: 1, data: { sheets: 4 } })
  expect(handed([filed(), given], tasks)).toEqual([['trang', 'vinh', 'none', '4 tờ']])
})
