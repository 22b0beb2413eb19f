import { afterAll, expect, test } from 'vitest'
import { officerAmong } from '../../../test/builders/officers.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { mountRoutes } from '../../kernel/http.ts'
import { openLog } from '../../kernel/log.ts'
import { allOfficers } from '../directory/index.ts'
import { formRoutes } from '../forms/index.ts'
import { changeRoutes } from './index.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 4 })
afterAll(() => db.close())

const officer = officerAmong(await allOfficers(db))
let who = 'officer-control-1'
const rest = mountRoutes({
  app: { db, wake: () => undefined } as { db: typeof db; wake(): void },
  routes: [...changeRoutes, ...formRoutes],
  resolveActor: async () => officer(who),
  now: () => new Date('2026-11-20T02:00:00Z'),
  log: openLog('silent'),
  title: 'test',
  version: '0',
})

async function call(method: string, path: string, body?: unknown, as = 'officer-control-1') {
  who = as
  const answer = await rest.request(path, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, never> }
}

const leader = 'officer-province-leader-1'
const decision = { number: '7/QĐ-UBND', on: '2026-11-20' }

test('a change is begun, saved, reviewed, published and taken back as on the pages', async () => {
  const stated = { code: '1.004873', kind: 'amend', title: 'Đổi trợ giúp', reason: 'Dễ hiểu hơn' }
  const begun = await call('POST', '/procedure-changes', stated)
  expect(begun.status).toBe(201)
  const at = `/procedure-changes/${begun.body.id}`
  const form = await call('GET', `${at}/parts/form`)
  expect(form.body).toMatchObject({ part: 'form', revision: 0, content: { key: 'marital-status' } })
  const { content: inUse } = form.body as unknown as { content: { title: { vi: string } } }
  expect(await call('POST', `${at}/review`)).toMatchObject({
    status: 422,
    body: { code: 'changes.nothing-changed' },
  })
  const content = { ...inUse, title: { ...inUse.title, vi: `${inUse.title.vi} (mới)` } }
  expect(await call('PUT', `${at}/parts/form`, { seen: 0, content })).toMatchObject({ status: 200 })
  const twice = await call('PUT', `${at}/parts/form`, { seen: 0, content })
  expect(twice).toMatchObject({ status: 409, body: { code: 'changes.meanwhile' } })
  const handedIn = (await call('POST', `${at}/review`)).body
  expect(handedIn).toMatchObject({ state: 'in-review' })
  const seen = handedIn.submittedAt
  expect(await call('POST', `${at}/acts/approve`, { note: '' })).toMatchObject({ status: 403 })
  expect(await call('POST', `${at}/acts/approve`, { note: '' }, leader)).toMatchObject({ status: 409 })
  expect((await call('POST', `${at}/acts/approve`, { note: '', seen }, leader)).body).toMatchObject({
    state: 'approved',
  })
  expect((await call('GET', at)).body).toMatchObject({ readiness: { problems: [] } })
  const published = await call('POST', `${at}/publication`, { validFrom: '2026-11-20', decision })
  expect(published.body).toMatchObject({ state: 'published', publication: { versions: { form: 2 } } })
  const schema = await call('GET', '/forms/marital-status/schema')
  expect(schema.body).toMatchObject({ $id: 'urn:motcua:form:marital-status:2' })
  expect((await call('POST', `${at}/acts/withdraw`, { note: 'Sai' })).body).toMatchObject({
    state: 'withdrawn',
  })
  expect((await call('GET', '/forms/marital-status/schema?version=2')).status).toBe(200)
  expect((await call('GET', '/procedure-changes')).body).toMatchObject({ items: [{ state: 'withdrawn' }] })
})

test('who may not look at changes gets none, and unknown ones are not found', async () => {
  const nobody = 'officer-hoa-sen-leader-1'
  expect((await call('GET', '/procedure-changes', undefined, nobody)).body).toEqual({ items: [] })
  const unknown = '01a2024c-0ae7-7713-92d6-9a1c16f4162e'
  expect((await call('GET', `/procedure-changes/${unknown}`)).status).toBe(404)
  expect((await call('GET', '/procedure-changes/x')).status).toBe(422)
  expect((await call('GET', '/forms/nothing/schema')).status).toBe(404)
})
