import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { mountRoutes } from '../../kernel/http.ts'
import { catalogueRoutes } from './index.ts'

const { url } = await testDatabase({ reference: true })
const db = openDatabase(url, { role: 'motcua_app', max: 2 })
const rest = mountRoutes({
  app: { db },
  routes: catalogueRoutes,
  resolveActor: async () => ({ kind: 'anonymous' as const }),
  now: () => new Date('2026-11-20T03:00:00Z'),
  log: { error: () => undefined } as never,
  title: 'test',
  version: '1',
})
const get = async (path: string) => {
  const answer = await rest.request(path)
  return { status: answer.status, body: await answer.json() }
}

test('anybody may search, and pages follow one another', async () => {
  const first = await get('/procedures?q=khai%20sinh&limit=2')
  expect(first).toMatchObject({ status: 200, body: { items: [{ code: '1.001193', filedHere: true }, {}] } })
  const second = await get(`/procedures?q=khai%20sinh&limit=2&cursor=${first.body.nextCursor}`)
  expect(second.body.items[0].code).not.toBe('1.001193')
})

test('one procedure comes with its results and the version in force', async () => {
  const { status, body } = await get('/procedures/1.001193')
  expect(status).toBe(200)
  expect(body.version.cases.length).toBeGreaterThan(0)
  expect(body.results.length).toBeGreaterThan(0)
})

test.each([
  ['/procedures/9.999999', 404],
  ['/procedures?limit=0', 422],
  ['/procedures?limit=abc', 422],
  ['/procedures?q=%00', 422],
  ['/procedures?cursor=abc', 422],
  [`/procedures?q=${'a'.repeat(301)}`, 422],
])('answers %s with %i', async (path, status) => {
  expect((await get(path)).status).toBe(status)
})
