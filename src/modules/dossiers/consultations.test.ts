import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, staff } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf, on, openTask } from '../../../test/builders/a-life.ts'
import { accepted } from '../../kernel/errors.ts'
import type { Request } from './commands.ts'
import { type Dossier, openTasks } from './dossier.ts'
import { refusals } from './refusals.ts'

const desk = await aDesk()
const { act, does, inProgress, specialist, head, leader, reception, citizen, rowAndFold } = livesOf(desk)
afterAll(() => desk.db.close())

const expert = desk.officer('officer-ben-go-justice-head-1')
type Consult = Extract<Request, { command: 'consult' }>
const consult = (changes: Partial<Consult> = {}): Consult => ({
  ...{ command: 'consult', question: 'Có đăng ký kết hôn ở Bến Gỗ không?', replyBy: '2026-11-20' },
  ...{ to: { authority: 'H99.13', role: 'head' }, silence: 'none', confidential: false },
  ...changes,
})
const reply: Request = { command: 'reply', stance: 'agree', text: 'Không có' }
const done: Request = { command: 'completeStep', outcome: 'ok' }
const asked = async (changes?: Partial<Consult>) => does(specialist, await inProgress(), consult(changes))
const stateOf = ({ consultations }: Dossier) => consultations.map(({ state }) => state)

test('whoever is asked sees the dossier, answers, and the step goes on only then', async () => {
  const dossier = await inProgress()
  expect(codeOf(await desk.dossiers.view(expert, dossier.code))).toBe('dossiers.not-found')
  const waiting = await does(specialist, dossier, consult())
  expect(openTask(waiting, 'consult')).toMatchObject({ role: 'head', authority: 'H99.13', subject: 1 })
  expect(openTask(waiting, 'consult').dueAt).toBe(on(20, '17:30').toISOString())
  expect(waiting).toMatchObject({ state: 'in-progress', dueAt: dossier.dueAt })
  expect(await act(specialist, waiting, done)).toEqual(refusals.opinionAwaited())
  const answered = await does(expert, waiting, reply, on(20))
  expect(stateOf(answered)).toEqual(['answered'])
  expect(codeOf(await act(expert, answered, reply, on(20)))).toBe('dossiers.no-such-task')
  await does(specialist, answered, done, on(20))
  const [row, fold] = await rowAndFold(dossier)
  expect(fold).toEqual(row)
})

test('an answer from outside is entered by whoever asked', async () => {
  const waiting = await asked({ to: { outside: 'Đại sứ quán Việt Nam tại Lào' } })
  expect(openTask(waiting, 'consult')).toMatchObject({ role: 'specialist', authority: 'H99.12' })
  expect(stateOf(await does(specialist, waiting, { ...reply, stance: 'comment' }))).toEqual(['answered'])
})

test.each<[string, Partial<Consult>, string]>([
  ['an authority that is none', { to: { authority: 'Z00', role: 'head' } }, 'unknown-authority'],
  ['silence that counts, by no rule', { silence: 'agreed' }, 'silence-needs-rule'],
  ['an answer by yesterday', { replyBy: '2026-11-18' }, 'date-is-past'],
  ['an answer after the dossier is due', { replyBy: '2026-11-25' }, 'date-after-due'],
  ['an answer in a year without a calendar', { replyBy: '9999-12-31' }, 'calendar-missing'],
  ['a date that is none', { replyBy: '2026-02-30' }, 'incomplete'],
])('nobody is asked for %s', async (_what, changes, code) => {
  const dossier = await inProgress()
  expect(codeOf(await act(specialist, dossier, consult(changes)))).toBe(`dossiers.${code}`)
  expect(openTasks(await desk.stored(dossier))).toHaveLength(1)
})

describe('an opinion that does not come', () => {
  const end = (why: 'silence' | 'not-needed'): Request => ({ command: 'endConsult', why, reason: 'Hết hạn' })

  test('counts as agreement where a rule says so, once the date has passed', async () => {
    const waiting = await asked({ silence: 'agreed', basis: 'NĐ 61/2018/NĐ-CP, Điều 19' })
    expect(await act(specialist, waiting, end('silence'), on(20))).toEqual(refusals.stillTimeToReply())
    const ended = await does(specialist, waiting, end('silence'), on(23))
    expect(stateOf(ended)).toEqual(['agreed-by-silence'])
    await does(specialist, ended, done, on(23))
  })

  test('is otherwise no answer, but can be done without for a reason', async () => {
    const waiting = await asked()
    expect(await act(specialist, waiting, end('silence'), on(23))).toEqual(refusals.silenceIsNoAnswer())
    expect(stateOf(await does(specialist, waiting, end('not-needed'), on(23)))).toEqual(['dropped'])
  })

  test('can be done without though somebody there has it on the desk', async () => {
    const waiting = await asked()
    const { no } = openTask(waiting, 'consult')
    await does(expert, waiting, { command: 'assign', officer: expert.officerId, taskNo: no })
    expect(stateOf(await does(head, waiting, end('not-needed')))).toEqual(['dropped'])
  })

  test('is not ended by whoever was asked, nor by the applicant', async () => {
    const waiting = await asked()
    for (const actor of [expert, citizen, reception])
      expect(codeOf(await act(actor, waiting, end('not-needed')))).toBe('dossiers.not-your-role')
  })
})

