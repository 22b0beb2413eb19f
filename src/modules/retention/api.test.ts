import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aDesk, staff } from '../../../test/builders/a-desk.ts'
import { accepted } from '../../kernel/errors.ts'
import { filesOnDisk } from '../../kernel/files.ts'
import { mountRoutes } from '../../kernel/http.ts'
import { migrateJobs } from '../../kernel/jobs.ts'
import { openLog } from '../../kernel/log.ts'
import type { Dossier } from '../dossiers/index.ts'
import type { Actor } from '../identity/index.ts'
import { retentionRoutes } from './api.ts'
import { runPurges } from './purge-run.ts'
import { createRetention } from './retention.ts'

const desk = await aDesk()
const folder = mkdtempSync(join(tmpdir(), 'motcua-retention-api-'))
const files = filesOnDisk(folder)
const now = () => new Date('2037-02-02T02:00:00Z')
const retention = createRetention({ db: desk.db, files, now })
const [control, leader] = [desk.officer(staff.control), desk.officer(staff.leader)]
const elsewhere = desk.officer('officer-ben-go-control-1' as typeof staff.control)
const elsewhereLeader = desk.officer('officer-ben-go-leader-1' as typeof staff.leader)
const province = desk.officer('officer-control-1' as typeof staff.control)
const authority = 'H99.12'
let caller: Actor = { kind: 'anonymous' }
const rest = mountRoutes({
  app: { retention },
  routes: retentionRoutes,
  resolveActor: async () => caller,
  now,
  log: openLog('silent'),
  title: 'test',
  version: '0',
})
beforeAll(() => migrateJobs(desk.database.url))
afterAll(async () => {
  await desk.db.close()
  rmSync(folder, { recursive: true, force: true })
})

let dossier: Dossier
beforeEach(async () => {
  const request = { command: 'withdraw', reason: 'Thôi' } as const
  dossier = accepted(await desk.act(desk.citizen(), (await desk.file()).dossier, request))
})

interface Answer {
  id: string
  items: { source: string; confidence: string }[]
  rules: object[]
}

async function ask(who: Actor, method: 'GET' | 'POST', path: string, body?: object) {
  caller = who
  const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const answer = await rest.request(`/retention${path}`, { method, ...(body && json) })
  return { status: answer.status, body: (await answer.json()) as Answer }
}
const status = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status

describe('from the notice to the certificate', () => {
  test('what comes due is told to its authority and its province, and to nobody else', async () => {
    const path = `/due?authority=${authority}&days=0`
    const { body } = await ask(control, 'GET', path)
    expect(body.items).toContainEqual(
      expect.objectContaining({
        code: dossier.code,
        state: 'due',
        dueOn: '2031-12-31',
        rule: 'dossier-withdrawn',
      }),
    )
    expect(body.rules).toContainEqual(expect.objectContaining({ id: 'dossier-withdrawn', confidence: 'U' }))
    expect(await Promise.all([leader, province].map((who) => status(who, 'GET', path)))).toEqual([200, 200])
    expect(await status(elsewhere, 'GET', path)).toBe(403)
    expect(await status(desk.officer(staff.reception), 'GET', path)).toBe(403)
    expect(await status(desk.citizen(), 'GET', path)).toBe(403)
    expect(await status({ kind: 'anonymous' }, 'GET', path)).toBe(401)
  })

  test('one proposes, another decides, the machine destroys', async () => {
    const proposal = { authority, basis: 'Bảng thời hạn', codes: [dossier.code] }
    for (const who of [elsewhere, province]) expect(await status(who, 'POST', '/batches', proposal)).toBe(403)
    expect(await status(leader, 'POST', '/batches', proposal)).toBe(403)
    const proposed = await ask(control, 'POST', '/batches', proposal)
    expect(proposed).toMatchObject({ status: 201, body: { state: 'proposed', waiting: 1 } })
    const decision = `/batches/${proposed.body.id}/decision`
    const yes = { approve: true, decision: 'Đồng ý' }
    expect(await status(elsewhereLeader, 'POST', decision, yes)).toBe(403)
    expect(await status(control, 'POST', decision, yes)).toBe(403)
    expect(await ask(leader, 'POST', decision, yes)).toMatchObject({
      status: 200,
      body: { state: 'approved' },
    })
    expect(await status(leader, 'POST', decision, yes)).toBe(409)
    await runPurges({ db: desk.db, files, now, baseUrl: 'http://localhost', rest: 0 })
    const { body } = await ask(province, 'GET', `/batches?authority=${authority}`)
    expect(body.items[0]).toMatchObject({
      state: 'done',
      purged: 1,
      certificate: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(await status(elsewhere, 'GET', `/batches?authority=${authority}`)).toBe(403)
  })
})

describe('a hold', () => {
  test('is placed and asked to be lifted by control, and lifted by a leader', async () => {
    const wish = { authority, kind: 'court', reason: 'Tòa án yêu cầu', codes: [dossier.code] }
    for (const who of [elsewhere, province, leader])
      expect(await status(who, 'POST', '/holds', wish)).toBe(403)
    const placed = await ask(control, 'POST', '/holds', wish)
    expect(placed).toMatchObject({ status: 201, body: { codes: [dossier.code], liftedAt: null } })
    expect(await status(control, 'POST', '/batches', { authority, basis: 'x', codes: [dossier.code] })).toBe(
      409,
    )
    const at = `/holds/${placed.body.id}`
    expect(await status(leader, 'POST', `${at}/lifted`)).toBe(409)
    expect(await status(elsewhere, 'POST', `${at}/lift-asked`, { reason: 'x' })).toBe(403)
    expect(await status(control, 'POST', `${at}/lift-asked`, { reason: 'Xong' })).toBe(200)
    expect(await status(control, 'POST', `${at}/lifted`)).toBe(403)
    expect(await status(elsewhereLeader, 'POST', `${at}/lifted`)).toBe(403)
    expect(await ask(leader, 'POST', `${at}/lifted`)).toMatchObject({
      status: 200,
      body: { liftedBy: leader.officerId },
    })
    expect(await status(province, 'GET', `/holds?authority=${authority}`)).toBe(200)
    expect(await status(elsewhere, 'GET', `/holds?authority=${authority}`)).toBe(403)
  })

  test('of dossiers of another authority, or without a reason, is refused', async () => {
    const wish = { authority, kind: 'court', reason: 'x', codes: ['H99.13-261119-00001'] }
    expect(await ask(control, 'POST', '/holds', wish)).toMatchObject({
      status: 422,
      body: { code: 'retention.unknown-dossiers' },
    })
    expect(await status(control, 'POST', '/holds', { ...wish, reason: ' ' })).toBe(422)
  })
})

test('periods are public, each with source and how sure it is', async () => {
  const { body } = await ask({ kind: 'anonymous' }, 'GET', '/rules')
  expect(body.items.length).toBeGreaterThanOrEqual(10)
  for (const rule of body.items)
    expect([rule.source.length > 0, 'CSRU'.includes(rule.confidence)]).toEqual([true, true])
})
