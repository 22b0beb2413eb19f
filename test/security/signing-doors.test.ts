import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { dateOfLaw } from '../../src/kernel/time.ts'
import type { Request as DossierRequest } from '../../src/modules/dossiers/index.ts'
import { openTasks } from '../../src/modules/dossiers/index.ts'
import { findForm } from '../../src/modules/forms/index.ts'
import { demonstrationPin, describeConfirmation, pkiRoutes } from '../../src/modules/signatures/index.ts'
import { aSubmissionOf } from '../builders/a-filing.ts'
import { anApp } from '../builders/an-app.ts'
import { pdfText } from '../harness/pdf-text.ts'

const morning = new Date('2026-11-19T02:00:00Z')
const written: string[] = []
const log = pino(
  { level: 'trace' },
  new Writable({
    write(line, _encoding, done) {
      written.push(String(line))
      done()
    },
  }),
)
const inEarnest = await anApp({
  config: readConfig({
    ...{ MOTCUA_DEMO: 'no', MOTCUA_SECRET: 'of an installation in earnest, 0123456789' },
    ...{
      MOTCUA_DATA: mkdtempSync(join(tmpdir(), 'motcua-earnest-')),
      MOTCUA_BASE_URL: 'https://motcua.example',
    },
    ...{ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'motcua', OIDC_CLIENT_SECRET: 'a-secret' },
  }),
})
const demonstration = await anApp({ now: () => morning, log })
const { app, database, send, sessionOf } = demonstration
afterAll(async () => {
  await Promise.all([inEarnest.close(), demonstration.close()])
  rmSync(inEarnest.app.config.dataDir, { recursive: true, force: true })
})

const staff = {
  reception: await sessionOf('officer-hoa-sen-reception-1'),
  specialist: await sessionOf('officer-hoa-sen-civil-status-1'),
  head: await sessionOf('officer-hoa-sen-justice-head-1'),
  leader: await sessionOf('officer-hoa-sen-leader-1'),
  elsewhere: await sessionOf('officer-ben-go-leader-1'),
  control: await sessionOf('officer-hoa-sen-control-1'),
}
const citizen = await sessionOf('citizen-1')
const actorOf = (cookie: string) =>
  app.identity.resolveActor(new Request('http://localhost', { headers: { cookie } }))
const act = async (cookie: string, code: string, request: DossierRequest) =>
  accepted(await app.dossiers.act(await actorOf(cookie), code, request, { now: morning }))

/** A dossier that waits for the leader's signature. */
async function toBeSigned(): Promise<string> {
  const form = await findForm(app.db, 'marital-status', { on: dateOfLaw(morning) })
  const input = await aSubmissionOf(form!.compiled, { today: dateOfLaw(morning) })
  const options = { key: randomUUID(), now: morning }
  const { code } = accepted(await app.dossiers.submit(await actorOf(citizen), input, options)).dossier
  let dossier = await act(staff.reception, code, { command: 'accept' })
  for (;;) {
    const step = openTasks(dossier).find(({ kind }) => kind === 'step')!
    if (step.stepKind === 'decide') return code
    if (step.stepKind === 'draft')
      await act(staff.specialist, code, { command: 'draftResult', draft: { note: 'Theo hồ sơ' } })
    const by = step.role === 'head' ? staff.head : staff.specialist
    dossier = await act(by, code, { command: 'completeStep', outcome: 'ok' })
  }
}
const code = await toBeSigned()
const approve = (cookie: string, pin: string) =>
  send(`/api/v1/dossiers/${code}/actions`, {
    ...{ method: 'POST', cookie },
    json: { command: 'approve', authorisation: { pin } },
  })

test('what would be signed opens to officers at work on the dossier, and is never taken for the result', async () => {
  const path = `/giay/${code}/xem-truoc.pdf`
  for (const cookie of [citizen, staff.elsewhere, undefined])
    expect((await send(path, { ...(cookie && { cookie }) })).status).toBe(404)
  for (const cookie of [staff.leader, staff.specialist]) {
    const answer = await send(path, { cookie })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const pdf = Buffer.from(await answer.arrayBuffer())
    expect((await pdfText(pdf)).join(' ')).not.toContain('Đã xác nhận')
    // Words across the page that it is none yet.
    expect(pdf.toString('latin1')).toMatch(/\/Subtype\s*\/Stamp/)
  }
})

