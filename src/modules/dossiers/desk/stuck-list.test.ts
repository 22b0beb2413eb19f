import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import type { Officer } from '../../identity/index.ts'
import type { Dossier, Request } from '../index.ts'
import { alarmScope, readStuck, seesAlarms } from './stuck-list.ts'

const desk = await aDesk()
const { act, file, officer } = desk
const reception = officer(staff.reception)
const specialist = officer(staff.specialist)
const head = officer(staff.head)
const at = (day: string, time: string) => new Date(`2026-${day}T${time}:00+07:00`)
const must = async (actor: Officer, dossier: Dossier, request: Request, now = morning) =>
  accepted(await act(actor, dossier, request, now))
const stuck = (now: Date, scope: readonly string[] = ['H99.12']) => readStuck(desk.db, scope, { now })
const reasonsOf = async (dossier: Dossier, now: Date) =>
  (await stuck(now)).lines
    .find((line) => line.dossier.code === dossier.code)
    ?.alarms.map(({ reason }) => reason)

let waiting: Dossier
let working: Dossier
let held: Dossier
let asked: Dossier
beforeAll(async () => {
  waiting = (await file()).dossier
  working = await must(reception, (await file()).dossier, { command: 'accept' })
  held = await must(reception, (await file()).dossier, { command: 'accept' })
  await must(specialist, held, { command: 'assign', officer: staff.specialist })
  asked = await must(reception, (await file()).dossier, { command: 'accept' })
  const items = [{ target: null, text: 'Bổ sung ảnh' }]
  await must(specialist, asked, { command: 'requestSupplement', items, answerBy: '2026-11-24' })
})
afterAll(() => desk.db.close())

test('in the morning of filing nothing is stuck', async () => {
  expect((await stuck(at('11-19', '10:00'))).lines).toEqual([])
})

test('what nobody took, what is late and what is overdue comes to the list with the days', async () => {
  expect(await reasonsOf(working, at('11-20', '10:00'))).toContain('unheld')
  expect(await reasonsOf(held, at('11-20', '10:00'))).toBeUndefined()
  const later = at('11-27', '10:00')
  expect(await reasonsOf(waiting, later)).toEqual(['task-overdue'])
  expect(await reasonsOf(held, later)).toEqual(['overdue', 'task-overdue', 'no-movement'])
})

test('a request for papers is an alarm after its day, not before', async () => {
  expect(await reasonsOf(asked, at('11-24', '16:00'))).toBeUndefined()
  expect(await reasonsOf(asked, at('11-25', '08:00'))).toEqual(['supplement-unanswered'])
})

test('what was explained until a day is off the list until then, and says by whom', async () => {
  const now = at('11-27', '10:00')
  await must(head, working, { command: 'explainDelay', until: '2026-12-04', reason: 'Chờ xác minh' }, now)
  const list = await stuck(now)
  expect(list.lines.map(({ dossier }) => dossier.code)).not.toContain(working.code)
  const [told] = list.explained.filter(({ dossier }) => dossier.code === working.code)
  expect(told).toMatchObject({ explained: { by: staff.head }, applicantName: expect.any(String) })
  expect(await reasonsOf(working, at('12-07', '08:00'))).toContain('overdue')
})

test('a question, a hand-over and an opinion that nobody answers are alarms', async () => {
  const dossier = await must(reception, (await file()).dossier, { command: 'accept' })
  await must(specialist, dossier, { command: 'assign', officer: staff.specialist })
  await must(desk.citizen() as never, dossier, { command: 'message', text: 'Bao giờ xong?' })
  await must(reception, dossier, {
    ...{ command: 'handOver', sheets: 2, batch: randomUUID() },
    to: { authority: 'H99.12', role: 'clerk', officer: null },
  })
  const [first] = [await reasonsOf(dossier, at('11-20', '11:00'))]
  expect(first).toEqual(expect.arrayContaining(['question-unanswered', 'not-taken-over']))
})

test('a dossier without a next action would be told first', async () => {
  const dossier = await must(reception, (await file()).dossier, { command: 'accept' })
  await desk.database.pool.query(
    'update dossiers.task set closed_at = opened_at where dossier_id = $1 and closed_at is null',
    [dossier.id],
  )
  const { lines } = await stuck(at('11-19', '11:00'))
  expect(lines[0]).toMatchObject({ dossier: { code: dossier.code }, alarms: [{ reason: 'no-task' }] })
})

test('each list is that of its places', async () => {
  expect((await stuck(at('11-27', '10:00'), ['H99.13'])).lines).toEqual([])
  expect((await stuck(at('11-27', '10:00'), [])).lines).toEqual([])
})

test('heads, leaders and control answer for alarms; a province for everybody under it', async () => {
  expect(seesAlarms(reception)).toBe(false)
  expect(await alarmScope(desk.db, reception)).toEqual([])
  expect(await alarmScope(desk.db, head)).toEqual(['H99.12'])
  const limited = { ...head, posts: head.posts.map((post) => ({ ...post, procedures: ['1.001193'] })) }
  expect([seesAlarms(limited), await alarmScope(desk.db, limited)]).toEqual([false, []])
  expect(await alarmScope(desk.db, officer(staff.control))).toContain('H99.12')
  const province = await alarmScope(desk.db, officer('officer-province-leader-1'))
  expect(province).toEqual(expect.arrayContaining(['H99', 'H99.12', 'H99.13']))
})

test('what lies with an officer who left is an alarm at once, until the head gives it to another', async () => {
  const dossier = await must(reception, (await file()).dossier, { command: 'accept' })
  await must(specialist, dossier, { command: 'assign', officer: staff.specialist })
  const leaves = (until: string | null) =>
    desk.database.pool.query('update directory.officer_post set valid_to = $2 where officer_id = $1', [
      ...[staff.specialist, until],
    ])
  await leaves('2026-11-19')
  try {
    expect(await reasonsOf(dossier, at('11-19', '15:00'))).toBeUndefined()
    expect(await reasonsOf(dossier, at('11-20', '08:00'))).toEqual(['holder-left'])
    const other = desk.officers.find(
      ({ officerId, posts }) =>
        officerId !== staff.specialist &&
        posts.some(({ authorityCode, roles }) => authorityCode === 'H99.12' && roles.includes('specialist')),
    )!
    const gives: Request = { command: 'reassign', officer: other.officerId, reason: 'Người giữ đã chuyển đi' }
    await must(head, dossier, gives, at('11-20', '08:30'))
    expect(await reasonsOf(dossier, at('11-20', '08:30'))).toBeUndefined()
  } finally {
    await leaves(null)
  }
})
