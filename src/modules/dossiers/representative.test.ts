import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import { accepted, isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Person } from '../identity/index.ts'
import type { Dossier } from './dossier.ts'
import { refusals } from './refusals.ts'

const desk = await aDesk()
const { act, citizen, file, officer } = desk
afterAll(() => desk.db.close())

const applicant = citizen()
const reception = officer(staff.reception)
const helper: Person = {
  kind: 'person',
  personId: '0199d000-0000-7000-8000-0000000000aa',
  name: 'Lò Thị Ban',
  personalId: '099204000005',
  assurance: 2,
  organisations: [],
}
const daughter = { name: 'Lò Thị Ban', personalId: '099204000005', phone: '0912345605' }
const lastDay = '2026-11-25'
const after = new Date('2026-11-26T02:00:00.000Z')
const must = async (outcome: Promise<Outcome<Dossier>>) => accepted(await outcome)
const codeOf = (outcome: Outcome<unknown>) => (isRefusal(outcome) ? outcome.code : 'done')

async function asked() {
  const { dossier } = await file()
  return must(act(applicant, dossier, { command: 'represent', who: daughter, until: lastDay }))
}
const helped = async () => must(act(helper, await asked(), { command: 'confirm', seen: false }))

let dossier: Dossier
beforeAll(async () => {
  dossier = await helped()
})

test('the person named confirms on their own phone; the work of the office goes on meanwhile', async () => {
  const named = await asked()
  expect(named).toMatchObject({
    state: 'submitted',
    otherParties: [{ kind: 'representative', until: lastDay }],
  })
  const confirmed = await must(act(helper, named, { command: 'confirm', seen: false }))
  expect(confirmed).toMatchObject({
    state: 'submitted',
    otherParties: [{ confirmedAt: morning.toISOString() }],
  })
  expect(await desk.folded(confirmed)).toEqual(await desk.stored(confirmed))
})

test('a representative follows, writes and supplements; withdrawing and naming others stay with the applicant', async () => {
  const own = await helped()
  expect(accepted(await desk.dossiers.view(helper, own.code, { now: morning })).asParty).toBe(1)
  await must(act(helper, own, { command: 'message', text: 'Tôi hỏi thay mẹ' }))
  const request = { target: null, text: 'Ghi rõ nơi ở' }
  await must(act(reception, own, { command: 'requestSupplement', items: [request] }))
  expect(codeOf(await act(helper, own, { command: 'supplement', papers: [] }))).toBe('done')
  for (const request of [
    { command: 'withdraw' as const, reason: 'thôi' },
    { command: 'represent' as const, who: daughter, until: lastDay },
  ])
    expect(codeOf(await act(helper, own, request))).toBe('dossiers.not-your-role')
})

test('before they agree, a person named may not act', async () => {
  const named = await asked()
  expect(codeOf(await act(helper, named, { command: 'message', text: 'xin chào' }))).toBe(
    'dossiers.not-your-role',
  )
})

test('the last day of the power still counts; the day after it the dossier does not exist for them', async () => {
  const evening = new Date('2026-11-25T15:00:00.000Z')
  expect(isRefusal(await desk.dossiers.view(helper, dossier.code, { now: evening }))).toBe(false)
  expect(await desk.dossiers.view(helper, dossier.code, { now: after })).toEqual(refusals.notFound())
  expect(await act(helper, dossier, { command: 'message', text: 'còn đó không' }, after)).toEqual(
    refusals.notFound(),
  )
})

test.each([
  ['another number', { personalId: '099204000006' }],
  ['a number that is only stated', { assurance: 1 as const }],
  ['no number', { personalId: undefined as never }],
])('with %s it does not exist', async (_, changes) => {
  const stranger = { ...helper, ...changes }
  expect(await desk.dossiers.view(stranger, dossier.code, { now: morning })).toEqual(refusals.notFound())
  expect(await act(stranger, dossier, { command: 'confirm', seen: false })).toEqual(refusals.notFound())
  expect(await desk.dossiers.mine(stranger, { now: morning })).toEqual([])
})

test('whoever says no is told nothing more, and the dossier goes on', async () => {
  const named = await asked()
  const said = await must(act(helper, named, { command: 'disagree', reason: 'Tôi đi vắng' }))
  expect(said.state).toBe('submitted')
  expect(await desk.dossiers.view(helper, named.code, { now: morning })).toEqual(refusals.notFound())
})

test('their list has it while the power lasts, and says when it waits for them', async () => {
  const named = await asked()
  const lines = await desk.dossiers.mine(helper, { now: morning })
  expect(lines.find(({ code }) => code === named.code)).toMatchObject({ as: 'representative', asked: true })
  expect(lines.find(({ code }) => code === dossier.code)).toMatchObject({
    as: 'representative',
    asked: false,
  })
  expect(await desk.dossiers.mine(helper, { now: after })).toEqual([])
  const own = await desk.dossiers.mine(applicant, { now: morning })
  expect(own.find(({ code }) => code === named.code)).toMatchObject({ as: 'applicant', asked: false })
})

test('a question of the office waits for the applicant and for whoever speaks for them', async () => {
  const own = await helped()
  await must(act(reception, own, { command: 'message', text: 'Bà ở đâu trước 2012?' }))
  for (const person of [applicant, helper]) {
    const lines = await desk.dossiers.mine(person, { now: morning })
    expect(lines.find(({ code }) => code === own.code)).toMatchObject({ toAnswer: true })
  }
  await must(act(helper, own, { command: 'message', text: 'Ở xã bên ạ' }))
  const after = await desk.dossiers.mine(applicant, { now: morning })
  expect(after.find(({ code }) => code === own.code)).toMatchObject({ toAnswer: false })
})
