import type { QueueItem } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { describe, expect, test } from 'vitest'
import { isMine, type QueueFacts, queueView } from './queue.view'

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
  receivedBy: 'H99.12',
  hasQuestion: false,
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

const counts = {
  ...{ mine: 1, overdue: 0, dueToday: 1, intake: 1, waiting: 0, return: 0, all: 1, sign: 0, unheld: 1 },
  ...{ consult: 0, takeover: 0, visit: 0, messages: 0, obligation: 0, confirm: 0, capped: false },
}

const facts = (changes: Partial<QueueFacts> = {}): QueueFacts => ({
  items: [item(1)],
  counts,
  filter: { view: 'mine', sort: 'due' },
  officer,
  procedures: { '1.001193': 'Làm giấy khai sinh cho con' },
  officers: {},
  place: 'phường Hoa Sen',
  saved: [],
  labels: [],
  labelsOn: new Map(),
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

describe('what somebody stands in for, or has in part', () => {
  const { task } = item(1, { role: 'specialist', kind: 'step', assignee: 'away' })
  const post = { ...officer.posts[0]!, roles: ['specialist' as const] }

  test('the task of a colleague who is away is theirs too', () => {
    const standsInFor = { officerId: 'away', name: 'Đang vắng', title: 'Công chức' }
    expect(isMine({ task }, { ...officer, posts: [post] })).toBe(false)
    expect(isMine({ task }, { ...officer, posts: [{ ...post, standsInFor }] })).toBe(true)
  })

  test('a power for some procedures is none for the others', () => {
    const limited = { ...officer, posts: [{ ...post, procedures: ['1.001193'] }] }
    const free = { ...task, assignee: null }
    expect(isMine({ task: free, procedureCode: '1.001193' }, limited)).toBe(true)
    expect(isMine({ task: free, procedureCode: '2.000815' }, limited)).toBe(false)
  })
})

test('the check box names the dossier as it was seen, and the task of its line', () => {
  const [row] = queueView(facts()).groups.flatMap(({ rows }) => rows)
  expect(row?.value).toBe('H99.12-261119-00411~1~1')
})

test('a filter stands in the address, goes with each link, and can be taken away', () => {
  const after = '-~0199d000-0000-7000-8000-000000000001~1'
  const view = queueView(facts({ filter: { view: 'all', channel: 'post', sort: 'due', after }, next: after }))
  expect(view.chips).toEqual([{ text: 'Kênh: Bưu chính', removeHref: '/can-bo/viec?view=all' }])
  expect(view.firstHref).toBe('/can-bo/viec?view=all&channel=post')
  expect(view.nextHref).toBe(`/can-bo/viec?view=all&channel=post&after=${after.replaceAll('~', '%7E')}`)
})

test('in another order than that of the clocks the list stands as one', () => {
  const items = [item(1), item(2, { dueAt: '2026-11-20T07:00:00Z' })]
  const view = queueView(facts({ items, filter: { view: 'mine', sort: 'newest' } }))
  expect(rowsOf(view)).toEqual([['1', '2']])
})

test('a kept view stands in the rail and gives the page its name', () => {
  const saved = [
    {
      id: 'v',
      name: 'Khai sinh tuần này',
      query: 'view=all&channel=online',
      shared: true,
      own: false,
      isDefault: true,
    },
  ]
  const view = queueView(facts({ saved, filter: { view: 'all', channel: 'online', sort: 'due' } }))
  expect(view.title).toBe('Khai sinh tuần này')
  expect(view.rail.find(({ title }) => title === 'Đã lưu')?.views).toEqual([
    {
      href: '/can-bo/viec?view=all&channel=online',
      label: 'Khai sinh tuần này',
      icon: 'star',
      note: 'chung',
      current: true,
    },
  ])
})

test('rare views stand in the rail only when something is in them', () => {
  const labels = (view: ReturnType<typeof queueView>) =>
    view.rail.flatMap(({ views }) => views.map(({ label }) => label))
  expect(labels(queueView(facts()))).not.toContain('Người nộp hỏi')
  expect(labels(queueView(facts({ counts: { ...counts, messages: 2 } })))).toContain('Người nộp hỏi')
})

test('a number that was not counted to the end says so', () => {
  const view = queueView(facts({ counts: { ...counts, mine: 2500, capped: true } }))
  expect(view.lead).toContain('2000+')
})

test('what can be done together follows from the lines', () => {
  expect(queueView(facts()).acts).toMatchObject({ accept: true, complete: false, takeOver: false })
  const watched = [item(1, { role: 'specialist', kind: 'step' })]
  expect(queueView(facts({ items: watched })).acts).toEqual({
    ...{ accept: false, return: false, complete: false, approve: false, takeOver: false, assign: false },
  })
  const head = { ...officer, posts: [{ ...officer.posts[0]!, roles: ['head' as const] }] }
  expect(queueView(facts({ items: watched, officer: head })).acts.assign).toBe(true)
})
