import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { testDatabase } from '../../test/harness/database.ts'
import { readConfig } from '../config.ts'
import { openDatabase } from '../kernel/db.ts'
import { accepted } from '../kernel/errors.ts'
import { migrateJobs } from '../kernel/jobs.ts'
import { createSignatures, demonstrationPin, signPdf } from '../modules/signatures/index.ts'
import { aPaper, aSigning, now } from '../modules/signatures/signatures.builder.ts'
import { installationSecret } from '../secret.ts'
import command from './verify-paper.ts'

const folder = mkdtempSync(join(tmpdir(), 'motcua-verify-paper-'))
const { url } = await testDatabase({ reference: true })
const db = openDatabase(url, { role: 'motcua_app' })

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', url)
  vi.stubEnv('MOTCUA_DATA', folder)
  await migrateJobs(url)
})
afterEach(() => vi.restoreAllMocks())
afterAll(async () => {
  vi.unstubAllEnvs()
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

async function run(...args: string[]) {
  let out = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text
    return true
  })
  const code = await command.run(args)
  vi.restoreAllMocks()
  return { code, out }
}

function kept(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

/** A paper signed by somebody of this installation. */
async function aSignedPaper(): Promise<Uint8Array> {
  const config = readConfig()
  const signatures = createSignatures({
    ...{ db, secret: installationSecret(config), baseUrl: config.baseUrl, dataDir: folder },
    ...{ demonstration: true, now: () => now },
  })
  const signer = (await signatures.signerFor({ kind: 'officer', id: 'an', name: 'Nguyễn Văn An' }))!
  const signing = aSigning(await aPaper(), { signerId: signer.id, level: 'B-LT' })
  return accepted(await signPdf(signatures, signing, { pin: demonstrationPin })).pdf
}

test('says as one JSON object whose a paper is and what its signatures are worth', async () => {
  const pdf = await aSignedPaper()
  const good = await run(kept('good.pdf', pdf), '--json')
  expect(good.code).toBe(0)
  expect(JSON.parse(good.out)).toMatchObject({
    ...{ kind: 'pdf', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), issued: null },
    report: { verdict: 'valid', signatures: [{ signerName: 'Nguyễn Văn An', level: 'B-LT', problems: [] }] },
  })
  const altered = Buffer.from(pdf)
  altered[altered.indexOf('stream') + 30]! ^= 1
  const bad = await run(kept('bad.pdf', altered), '--json')
  expect([bad.code, JSON.parse(bad.out).report.verdict]).toEqual([1, 'invalid'])
  expect(JSON.parse(bad.out).report.signatures[0].problems).toContain('altered')
})

test('says the same in words, and of what is neither PDF nor XML that it is neither', async () => {
  const words = await run(kept('paper.pdf', await aSignedPaper()))
  expect(words.out).toContain('Chữ ký hợp lệ')
  expect(words.out).toContain('signer: Nguyễn Văn An')
  const plain = kept('note.txt', Buffer.from('một tờ giấy'))
  expect(await run(plain)).toMatchObject({ code: 1, out: expect.stringContaining('neither PDF nor XML') })
  expect(JSON.parse((await run(plain, '--json')).out)).toMatchObject({
    kind: 'other',
    issued: null,
    report: null,
  })
})

test('wants one file', async () => {
  await expect(command.run([])).rejects.toThrow('one file is wanted')
  await expect(command.run(['a', 'b'])).rejects.toThrow('one file is wanted')
  await expect(command.run(['--yaml', 'a'])).rejects.toThrow('yaml')
})
