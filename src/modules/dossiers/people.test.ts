import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, staff } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf, on, openTask } from '../../../test/builders/a-life.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { readStream } from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { createPowers, findOfficer } from '../directory/index.ts'
import type { Officer } from '../identity/index.ts'
import type { Request } from './commands.ts'
import { type Dossier, openTasks } from './dossier.ts'
import { refusals } from './refusals.ts'

const desk = await aDesk()
const { act, does, inProgress, upTo, specialist, head, leader, reception, cashier, citizen, rowAndFold } =
  livesOf(desk)
afterAll(() => desk.db.close())

const colleague = desk.officer('officer-hoa-sen-civil-status-2')
const step: Request = { command: 'completeStep', outcome: 'ok' }
const assign = (officer: string): Request => ({ command: 'assign', officer })
const heldBy = async (officer: Officer) => does(head, await inProgress(), assign(officer.officerId))
const lastActor = async ({ id }: Dossier) => (await readStream(desk.db.pool, id)).at(-1)!.actor

describe('an interest of their own', () => {
  const conflict: Request = { command: 'declareConflict', reason: 'Là em ruột' }

  test('closes the dossier to the officer who says so, and frees what they held', async () => {
    const dossier = await heldBy(specialist)
    const after = await does(specialist, dossier, conflict)
    expect(after.barred).toEqual([specialist.officerId])
    expect(openTask(after, 'step').assignee).toBeNull()
    expect(await act(specialist, dossier, step)).toEqual(refusals.conflictOfInterest())
    expect(await desk.dossiers.view(specialist, dossier.code)).toEqual(refusals.conflictOfInterest())
    expect(await act(head, dossier, assign(specialist.officerId))).toEqual(
      refusals.unknownOfficer({ officer: specialist.officerId }),
    )
    await does(colleague, dossier, step)
  })

  test('is seen by a head, who bars an officer at work on it, once', async () => {
    const dossier = await heldBy(specialist)
    const bar = (officer: string): Request => ({ command: 'bar', officer, reason: 'Có tố cáo' })
    for (const officer of ['nobody', 'officer-ben-go-civil-status-1', ''])
      expect(codeOf(await act(head, dossier, bar(officer)))).toMatch(/unknown-officer|incomplete/)
    expect(codeOf(await act(colleague, dossier, bar(specialist.officerId)))).toBe('dossiers.not-your-role')
    expect((await does(head, dossier, bar(specialist.officerId))).barred).toEqual([specialist.officerId])
    expect(codeOf(await act(leader, dossier, bar(specialist.officerId)))).toBe('dossiers.unknown-officer')
  })

  test('is known when the officer is the applicant', async () => {
    const dossier = await inProgress()
    const self = { ...specialist, personalId: citizen.personalId! }
    expect(await act(self, dossier, step)).toEqual(refusals.conflictOfInterest())
    expect(await act(self, dossier, { command: 'note', note: 'x' })).toEqual(refusals.conflictOfInterest())
  })

  test('keeps a step from the officer who held it before the applicant had to act', async () => {
    const dossier = await heldBy(specialist)
    const items = [{ target: null, text: 'Bổ sung' }]
    await does(specialist, dossier, { command: 'requestSupplement', items })
    await does(specialist, dossier, conflict)
    const answered = await does(citizen, dossier, { command: 'supplement', papers: [] })
    expect(openTask(answered, 'step').assignee).toBeNull()
  })
})

describe('work that somebody holds', () => {
  const reassign = (officer: string): Request => ({ command: 'reassign', officer, reason: 'Nghỉ ốm' })

  test('is taken from them for a reason that is stated', async () => {
    const dossier = await heldBy(specialist)
    expect(await act(head, dossier, assign(colleague.officerId))).toEqual(refusals.alreadyAssigned())
    expect(codeOf(await act(colleague, dossier, reassign(colleague.officerId)))).toBe(
      'dossiers.held-by-another',
    )
    const moved = await does(head, dossier, reassign(colleague.officerId))
    expect(openTask(moved, 'step').assignee).toBe(colleague.officerId)
    expect(codeOf(await act(specialist, dossier, step))).toBe('dossiers.held-by-another')
  })

  test('goes to somebody who may do that very task, among several', async () => {
    const dossier = await does(specialist, await inProgress(), {
      ...{ command: 'consult', question: 'Ý kiến?', replyBy: '2026-11-20', silence: 'none' },
      ...{ confidential: false, to: { authority: 'H99.13', role: 'specialist' } },
    } as Request)
    const expert = desk.officer('officer-ben-go-civil-status-1')
    // Not the first open task is theirs, so that one decides who may hold it.
    const taken = await does(expert, dossier, assign(expert.officerId))
    expect(openTask(taken, 'consult').assignee).toBe(expert.officerId)
    expect(codeOf(await act(expert, dossier, assign(specialist.officerId)))).toBe('dossiers.unknown-officer')
  })
})

