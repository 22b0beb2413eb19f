import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf, on, otherPerson } from '../../../test/builders/a-life.ts'
import { accepted } from '../../kernel/errors.ts'
import type { Officer, Person } from '../identity/index.ts'
import type { Request } from './commands.ts'
import { countQueue, QueueFilter } from './desk/queue.ts'
import { alarmScope } from './desk/stuck-list.ts'

const desk = await aDesk()
const { act, does, inProgress, decided, specialist, head, leader, reception, citizen } = livesOf(desk)
afterAll(() => desk.db.close())

const there = {
  reception: desk.officer(staff.elsewhere),
  head: desk.officer('officer-ben-go-justice-head-1'),
  leader: desk.officer('officer-ben-go-leader-1'),
}
const askedThere = async () =>
  does(specialist, await inProgress(), {
    command: 'consult',
    question: 'Có đăng ký ở Bến Gỗ không?',
    replyBy: '2026-11-20',
    to: { authority: 'H99.13', role: 'head' },
    silence: 'none',
    confidential: true,
  })

describe('a place that was only asked for an opinion', () => {
  test('takes no dossier over that another place settles', async () => {
    const dossier = await askedThere()
    const mine: Request = { command: 'transfer', to: 'H99.13', reason: 'Thuộc xã Bến Gỗ' }
    for (const officer of [there.reception, there.head, there.leader])
      expect(codeOf(await act(officer, dossier, mine))).toBe('dossiers.not-your-role')
  })

  test('brings nothing back to life, and bars nobody of another house', async () => {
    const dossier = await askedThere()
    const bar = (officer: string): Request => ({ command: 'bar', officer, reason: 'Có liên quan' })
    expect(codeOf(await act(there.head, dossier, bar(leader.officerId)))).toBe('dossiers.unknown-officer')
    expect(codeOf(await act(there.leader, dossier, bar(there.head.officerId)))).toBe('done')
    const stopped = await does(leader, dossier, { command: 'stop', reason: 'Theo đơn' })
    const restore: Request = { command: 'restore', reason: 'Nhầm' }
    expect(codeOf(await act(there.leader, stopped, restore))).toBe('dossiers.not-your-role')
    expect(codeOf(await act(leader, stopped, restore))).toBe('done')
  })

  test('does not learn from a stance what the words would say', async () => {
    const dossier = await askedThere()
    const opinion = { command: 'opine', stance: 'disagree', text: 'Kín', confidential: true } as const
    const given = await does(specialist, dossier, opinion)
    const seenBy = async (officer: Officer) =>
      accepted(await desk.dossiers.view(officer, given.code, { now: morning })).history.at(-1)
    expect(JSON.stringify(await seenBy(there.head))).not.toMatch(/disagree|Kín/)
    expect(await seenBy(head)).toMatchObject({ text: 'Kín', data: { stance: 'disagree' } })
  })
})

test('a place that received a dossier does not help itself to what another has begun to settle', async () => {
  const dossier = await inProgress({ terms: { receivedBy: 'H99.12', competent: 'H99.13' } })
  const mine: Request = { command: 'transfer', to: 'H99.12', reason: 'Về đây' }
  expect(codeOf(await act(reception, dossier, mine))).toBe('dossiers.not-competent')
  expect(codeOf(await act(there.leader, dossier, mine))).toBe('done')
})

