import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, staff } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf, on, openTask } from '../../../test/builders/a-life.ts'
import type { Request } from './commands.ts'
import { openTasks } from './dossier.ts'
import { refusals } from './refusals.ts'

const desk = await aDesk()
const {
  act,
  does,
  fileOn,
  inProgress,
  specialist,
  head,
  leader,
  reception,
  clerk,
  citizen,
  decided,
  rowAndFold,
} = livesOf(desk)
afterAll(() => desk.db.close())

const there = {
  reception: desk.officer(staff.elsewhere),
  specialist: desk.officer('officer-ben-go-civil-status-1'),
  leader: desk.officer('officer-ben-go-leader-1'),
}
const transfer = (to = 'H99.13'): Request => ({ command: 'transfer', to, reason: 'Thuộc xã Bến Gỗ' })
const takeOver: Request = { command: 'takeOver' }
const reject: Request = { command: 'rejectTransfer', reason: 'Không thuộc xã' }
const step: Request = { command: 'completeStep', outcome: 'ok' }
const supplement: Request = { command: 'supplement', papers: [] }
const items = [{ target: null, text: 'Bổ sung' }]

describe('a dossier that belongs elsewhere', () => {
  test('stays with the sender until the receiver takes it over, with its code and its clock', async () => {
    const dossier = await inProgress()
    await does(specialist, dossier, { command: 'assign', officer: specialist.officerId })
    const offered = await does(head, dossier, transfer(), on(20))
    expect(offered).toMatchObject({ competent: 'H99.12', state: 'in-progress', dueAt: dossier.dueAt })
    expect(codeOf(await act(there.specialist, dossier, step, on(20)))).toBe('dossiers.not-your-role')
    const taken = await does(there.reception, dossier, takeOver, on(20))
    expect(taken).toMatchObject({
      ...{ code: dossier.code, competent: 'H99.13', receivedBy: 'H99.12', acceptedAt: dossier.acceptedAt },
      // There work ends half an hour earlier.
      dueAt: on(24, '17:00').toISOString(),
    })
    expect(openTasks(taken)).toMatchObject([{ kind: 'step', authority: 'H99.13', assignee: null }])
    expect(codeOf(await act(specialist, dossier, step, on(20)))).toBe('dossiers.not-your-role')
    await does(there.specialist, dossier, step, on(20))
    expect('dossier' in (await desk.dossiers.view(specialist, dossier.code))).toBe(true)
    const [row, fold] = await rowAndFold(dossier)
    expect(fold).toEqual(row)
  })

  test.each([
    ['where it is already', 'H99.12'],
    ['to nowhere', 'Z00'],
    ['to a place that does not settle such things', 'H99.03'],
  ])('is not sent %s', async (_where, to) => {
    expect(await act(head, await inProgress(), transfer(to))).toEqual(
      refusals.notCompetent({ authority: to }),
    )
  })

  test('is offered once at a time, and stays when it is not taken', async () => {
    const dossier = await inProgress()
    await does(reception, dossier, transfer())
    expect(codeOf(await act(head, dossier, transfer('H99.14')))).toBe('dossiers.must-be-not-being-moved')
    expect(codeOf(await act(reception, dossier, reject))).toBe('dossiers.not-your-role')
    const kept = await does(there.reception, dossier, reject)
    expect(openTasks(kept).map(({ kind }) => kind)).toEqual(['step'])
    expect((await does(head, dossier, transfer('H99.14'))).competent).toBe('H99.12')
  })

  test('is moved before it is accepted, with its intake', async () => {
    const { dossier } = await desk.file()
    await does(reception, dossier, transfer())
    const taken = await does(there.reception, dossier, takeOver)
    expect(taken).toMatchObject({ competent: 'H99.13', receivedBy: 'H99.13', dueAt: null })
    expect(openTask(taken, 'intake').authority).toBe('H99.13')
    expect(codeOf(await act(reception, dossier, { command: 'accept' }))).toBe('dossiers.not-your-role')
    await does(there.reception, dossier, { command: 'accept' })
  })

  test('leaves the place that took it in, too, when nobody accepted it there', async () => {
    const dossier = await fileOn({ receivedBy: 'H99.14' })
    await does(desk.officer('officer-mai-thuong-reception-1'), dossier, transfer())
    const taken = await does(there.reception, dossier, takeOver)
    expect(openTasks(taken)).toMatchObject([{ kind: 'intake', authority: 'H99.13' }])
  })

  test('is moved while the applicant has to act; the answer goes to the new place, to nobody by name', async () => {
    const dossier = await inProgress()
    await does(specialist, dossier, { command: 'assign', officer: specialist.officerId })
    await does(head, dossier, transfer())
    await does(specialist, dossier, { command: 'requestSupplement', items })
    const taken = await does(there.reception, dossier, takeOver, on(20))
    expect(taken).toMatchObject({ state: 'awaiting-supplement', dueAt: null, competent: 'H99.13' })
    const answered = await does(citizen, dossier, supplement, on(20))
    expect(openTasks(answered)).toMatchObject([{ kind: 'step', authority: 'H99.13', assignee: null }])
    await does(there.specialist, dossier, step, on(20))
  })

  test('is taken over once, of two at the same moment', async () => {
    const dossier = await does(head, await inProgress(), transfer())
    const both = [there.reception, desk.officer('officer-ben-go-reception-2')]
    const codes = (await Promise.all(both.map((actor) => act(actor, dossier, takeOver)))).map(codeOf)
    expect(codes.toSorted()).toEqual(['done', 'dossiers.no-such-task'])
  })

  test('is decided by the sender as long as nobody took it', async () => {
    const dossier = await does(head, await inProgress(), transfer())
    const result = await decided(dossier)
    expect(openTasks(result).map(({ kind }) => kind)).toEqual(['return'])
    expect(codeOf(await act(there.leader, dossier, takeOver))).toBe('dossiers.no-such-task')
  })
})

