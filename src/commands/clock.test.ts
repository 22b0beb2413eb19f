import { afterEach, expect, test, vi } from 'vitest'
import { testDatabase } from '../../test/harness/database.ts'
import clock from './clock.ts'
import { UsageError } from './command.ts'

const { url } = await testDatabase({ reference: true })

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** What `motcua clock due` prints for options written as on a command line. */
async function said(words: string): Promise<string> {
  const printed: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  await clock.run(['due', ...words.split(' ')])
  return printed.join('')
}
const json = async (words: string) => JSON.parse(await said(`${words} --json`))
const tet = '--accepted 2026-02-13T09:00+07:00 --limit 5'
const at = (wall: string) => new Date(`${wall}:00+07:00`).toISOString()

test('tells the due date in words, with each span counted and skipped', async () => {
  const text = await said(`${tet} --unit working-day`)
  expect(text).toContain('Hạn · due: 2026-02-27T10:00:00.000Z (17:00 thứ Sáu 27/02/2026)')
  expect(text).toContain('nghỉ Tết Nguyên đán Bính Ngọ')
  expect(await said(`${tet} --lang en`)).toContain('public holiday')
})

test.each([
  ['--unit working-day', '2026-02-27T17:00'],
  ['--unit day', '2026-02-23T17:00'],
  ['--unit working-hour', '2026-02-13T16:00'],
  ['--unit same-day', '2026-02-13T17:00'],
  ['--cut-off 08:00', '2026-03-02T17:00'],
  ['--addition 2', '2026-03-03T17:00'],
  ['--extension 2', '2026-03-03T17:00'],
  ['--hours 08:00-12:00,13:00-16:00', '2026-02-27T16:00'],
  ['--pause 2026-02-24T07:30+07:00/2026-02-25T07:30+07:00', '2026-03-02T17:00'],
  ['--restart --pause 2026-02-24T07:30+07:00/2026-02-25T07:30+07:00', '2026-03-04T17:00'],
])('%s', async (more, due) => {
  expect((await json(`${tet} ${more}`)).dueAt).toBe(at(due))
})

test('a pause that lasts leaves no due date', async () => {
  expect((await json(`${tet} --pause 2026-02-24T07:30+07:00/`)).dueAt).toBeNull()
})

test('the date of the index gives waiting back where the legal count begins anew', async () => {
  const paused = '--restart --pause 2026-02-24T07:30+07:00/2026-02-25T07:30+07:00'
  const due = await json(`${tet} ${paused} --index`)
  expect(due.index.dueAt).toBe(at('2026-03-02T17:00'))
  expect(due.dueAt).toBe(at('2026-03-04T17:00'))
  expect(await said(`${tet} ${paused} --index`)).toContain('by the index: 2026-03-02T10:00')
})

test('an authority brings its own hours and the days of its territory, from the database', async () => {
  vi.stubEnv('DATABASE_URL', url)
  const due = await json(`${tet} --authority H99.12`)
  expect(due.dueAt).toBe(at('2026-02-27T17:30'))
  expect(due.calendarVersion).toContain('VN-2026.1')
  const then = await json(`${tet} --authority H99.12 --calendar VN-2026.1`)
  expect(then.calendarVersion).toBe('VN-2026.1 @12345/07:30-11:30,13:30-17:30')
  await expect(said(`${tet} --authority H98`)).rejects.toThrow('no authority has the code H98')
  await expect(said(`${tet} --authority H99.12 --calendar VN-2026.7`)).rejects.toThrow('never published')
})

test('a year whose days off were not published is named in a sentence', async () => {
  const asked = said('--accepted 2027-12-20T09:00+07:00 --limit 30')
  await expect(asked).rejects.toThrow(
    'the days off of 2028 were not published for VN, so there is no due date',
  )
  await expect(asked).rejects.toBeInstanceOf(UsageError)
})

test.each([
  '--accepted 2026-02-13T09:00+07:00',
  '--limit 5',
  '--accepted 2026-02-13 --limit 5',
  '--accepted tomorrow --limit 5',
  '--accepted 2026-02-30T09:00 --limit 5',
  '--accepted 9999-12-31T23:59+07:00 --limit 1',
  '--accepted 1800-01-01T09:00+07:00 --limit 1',
  `${tet} --limit -1`,
  `${tet} --limit 2001`,
  `${tet} --limit 1000`,
  `${tet} --limit 2.5`,
  `${tet} --limit many`,
  `${tet} --unit week`,
  `${tet} --cut-off 25:00`,
  `${tet} --addition -2`,
  `${tet} --addition 5000`,
  `${tet} --extension 1.5`,
  `${tet} --pause 2026-02-24T07:30+07:00`,
  `${tet} --pause 2026-02-25T07:30+07:00/2026-02-24T07:30+07:00`,
  `${tet} --hours 11:30-07:30`,
  `${tet} --hours noon`,
  `${tet} --hours 07:30-11:30 --authority H99.12`,
  `${tet} --calendar VN-2026.1`,
  `${tet} --lang fr`,
  `${tet} --colour red`,
])('refuses %s as a mistake of use', async (words) => {
  await expect(said(words)).rejects.toBeInstanceOf(UsageError)
})

test('the help names every option', () => {
  for (const option of ['accepted', 'limit', 'unit', 'cut-off', 'addition', 'extension', 'pause', 'restart'])
    expect(clock.help).toContain(`--${option}`)
  for (const option of ['index', 'authority', 'calendar', 'hours', 'lang', 'json'])
    expect(clock.help).toContain(`--${option}`)
})
