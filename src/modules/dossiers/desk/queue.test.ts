import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { at } from '../../../kernel/time.ts'
import type { Officer } from '../../identity/index.ts'
import type { Dossier, Request } from '../index.ts'
import { findDossiers } from './find-dossiers.ts'
import { QueueFilter, queuePageSize } from './queue.ts'

const desk = await aDesk()
const { act, dossiers, file, officer } = desk
const when = { now: morning, endOfToday: at('2026-11-19', '23:59') }
const reception = officer(staff.reception)
const specialist = officer(staff.specialist)
const head = officer(staff.head)
const must = async (actor: Officer, dossier: Dossier, request: Request, now = morning) =>
  accepted(await act(actor, dossier, request, now))
const queue = (who: Officer, filter: Partial<QueueFilter> = {}) =>
  dossiers.queue(who, QueueFilter.parse(filter), when)
const codes = async (who: Officer, filter: Partial<QueueFilter> = {}) =>
  (await queue(who, filter)).items.map(({ code }) => code)
const counts = (who: Officer) => dossiers.counts(who, when)

let filed: Dossier
let working: Dossier
beforeAll(async () => {
  filed = (await file()).dossier
  working = await must(reception, (await file()).dossier, { command: 'accept' })
})
afterAll(() => desk.db.close())

test('work is seen by the role that holds it, and by nobody of another place', async () => {
  expect(await codes(reception)).toContain(filed.code)
  expect(await codes(reception)).not.toContain(working.code)
  expect(await codes(specialist)).toEqual([working.code])
  expect(await codes(officer(staff.elsewhere), { view: 'all' })).toEqual([])
})

test('what a colleague took is theirs, and whoever stands in for them has it too', async () => {
  const taken = await must(reception, (await file()).dossier, { command: 'accept' })
  await must(specialist, taken, { command: 'assign', officer: staff.specialist })
  const colleague: Officer = { ...specialist, officerId: 'officer-hoa-sen-civil-status-2' }
  expect(await codes(specialist)).toContain(taken.code)
  expect(await codes(colleague)).not.toContain(taken.code)
  const standsIn: Officer = {
    ...colleague,
    posts: specialist.posts.map((post) => ({
      ...post,
      standsInFor: { officerId: staff.specialist, name: 'Đang vắng', title: 'Công chức' },
    })),
  }
  expect(await codes(standsIn)).toContain(taken.code)
  expect((await counts(standsIn)).mine).toBe((await counts(specialist)).mine)
})

test('a power for some procedures shows those alone', async () => {
  const limited = (procedures: string[]): Officer => ({
    ...specialist,
    posts: specialist.posts.map((post) => ({ ...post, procedures })),
  })
  expect(await codes(limited([working.procedureCode]))).toContain(working.code)
  expect(await codes(limited(['9.999999']))).toEqual([])
  expect((await counts(limited(['9.999999']))).mine).toBe(0)
})

test('who has an interest of their own does not see the dossier', async () => {
  const dossier = await must(reception, (await file()).dossier, { command: 'accept' })
  await must(specialist, dossier, { command: 'declareConflict', reason: 'Người nhà' })
  expect(await codes(specialist, { view: 'all' })).not.toContain(dossier.code)
  expect(await codes(head, { view: 'all' })).toContain(dossier.code)
  const { party } = accepted(await dossiers.view(reception, filed.code))
  const relative = { ...reception, personalId: party.personalId! }
  expect(await codes(relative)).not.toContain(filed.code)
})

test('opinions, hand-overs, questions and parties each have a view', async () => {
  const dossier = await must(reception, (await file()).dossier, { command: 'accept' })
  await must(specialist, dossier, {
    ...{ command: 'consult', question: 'Có vướng không?', replyBy: '2026-11-20', silence: 'none' },
    ...{ to: { authority: 'H99.12', role: 'head' }, confidential: false },
  })
  await must(reception, dossier, {
    ...{ command: 'handOver', sheets: 2, batch: randomUUID() },
    to: { authority: 'H99.12', role: 'clerk', officer: null },
  })
  await must(desk.citizen() as never, dossier, { command: 'message', text: 'Bao giờ xong?' })
  expect(await codes(head, { view: 'consult' })).toEqual([dossier.code])
  expect(await codes(officer(staff.clerk), { view: 'takeover' })).toEqual([dossier.code])
  const asked = await queue(reception, { view: 'messages' })
  expect(asked.items.map(({ code, hasQuestion }) => [code, hasQuestion])).toEqual([[dossier.code, true]])
  expect(await counts(head)).toMatchObject({ consult: 1, messages: 1, capped: false })
  expect((await counts(officer(staff.clerk))).takeover).toBe(1)
})

