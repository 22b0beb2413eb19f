import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aClamd, eicar } from './clamd.builder.ts'
import { clamd } from './clamd.ts'

async function* bytes(...parts: (string | Buffer)[]) {
  for (const part of parts) yield Buffer.from(part)
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-clamd-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each([
  ['a port', 0],
  ['a socket', 'clamd.sock'],
] as const)('a scanner on %s', (_, at) => {
  let scanner: Awaited<ReturnType<typeof aClamd>>
  beforeAll(async () => {
    scanner = await aClamd(at === 0 ? 0 : join(folder, at))
  })
  afterAll(() => scanner.close())
  const scan = (...parts: (string | Buffer)[]) =>
    // A machine with much to do is slow, not silent.
    clamd({ address: scanner.address, silenceMs: scanner.state.mood === 'well' ? 20_000 : 300 }).scan(
      bytes(...parts),
    )

  test('says what is clean and what is not, in any pieces', async () => {
    scanner.state.mood = 'well'
    expect(await scan('giấy tờ')).toEqual({ state: 'clean' })
    expect(await scan(Buffer.alloc(3_000_000, 1))).toEqual({ state: 'clean' })
    expect(await scan(eicar)).toEqual({ state: 'infected', found: 'Eicar-Test-Signature' })
    expect(await scan(eicar.slice(0, 30), eicar.slice(30))).toMatchObject({ state: 'infected' })
  })

  test.each(['hangs', 'closes', 'too-large', 'odd'] as const)(
    'that %s is silent, never clean',
    async (mood) => {
      scanner.state.mood = mood
      expect(await scan(Buffer.alloc(1_000_000))).toMatchObject({ state: 'silent' })
    },
  )
})

test('a scanner that is not there is silent', async () => {
  expect(await clamd({ address: '127.0.0.1:9' }).scan(bytes('a'))).toMatchObject({ state: 'silent' })
  expect(await clamd({ address: '/nowhere/clamd.sock' }).scan(bytes('a'))).toMatchObject({ state: 'silent' })
})

const program = ['/usr/sbin/clamd', '/usr/local/sbin/clamd'].find(existsSync)

test.skipIf(program === undefined)('the real clamd is understood', async () => {
  const socket = join(folder, 'real.sock')
  // A database of one signature: the test string by its bytes.
  const signature = `Eicar-By-Bytes:0:*:${Buffer.from(eicar).toString('hex')}\n`
  await writeFile(join(folder, 'eicar.ndb'), signature)
  const lines = [
    `LocalSocket ${socket}`,
    `DatabaseDirectory ${folder}`,
    'Foreground yes',
    'StreamMaxLength 2M',
  ]
  await writeFile(join(folder, 'clamd.conf'), `${lines.join('\n')}\n`)
  const server = spawn(program!, ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' })
  try {
    const scanner = clamd({ address: socket })
    await expect
      .poll(async () => (await scanner.scan(bytes('giấy tờ'))).state, { timeout: 30_000 })
      .toBe('clean')
    expect(await scanner.scan(bytes(eicar))).toMatchObject({
      state: 'infected',
      found: expect.stringContaining('Eicar-By-Bytes'),
    })
    expect(await scanner.scan(bytes(Buffer.alloc(9_000_000)))).toMatchObject({ state: 'silent' })
  } finally {
    server.kill()
  }
})
