import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { isRefusal } from '../../src/kernel/errors.ts'
import { deleteDraft, getDraft, stashTyped } from '../../src/modules/dossiers/index.ts'
import { anApp } from '../builders/an-app.ts'

const installation = await anApp()
const { app, send, sessionOf } = installation
afterAll(() => installation.close())

const odd = ['', 'x', '-'.repeat(36), '0'.repeat(36), `${randomUUID()}'--`, '\u0000', '__proto__']

test.each(odd)('the id %j is of no draft, and the database is not asked', async (id) => {
  expect(isRefusal(await getDraft(app.db.pool, randomUUID(), id))).toBe(true)
  await deleteDraft(app.db.pool, randomUUID(), id)
  expect(await stashTyped(app.db.pool, { draftId: id, pageKey: 'p', typed: [] }, new Date())).toBeUndefined()
})

test('odd instants and numbers in an address are refused or answered, never a breakdown', async () => {
  const cookie = await sessionOf('citizen-1')
  const asked = [
    '/api/v1/messages?before=0000-01-01T00:00:00Z',
    '/api/v1/messages?before=9999-12-31T23:59:59Z',
    '/api/v1/messages?limit=1e9',
    '/api/v1/procedures?q=%00&cursor=%00',
    "/api/v1/procedures?q='%20or%201=1--",
    '/api/v1/procedures/%ED%A0%80',
    '/api/v1/dossiers/H99.12-261119-00001%00',
    '/api/v1/ratings/..%2f..%2fsecret',
    '/tep/..%2f..%2fsecret',
    '/giay/H99.12-261119-00001/receipt-99999999999999999999.pdf',
  ]
  for (const path of asked) expect((await send(path, { cookie })).status, path).toBeLessThan(500)
})

test('one code cannot be guessed at through the API, and the answer says when to come back', async () => {
  const ask = (proof: string) =>
    send('/api/v1/look-up', { method: 'POST', json: { code: 'H99.12-261119-99999', proof } })
  const statuses: number[] = []
  for (let i = 0; i < 10; i++) statuses.push((await ask(`000${i}`)).status)
  expect(new Set(statuses)).toEqual(new Set([404]))
  const held = await ask('0010')
  expect(held.status).toBe(429)
  expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0)
})
