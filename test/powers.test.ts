import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { accepted } from '../src/kernel/errors.ts'
import { dateOfLaw } from '../src/kernel/time.ts'
import { findForm } from '../src/modules/forms/index.ts'
import { aSubmissionOf, theCitizenOf } from './builders/a-filing.ts'
import { anApp } from './builders/an-app.ts'

const morning = new Date('2026-11-19T02:00:00.000Z')
let now = morning
const { app, send, sessionOf, close } = await anApp({ now: () => now })
afterAll(close)
beforeEach(() => {
  now = morning
})

const reception = 'officer-hoa-sen-reception-2'
const cashier = 'officer-hoa-sen-cashier-1'
const head = 'officer-hoa-sen-one-stop-head-1'
const elsewhere = 'officer-ben-go-reception-1'

async function as(officerId: string) {
  const cookie = await sessionOf(officerId)
  const call = async (method: string, path: string, json?: unknown) => {
    const answer = await send(`/api/v1${path}`, { cookie, method, ...(json !== undefined && { json }) })
    return { status: answer.status, body: await answer.json() }
  }
  return {
    get: (path: string) => call('GET', path),
    post: (path: string, json: unknown) => call('POST', path, json),
  }
}

async function aFiledDossier(): Promise<string> {
  const form = await findForm(app.db, 'marital-status', { on: dateOfLaw(now) })
  const input = await aSubmissionOf(form!.compiled, { today: dateOfLaw(now) })
  const person = theCitizenOf('marital-status')
  return accepted(await app.dossiers.submit(person, input, { key: randomUUID(), now })).dossier.code
}

const away = (changes: object = {}) => ({
  kind: 'absence',
  giver: reception,
  receiver: cashier,
  from: '2026-11-19',
  to: '2026-11-19',
  reason: 'Khám sức khỏe',
  ...changes,
})
const accept = (code: string) => [`/dossiers/${code}/actions`, { command: 'accept' }] as const

test('a cashier accepts a dossier while standing in at reception, and no longer the day after', async () => {
  const [today, tomorrow, before] = [await aFiledDossier(), await aFiledDossier(), await aFiledDossier()]
  const standIn = await as(cashier)
  expect(await standIn.post(...accept(before))).toMatchObject({ status: 403 })
  const granted = await (await as(reception)).post('/grants', away())
  expect(granted).toMatchObject({ status: 201, body: { phase: 'in-force', overlaps: [] } })
  expect(await standIn.post(...accept(today))).toMatchObject({ status: 200, body: { state: 'in-progress' } })
  // Midnight in Hà Nội.
  now = new Date('2026-11-19T17:00:00.000Z')
  expect(await (await as(cashier)).post(...accept(tomorrow))).toMatchObject({ status: 403 })
})

test('what is ended early is gone with the next request', async () => {
  const code = await aFiledDossier()
  const [giver, standIn, leading] = [await as(reception), await as(cashier), await as(head)]
  const { body } = await giver.post('/grants', away())
  expect(await standIn.post(`/grants/${body.id}/end`, { reason: 'Tôi không nhận' })).toMatchObject({
    status: 403,
  })
  expect(await leading.post(`/grants/${body.id}/end`, { reason: 'Đã về' })).toMatchObject({
    status: 200,
    body: { phase: 'ended-early', endedBy: head },
  })
  for (const { id, phase } of (await standIn.get('/grants')).body.items as { id: string; phase: string }[])
    if (phase === 'in-force') await giver.post(`/grants/${id}/end`, { reason: 'Đã về' })
  expect(await standIn.post(...accept(code))).toMatchObject({ status: 403 })
  expect(await leading.post(`/grants/${body.id}/end`, { reason: 'Đã về' })).toMatchObject({
    status: 409,
    body: { code: 'powers.already-ended' },
  })
})

test('each problem and each refusal has its code', async () => {
  const by = await as(reception)
  expect(await by.post('/grants', away({ receiver: elsewhere, to: '2026-11-18' }))).toMatchObject({
    status: 422,
    body: { code: 'powers.invalid' },
  })
  expect(await by.post('/grants', { kind: 'absence' })).toMatchObject({ status: 422 })
  expect(await (await as(cashier)).post('/grants', away())).toMatchObject({
    status: 403,
    body: { code: 'powers.not-yours' },
  })
  expect(await by.post('/grants/nothing/end', { reason: 'x' })).toMatchObject({ status: 404 })
  expect(await (await as(elsewhere)).get('/grants')).toMatchObject({ status: 200, body: { items: [] } })
  expect((await send('/api/v1/grants')).status).toBe(401)
})
