import { afterAll, describe, expect, test } from 'vitest'
import { aDesk } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf, on, openTask, otherPerson } from '../../../test/builders/a-life.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Request } from './commands.ts'
import { outcomes } from './derived.ts'
import type { Limit } from './dossier.ts'
import { refusals } from './refusals.ts'

const desk = await aDesk()
const {
  act,
  does,
  fileOn,
  inProgress,
  upTo,
  stepDone,
  specialist,
  head,
  leader,
  reception,
  citizen,
  rowAndFold,
} = livesOf(desk)
afterAll(() => desk.db.close())

const extend = (days = 2): Request => ({ command: 'extend', days, reason: 'Chờ xác minh ở nơi khác' })
const apologise = (newDate: string): Request => ({ command: 'apologise', newDate, reason: 'Mất điện' })
const explain = (until: string): Request => ({ command: 'explainDelay', until, reason: 'Chờ liên thông' })
// Received on Thursday the 19th, for three working days: due on Tuesday the 24th at the end of work.
const due = on(24, '17:30').toISOString()

describe('an extension', () => {
  test('moves the date once, with an apology, and what was promised stays written', async () => {
    const dossier = await inProgress()
    expect(dossier.dueAt).toBe(due)
    const extended = await does(head, dossier, extend())
    const to = on(26, '17:30').toISOString()
    expect(extended).toMatchObject({ dueAt: to, indexDueAt: to, promisedDueAt: due })
    expect(extended.extension).toEqual({ days: 2, at: on(19).toISOString(), from: due, to })
    expect(codeOf(await act(leader, dossier, extend()))).toBe('dossiers.must-be-not-extended')
    const view = await desk.dossiers.view(citizen, dossier.code)
    expect(JSON.stringify('explanation' in view && view.explanation)).toContain('extension')
  })

  test('comes while a working day is left, not later', async () => {
    const late = refusals.tooLateToExtend({ due: '2026-11-24' })
    const dossier = await inProgress()
    expect(await act(head, dossier, extend(), on(24, '07:31'))).toEqual(late)
    expect(await act(head, dossier, extend(), on(27))).toEqual(late)
    expect(await does(head, dossier, extend(), on(24, '07:30'))).toHaveProperty('extension.days', 2)
  })

  test('has some days, not a thousand, and is decided by heads and leaders', async () => {
    const dossier = await inProgress()
    for (const days of [0, -1, 0.5, 61, 1000, Number.NaN])
      expect(codeOf(await act(head, dossier, extend(days))), String(days)).toBe('dossiers.incomplete')
    for (const actor of [specialist, reception, citizen])
      expect(codeOf(await act(actor, dossier, extend()))).toBe('dossiers.not-your-role')
  })

  test('lasts through a pause: it begins anew with the limit', async () => {
    const dossier = await does(head, await inProgress(), extend())
    const items = [{ target: null, text: 'Bổ sung' }]
    await does(specialist, dossier, { command: 'requestSupplement', items }, on(20))
    const answered = await does(citizen, dossier, { command: 'supplement', papers: [] }, on(23, '08:00'))
    expect(answered.dueAt).toBe(on(30, '17:30').toISOString())
  })
})

describe('an apology', () => {
  test('comes when it is too late to extend, once, with a date that is later', async () => {
    const dossier = await inProgress()
    expect(await act(head, dossier, apologise('2026-11-30'))).toEqual(
      refusals.extendInstead({ due: '2026-11-24' }),
    )
    const late = on(25)
    for (const [date, code] of [
      ['2026-11-24', 'date-is-past'],
      ['1999-01-01', 'calendar-missing'],
      ['9999-12-31', 'calendar-missing'],
    ] as const)
      expect(codeOf(await act(head, dossier, apologise(date), late)), date).toBe(`dossiers.${code}`)
    const told = await does(head, dossier, apologise('2026-11-30'), late)
    // The law knows no second date: that one stays, and it was missed.
    expect(told).toMatchObject({ dueAt: due, apologisedUntil: on(30, '17:30').toISOString() })
    expect(outcomes(told, late)).toEqual({ legal: 'overdue', index: 'overdue' })
    expect(codeOf(await act(leader, dossier, apologise('2026-12-01'), late))).toBe(
      'dossiers.must-be-not-apologised',
    )
  })

  test('names a date after the one that is not kept', async () => {
    const outcome = await act(head, await inProgress(), apologise('2026-11-24'), on(24, '08:00'))
    expect(outcome).toEqual(refusals.dateBeforeDue({ date: '2026-11-24', due: '2026-11-24' }))
  })

  test('may follow an extension', async () => {
    const extended = await does(head, await inProgress(), extend())
    expect((await does(head, extended, apologise('2026-12-01'))).apologisedAt).not.toBeNull()
  })
})