describe('work that is sent back', () => {
  const back = (toStep?: string): Request => ({
    command: 'sendBack',
    reason: 'Sửa lại',
    ...(toStep && { toStep }),
  })

  test('goes to the step that is named, and to whoever held it there', async () => {
    const given = await heldBy(specialist)
    const before = await upTo('decide', given)
    const again = await does(leader, before, back('verify'))
    expect(openTask(again, 'step')).toMatchObject({ stepId: 'verify', assignee: specialist.officerId })
  })

  test('does not go to a step that was never done, nor back from the first one', async () => {
    const before = await upTo('decide')
    for (const nowhere of ['issue', 'nowhere'])
      expect(codeOf(await act(leader, before, back(nowhere)))).toBe('dossiers.no-such-task')
    expect(codeOf(await act(specialist, await inProgress(), back()))).toBe('dossiers.no-such-task')
  })
})

describe('while somebody is away', () => {
  const powers = createPowers({
    db: desk.db,
    limitOf: async ({ procedures }) => ({ procedures, unknown: [] }),
    changed: () => undefined,
  })
  const as = async (officerId: string, at: Date): Promise<Officer> => {
    const found = (await findOfficer(desk.db, officerId, dateOfLaw(at)))!
    return { kind: 'officer', officerId, name: found.name, posts: found.posts as Officer['posts'] }
  }
  const grant = async (words: object, by: Officer, at: Date) =>
    accepted(
      await powers.grant(by, { from: '2026-11-19', to: '2026-11-23', reason: 'Đi họp', ...words } as never, {
        now: at,
      }),
    )

  test('a stand-in works in their name to the last day, and not the day after', async () => {
    await grant({ kind: 'absence', giver: specialist.officerId, receiver: colleague.officerId }, head, on(19))
    const [first, second] = [await heldBy(specialist), await heldBy(specialist)]
    await does(await as(colleague.officerId, on(23)), first, step, on(23))
    expect(await lastActor(first)).toMatchObject({ id: colleague.officerId, for: specialist.officerId })
    const ended = await as(colleague.officerId, on(24))
    expect(codeOf(await act(ended, second, step, on(24)))).toBe('dossiers.held-by-another')
  })
})

describe('a signature', () => {
  const approve = (capacity?: string): Request => ({ command: 'approve', ...(capacity && { capacity }) })

  test('names a capacity that a post of theirs gives', async () => {
    const dossier = await upTo('decide')
    expect(codeOf(await act(leader, dossier, approve('TUQ.')))).toBe('dossiers.capacity-not-held')
    const lent = { ...leader.posts[0]!, capacity: 'KT.' as const }
    const deputy: Officer = { ...leader, posts: [lent] }
    await does(deputy, dossier, approve('KT.'))
    const entries = await readStream(desk.db.pool, dossier.id)
    expect(entries.findLast(({ kind }) => kind === 'dossiers.approved')!.data).toMatchObject({
      capacity: 'KT.',
    })
  })

  test('is given by the post that has the power, which the journal names', async () => {
    const dossier = await upTo('decide')
    const [own] = specialist.posts
    const lent = { ...leader.posts[0]!, standsInFor: { officerId: leader.officerId, name: '', title: '' } }
    const both: Officer = { ...specialist, posts: [own!, lent] }
    await does(both, dossier, approve())
    expect(await lastActor(dossier)).toMatchObject({ post: lent.postId, for: leader.officerId })
    // Acts on the dossier as a whole name it as well.
    const other = await inProgress()
    await does(both, other, { command: 'stop', reason: 'Theo yêu cầu' })
    expect(await lastActor(other)).toMatchObject({ post: lent.postId, for: leader.officerId })
  })
})

