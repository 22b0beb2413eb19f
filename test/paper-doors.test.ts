import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { accepted } from '../src/kernel/errors.ts'
import { dateOfLaw } from '../src/kernel/time.ts'
import { readLayouts } from '../src/modules/documents/index.ts'
import type { Request as DossierRequest } from '../src/modules/dossiers/index.ts'
import { findForm } from '../src/modules/forms/index.ts'
import { aSubmissionOf } from './builders/a-filing.ts'
import { anApp } from './builders/an-app.ts'

const morning = new Date('2026-11-19T02:00:00Z')
const installation = await anApp({ now: () => morning })
const { app, send, sessionOf } = installation
afterAll(() => installation.close())

const cookies = {
  applicant: await sessionOf('citizen-1'),
  stranger: await sessionOf('citizen-2'),
  reception: await sessionOf('officer-hoa-sen-reception-1'),
  elsewhere: await sessionOf('officer-ben-go-reception-1'),
}
type Who = keyof typeof cookies
const actorOf = (who: Who) =>
  app.identity.resolveActor(new Request('http://localhost', { headers: { cookie: cookies[who] } }))
const act = async (who: Who, code: string, request: DossierRequest) =>
  accepted(await app.dossiers.act(await actorOf(who), code, request, { now: morning }))

async function anAcceptedDossier() {
  const form = await findForm(app.db, 'marital-status', { on: dateOfLaw(morning) })
  const input = await aSubmissionOf(form!.compiled, { today: dateOfLaw(morning) })
  const options = { key: randomUUID(), now: morning }
  const { dossier } = accepted(await app.dossiers.submit(await actorOf('applicant'), input, options))
  return act('reception', dossier.code, { command: 'accept' })
}

async function opens(path: string): Promise<Who[]> {
  const open: Who[] = []
  for (const who of Object.keys(cookies) as Who[]) {
    const answer = await send(path, { cookie: cookies[who] })
    if (answer.status === 200) {
      expect(answer.headers.get('content-type')).toBe('application/pdf')
      open.push(who)
    } else expect(answer.status).toBe(404)
  }
  expect((await send(path)).status).toBe(404)
  return open
}

test('a receipt opens to the applicant and to officers at work on the dossier', async () => {
  const { code } = await anAcceptedDossier()
  expect(await opens(`/giay/${code}/receipt-2.pdf`)).toEqual(['applicant', 'reception'])
})

test('the control slip opens to officers at work on the dossier alone', async () => {
  const { code, sequence } = await anAcceptedDossier()
  expect(await opens(`/giay/${code}/control-${sequence}.pdf`)).toEqual(['reception'])
})

test('a hand-over slip opens to officers of the dossier, by act and by batch, and to nobody else', async () => {
  const { code } = await anAcceptedDossier()
  const batch = randomUUID()
  const to = { authority: 'H99.12', role: 'specialist' as const, officer: null }
  const given = await act('reception', code, { command: 'handOver', to, sheets: 2, batch })
  expect(await opens(`/giay/${code}/handover-${given.sequence}.pdf`)).toEqual(['reception'])
  expect(await opens(`/giay/ban-giao/${batch}.pdf`)).toEqual(['reception'])
  expect(await opens(`/giay/ban-giao/${randomUUID()}.pdf`)).toEqual([])
})

test('acts without such a paper and kinds that are none have no address', async () => {
  const { code } = await anAcceptedDossier()
  for (const name of ['apology-2', 'handover-2', 'revocation-1', 'nonsense-2', 'receipt-9'])
    expect(await opens(`/giay/${code}/${name}.pdf`)).toEqual([])
})

test('a broken layout of the installation refuses the paper by name, gives its number back, and stops nothing else', async () => {
  const { code } = await anAcceptedDossier()
  const own = join(installation.folder, 'layouts', 'own')
  mkdirSync(own, { recursive: true })
  const receipt = { template: 'receipt', page: 'a5', source: 'Tỉnh', confidence: 'U' }
  const manifest = { edition: 'own', name: 'Bộ mẫu riêng', validFrom: '2026-01-01', forms: { receipt } }
  writeFileSync(join(own, 'manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(own, 'receipt.typ'), '#panic("chưa xong")')
  const shipped = app.papers.layouts!
  app.papers.layouts = await readLayouts(join(installation.folder, 'layouts'))
  const answer = await send(`/giay/${code}/receipt-2.pdf`, { cookie: cookies.reception })
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({
    code: 'documents.layout-broken',
    details: { edition: 'own', template: 'receipt' },
  })
  expect((await send(`/giay/${code}/control-2.pdf`, { cookie: cookies.reception })).status).toBe(200)
  app.papers.layouts = shipped
  expect((await send(`/giay/${code}/receipt-2.pdf`, { cookie: cookies.reception })).status).toBe(200)
  const { rows } = await app.db.pool.query(
    `select last::int, (select count(*)::int from documents.issued_document where kind = 'receipt') as issued
     from documents.register_number where register = 'slip:receipt'`,
  )
  expect(rows[0].last).toBe(rows[0].issued)
})