test('it may be answered while the applicant has to act, and is dropped when the dossier ends', async () => {
  const items = [{ target: null, text: 'Bổ sung' }]
  const waiting = await asked()
  await does(specialist, waiting, { command: 'requestSupplement', items })
  expect(stateOf(await does(expert, waiting, reply))).toEqual(['answered'])
  const other = await asked()
  const withdrawn = await does(citizen, other, { command: 'withdraw', reason: 'Không cần nữa' })
  expect(stateOf(withdrawn)).toEqual(['dropped'])
  expect(codeOf(await act(expert, other, reply))).toBe('dossiers.not-in-this-state')
})

test('a confidential opinion is for those who settle the dossier, and for whoever is asked and gave it', async () => {
  const waiting = await asked({ confidential: true })
  const question = accepted(await desk.dossiers.view(expert, waiting.code)).history.at(-1)
  expect(question?.text).toBe('Có đăng ký kết hôn ở Bến Gỗ không?')
  await does(expert, waiting, { ...reply, text: 'Điều kín đáo' })
  await does(leader, waiting, {
    ...{ command: 'opine', stance: 'disagree', text: 'Ý kiến riêng', confidential: true },
  } as Request)
  const read = async (actor: Parameters<typeof act>[0]) =>
    JSON.stringify(accepted(await desk.dossiers.view(actor, waiting.code)).history)
  for (const actor of [specialist, head]) expect(await read(actor)).toMatch(/Điều kín đáo.*Ý kiến riêng/)
  expect(await read(expert)).toContain('Điều kín đáo')
  const colleague = desk.officer('officer-ben-go-leader-1')
  for (const actor of [colleague, citizen]) expect(await read(actor)).not.toMatch(/kín đáo|Ý kiến riêng/)
})

describe('a visit', () => {
  type Plan = Extract<Request, { command: 'planVisit' }>
  const plan = (when: string): Plan => ({
    ...{ command: 'planVisit', on: when, place: 'Tổ 3', reason: 'Xem nơi cư trú' },
  })
  const record = (outcome: 'as-declared' | 'not-held'): Request => ({
    ...{ command: 'recordVisit', outcome, findings: 'Đúng như khai' },
  })

  test('is planned inside the limit, and the step waits for what was found', async () => {
    const dossier = await does(specialist, await inProgress(), plan('2026-11-20T09:00:00+07:00'))
    expect(openTask(dossier, 'visit')).toMatchObject({ role: 'specialist', authority: 'H99.12' })
    expect(await act(specialist, dossier, done)).toEqual(refusals.visitAwaited())
    const looked = await does(specialist, dossier, record('not-held'), on(20))
    await does(specialist, looked, done, on(20))
  })

  test.each([
    ['yesterday', '2026-11-18T09:00:00+07:00', 'date-is-past'],
    ['after the date', '2026-11-26T09:00:00+07:00', 'date-after-due'],
    ['in the year 9999', '9999-01-04T09:00:00+07:00', 'calendar-missing'],
    ['without an hour', '2026-11-20', 'incomplete'],
  ])('is not planned %s', async (_when, when, code) => {
    expect(codeOf(await act(specialist, await inProgress(), plan(when)))).toBe(`dossiers.${code}`)
  })
})

test('of two answers at once one counts', async () => {
  const waiting = await asked()
  const codes = (await Promise.all([act(expert, waiting, reply), act(expert, waiting, reply)])).map(codeOf)
  expect(codes.toSorted()).toEqual(['done', 'dossiers.no-such-task'])
  const [row, fold] = await rowAndFold(waiting)
  expect(fold).toEqual(row)
})

test('nobody is asked in the name of somebody of another place', async () => {
  const dossier = await inProgress()
  expect(codeOf(await act(desk.officer(staff.elsewhere), dossier, consult()))).toBe('dossiers.not-found')
  expect(codeOf(await act(citizen, dossier, consult()))).toBe('dossiers.not-your-role')
})