test('a delay is explained for a while, not for ever', async () => {
  const dossier = await inProgress()
  for (const [until, code] of [
    ['2026-11-18', 'date-is-past'],
    ['2027-03-31', 'too-far-away'],
    ['9999-12-31', 'calendar-missing'],
    ['2026-13-01', 'incomplete'],
  ] as const)
    expect(codeOf(await act(head, dossier, explain(until))), until).toBe(`dossiers.${code}`)
  expect((await does(head, dossier, explain('2026-12-18'))).explainedUntil).toBe('2026-12-18T10:30:00.000Z')
  // Waiting for the applicant can be explained, too.
  const items = [{ target: null, text: 'Bổ sung' }]
  await does(specialist, dossier, { command: 'requestSupplement', items })
  expect((await does(head, dossier, explain('2026-12-21'))).explainedUntil).toBe('2026-12-21T10:30:00.000Z')
})

describe('a request for more', () => {
  type Ask = Extract<Request, { command: 'requestSupplement' }>
  const ask = (changes: Partial<Ask> = {}): Ask => ({
    ...{ command: 'requestSupplement', items: [{ target: null, text: 'Bổ sung' }] },
    ...changes,
  })

  test.each([
    ['2026-11-19', 'date-is-past'],
    ['2020-01-01', 'date-is-past'],
    ['2027-12-01', 'too-far-away'],
    ['9999-12-31', 'too-far-away'],
    ['31/12/2026', 'incomplete'],
  ])('is not to be answered by %s', async (answerBy, code) => {
    const { dossier } = await desk.file()
    expect(codeOf(await act(reception, dossier, ask({ answerBy })))).toBe(`dossiers.${code}`)
  })

  test('comes a second time after acceptance for a new fact alone, and the index counts it late', async () => {
    const dossier = await inProgress()
    const answer: Request = { command: 'supplement', papers: [] }
    await does(specialist, dossier, ask({ answerBy: '2026-12-19' }))
    const once = await does(citizen, dossier, answer, on(20))
    expect(outcomes(once, on(20)).index).toBe('running')
    expect(await act(specialist, dossier, ask(), on(20))).toEqual(refusals.supplementUsedUp())
    const asked = await does(specialist, dossier, ask({ newFact: 'Trùng với hồ sơ khác' }), on(20))
    expect(asked.supplementRequests).toBe(2)
    const twice = await does(citizen, dossier, answer, on(23))
    expect(outcomes(twice, on(23))).toEqual({ legal: 'running', index: 'late' })
  })

  test('is answered once, of two answers at the same moment', async () => {
    const dossier = await inProgress()
    await does(specialist, dossier, ask())
    const answer: Request = { command: 'supplement', papers: [] }
    const codes = (await Promise.all([1, 2].map(() => act(citizen, dossier, answer)))).map(codeOf)
    expect(codes.toSorted()).toEqual(['done', 'dossiers.not-in-this-state'])
    expect(codeOf(await act(citizen, dossier, answer))).toBe('dossiers.not-in-this-state')
    const [row, fold] = await rowAndFold(dossier)
    expect(fold).toEqual(row)
  })
})

