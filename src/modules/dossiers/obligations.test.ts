import { afterAll, describe, expect, test } from 'vitest'
import { aDesk } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf, on, openTask } from '../../../test/builders/a-life.ts'
import { accepted } from '../../kernel/errors.ts'
import type { Request } from './commands.ts'
import { dimensions, outcomes } from './derived.ts'
import { openTasks } from './dossier.ts'
import { papersOf } from './papers/paper-kinds.ts'
import { refusals } from './refusals.ts'

const desk = await aDesk()
const { act, does, inProgress, specialist, head, leader, reception, cashier, citizen, rowAndFold } =
  livesOf(desk)
afterAll(() => desk.db.close())

type Ask = Extract<Request, { command: 'requestObligation' }>
const ask = (changes: Partial<Ask> = {}): Ask => ({
  ...{ command: 'requestObligation', key: null, name: 'Thuế thu nhập', amountVnd: 2_500_000 },
  ...{ reason: 'Theo thông báo thuế' },
  ...changes,
})
const paid = (paidOn = '2026-11-23'): Request => ({
  ...{ command: 'confirmObligation', reference: 'BL-0007', paidOn },
})
const waive: Request = { command: 'waiveObligation', reason: 'Hộ nghèo' }
const inWorkOn = (obligationRule: 'pause' | 'run') => inProgress({ terms: { obligationRule } })

describe('where sector law stops the clock', () => {
  test('it stands until the proof, and the same officer goes on with the same step', async () => {
    const dossier = await inWorkOn('pause')
    await does(specialist, dossier, { command: 'assign', officer: specialist.officerId })
    const waiting = await does(specialist, dossier, ask())
    expect(waiting).toMatchObject({ state: 'awaiting-obligation', dueAt: null, indexDueAt: null })
    expect(openTask(waiting, 'obligation')).toMatchObject({ role: 'applicant', subject: 1 })
    expect(outcomes(waiting, on(30))).toEqual({ legal: 'paused', index: 'paused' })
    expect(dimensions(waiting)).toMatchObject({ financial: 'requested', national: 6 })
    const resumed = await does(cashier, waiting, paid(), on(24))
    expect(resumed).toMatchObject({ state: 'in-progress', promisedDueAt: dossier.promisedDueAt })
    expect(resumed.dueAt! > dossier.dueAt!).toBe(true)
    expect(openTask(resumed, 'step')).toMatchObject({ stepId: 'verify', assignee: specialist.officerId })
    expect(resumed.pauses).toEqual([
      { from: waiting.pauses[0]!.from, to: '2026-11-23T16:59:59.999Z', reason: 'obligation' },
    ])
    expect(dimensions(resumed)).toMatchObject({ financial: 'met', national: 4 })
  })

  test('whoever enters the payment days later wins no time by that', async () => {
    const [soon, late] = [await inWorkOn('pause'), await inWorkOn('pause')]
    for (const dossier of [soon, late]) await does(specialist, dossier, ask())
    const entered = await does(cashier, soon, paid('2026-11-20'), on(21))
    const enteredLate = await does(cashier, late, paid('2026-11-20'), on(30))
    expect(enteredLate.dueAt).toBe(entered.dueAt)
    await rowAndFold(enteredLate)
  })

  test('what was late before it stopped stays late', async () => {
    const dossier = await inWorkOn('pause')
    const waiting = await does(specialist, dossier, ask(), on(27))
    expect(waiting).toMatchObject({ state: 'awaiting-obligation', dueAt: dossier.dueAt })
    expect(waiting.pauses.at(-1)).toMatchObject({ to: null })
    expect(outcomes(waiting, on(30)).legal).toBe('overdue')
  })
})

