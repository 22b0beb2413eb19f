import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { UsageError } from './command.ts'
import command from './index.ts'

afterEach(() => vi.restoreAllMocks())

/** What the command answers, says and complains about. */
async function run(input: string, ...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += text
      return true
    })
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([input]) as never)
  const status = await command.run(args).finally(() => vi.restoreAllMocks())
  return { status, out: said.stdout, err: said.stderr }
}

test('scored: one JSON object and nothing else on the output, code 0', async () => {
  const { status, out, err } = await run(
    '{"onTime":[9,10],"certifiedCopies":true}',
    'score',
    '--set',
    '766-2026',
  )
  const { indicators, groups, total, band } = JSON.parse(out)
  expect([status, err]).toEqual([0, ''])
  expect(indicators.onTime).toEqual({ ratio: 0.9, points: 18, max: 20 })
  expect(indicators.synced).toMatchObject({ missing: true, points: null })
  expect([groups.TDGQ, total, band]).toEqual([{ points: 18, max: 20 }, 20, null])
})

test.each([
  ['larger than its base', '{"onTime":[5,3]}', /onTime.*larger/],
  ['negative', '{"onTime":[-1,3]}', /onTime.*negative/],
  ['fractional', '{"onTime":[0.5,3]}', /onTime.*whole number/],
  ['huge', '{"onTime":[1,1e300]}', /onTime.*too large/],
  ['text', '{"onTime":["1","2"]}', /onTime.*Two numbers/],
  ['an unknown figure', '{"speed":[1,2]}', /speed.*There is no figure/],
  ['a figure twice', '{"onTime":[1,2],"onTime":[2,2]}', /onTime.*more than once/],
  ['no JSON', 'onTime 1 2', /not JSON/],
])('%s is refused: nothing on the output, words on the other, code 1', async (_, input, words) => {
  const { status, out, err } = await run(input, 'score')
  expect([status, out]).toEqual([1, ''])
  expect(err).toMatch(words)
})

test.each([
  ['a set that nobody knows', ['score', '--set', 'no-such'], /no set "no-such"; known are .*766-2026/],
  ['a level that nobody knows', ['score', '--level', 'village'], /--level takes/],
  ['another option', ['score', '--speed', '1'], /speed/],
  ['another word', ['rank'], /motcua index score/],
])('%s is a wrong command line', async (_, args, words) => {
  const failed = await run('{}', ...args).catch((error) => error)
  expect(failed).toBeInstanceOf(UsageError)
  expect(failed.message).toMatch(words)
})

test('as a process of its own without a database: words and code 2 for a wrong command line, nothing on the output', async () => {
  const { DATABASE_URL: _, ...env } = process.env
  const main = join(import.meta.dirname, '../main.ts')
  const { code, out, err } = await new Promise<{ code: unknown; out: string; err: string }>((resolve) =>
    execFile(process.execPath, [main, 'index', 'score', '--set', 'no-such'], { env }, (error, out, err) =>
      resolve({ code: error?.code, out, err }),
    ).stdin?.end('{}'),
  )
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/no set "no-such"/)
})
