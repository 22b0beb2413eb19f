import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { aDesk } from '../../test/builders/a-desk.ts'
import { accepted } from '../kernel/errors.ts'
import { migrateJobs } from '../kernel/jobs.ts'
import type { Dossier } from '../modules/dossiers/index.ts'
import { referencePeriods } from '../modules/retention/load-periods.ts'
import { readRules } from '../modules/retention/retention-store.ts'
import command from './archive.ts'
import { UsageError } from './command.ts'

const folder = mkdtempSync(join(tmpdir(), 'motcua-archive-'))
const desk = await aDesk()
const owner = desk.database.pool
let dossier: Dossier
const hasTools = ['unzip', 'sha256sum'].every((tool) => !spawnSync(tool, ['--help']).error)

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', desk.database.url)
  vi.stubEnv('MOTCUA_DATA', folder)
  await migrateJobs(desk.database.url)
  const filed = await desk.file()
  const request = { command: 'withdraw', reason: 'Không cần nữa' } as const
  dossier = accepted(await desk.act(desk.citizen(), filed.dossier, request))
})
afterEach(() => vi.restoreAllMocks())
afterAll(async () => {
  vi.unstubAllEnvs()
  await desk.db.close()
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

const rule = (changes: Record<string, string> = {}) =>
  Object.entries({
    ...{ id: 'dossier-withdrawn', from: '2030-01-01', part: 'dossier', years: '7', closing: 'withdrawn' },
    ...{
      basis: 'Bảng thời hạn của phường',
      source: 'Quyết định 12/QĐ-UBND',
      confidence: 'C',
      by: 'Ban chỉ đạo lưu trữ',
    },
    ...changes,
  }).flatMap(([name, value]) => [`--${name}`, value])

describe('archive rules, rule', () => {
  test('periods are listed with source and how sure each is; those of reference are what stands there', async () => {
    const { out } = await run('rules')
    expect(out.split('\n').find((line) => line.startsWith('result-birth '))).toMatch(/∞ .* R Luật Hộ tịch/)
    const stands = (await readRules(owner)).map(({ validTo, ...each }) => each)
    const stated = (await referencePeriods()).map((each) => ({
      ...{ procedureCode: null, template: null, closing: null, ...each },
    }))
    expect(stands).toEqual(expect.arrayContaining(stated))
    expect(stands).toHaveLength(stated.length)
  })

  test('a period is stated from a day on, the one before it ends, and the journal tells who answers for it', async () => {
    expect(await run('rule', ...rule())).toMatchObject({ code: 0 })
    const same = (await readRules(owner)).filter(({ id }) => id === 'dossier-withdrawn')
    expect(same).toMatchObject([
      { validFrom: '2000-01-01', validTo: '2029-12-31', years: 5 },
      { validFrom: '2030-01-01', validTo: null, years: 7, confidence: 'C', closing: 'withdrawn' },
    ])
    const { rows } = await owner.query(
      `select data, actor, stream_kind from journal.entry where kind = 'retention.rule-stated'`,
    )
    expect(rows).toEqual([
      {
        stream_kind: 'retention',
        actor: { kind: 'system', id: 'retention' },
        data: expect.objectContaining({ id: 'dossier-withdrawn', years: 7, by: 'Ban chỉ đạo lưu trữ' }),
      },
    ])
  })

  test.each([
    ['of the past', { from: '2020-01-01' }],
    ['that begins before the last one of its name', { from: '2029-06-01' }],
    ['of no such closing', { closing: 'lost' }],
    ['of no such part', { part: 'half' }],
    ['of no such certainty', { confidence: 'X' }],
    ['of too many years', { years: '101' }],
    ['of no day', { from: '2030-02-30' }],
    ['for which nobody answers', { by: '' }],
  ])('a period %s is refused and nothing is entered', async (_, changes) => {
    const before = await readRules(owner)
    await expect(run('rule', ...rule(changes as Record<string, string>))).rejects.toThrow(UsageError)
    expect(await readRules(owner)).toEqual(before)
  })
})

describe('archive due', () => {
  test('says by authority what comes due', async () => {
    const { out } = await run('due', '--authority', 'H99', '--days', '4000')
    expect(out).toMatch(/H99\.12\s+0 hủy được · may go, 1 sắp đến · coming/)
    expect((await run('due', '--authority', 'H99.13', '--days', '4000')).out).not.toContain('H99.12')
    await expect(run('due')).rejects.toThrow(UsageError)
  })
})

describe('archive export', () => {
  const asked = (out: string, ...more: string[]) => [
    ...['export', '--authority', 'H99.12', '--out', join(folder, out), '--purpose', 'Nộp lưu trữ lịch sử'],
    ...more,
  ]

  test.skipIf(!hasTools)('what it writes is checked by unzip and sha256sum alone', async () => {
    const { out } = await run(...asked('one.zip', '--code', dossier.code))
    expect(out).toContain('1 hồ sơ')
    expect(statSync(join(folder, 'one.zip')).mode & 0o077).toBe(0)
    const into = join(folder, 'opened')
    execFileSync('unzip', ['-q', join(folder, 'one.zip'), '-d', into])
    const manifest = JSON.parse(readFileSync(join(into, 'manifest.json'), 'utf8'))
    const sums = manifest.files
      .map(({ path, sha256 }: Record<string, string>) => `${sha256}  ${path}\n`)
      .join('')
    writeFileSync(join(into, 'SUMS'), sums)
    const said = execFileSync('sha256sum', ['--check', '--strict', 'SUMS'], { cwd: into, encoding: 'utf8' })
    expect(said.trim().split('\n')).toHaveLength(manifest.files.length)
    const journal = readFileSync(join(into, 'ho-so', dossier.code, 'journal.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
    const head = execFileSync('sha256sum', { input: journal.at(-1)!, encoding: 'utf8' }).slice(0, 64)
    expect(manifest.dossiers).toMatchObject([{ code: dossier.code, head, entries: journal.length }])
  })

  test('everything that ended by a day goes, and a file that is there already is not written over', async () => {
    expect((await run(...asked('all.zip', '--ended-by', '2026-12-31'))).out).toContain('1 hồ sơ')
    await expect(run(...asked('all.zip', '--ended-by', '2026-12-31'))).rejects.toThrow(/EEXIST/)
  })

  test.each([
    ['unknown', 'H99.12-261119-99999', /Không có hồ sơ này/],
    ['open', '', /chưa được phép/],
  ])('a dossier that is %s is refused', async (_, code, words) => {
    const asks = code || (await desk.file()).dossier.code
    await expect(run(...asked('no.zip', '--code', asks))).rejects.toThrow(words)
  })

  test('either codes or a day', async () => {
    await expect(run(...asked('no.zip'))).rejects.toThrow(UsageError)
    await expect(run(...asked('no.zip', '--code', 'x', '--ended-by', '2026-12-31'))).rejects.toThrow(
      UsageError,
    )
  })
})

test('archive run ends approved batches, and what is no word is refused', async () => {
  expect(await run('run')).toMatchObject({ code: 0, out: 'xong · done\n' })
  await expect(run('burn')).rejects.toThrow(UsageError)
})