test('who is asked on a phone to sign a refusal looks at the refusal, and nobody else at what they are asked', async () => {
  const { officerId } = (await actorOf(staff.leader)) as { officerId: string }
  const phone = (await app.signatures.mobileSignerFor({ kind: 'officer', id: officerId, name: 'Chủ tịch' }))!
  const round = '0199a000-0000-7000-8000-00000000000a'
  const signer = accepted(await app.signatures.findSigner(phone.id))
  await signer.sign([{ bytes: new Uint8Array(4), sha256: new Uint8Array(32) }], { confirmation: round }, 'x')
  const request = { command: 'decline', reason: 'Nơi cư trú chưa được xác minh' }
  const about = { acts: [{ code, sequence: 1, request }] }
  await describeConfirmation(app.db, { requestId: round, signerId: phone.id, about })
  const path = `/giay/${code}/xem-truoc.pdf?yeu-cau=`
  const answer = await send(path + round, { cookie: staff.leader })
  expect(answer.status).toBe(200)
  const text = (await pdfText(Buffer.from(await answer.arrayBuffer()))).join(' ')
  expect(text).toContain(request.reason)
  expect(text).not.toContain('GIẤY XÁC NHẬN')
  expect((await send(path + round, { cookie: staff.specialist })).status).toBe(404)
  expect((await send(`${path}'x`, { cookie: staff.leader })).status).toBe(404)
})

test('nobody uses up the tries of a PIN that is not theirs', async () => {
  const tries = async () =>
    (await database.pool.query('select id, wrong_pins, state from signatures.signer order by id')).rows
  const before = await tries()
  for (const cookie of [staff.elsewhere, staff.control, staff.reception, staff.specialist, citizen])
    for (let i = 0; i < 4; i++) expect((await approve(cookie, '0000')).status).toBeGreaterThanOrEqual(400)
  expect(await tries()).toEqual(before)
})

test('a PIN leaves no trace: not in answers, the log, or any table', async () => {
  const pin = 'mã-của-tôi-9471'
  const refused = await approve(staff.leader, pin)
  expect([refused.status, (await refused.json()) as object]).toEqual([
    403,
    expect.objectContaining({ code: 'signatures.wrong-pin' }),
  ])
  const long = await approve(staff.leader, pin.repeat(20))
  expect(long.status).toBe(422)
  const answers = [await long.text(), written.join('\n')]
  for (const text of answers) expect(text).not.toContain(pin)
  expect((await approve(staff.leader, demonstrationPin)).status).toBe(200)
  const { rows: tables } = await database.pool.query(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  for (const { name } of tables) {
    const { rows } = await database.pool.query(`select 1 from ${name} t where t::text like $1 limit 1`, [
      `%${pin}%`,
    ])
    expect([name, rows]).toEqual([name, []])
  }
})

describe('keys', () => {
  test('lie in folders of their own that nobody else on the machine opens, and never in the clear', () => {
    for (const folder of ['pki', 'keys']) {
      const path = join(app.config.dataDir, folder)
      expect([folder, statSync(path).mode & 0o777]).toEqual([folder, 0o700])
      for (const name of readdirSync(path).filter((each) => /\.(key|p12)$/.test(each))) {
        expect([name, statSync(join(path, name)).mode & 0o777]).toEqual([name, 0o600])
        const content = readFileSync(join(path, name))
        expect(content.toString('latin1')).not.toMatch(/PRIVATE KEY/)
        // The object identifier of an EC or RSA key stands in every key that is not encrypted.
        for (const oid of ['2a8648ce3d0201', '2a864886f70d010101'])
          if (name.endsWith('.key')) expect(content.toString('hex')).not.toContain(oid)
      }
    }
  })

  test('of a demonstration are unknown to an installation in earnest, and its authorities are not there', async () => {
    const { signatures, now, config } = inEarnest.app
    expect(await signatures.trusted()).toEqual([])
    expect(await signatures.signerFor({ kind: 'officer', id: 'x', name: 'X' })).toBeUndefined()
    expect(readdirSync(config.dataDir)).not.toContain('pki')
    const routes = pkiRoutes(signatures.authority, now)
    for (const [method, path] of [
      ['POST', '/pki/tsa'],
      ['POST', '/pki/ocsp'],
      ['GET', '/pki/ocsp/AA'],
      ['GET', '/pki/root.crl'],
      ['GET', '/pki/issuing.cer'],
    ] as const)
      expect([path, (await routes.request(path, { method })).status]).toEqual([path, 404])
  })
})
