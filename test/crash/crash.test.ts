import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accepted } from '../../src/kernel/errors.ts'
import { stopPostgresIn } from '../../src/kernel/postgres/supervisor.ts'
import { dateOfLaw } from '../../src/kernel/time.ts'
import { compileForm } from '../../src/modules/forms/index.ts'
import { aSubmissionOf } from '../builders/a-filing.ts'
import { formJson } from '../builders/packages.ts'

const program = join(import.meta.dirname, '../../src/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'motcua-crash-'))
const port = await freePort()
const env = {
  ...process.env,
  DATABASE_URL: '',
  MOTCUA_DATA: folder,
  MOTCUA_PORT: String(port),
  MOTCUA_HOST: '127.0.0.1',
  MOTCUA_DEMO: 'yes',
  MOTCUA_DEMO_DOSSIERS: '0',
  MOTCUA_LOG_LEVEL: 'silent',
}
let server: ChildProcess | undefined
let lastWords = ''
let token: string
let body: string

beforeAll(async () => {
  server = await startServer()
  const words = ['--name', 'crash test', '--scope', 'dossiers:write', '--scope', 'dossiers:read']
  token = (await motcua('token', ...words)).trim()
  const form = accepted(compileForm(formJson('marital-status')))
  const submission = await aSubmissionOf(form, { today: dateOfLaw(new Date()) })
  body = JSON.stringify({ ...submission, applicant: { name: 'Nguyễn Thị Thử' } })
}, 120_000)

afterAll(async () => {
  server?.kill('SIGKILL')
  await stopPostgresIn(join(folder, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
})

async function startServer(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  lastWords = ''
  child.stderr!.on('data', (words) => {
    lastWords += words
  })
  await untilHealthy(() => child.exitCode === null)
  return child
}

async function untilHealthy(alive: () => boolean): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined)
    if (answer?.ok) return
    if (!alive()) throw new Error(`the server ended before it answered: ${lastWords}`)
    await sleep(100)
  }
}

async function motcua(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], { env })
  return stdout
}

/** The code of the dossier, or undefined when the server did not acknowledge it. */
async function file(key: string): Promise<string | undefined> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': key,
  }
  const url = `http://127.0.0.1:${port}/api/v1/dossiers`
  const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined)
  if (answer?.status !== 201) return undefined
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string }
  return code
}

/** Files 200 at once; `accident` happens when some are acknowledged and others are on their way. */
async function fileUntil(accident: () => void) {
  const acknowledged = new Map<string, string>()
  const keys = Array.from({ length: 200 }, () => randomUUID())
  let happened = false
  await Promise.all(
    keys.map(async (key) => {
      const code = await file(key)
      if (code !== undefined) acknowledged.set(key, code)
      if (acknowledged.size < 40 || happened) return
      happened = true
      accident()
    }),
  )
  return { keys, acknowledged }
}

/** Sends again what is not known to have arrived, as a careful client does. */
async function sendAgain(keys: readonly string[]): Promise<Map<string, string>> {
  const codes = new Map<string, string>()
  for (let i = 0; i < keys.length; i += 20)
    await Promise.all(
      keys.slice(i, i + 20).map(async (key) => {
        const code = await file(key)
        if (code !== undefined) codes.set(key, code)
      }),
    )
  return codes
}

const verify = async () => JSON.parse(await motcua('verify', '--json'))
let filed = 0

async function expectEachOnce({ keys, acknowledged }: Awaited<ReturnType<typeof fileUntil>>) {
  expect(acknowledged.size).toBeGreaterThanOrEqual(40)
  // Before anything is sent again: what is there is whole, and all that was acknowledged is among it.
  const found = await verify()
  expect(found).toMatchObject({ sound: true, chainFaults: [], differingRows: [] })
  expect(found.streams - filed).toBeGreaterThanOrEqual(acknowledged.size)
  expect(found.streams - filed).toBeLessThanOrEqual(keys.length)
  const again = await sendAgain(keys)
  expect(again.size).toBe(keys.length)
  for (const [key, code] of acknowledged) expect(again.get(key)).toBe(code)
  expect(new Set(again.values()).size).toBe(keys.length)
  filed += keys.length
  expect(await verify()).toMatchObject({ sound: true, streams: filed })
}

test('kill -9 of the server during 200 filings: what was acknowledged is there once, and nothing half-written', async () => {
  const running = server!
  const round = await fileUntil(() => running.kill('SIGKILL'))
  if (running.exitCode === null && running.signalCode === null) await once(running, 'exit')
  expect(round.acknowledged.size).toBeLessThan(200)
  // What the dead server had no time to count is no fault of the figures.
  expect(await verify()).toMatchObject({ sound: true, figures: [], times: [] })
  server = await startServer()
  await expectEachOnce(round)
}, 180_000)

test('kill -9 of PostgreSQL during 200 filings: the server brings it back, and nothing is lost', async () => {
  const postmaster = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const round = await fileUntil(() => process.kill(postmaster, 'SIGKILL'))
  await untilHealthy(() => server?.exitCode === null)
  await expectEachOnce(round)
}, 180_000)

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number }
      probe.close(() => resolve(free))
    })
  })
}
