import { afterAll, describe, expect, test } from 'vitest'
import { aDesk } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf, on, openTask } from '../../../test/builders/a-life.ts'
import type { Request } from './commands.ts'
import { dimensions } from './derived.ts'
import { type Dossier, openTasks } from './dossier.ts'
import { refusals } from './refusals.ts'

const desk = await aDesk()
const lives = livesOf(desk)
const { act, does, inProgress, upTo, decided, returned, specialist, head, leader, reception, citizen } = lives
afterAll(() => desk.db.close())

const correct: Request = {
  ...{ command: 'correctResult', fault: 'authority', draft: { note: 'Đã sửa năm sinh' } },
  reason: 'Sai năm sinh',
}
const revoke: Request = { command: 'revokeResult', reason: 'Cấp trái quy định' }
const give: Request = { command: 'returnResult', delivery: 'counter' }
const restore: Request = { command: 'restore', reason: 'Bấm nhầm' }
const sound = async (dossier: Dossier) => {
  const [row, fold] = await lives.rowAndFold(dossier)
  expect(fold).toEqual(row)
}

describe('a wrong result', () => {
  test('is put right, and goes to its recipient again; the day of the decision stands', async () => {
    const dossier = await returned()
    const again = await does(leader, dossier, correct, on(30))
    expect(again).toMatchObject({
      ...{ state: 'decided', resultState: 'corrected', decidedAt: dossier.decidedAt, closedAt: null },
      deliveries: [{ no: 1, party: 0, state: 'waiting', at: null }],
    })
    expect(again.draftRef).not.toBe(dossier.draftRef)
    expect(dimensions(again)).toMatchObject({ national: 9, delivery: 'waiting' })
    expect(openTask(again, 'return').subject).toBe(1)
    const back = await does(reception, again, give, on(30))
    expect(back).toMatchObject({ state: 'returned', resultState: 'corrected' })
    // What was corrected may turn out wrong once more.
    await does(leader, back, correct, on(30))
    await sound(dossier)
  })

  test('that is not given out yet keeps its one way out', async () => {
    const dossier = await decided()
    const dispatch: Request = { command: 'dispatchResult', carrier: 'Bưu điện', tracking: 'EM1VN' }
    const sent = await does(reception, dossier, dispatch)
    expect(dimensions(sent).delivery).toBe('sent')
    expect(await act(reception, dossier, dispatch)).toEqual(refusals.alreadySent())
    const again = await does(leader, dossier, correct)
    expect(openTasks(again).map(({ kind }) => kind)).toEqual(['return'])
    expect(dimensions(await does(reception, again, dispatch)).delivery).toBe('sent')
  })

  test('is revoked once, and nothing is left to correct', async () => {
    const dossier = await does(leader, await returned(), revoke)
    expect(dossier).toMatchObject({ state: 'decided', resultState: 'revoked' })
    for (const request of [revoke, correct])
      expect(codeOf(await act(leader, dossier, request))).toBe('dossiers.must-be-has-result')
    expect(await does(reception, dossier, give)).toMatchObject({ state: 'returned', resultState: 'revoked' })
  })

  test('is the business of leaders of the place that settled it', async () => {
    const dossier = await decided()
    for (const actor of [head, specialist, reception, citizen])
      expect(codeOf(await act(actor, dossier, correct))).toBe('dossiers.not-your-role')
  })

  test('is not what a refusal is: there is none to correct', async () => {
    const before = await upTo('decide')
    const declined = await does(leader, before, { command: 'decline', reason: 'Không đủ điều kiện' })
    expect(declined).toMatchObject({ outcome: 'not-granted', resultState: 'none' })
    expect(codeOf(await act(leader, declined, revoke))).toBe('dossiers.must-be-has-result')
  })
})

describe('a mistaken end', () => {
  const items = [{ target: null, text: 'Bổ sung' }]
  const askMore: Request = { command: 'requestSupplement', items }
  const withdraw: Request = { command: 'withdraw', reason: 'Nhầm' }
  const filed = async () => (await desk.file()).dossier
  const ends: [string, () => Promise<Dossier>, typeof head | typeof citizen, Request][] = [
    ['a refusal at intake', filed, reception, { command: 'refuse', reason: 'Nhầm hồ sơ' }],
    ['a withdrawal', inProgress, citizen, withdraw],
    ['a stop', inProgress, head, { command: 'stop', reason: 'Nhầm hồ sơ' }],
    ['a return', decided, reception, give],
    [
      'a withdrawal while the clock stood',
      async () => does(specialist, await inProgress(), askMore),
      citizen,
      withdraw,
    ],
  ]

  test.each(ends)(
    '%s is taken back with a reason: everything goes on as it was',
    async (_what, start, who, end) => {
      const before = await start()
      const ended = await does(who, before, end, on(20))
      expect(openTasks(ended)).toEqual([])
      expect(codeOf(await act(specialist, ended, restore))).toBe('dossiers.not-your-role')
      const again = await does(head, ended, restore, on(23))
      const changing = { sequence: 0, headHash: null, tasks: null, draftRef: null }
      expect({ ...again, ...changing }).toEqual({ ...before, ...changing })
      const what = (dossier: Dossier) =>
        openTasks(dossier).map(({ kind, stepId, role, authority, assignee, subject, dueAt }) => ({
          ...{ kind, stepId, role, authority, assignee, subject, dueAt },
        }))
      expect(what(again)).toEqual(what(before))
      expect(codeOf(await act(head, again, restore))).toBe('dossiers.not-in-this-state')
      await sound(again)
    },
  )

  test('the clock goes on where it stood: the applicant answers as if nothing had been', async () => {
    const waiting = await does(specialist, await inProgress(), askMore)
    await does(citizen, waiting, withdraw, on(20))
    await does(leader, waiting, restore, on(20))
    const answered = await does(citizen, waiting, { command: 'supplement', papers: [] }, on(23))
    expect(answered.pauses).toEqual([
      { from: on(19).toISOString(), to: on(23).toISOString(), reason: 'supplement' },
    ])
    await sound(answered)
  })

  test('may be taken back again after the next one', async () => {
    const dossier = await inProgress()
    for (const _time of [1, 2]) {
      await does(citizen, dossier, withdraw)
      expect(await does(head, dossier, restore)).toMatchObject({ state: 'in-progress' })
    }
    await sound(dossier)
  })
})
