import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { aDesk, staff } from '../../test/builders/a-desk.ts'
import { accepted } from '../kernel/errors.ts'
import { migrateJobs } from '../kernel/jobs.ts'
import { findYear } from '../modules/calendar/index.ts'
import command from './calendar.ts'
import { readDaysFile } from './calendar-file.ts'

const header = 'date,weekday,kind,name_vi,status,basis,note'
const folder = mkdtempSync(join(tmpdir(), 'motcua-calendar-'))
const desk = await aDesk()

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', desk.database.url)
  vi.stubEnv('MOTCUA_DATA', folder)
  await migrateJobs(desk.database.url)
})
afterEach(() => vi.restoreAllMocks())
afterAll(async () => {
  vi.unstubAllEnvs()
  await desk.db.close()
  rmSync(folder, { recursive: true, force: true })
})

async function run(...args: string[]) {
  const said = { out: '', err: '' }
  const listen = (stream: 'stdout' | 'stderr', to: 'out' | 'err') =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[to] += text
      return true
    })
  listen('stdout', 'out')
  listen('stderr', 'err')
  const code = await command.run(args)
  vi.restoreAllMocks()
  return { code, ...said }
}

function aFile(...lines: string[]): string {
  const path = join(folder, 'days.csv')
  writeFileSync(path, [header, ...lines].join('\n'))
  return path
}

const flood = '2026-11-20,Fri,statutory_holiday,Nghỉ vì lũ,official,Công điện 5,'
const h99 = ['--territory', 'H99', '--year', '2026']
const answered = ['--source', 'Công điện 5', '--by', 'vận hành']

test('reads days as the reference file writes them, and says on which line something is wrong', () => {
  const { days, lines, problems } = readDaysFile(
    [header, flood, '', ',,,,,,', '2026-11-23,Sun,swapped_off,"Nghỉ, đổi",,QĐ 1,ghi chú'].join('\n'),
  )
  expect(days).toEqual([
    {
      ...{ date: '2026-11-20', kind: 'statutory_holiday', name: 'Nghỉ vì lũ' },
      ...{ status: 'official', basis: 'Công điện 5', note: null },
    },
    {
      ...{ date: '2026-11-23', kind: 'swapped_off', name: 'Nghỉ, đổi' },
      ...{ status: 'official', basis: 'QĐ 1', note: 'ghi chú' },
    },
  ])
  expect(lines).toEqual([2, 5])
  expect(problems).toMatchObject([{ line: 5, column: 'weekday', en: 'this date is Mon, not Sun' }])
})

test.each(['date,kind\n2026-01-01,x', `${header}\n"2026`])(
  'a file that is none is told as a whole',
  (text) => {
    expect(readDaysFile(text)).toMatchObject({ days: [], problems: [{ line: 1 }] })
  },
)

test('lists what is published', async () => {
  const { code, out } = await run('list', '--year', '2026', '--json')
  const { years, published } = JSON.parse(out)
  expect(code).toBe(0)
  expect(years).toContain(2026)
  expect(published.days).toContainEqual(expect.objectContaining({ date: '2026-09-02' }))
  expect((await run('list', '--territory', 'H99', '--year', '2026')).out).toContain('not published')
})

test('previews, publishes and recomputes, and the second time changes nothing', async () => {
  const { dossier } = await desk.file()
  const before = accepted(await desk.act(desk.officer(staff.reception), dossier, { command: 'accept' }))
  const file = ['--file', aFile(flood)]
  const preview = JSON.parse((await run('preview', ...h99, ...file, '--json')).out)
  expect(preview).toMatchObject({ moved: 1, later: 1, complete: true })
  expect((await desk.stored(dossier)).sequence).toBe(before.sequence)
  const { code, out } = await run('publish', ...h99, ...file, ...answered, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ version: 1, recomputed: { moved: 1, later: 1, by: 'vận hành' } })
  expect((await desk.stored(dossier)).dueAt! > before.dueAt!).toBe(true)
  const again = await run('publish', ...h99, ...file, ...answered)
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing changes') })
  const recomputed = await run('recompute', ...answered, '--json')
  expect(JSON.parse(recomputed.out)).toMatchObject({ territory: 'VN', version: null, moved: 0 })
})

test('refuses a file with every problem on its line, and publishes nothing of it', async () => {
  const file = aFile(
    '2026-11-24,Mon,statutory_holiday,Nghỉ,official,QĐ 1,',
    '2027-01-04,,statutory_holiday,,official,QĐ 1,',
    '2026-11-25,,makeup_workday,Làm bù,official,QĐ 1,',
  )
  const before = await findYear(desk.db.pool, { territory: 'H99', year: 2026 })
  const { code, err } = await run('publish', ...h99, '--file', file, ...answered)
  expect(code).toBe(1)
  for (const said of ['csv:2 weekday', 'csv:3 name_vi', 'csv:3 date', 'csv:4 date'])
    expect(err).toContain(said)
  expect(await findYear(desk.db.pool, { territory: 'H99', year: 2026 })).toEqual(before)
  const unknown = await run('preview', '--territory', 'H98', '--year', '2026', '--file', aFile(flood))
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('H98') })
})

test.each([
  [['publish', ...h99, '--file', 'x.csv'], '--source and --by'],
  [['publish', ...h99, ...answered], '--file is needed'],
  [['publish', '--file', '/nowhere/x.csv', ...answered], 'ENOENT'],
  [['preview', '--territory', 'H99', '--file', 'db/reference/holidays.csv'], '--year is needed'],
  [['recompute', '--territory', 'H98', ...answered], 'H98'],
  [['toString'], 'list | preview'],
])('a wrong command line is told: %j', async (args, said) => {
  await expect(run(...args)).rejects.toThrow(said)
  vi.restoreAllMocks()
})