describe('somebody named as a representative', () => {
  const named = (changes: Partial<{ personalId: string }> = {}): Request => ({
    command: 'represent',
    who: { name: otherPerson.name, personalId: otherPerson.personalId!, phone: '0912345699', ...changes },
    until: null,
  })

  test('reads neither papers nor history before they agree: the number may be a stranger’s', async () => {
    const dossier = await does(citizen, await decided(), named())
    const view = async () => accepted(await desk.dossiers.view(otherPerson, dossier.code, { now: morning }))
    expect(await view()).toMatchObject({ answers: {}, draft: null, papers: [], history: [] })
    await does(otherPerson, dossier, { command: 'confirm', seen: false })
    expect((await view()).history).not.toEqual([])
  })

  test('keeps the dossier of nobody who works on it, until they agree', async () => {
    const { dossier } = await desk.file()
    const mine: Officer = { ...reception, personalId: '099199000099' }
    await does(citizen, dossier, named({ personalId: '099199000099' }))
    const queued = async () =>
      (
        await desk.dossiers.queue(mine, QueueFilter.parse({ q: dossier.code }), {
          now: morning,
          endOfToday: on(19, '23:59'),
        })
      ).items.length
    expect(await queued()).toBe(1)
    const asPerson: Person = { ...otherPerson, personalId: '099199000099' }
    await does(asPerson, dossier, { command: 'confirm', seen: false })
    expect(await queued()).toBe(0)
    expect(codeOf(await act(mine, dossier, { command: 'accept' }))).toBe('dossiers.conflict-of-interest')
  })

  test('is one of few: each is sent a text', async () => {
    const { dossier } = await desk.file()
    const codes: string[] = []
    for (let i = 0; i < 11; i++)
      codes.push(codeOf(await act(citizen, dossier, named({ personalId: `0991990001${10 + i}` }))))
    expect(codes.filter((code) => code === 'done')).toHaveLength(10)
    expect(codes.at(-1)).toBe('dossiers.too-many-parties')
  })
})

test('thirty messages of one person are enough for a day', async () => {
  const { dossier } = await desk.file()
  const write = (at: Date) => act(citizen, dossier, { command: 'message', text: 'Sao lâu thế?' }, at)
  for (let i = 0; i < 30; i++) expect(codeOf(await write(morning))).toBe('done')
  expect(codeOf(await write(morning))).toBe('dossiers.too-many-messages')
  expect(codeOf(await act(reception, dossier, { command: 'message', text: 'Đang xem' }))).toBe('done')
  expect(codeOf(await write(on(20, '10:00')))).toBe('done')
})

test('a power for some procedures opens no dossier of another, and no alarms of the house', async () => {
  const dossier = await inProgress()
  const limited = (procedures: string[]): Officer => ({
    ...there.leader,
    posts: [{ ...leader.posts[0]!, authorityCode: 'H99.12', roles: ['leader'], procedures }],
  })
  const seenBy = async (officer: Officer) => codeOf(await desk.dossiers.view(officer, dossier.code))
  expect(await seenBy(limited([dossier.procedureCode]))).toBe('done')
  expect(await seenBy(limited(['2.000815']))).toBe('dossiers.not-found')
  expect(await alarmScope(desk.db, limited([dossier.procedureCode]))).toEqual([])
  const listed = async (officer: Officer) => {
    const when = { now: morning, endOfToday: on(19, '23:59') }
    const all = await desk.dossiers.queue(officer, QueueFilter.parse({ view: 'all' }), when)
    const counts = await countQueue(desk.db.pool, officer, when)
    return [all.items.map(({ procedureCode }) => procedureCode), counts.all] as const
  }
  expect(await listed(limited(['2.000815']))).toEqual([[], 0])
  const [codes, count] = await listed(limited([dossier.procedureCode]))
  expect(new Set(codes)).toEqual(new Set([dossier.procedureCode]))
  expect(count).toBeGreaterThan(0)
})

test('whoever agreed to file together is not exchanged for somebody else in a supplement', async () => {
  const bride = desk.citizen('marriage-registration')
  const groom: Person = { ...otherPerson, personalId: '099088000003' }
  const { dossier } = await desk.file({ actor: bride, formKey: 'marriage-registration' })
  await does(groom, dossier, { command: 'confirm', seen: false })
  await does(reception, dossier, {
    command: 'requestSupplement',
    items: [{ target: null, text: 'Ghi rõ nơi ở' }],
  })
  const other = { 'husband.identityPaper': { kind: 'id', number: '099088000011' } }
  const given = (answers: Record<string, unknown>): Request => ({
    command: 'supplement',
    answers,
    papers: [],
  })
  expect(codeOf(await act(bride, dossier, given(other)))).toBe('dossiers.other-second-party')
  expect(codeOf(await act(bride, dossier, given({ 'partner.phone': '0912345604' })))).toBe('done')
})

test.each([
  '2026-13-40T25:61:61.000Z~0199d000-0000-7000-8000-0000000000aa~1',
  `-~${'-'.repeat(36)}~1`,
  '2026-11-19T02:00:00.000Z~0199d00000000-7000-8000-00000000aaaa~1',
])('a place in the queue that is none is nonsense, not a breakdown: %s', (after) => {
  expect(QueueFilter.safeParse({ after }).success).toBe(false)
})