describe('papers that change hands', () => {
  type HandOver = Extract<Request, { command: 'handOver' }>
  const handOver = (to: Partial<HandOver['to']> = {}, sheets = 12): HandOver => ({
    ...{ command: 'handOver', sheets, batch: '0199d000-0000-7000-8000-00000000ba7c' },
    to: { authority: 'H99.12', role: 'clerk', officer: null, ...to },
  })

  test('wait for the one who is named, and both stand in the journal', async () => {
    const dossier = await inProgress()
    const sent = await does(specialist, dossier, handOver({ officer: staff.clerk }))
    expect(openTask(sent, 'handover')).toMatchObject({ role: 'clerk', assignee: staff.clerk })
    expect(codeOf(await act(reception, dossier, takeOver))).toBe('dossiers.held-by-another')
    expect(codeOf(await act(leader, dossier, takeOver))).toBe('dossiers.not-your-role')
    const taken = await does(clerk, dossier, takeOver)
    expect(openTasks(taken).map(({ kind }) => kind)).toEqual(['step'])
    const view = await desk.dossiers.view(head, dossier.code)
    const history = 'history' in view ? view.history.slice(-2) : []
    expect(history.map(({ kind, actor }) => [kind, actor.id])).toEqual([
      ['dossiers.handed-over', specialist.officerId],
      ['dossiers.taken-over', staff.clerk],
    ])
  })

  test('are given to somebody who is there, and can be sent back', async () => {
    const dossier = await inProgress()
    expect(await act(specialist, dossier, handOver({ officer: staff.leader }))).toEqual(
      refusals.unknownOfficer({ officer: staff.leader }),
    )
    expect(await act(specialist, dossier, handOver({ authority: 'Z00' }))).toEqual(
      refusals.unknownAuthority({ authority: 'Z00' }),
    )
    for (const sheets of [-1, 1.5, 10_001])
      expect(codeOf(await act(specialist, dossier, handOver({}, sheets)))).toBe('dossiers.incomplete')
    await does(specialist, dossier, handOver())
    expect(codeOf(await act(specialist, dossier, handOver()))).toBe('dossiers.must-be-not-being-moved')
    const kept = await does(clerk, dossier, reject)
    expect(openTasks(kept)).toHaveLength(1)
    expect(codeOf(await act(leader, dossier, handOver()))).toBe('dossiers.not-your-role')
  })
})