describe('the thread with the applicant', () => {
  const say = (text = 'Khi nào xong?'): Request => ({ command: 'message', text })

  test('says whose turn it is, until the dossier ends', async () => {
    const dossier = await inProgress()
    expect((await does(citizen, dossier, say())).threadAwaits).toBe('officer')
    expect((await does(specialist, dossier, say('Ngày mai ạ'))).threadAwaits).toBe('applicant')
    const view = accepted(await desk.dossiers.view(citizen, dossier.code))
    expect(view.history.slice(-2).map(({ text }) => text)).toEqual(['Khi nào xong?', 'Ngày mai ạ'])
    const ended = await does(citizen, dossier, { command: 'withdraw', reason: 'Thôi' })
    expect(ended.threadAwaits).toBeNull()
    expect(codeOf(await act(citizen, dossier, say()))).toBe('dossiers.not-in-this-state')
  })

  test('has no empty words, nor those of officers who have nothing to do with it', async () => {
    const dossier = await inProgress()
    for (const text of ['', '   ', 'x'.repeat(4001)])
      expect(codeOf(await act(citizen, dossier, say(text)))).toBe('dossiers.incomplete')
    expect(codeOf(await act(cashier, dossier, say()))).toBe('dossiers.not-your-role')
    expect(await act(desk.officer(staff.elsewhere), dossier, say())).toEqual(refusals.notFound())
  })
})

describe('at the same moment', () => {
  test('the applicant withdraws and the leader approves: one of the two is what happened', async () => {
    for (let round = 0; round < 6; round++) {
      const dossier = await upTo('decide')
      const outcomes = await Promise.all([
        act(citizen, dossier, { command: 'withdraw', reason: 'Không cần nữa' }),
        act(leader, dossier, { command: 'approve' }),
      ])
      const [row, fold] = await rowAndFold(dossier)
      expect(fold).toEqual(row)
      // Signed first, it can still be withdrawn until it is issued; withdrawn first, nothing is signed.
      const codes = outcomes.map(codeOf)
      expect([
        ['done', 'dossiers.not-in-this-state'],
        ['done', 'done'],
      ]).toContainEqual(codes)
      expect(row.state).toBe('withdrawn')
      const kinds = (await readStream(desk.db.pool, dossier.id)).map(({ kind }) => kind)
      expect(kinds.at(-1)).toBe('dossiers.withdrawn')
      expect(kinds.includes('dossiers.approved')).toBe(codes[1] === 'done')
      expect(openTasks(row)).toEqual([])
    }
  })

  test('many acts on many dossiers share what they can, and each has its own answer', async () => {
    const filed = await Promise.all(Array.from({ length: 8 }, async () => (await desk.file()).dossier))
    const outcomes = await Promise.all(
      filed.flatMap((dossier) => [
        act(reception, dossier, { command: 'accept' }),
        act(citizen, dossier, { command: 'message', text: 'Xin chào' }),
        act(desk.officer(staff.otherReception), dossier, { command: 'accept' }),
        act(desk.officer(staff.elsewhere), dossier, { command: 'accept' }),
      ]),
    )
    for (const [i, dossier] of filed.entries()) {
      const codes = outcomes.slice(4 * i, 4 * i + 4).map(codeOf)
      expect([codes[0], codes[2]].toSorted()).toEqual(['done', 'dossiers.not-in-this-state'])
      expect([codes[1], codes[3]]).toEqual(['done', 'dossiers.not-found'])
      const [row, fold] = await rowAndFold(dossier)
      expect(fold).toEqual(row)
      expect(row).toMatchObject({ state: 'in-progress', sequence: 3, threadAwaits: 'officer' })
    }
  })

  test('one page acts on many dossiers: each has its own answer', async () => {
    const { dossier: open } = await desk.file()
    const gone = await does(citizen, (await desk.file()).dossier, { command: 'withdraw', reason: 'Thôi' })
    const done = await inProgress()
    const codes = [open.code, gone.code, done.code, 'H99.12-261119-99999', 'không có', open.code]
    const outcomes: string[] = []
    for (const code of codes) outcomes.push(codeOf(await act(reception, { code }, { command: 'accept' })))
    expect(outcomes).toEqual([
      'done',
      ...['not-in-this-state', 'not-in-this-state', 'not-found', 'not-found', 'not-in-this-state'].map(
        (code) => `dossiers.${code}`,
      ),
    ])
  })
})

test('what is out of order is refused by name, and leaves no trace', async () => {
  const dossier = await inProgress()
  const early: Request[] = [
    { command: 'accept' },
    { command: 'approve' },
    { command: 'returnResult', delivery: 'counter' },
    { command: 'supplement', papers: [] },
    { command: 'restore', reason: 'x' },
    { command: 'takeOver' },
    { command: 'correctResult', fault: 'authority', draft: {}, reason: 'x' },
  ]
  for (const request of early)
    for (const actor of [reception, specialist, head, leader, citizen])
      expect(codeOf(await act(actor, dossier, request)), request.command).toMatch(
        /not-in-this-state|no-such-task|not-your-role/,
      )
  expect((await desk.stored(dossier)).sequence).toBe(dossier.sequence)
  expect(isRefusal(await act(specialist, dossier, step))).toBe(false)
})
