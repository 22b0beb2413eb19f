import type { QueueItem } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { describe, expect, test } from 'vitest'
import { type QueueFacts, queueView } from './queue.view'

const officer: Officer = {
  kind: 'officer',
  officerId: 'trang',
  name: 'Lê Thu Trang',
  posts: [
    {
      postId: 'p',
      title: 'Cán bộ tiếp nhận',
      authorityCode: 'H99.12',
      unitCode: 'one-stop',
      roles: ['reception'],
    },
  ],
}

const item = (no: number, task: Partial<QueueItem['task']> = {}): QueueItem => ({
  dossierId: `d${no}`,
  code: `H99.12-261119-0041${no}`,
  sequence: no,
  state: 'submitted',
  applicantName: 'Ngô Thị Cúc',
  procedureCode: '1.001193',
  channel: 'online',
  submittedAt: '2026-11-19T01:00:00Z',
  acceptedAt: null,
  legalDueAt: null,
  competent: 'H99.12',
  task: {
    no: 1,
    kind: 'intake',
    stepId: null,
    stepKind: null,
    name: 'intake',
    role: 'reception',
    authority: 'H99.12',
    unitKind: 'one-stop',
    assignee: null,
    openedAt: '2026-11-19T01:00:00Z',
    dueAt: '2026-11-20T08:05:00Z',
    closedAt: null,
    closedBy: null,
    outcome: null,
    subject: null,
    ...task,
  },
})

const facts = (changes: Partial<QueueFacts> = {}): QueueFacts => ({
  items: [item(1)],
  hasMore: false,
  counts: { mine: 1, overdue: 0, dueToday: 1, intake: 1, waiting: 0, return: 0, all: 1, sign: 0, unheld: 1 },
  filter: { view: 'mine', page: 1 },
  officer,
  procedures: { '1.001193': 'Làm giấy khai sinh cho con' },
  place: 'phường Hoa Sen',
  minutes: (_authority, from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 60_000),
  now: new Date('2026-11-20T07:30:00Z'),
  endOfToday: new Date('2026-11-20T16:59:59Z'),
  locale: 'vi',
  ...changes,
})

const rowsOf = (view: ReturnType<typeof queueView>) =>
  view.groups.map(({ rows }) => rows.map(({ code }) => code.at(-1)))

describe('groups', () => {
  test('a dossier stands by how its own clock stands', () => {
    const items = [
      item(1, { dueAt: '2026-11-20T07:00:00Z' }),
      item(2, { dueAt: '2026-11-20T09:00:00Z' }),
      item(3, { dueAt: '2026-11-23T10:30:00Z' }),
      item(4, { dueAt: null, kind: 'supplement', role: 'applicant' }),
    ]
    expect(rowsOf(queueView(facts({ items })))).toEqual([['1'], ['2'], ['3'], ['4']])
  })

  test('what is past is overdue even when no working minute has gone by since', () => {
    const items = [item(1, { dueAt: '2026-11-20T07:00:00Z' })]
    const [overdue] = queueView(facts({ items, minutes: () => 0 })).groups
    expect(overdue?.rows[0]?.clock).toMatchObject({ tone: 'late', text: 'Quá hạn' })
  })
})

describe('the next action', () => {
  const nextOf = (task: Partial<QueueItem['task']>) =>
    queueView(facts({ items: [item(1, task)] })).groups.flatMap(({ rows }) => rows)[0]?.next

  test('carries its key only for whoever may do it', () => {
    expect(nextOf({})).toEqual({ key: 'T', label: 'Tiếp nhận' })
    expect(nextOf({ kind: 'step', stepKind: 'work', role: 'specialist' })).toEqual({ label: 'Theo dõi' })
    expect(nextOf({ assignee: 'somebody-else' })).toEqual({ label: 'Theo dõi' })
    expect(nextOf({ authority: 'H99.13' })).toEqual({ label: 'Theo dõi' })
  })

  test('of a paused dossier is the applicant', () => {
    expect(nextOf({ kind: 'supplement', role: 'applicant', dueAt: null })).toEqual({ label: 'Chờ người nộp' })
  })
})

test('the check box names the dossier as it was seen', () => {
  const [row] = queueView(facts()).groups.flatMap(({ rows }) => rows)
  expect(row?.value).toBe('H99.12-261119-00411~1')
})

test('a filter stands in the address, goes with each link, and can be taken away', () => {
  const view = queueView(facts({ filter: { view: 'all', page: 2, channel: 'post' }, hasMore: true }))
  expect(view.query).toBe('view=all&page=2&channel=post')
  expect(view.chips).toEqual([{ text: 'Kênh: Bưu chính', removeHref: '/can-bo/viec?view=all' }])
  expect(view.previousHref).toBe('/can-bo/viec?view=all&channel=post')
  expect(view.nextHref).toBe('/can-bo/viec?view=all&page=3&channel=post')
})

test('bulk acceptance is offered only where something can be accepted', () => {
  expect(queueView(facts()).mayAccept).toBe(true)
  expect(queueView(facts({ items: [item(1, { role: 'specialist', kind: 'step' })] })).mayAccept).toBe(false)
})
