import { beforeEach, expect, test } from 'vitest'
import { pageMemory } from './page-memory'

let now = 0
let drawn = 0
const draw = async () => {
  drawn += 1
  return { status: 200, headers: [], body: new Uint8Array([drawn]) }
}
let remembered = pageMemory({ milliseconds: 5000, clock: () => now })

beforeEach(() => {
  now = 0
  drawn = 0
  remembered = pageMemory({ milliseconds: 5000, clock: () => now })
})

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  remembered(new Request(`http://localhost${path}`, { method, headers }), draw)

test('many strangers who open the same procedure share one drawing', async () => {
  await Promise.all([ask('/thu-tuc/1.001193'), ask('/thu-tuc/1.001193'), ask('/thu-tuc/1.001193')])
  expect(drawn).toBe(1)
})

test('is drawn again after a few seconds', async () => {
  await ask('/thu-tuc/1.001193')
  now = 5001
  await ask('/thu-tuc/1.001193')
  expect(drawn).toBe(2)
})

test.each([
  ['a cookie', '/thu-tuc/1.001193', { cookie: 'lang=en' }, 'GET'],
  ['a token', '/thu-tuc/1.001193', { authorization: 'Bearer x' }, 'GET'],
  ['a query', '/thu-tuc/1.001193?lang=en', {}, 'GET'],
  ['a form', '/thu-tuc/1.001193', {}, 'POST'],
  ['a page that begins a filing', '/thu-tuc/1.001193/nop', {}, 'GET'],
  ['the home page', '/', {}, 'GET'],
])('never answers %s', (_, path, headers, method) => {
  expect(ask(path, headers as Record<string, string>, method)).toBeUndefined()
})

test('a page that was not found is not remembered', async () => {
  const notFound = async () => ({ status: 404, headers: [], body: new Uint8Array() })
  expect(await remembered(new Request('http://localhost/thu-tuc/9.999999'), notFound)).toMatchObject({
    status: 404,
  })
  await ask('/thu-tuc/9.999999')
  expect(drawn).toBe(1)
})

test('a page that sets a cookie is not remembered', async () => {
  const headers: [string, string][] = [['set-cookie', 'a=b']]
  await remembered(new Request('http://localhost/trung-tam'), async () => ({
    status: 200,
    headers,
    body: new Uint8Array(),
  }))
  await ask('/trung-tam')
  expect(drawn).toBe(1)
})

test('what could not be drawn is tried again', async () => {
  const broken = remembered(new Request('http://localhost/trung-tam'), () =>
    Promise.reject(new Error('broken')),
  )
  await expect(broken).rejects.toThrow('broken')
  await ask('/trung-tam')
  expect(drawn).toBe(1)
})

test('a thousand strangers who open a board share one drawing, and a second later the next is drawn', async () => {
  await Promise.all(Array.from({ length: 1000 }, () => ask('/so-lieu/chi-so?ky=nam')))
  expect(drawn).toBe(1)
  await ask('/so-lieu/chi-so?ky=quy')
  expect(drawn).toBe(2)
  now = 1000
  await ask('/so-lieu/chi-so?ky=nam')
  expect(drawn).toBe(3)
})

test('a board is kept apart for each way of reading it, and not kept for who signed in', async () => {
  await ask('/so-lieu', { cookie: 'lang=en; text=large' })
  await ask('/so-lieu', { cookie: 'text=large; lang=en' })
  expect(drawn).toBe(1)
  await ask('/so-lieu', { cookie: 'lang=vi' })
  await ask('/so-lieu')
  expect(drawn).toBe(3)
  expect(ask('/so-lieu', { cookie: 'lang=en; session=abc' })).toBeUndefined()
  expect(ask('/so-lieu/su-kien/a/b')).toBeUndefined()
})