describe('a fee that is counted again', () => {
  const fees = [{ key: 'copy', name: 'Lệ phí bản sao', amountVnd: 8000 }]
  const recount: Request = {
    ...{ command: 'correctFees', fees: [{ key: 'copy', amountVnd: 16_000 }], reason: 'Lấy hai bản' },
  }
  const withFee = () => inProgress({ terms: { obligationRule: 'pause', fees } })

  test('is asked for anew where it was asked for and not paid, and the old notice counts no more', async () => {
    const dossier = await withFee()
    await does(specialist, dossier, ask({ ...fees[0]! }))
    const after = await does(reception, dossier, recount)
    expect(after).toMatchObject({
      fees: [{ amountVnd: 16_000 }],
      obligations: [{ no: 1, amountVnd: 16_000, state: 'requested' }],
    })
    await rowAndFold(after)
    const view = accepted(await desk.dossiers.view(specialist, dossier.code))
    const notices = papersOf(view, []).filter(({ kind }) => kind === 'obligation')
    expect(notices.map(({ ended }) => ended ?? 'counts')).toEqual(['replaced', 'counts'])
  })

  test('changes nothing of what was paid', async () => {
    const dossier = await withFee()
    await does(specialist, dossier, ask({ ...fees[0]! }))
    await does(cashier, dossier, paid('2026-11-19'))
    const after = await does(reception, dossier, recount)
    expect(after).toMatchObject({ fees: [{ amountVnd: 16_000 }], obligations: [{ amountVnd: 8000 }] })
    const view = accepted(await desk.dossiers.view(specialist, dossier.code))
    expect(papersOf(view, []).filter(({ kind }) => kind === 'obligation')).toHaveLength(1)
  })

  test('is one that the dossier states, and another amount than that', async () => {
    const dossier = await withFee()
    const other: Request = { ...recount, fees: [{ key: 'land', amountVnd: 1 }] }
    expect(await act(reception, dossier, other)).toMatchObject({ code: 'dossiers.unknown-fee' })
    const same: Request = { ...recount, fees: [{ key: 'copy', amountVnd: 8000 }] }
    expect(await act(reception, dossier, same)).toMatchObject({ code: 'dossiers.fees-unchanged' })
    const none = await inProgress({ terms: { fees: [] } })
    expect(await act(reception, none, recount)).toMatchObject({ code: 'dossiers.must-be-has-fees' })
  })
})

test('where it does not, the date stays', async () => {
  const dossier = await inWorkOn('run')
  const waiting = await does(specialist, dossier, ask())
  expect(waiting).toMatchObject({ state: 'awaiting-obligation', dueAt: dossier.dueAt, pauses: [] })
  expect(await does(reception, waiting, paid(), on(23))).toMatchObject({
    ...{ state: 'in-progress', dueAt: dossier.dueAt, indexDueAt: dossier.dueAt },
  })
})

test('it is waived by heads and leaders, for a reason', async () => {
  const waiting = await does(specialist, await inWorkOn('run'), ask())
  for (const actor of [specialist, cashier, citizen])
    expect(codeOf(await act(actor, waiting, waive))).toBe('dossiers.not-your-role')
  expect(codeOf(await act(head, waiting, { ...waive, reason: ' ' } as Request))).toBe('dossiers.incomplete')
  const waived = await does(leader, waiting, waive)
  expect(waived.obligations).toMatchObject([{ state: 'waived' }])
  expect(dimensions(waived).financial).toBe('waived')
})

test('money is whole đồng, and some', async () => {
  const dossier = await inWorkOn('run')
  for (const amountVnd of [0, -1, 0.5, Number.NaN, 1e13, '150000' as never])
    expect(codeOf(await act(specialist, dossier, ask({ amountVnd }))), String(amountVnd)).toBe(
      'dossiers.incomplete',
    )
})

test('nobody has paid tomorrow', async () => {
  const waiting = await does(specialist, await inWorkOn('run'), ask())
  for (const date of ['2026-11-20', '9999-12-31'])
    expect(await act(cashier, waiting, paid(date))).toEqual(refusals.dateIsAhead({ date }))
})

test('work stands still until it is paid, and proof is given once', async () => {
  const waiting = await does(specialist, await inWorkOn('run'), ask())
  for (const request of [{ command: 'completeStep', outcome: 'ok' }, ask()] as Request[])
    expect(codeOf(await act(specialist, waiting, request))).toBe('dossiers.not-in-this-state')
  const both = [act(cashier, waiting, paid('2026-11-19')), act(reception, waiting, paid('2026-11-19'))]
  const codes = (await Promise.all(both)).map(codeOf)
  expect(codes.toSorted()).toEqual(['done', 'dossiers.not-in-this-state'])
  const [row, fold] = await rowAndFold(waiting)
  expect(fold).toEqual(row)
})

test('another may be asked for later, and each is counted by itself', async () => {
  const first = await does(specialist, await inWorkOn('pause'), ask())
  const met = await does(cashier, first, paid('2026-11-19'))
  const second = await does(specialist, met, ask({ name: 'Lệ phí trước bạ' }))
  expect(second.obligations.map(({ no, state }) => [no, state])).toEqual([
    [1, 'met'],
    [2, 'requested'],
  ])
  expect(openTask(second, 'obligation').subject).toBe(2)
  const after = await does(head, second, waive)
  expect(dimensions(after).financial).toBe('met')
  expect(openTasks(after)).toHaveLength(1)
})