test('each number is that of its list', async () => {
  for (const who of [reception, specialist, head, officer(staff.leader)]) {
    const numbers = await counts(who)
    for (const view of QueueFilter.shape.view.unwrap().options) {
      const { items, hasMore } = await queue(who, { view })
      if (!hasMore) expect([view, numbers[view]]).toEqual([view, items.length])
    }
  }
})

test.each([
  ['procedure', { procedure: '9.999999' }, false],
  ['channel', { channel: 'post' }, false],
  ['channel', { channel: 'online' }, true],
  ['assignee', { assignee: 'none' }, true],
  ['assignee', { assignee: 'me' }, false],
  ['due', { due: 'overdue' }, false],
  ['name', { q: 'cu' }, true],
  ['words in any order', { q: 'thi tran' }, true],
  ['another name', { q: 'khong ai ca' }, false],
  ['signs alone', { q: '%%' }, false],
  ['a number that nobody has', { q: '001099999999' }, false],
] as const)('filters by %s: %j', async (_what, filter, isThere) => {
  const { party } = accepted(await dossiers.view(reception, filed.code))
  const words = party.searchName || party.name
  const asked = filter as Partial<QueueFilter>
  const q = asked.q === 'cu' ? words.slice(0, 4) : asked.q === 'thi tran' ? lastFirst(party.name) : asked.q
  expect((await codes(reception, { ...asked, ...(q && { q }) })).includes(filed.code)).toBe(isThere)
})
const lastFirst = (name: string) => name.split(' ').reverse().join(' ')

test('finds by code, by its last digits, by personal number and by phone', async () => {
  const { party } = accepted(await dossiers.view(reception, filed.code))
  for (const q of [
    filed.code,
    filed.code.toLowerCase(),
    filed.code.slice(-5),
    party.personalId!,
    party.phone!,
  ])
    expect([q, (await codes(reception, { q })).includes(filed.code)]).toEqual([q, true])
})

test('pages follow each other without gap or repetition, in every order', async () => {
  const crowd = Array.from({ length: queuePageSize + 10 }, (_, i) =>
    file({ at: new Date(morning.getTime() + i * 60_000) }),
  )
  await Promise.all(crowd)
  for (const sort of ['due', 'oldest', 'newest'] as const) {
    const first = await queue(reception, { view: 'all', sort })
    expect(first.items).toHaveLength(queuePageSize)
    const second = await queue(reception, { view: 'all', sort, after: first.next! })
    const keys = [...first.items, ...second.items].map(({ code, task }) => `${code} ${task.no}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toHaveLength((await counts(reception)).all)
    const instants = [...first.items, ...second.items].map(({ task }) =>
      sort === 'due' ? (task.dueAt ?? '9') : task.openedAt,
    )
    const sorted = instants.toSorted()
    expect(instants).toEqual(sort === 'newest' ? sorted.reverse() : sorted)
  }
})

test('a cursor that nobody gave is no filter', () => {
  expect(QueueFilter.safeParse({ after: "'; drop table" }).success).toBe(false)
})

test('the look-up finds what has ended too, by the same words, and only at the places asked', async () => {
  const { dossier } = await file()
  await must(reception, dossier, { command: 'refuse', reason: 'Sai nơi' })
  const { party } = accepted(await dossiers.view(reception, dossier.code))
  const found = async (q: string, authorities = ['H99.12']) =>
    (await findDossiers(desk.db.pool, { authorities, q, limit: 100 })).map(({ code }) => code)
  const asked = [dossier.code, dossier.code.slice(-5), party.personalId!, party.phone!, lastFirst(party.name)]
  for (const q of asked) expect([q, (await found(q)).includes(dossier.code)]).toEqual([q, true])
  for (const q of asked) expect(await found(q, ['H99.13'])).toEqual([])
  expect(await found('khong ai ca')).toEqual([])
  expect(await found('%%')).toEqual([])
})
