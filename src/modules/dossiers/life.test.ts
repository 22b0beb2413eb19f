import { afterAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import { accepted, isRefusal, type Outcome } from '../../kernel/errors.ts'
import { addWorkingHours, computeDue, loadCalendar } from '../calendar/index.ts'
import { type Dossier, openTasks } from './dossier.ts'
import { refusals } from './refusals.ts'

const desk = await aDesk()
const { act, file, officer, citizen } = desk
afterAll(() => desk.db.close())

const at = (day: string, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`)
const reception = officer(staff.reception)
const specialist = officer(staff.specialist)
const leader = officer(staff.leader)
const codeOf = (outcome: Outcome<unknown>) => (isRefusal(outcome) ? outcome.code : 'done')
const must = async (outcome: Promise<Outcome<Dossier>>) => accepted(await outcome)
const [task] = [(dossier: Dossier) => openTasks(dossier)[0]!]

async function inProgress(acceptedAt = at('19', '09:00')) {
  const { dossier } = await file({ at: morning })
  return must(act(reception, dossier, { command: 'accept' }, acceptedAt))
}

/** Drafts, and goes on until the leader has it on the desk. */
async function beforeTheLeader() {
  let dossier = await inProgress()
  for (let i = 0; i < 6 && task(dossier).stepKind !== 'decide'; i++) {
    if (task(dossier).stepKind === 'draft')
      await must(act(specialist, dossier, { command: 'draftResult', draft: { note: 'Theo hồ sơ' } }))
    dossier = await must(act(specialist, dossier, { command: 'completeStep', outcome: 'ok' }))
  }
  expect(task(dossier)).toMatchObject({ stepKind: 'decide', role: 'leader' })
  return dossier
}

test('a filing waits at the one-stop unit, with eight working hours for its intake', async () => {
  const { dossier } = await file({ at: at('19', '16:00') })
  expect(dossier.state).toBe('submitted')
  expect(task(dossier)).toMatchObject({ kind: 'intake', role: 'reception', authority: 'H99.12' })
  const calendar = await loadCalendar(desk.db, { authorityCode: 'H99.12' })
  expect(task(dossier).dueAt).toBe(addWorkingHours(calendar, dossier.submittedAt, 8))
})

test('acceptance sets the due date that the calendar computes, and says why', async () => {
  const dossier = await inProgress()
  const calendar = await loadCalendar(desk.db, { authorityCode: 'H99.12' })
  const { limit, supplementRule } = dossier
  const due = computeDue({
    acceptedAt: dossier.acceptedAt!,
    limit: { amount: limit.amount, unit: limit.unit },
    cutOff: limit.cutOff,
    pauses: [],
    restart: supplementRule,
    calendar,
  })
  expect(dossier.dueAt).toBe(due.dueAt)
  expect(dossier.promisedDueAt).toBe(due.dueAt)
  const view = accepted(await desk.dossiers.view(reception, dossier.code))
  expect(view.explanation).toEqual(due.explanation)
  expect(view.explanation.length).toBeGreaterThan(1)
})

test('a supplement asked for while it is processed stops the clock; the answer starts it again', async () => {
  const dossier = await inProgress()
  const items = [{ target: null, text: 'Đề nghị chụp lại ảnh' }]
  const waiting = await must(
    act(specialist, dossier, { command: 'requestSupplement', items }, at('19', '14:00')),
  )
  expect(waiting).toMatchObject({ state: 'awaiting-supplement', dueAt: null })
  expect(task(waiting)).toMatchObject({ kind: 'supplement', role: 'applicant', dueAt: null })
  const view = accepted(await desk.dossiers.view(citizen(), dossier.code))
  expect(view.openRequest).toMatchObject({ items, reason: null })
  const resumed = await must(
    act(citizen(), dossier, { command: 'supplement', papers: [] }, at('24', '10:00')),
  )
  expect(resumed.state).toBe('in-progress')
  expect(resumed.dueAt! > dossier.dueAt!).toBe(true)
  expect(resumed.promisedDueAt).toBe(dossier.promisedDueAt)
  expect(task(resumed)).toMatchObject({ kind: 'step', stepId: task(dossier).stepId })
})

test('after acceptance more may be asked for once', async () => {
  const dossier = await inProgress()
  const request = { command: 'requestSupplement' as const, items: [{ target: null, text: 'Bổ sung' }] }
  await must(act(specialist, dossier, request))
  await must(act(citizen(), dossier, { command: 'supplement', papers: [] }))
  expect(await act(specialist, dossier, request)).toEqual(refusals.supplementUsedUp())
})

test('a supplement is held to the form: every problem at once, and nothing is lost', async () => {
  const dossier = await inProgress()
  await must(
    act(specialist, dossier, { command: 'requestSupplement', items: [{ target: null, text: 'Sửa' }] }),
  )
  const answers = { purpose: '', maritalStatus: 'no-such-choice', unknown: 1 }
  const outcome = await act(citizen(), dossier, { command: 'supplement', answers, papers: [] })
  expect(codeOf(outcome)).toBe('dossiers.incomplete')
  const { problems } = (outcome as ReturnType<typeof refusals.incomplete>).details
  expect(problems.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['purpose', 'maritalStatus', 'unknown']),
  )
  expect((await desk.stored(dossier)).state).toBe('awaiting-supplement')
})

test('the leader sends work back; it is done again and signed', async () => {
  const dossier = await beforeTheLeader()
  const back = await must(act(leader, dossier, { command: 'sendBack', reason: 'Sửa ngày sinh' }))
  expect(task(back).role).toBe('specialist')
  let again = await must(act(specialist, back, { command: 'completeStep', outcome: 'ok' }))
  while (task(again).stepKind !== 'decide')
    again = await must(act(specialist, again, { command: 'completeStep', outcome: 'ok' }))
  const signed = await must(act(leader, again, { command: 'approve' }))
  expect(task(signed)).toMatchObject({ stepKind: 'issue', role: 'clerk' })
  const issued = await must(act(officer(staff.clerk), signed, { command: 'completeStep', outcome: 'ok' }))
  expect(issued).toMatchObject({ state: 'decided', outcome: 'granted' })
  const returned = await must(act(reception, issued, { command: 'returnResult', delivery: 'counter' }))
  expect(returned.state).toBe('returned')
  expect(openTasks(returned)).toEqual([])
})

test('the leader declines with a reason: the result is a refusal to be handed over', async () => {
  const dossier = await beforeTheLeader()
  const declined = await must(act(leader, dossier, { command: 'decline', reason: 'Không đủ điều kiện' }))
  expect(declined).toMatchObject({ state: 'decided', outcome: 'not-granted' })
  expect(task(declined).kind).toBe('return')
})

test('nobody signs what nobody drafted', async () => {
  const dossier = await inProgress()
  let step = dossier
  while (task(step).stepKind === 'work')
    step = await must(act(specialist, step, { command: 'completeStep', outcome: 'ok' }))
  expect(codeOf(await act(specialist, step, { command: 'completeStep', outcome: 'ok' }))).toBe(
    'dossiers.no-result-draft',
  )
  expect(codeOf(await act(specialist, step, { command: 'completeStep', outcome: 'so-so' }))).toBe(
    'dossiers.unknown-outcome',
  )
})

test('work is given only to somebody who holds the role there', async () => {
  const dossier = await inProgress()
  const head = officer(staff.head)
  for (const stranger of [staff.reception, 'officer-ben-go-civil-status-1', 'nobody'])
    expect(codeOf(await act(head, dossier, { command: 'assign', officer: stranger })), stranger).toBe(
      'dossiers.unknown-officer',
    )
  const given = await must(
    act(head, dossier, { command: 'assign', officer: 'officer-hoa-sen-civil-status-2' }),
  )
  expect(task(given).assignee).toBe('officer-hoa-sen-civil-status-2')
  expect(codeOf(await act(specialist, dossier, { command: 'completeStep', outcome: 'ok' }))).toBe(
    'dossiers.held-by-another',
  )
})

test('a page that is out of date is refused', async () => {
  const { dossier } = await file()
  await must(act(reception, dossier, { command: 'note', note: 'Đã gọi điện' }))
  const options = { now: morning, expectedSequence: dossier.sequence }
  expect(await desk.dossiers.act(reception, dossier.code, { command: 'accept' }, options)).toEqual(
    refusals.actedMeanwhile({ sequence: 2 }),
  )
})

test('two officers accept at once: one does, the other is told', async () => {
  for (let round = 0; round < 8; round++) {
    const { dossier } = await file()
    const both = [staff.reception, staff.otherReception].map((who) =>
      act(officer(who), dossier, { command: 'accept' }),
    )
    const codes = (await Promise.all(both)).map(codeOf)
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(codes.find((code) => code !== 'done')).toMatch(/not-in-this-state|acted-meanwhile/)
    expect(await desk.folded(dossier)).toEqual(await desk.stored(dossier))
  }
})

test('twenty notes at once are all kept, or their writers are told', async () => {
  const { dossier } = await file()
  const notes = Array.from({ length: 20 }, (_, i) =>
    act(reception, dossier, { command: 'note', note: `Lần ${i}` }),
  )
  const done = (await Promise.all(notes)).filter((outcome) => !isRefusal(outcome))
  const stored = await desk.stored(dossier)
  expect(stored.sequence).toBe(1 + done.length)
  expect(await desk.folded(dossier)).toEqual(stored)
})

test("another person's dossier does not exist for a person", async () => {
  const { dossier } = await file()
  const other = { ...citizen('birth-registration'), personId: '0199d000-0000-7000-8000-0000000000ff' }
  expect(await desk.dossiers.view(other, dossier.code)).toEqual(refusals.notFound())
  expect(await act(other, dossier, { command: 'withdraw', reason: 'của người khác' })).toEqual(
    refusals.notFound(),
  )
})

test("another authority's dossier does not exist for an officer", async () => {
  const { dossier } = await file()
  const elsewhere = officer(staff.elsewhere)
  expect(await desk.dossiers.view(elsewhere, dossier.code)).toEqual(refusals.notFound())
  expect(await act(elsewhere, dossier, { command: 'accept' })).toEqual(refusals.notFound())
})

test('notes among officers are not shown to the applicant', async () => {
  const { dossier } = await file()
  await must(act(reception, dossier, { command: 'note', note: 'Nội bộ' }))
  const kinds = async (actor: typeof reception | ReturnType<typeof citizen>) =>
    accepted(await desk.dossiers.view(actor, dossier.code)).history.map(({ kind }) => kind)
  expect(await kinds(reception)).toContain('dossiers.noted')
  expect(await kinds(citizen())).not.toContain('dossiers.noted')
})

test.each(['', 'H99.12', "H99.12-261119-00001' or 1=1", 'H99.12-261119-0000\u0000', '../../etc', '😀'])(
  'no dossier has the code %j',
  async (code) => {
    expect(await desk.dossiers.view(citizen(), code)).toEqual(refusals.notFound())
    expect(await desk.dossiers.lookUp(code, '1234')).toEqual(refusals.lookUpFailed())
  },
)

test('a look-up needs the secret of the receipt or the last four digits of the phone, and shows no names', async () => {
  const { dossier, lookupSecret } = await file()
  const phone = citizen().phone!
  for (const proof of [lookupSecret, lookupSecret.toLowerCase(), ` ${lookupSecret} `, phone.slice(-4)]) {
    const found = accepted(await desk.dossiers.lookUp(dossier.code.toLowerCase(), proof))
    expect(found).toMatchObject({ code: dossier.code, state: 'submitted' })
    expect(JSON.stringify(found)).not.toContain(citizen().name)
  }
  for (const proof of ['', '0000', phone, lookupSecret.slice(0, 4), 'AAAAAAAA', '%%%%', '٠٠٠٠'])
    expect(await desk.dossiers.lookUp(dossier.code, proof), proof).toEqual(refusals.lookUpFailed())
})