describe('a limit', () => {
  const accept = async (limit: Partial<Limit>, at = on(19)) => {
    const terms = { limit: { amount: 3, unit: 'working-day', cutOff: null, ...limit } as Limit }
    return act(reception, await fileOn(terms, [], at), { command: 'accept' }, at)
  }

  test('of a thousand working days goes beyond what is published: the year is named, none is guessed', async () => {
    const missing = { year: 2028, territory: expect.any(String) }
    expect(await accept({ amount: 1000 })).toMatchObject({
      code: 'dossiers.calendar-missing',
      details: missing,
    })
    expect(await accept({ amount: 1000, unit: 'day' })).toMatchObject({ details: { year: 2029 } })
  })

  test.each([
    ['no working days', { amount: 0 }, '2026-11-20'],
    ['no days', { amount: 0, unit: 'day' }, '2026-11-20'],
    ['a year', { amount: 365, unit: 'day' }, '2027-11-19'],
    ['three days more for a remote place', { addition: { days: 3, reason: 'Xã vùng cao' } }, '2026-11-27'],
  ] as const)('of %s is counted', async (_what, limit, dueOn) => {
    const outcome = await accept(limit as Partial<Limit>)
    expect('dueAt' in outcome && dateOfLaw(outcome.dueAt!)).toBe(dueOn)
  })

  test.each([{ amount: -1 }, { amount: 3, cutOff: '25:00' }])(
    'that is none is refused: %j',
    async (limit) => {
      expect(codeOf(await accept(limit))).toBe('dossiers.clock-impossible')
    },
  )
})

describe('at the end of what is published', () => {
  const newYearsEve = new Date('2027-12-31T09:00:00+07:00')
  const missing = (year = 2028) => ({ code: 'dossiers.calendar-missing', details: { year } })

  test('a filing comes in, and its intake has no hour rather than a guessed one', async () => {
    const late = new Date('2027-12-31T16:30:00+07:00')
    const filed = await fileOn({}, [], late)
    expect(filed.intakeDueAt).toBeNull()
    expect(await act(reception, filed, { command: 'accept' }, late)).toMatchObject(missing())
    expect((await desk.stored(filed)).state).toBe('submitted')
    const items = [{ target: null, text: 'Bổ sung' }]
    await does(reception, filed, { command: 'requestSupplement', items }, late)
    const answered = await does(citizen, filed, { command: 'supplement', papers: [] }, late)
    expect(answered).toMatchObject({ state: 'submitted', intakeDueAt: null })
  })

  test('two people may file together', async () => {
    const other = { no: 1, name: otherPerson.name, personalId: otherPerson.personalId!, phone: null }
    const otherParties = [{ kind: 'second-party' as const, until: null }]
    const filed = await fileOn({ otherParties }, [other], newYearsEve)
    expect(openTask(filed, 'confirm').dueAt).toBeNull()
    expect(await does(otherPerson, filed, { command: 'confirm', seen: false }, newYearsEve)).toMatchObject({
      state: 'submitted',
    })
  })

  test('work that is done is not held up by hours that we only plan', async () => {
    const begun = new Date('2027-12-28T09:00:00+07:00')
    let dossier = await upTo('decide', await inProgress({ at: begun, terms: {} }), begun)
    const late = new Date('2027-12-31T16:30:00+07:00')
    dossier = await stepDone(dossier, late)
    expect(openTask(dossier, 'step')).toMatchObject({ stepKind: 'issue', dueAt: dossier.dueAt })
    dossier = await stepDone(dossier, late)
    expect(openTask(dossier, 'return').dueAt).toBeNull()
  })

  test('the answer of the applicant and an extension wait for the calendar', async () => {
    const begun = new Date('2027-12-28T09:00:00+07:00')
    const dossier = await inProgress({ at: begun, terms: { obligationRule: 'pause' } })
    expect(await act(head, dossier, extend(20), begun)).toMatchObject(missing())
    await does(
      specialist,
      dossier,
      {
        ...{ command: 'requestObligation', key: null, name: 'Thuế', amountVnd: 1, reason: 'x' },
      } as Request,
      begun,
    )
    const paid: Request = { command: 'confirmObligation', reference: 'BL', paidOn: '2027-12-31' }
    expect(await act(reception, dossier, paid, newYearsEve)).toMatchObject(missing())
    expect((await desk.stored(dossier)).state).toBe('awaiting-obligation')
  })
})
