import { afterAll, describe, expect, test } from 'vitest'
import { aDesk } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf, on, openTask, otherPerson } from '../../../test/builders/a-life.ts'
import { accepted } from '../../kernel/errors.ts'
import type { Person } from '../identity/index.ts'
import type { Request } from './commands.ts'
import { deliveryState } from './derived.ts'
import { openTasks } from './dossier.ts'
import { refusals } from './refusals.ts'

const desk = await aDesk()
const { act, does, fileOn, inProgress, decided, reception, head, specialist, citizen, rowAndFold } =
  livesOf(desk)
afterAll(() => desk.db.close())

const { name, personalId } = otherPerson
const second = { kind: 'second-party', until: null } as const
const filedByTwo = (at?: Date) =>
  fileOn({ otherParties: [second] }, [{ no: 1, name, personalId: personalId!, phone: null }], at)
const confirm: Request = { command: 'confirm', seen: false }
const disagree: Request = { command: 'disagree', reason: 'Tôi không đồng ý' }
const items = [{ target: null, text: 'Bổ sung' }]

describe('a procedure of two', () => {
  test('counts as filed from the moment in which the second person agrees on their own phone', async () => {
    const waiting = await filedByTwo()
    expect(waiting).toMatchObject({ state: 'awaiting-party', intakeDueAt: null })
    expect(openTask(waiting, 'confirm')).toMatchObject({ role: 'applicant', subject: 1 })
    expect(codeOf(await act(reception, waiting, { command: 'accept' }))).toBe('dossiers.not-in-this-state')
    expect(accepted(await desk.dossiers.view(otherPerson, waiting.code)).asParty).toBe(1)
    const filed = await does(otherPerson, waiting, confirm, on(20, '16:30'))
    expect(filed.state).toBe('submitted')
    // One working hour is left on Friday, seven are on Monday.
    expect(filed.intakeDueAt).toBe(on(23, '16:30').toISOString())
    expect(openTask(filed, 'intake').dueAt).toBe(filed.intakeDueAt)
    await does(reception, filed, { command: 'accept' }, on(23))
  })

  test('is not agreed to by the applicant, by a stranger, or by somebody who only states a number', async () => {
    const waiting = await filedByTwo()
    expect(codeOf(await act(citizen, waiting, confirm))).toBe('dossiers.not-your-role')
    const stranger: Person = { ...otherPerson, personId: citizen.personId.replace(/..$/, 'ee') }
    for (const actor of [
      { ...stranger, personalId: '001085000099' },
      { ...stranger, assurance: 1 as const },
    ])
      expect(await act(actor, waiting, confirm)).toEqual(refusals.notFound())
  })

  test('is agreed to at the counter when the officer has seen the person', async () => {
    const waiting = await filedByTwo()
    expect(await act(reception, waiting, confirm)).toEqual(refusals.notSeen())
    expect(await does(reception, waiting, { command: 'confirm', seen: true })).toMatchObject({
      state: 'submitted',
    })
  })

  test('ends when the second person does not want it, and no officer takes that back', async () => {
    const waiting = await filedByTwo()
    const ended = await does(otherPerson, waiting, disagree)
    expect(ended.state).toBe('withdrawn')
    expect(openTasks(ended)).toEqual([])
    expect(codeOf(await act(citizen, ended, { command: 'message', text: 'Sao vậy?' }))).toBe(
      'dossiers.not-in-this-state',
    )
    expect(await act(head, ended, { command: 'restore', reason: 'Nhầm' })).toEqual(
      refusals.nothingToRestore(),
    )
    // Nor after an earlier end that was taken back.
    const other = await filedByTwo()
    await does(citizen, other, { command: 'withdraw', reason: 'Nhầm' })
    await does(head, other, { command: 'restore', reason: 'Bấm nhầm' })
    await does(otherPerson, other, disagree)
    expect(await act(head, other, { command: 'restore', reason: 'Nhầm' })).toEqual(
      refusals.nothingToRestore(),
    )
  })

  test('gives the result to both, and is finished with the last', async () => {
    const filed = await does(otherPerson, await filedByTwo(), confirm)
    const result = await decided(await does(reception, filed, { command: 'accept' }))
    const [first, last] = openTasks(result)
    expect([first, last].map((task) => [task?.kind, task?.subject])).toEqual([
      ['return', 1],
      ['return', 2],
    ])
    const give = (taskNo: number): Request => ({ command: 'returnResult', delivery: 'counter', taskNo })
    const partly = await does(reception, result, give(last!.no))
    expect(partly.state).toBe('decided')
    expect(deliveryState(partly)).toBe('partly')
    expect(codeOf(await act(reception, result, give(last!.no)))).toBe('dossiers.no-such-task')
    expect(await does(reception, result, give(first!.no))).toMatchObject({ state: 'returned' })
    const [row, fold] = await rowAndFold(result)
    expect(fold).toEqual(row)
  })
})

describe('a representative', () => {
  type Represent = Extract<Request, { command: 'represent' }>
  const represent = (until: string | null = null): Represent => ({
    ...{ command: 'represent', who: { name, personalId: personalId! }, until },
  })

  test('acts for the applicant once they agreed, until their last day', async () => {
    const dossier = await inProgress()
    expect(await desk.dossiers.view(otherPerson, dossier.code)).toEqual(refusals.notFound())
    await does(citizen, dossier, represent('2026-11-24'))
    await does(specialist, dossier, { command: 'requestSupplement', items })
    const supplement: Request = { command: 'supplement', papers: [] }
    expect(codeOf(await act(otherPerson, dossier, supplement))).toBe('dossiers.not-your-role')
    await does(otherPerson, dossier, confirm, on(20))
    expect(await act(otherPerson, dossier, supplement, on(25))).toEqual(refusals.notFound())
    const answered = await does(otherPerson, dossier, supplement, on(24, '23:59'))
    expect(answered.state).toBe('in-progress')
    expect(codeOf(await act(otherPerson, dossier, { command: 'withdraw', reason: 'x' }, on(24)))).toBe(
      'dossiers.not-your-role',
    )
  })

  test('who does not want to be one leaves the dossier as it is', async () => {
    const dossier = await inProgress()
    await does(citizen, dossier, represent())
    const after = await does(otherPerson, dossier, disagree)
    expect(after).toMatchObject({ state: 'in-progress' })
    expect(openTasks(after).map(({ kind }) => kind)).toEqual(['step'])
    expect(await act(otherPerson, dossier, confirm)).toEqual(refusals.notFound())
  })

  test('is not named for a time that is over, nor by an officer', async () => {
    const dossier = await inProgress()
    expect(await act(citizen, dossier, represent('2026-11-18'))).toEqual(
      refusals.dateIsPast({ date: '2026-11-18' }),
    )
    expect(codeOf(await act(reception, dossier, represent()))).toBe('dossiers.not-your-role')
    const noName = { ...represent(), who: { name: ' ', personalId: '12' } }
    expect(codeOf(await act(citizen, dossier, noName))).toBe('dossiers.incomplete')
  })
})
