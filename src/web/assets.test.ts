import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadAssets } from './assets.ts'

const directory = mkdtempSync(join(tmpdir(), 'assets-'))
mkdirSync(join(directory, 'assets'))
mkdirSync(join(directory, 'enhance'))
writeFileSync(join(directory, 'assets/ui-abc.css'), 'body{color:red}'.repeat(200))
writeFileSync(join(directory, 'enhance/autosave.js'), 'export {}')
const assets = loadAssets(directory)
const get = (path: string, headers: Record<string, string> = {}) =>
  assets.serve(new Request(`http://motcua.example${path}`, { headers }))

test('a built file is kept for a year, because its name changes with it', async () => {
  const response = await get('/assets/ui-abc.css')
  expect(response?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(response?.headers.get('content-type')).toContain('text/css')
})

test('it is sent compressed to those who can read that', async () => {
  const plain = await (await get('/assets/ui-abc.css'))!.arrayBuffer()
  const small = await get('/assets/ui-abc.css', { 'accept-encoding': 'gzip, br' })
  expect(small?.headers.get('content-encoding')).toBe('br')
  expect((await small!.arrayBuffer()).byteLength).toBeLessThan(plain.byteLength)
})

test('it is not sent again to those who have it', async () => {
  const etag = (await get('/assets/ui-abc.css'))!.headers.get('etag')!
  expect((await get('/assets/ui-abc.css', { 'if-none-match': etag }))?.status).toBe(304)
})

test('small scripts carry their hash in the address', () => {
  expect(assets.enhancements.autosave).toMatch(/^\/enhance\/autosave\.js\?v=[\w-]{16}$/)
})

test.each(['/assets/../../etc/passwd', '/etc/passwd', '/assets/none.css'])(
  '%s is no file of ours',
  (path) => {
    expect(get(path)).toBeUndefined()
  },
)
