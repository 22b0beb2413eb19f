// Filings through the whole REST API (session, validation, codes, journal) against a bare Hono route that runs the
// same statement, and against the statement alone by the same driver; the load comes from a process of its own on
// the same cores. Rounds alternate, so that a busy machine slows all three alike. The last line is one JSON object.
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type App, createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { restOf } from '../src/http-server.ts'
import { accepted } from '../src/kernel/errors.ts'
import { newId } from '../src/kernel/ids.ts'
import { openLog } from '../src/kernel/log.ts'
import { migrate } from '../src/kernel/migrate.ts'
import { startEmbeddedPostgres } from '../src/kernel/postgres/supervisor.ts'
import { dateOfLaw } from '../src/kernel/time.ts'
import type { appendQuery, SubmissionInput } from '../src/modules/dossiers/index.ts'
import { findForm } from '../src/modules/forms/index.ts'
import { loadReference } from '../src/reference.ts'
import { aSubmissionOf, theCitizenOf } from '../test/builders/a-filing.ts'
import { openGenerator } from './load/generator-process.ts'

const formKey = 'marital-status'
const rounds = Number(process.env.BENCH_ROUNDS ?? 6)
const perRound = Number(process.env.BENCH_N ?? 1500)
const concurrency = 32

const folder = mkdtempSync(join(tmpdir(), 'motcua-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
try {
  await migrate(server.url)
  await loadReference(server.url)
  const config = { ...readConfig({}), dataDir: folder }
  const log = openLog('warn')
  const app = await createApp({ config, databaseUrl: server.url, secret: 'x'.repeat(40), log })
  process.stdout.write(`${JSON.stringify(await measure(app))}\n`)
  await app.close()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(app: App) {
  const { cookie, input } = await theFiling(app)
  const statement = await theStatement(app, input)
  const http = await serveOn(new Hono().route('/api/v1', restOf(app)))
  const bare = await serveOn(
    new Hono().post('/bare', async (context) => {
      const { code, ...query } = statement.fresh()
      await app.db.pool.query(query)
      return context.json({ code }, 201)
    }),
  )
  const generator = openGenerator()
  const common = {
    headers: { cookie, origin: app.config.baseUrl, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(input),
    concurrency,
  }
  const filing = { ...common, port: http.port, path: '/api/v1/dossiers' }
  const plain = { ...common, port: bare.port, path: '/bare' }
  const spent = { http: 0, bare: 0, raw: 0 }
  // The first round warms compilers, caches and prepared statements, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const n = round === 0 ? 500 : perRound
    const took = {
      http: await secondsOf(generator, { ...filing, n }),
      bare: await secondsOf(generator, { ...plain, n }),
      raw: await secondsRaw(app, statement, n),
    }
    if (round > 0) for (const key of ['http', 'bare', 'raw'] as const) spent[key] += took[key]
  }
  generator.stop()
  http.close()
  bare.close()
  const n = rounds * perRound
  return {
    bench: 'filing',
    http: Math.round(n / spent.http),
    bare: Math.round(n / spent.bare),
    raw: Math.round(n / spent.raw),
    ratioToBare: ratio(spent.bare, spent.http),
    ratioToRaw: ratio(spent.raw, spent.http),
    n,
    concurrency,
  }
}

/** A citizen with a session, and a complete declaration. */
async function theFiling(app: App) {
  const { name, personalId, dateOfBirth, phone, assurance } = theCitizenOf(formKey)
  const profile = { subject: 'bench', name, personalId, dateOfBirth, phone, assurance, organisations: [] }
  const cookie = accepted(await app.identity.openSessionFor(profile))
  const today = dateOfLaw(app.now())
  const form = await findForm(app.db, formKey, { on: today })
  return { cookie, input: await aSubmissionOf(form!.compiled, { today }) }
}

type Statement = Awaited<ReturnType<typeof theStatement>>

/** The statement that this very filing runs, taken while it runs, and the same again with fresh ids. */
async function theStatement(app: App, input: SubmissionInput) {
  const { pool } = app.db
  const query = pool.query
  let taken: ReturnType<typeof appendQuery> | undefined
  pool.query = ((...words: unknown[]) => {
    const [statement] = words as [ReturnType<typeof appendQuery>]
    if (statement.name === 'dossiers.append') taken = statement
    return (query as (...words: unknown[]) => unknown).apply(pool, words)
  }) as typeof pool.query
  const actor = theCitizenOf(formKey)
  const filed = accepted(await app.dossiers.submit(actor, input, { key: newId(), now: app.now() }))
  pool.query = query
  if (taken === undefined) throw new Error('no statement was run')
  const { name, text, values } = taken
  const { id, code } = filed.dossier
  let made = 0
  return {
    fresh() {
      made += 1
      const other = { id: newId(), code: `${code.slice(0, -5)}${String(200_000 + made)}`, key: newId() }
      const swap = (value: string) => value.replaceAll(id, other.id).replaceAll(code, other.code)
      const swapped = values.map((value) =>
        typeof value === 'string'
          ? swap(value)
          : Array.isArray(value)
            ? value.map((item) => (typeof item === 'string' ? swap(item) : item))
            : value,
      )
      swapped[15] = JSON.stringify([{ scope: 'bench', key: other.key, dossier_id: other.id }])
      return { name, text, values: swapped, code: other.code }
    },
  }
}

async function secondsOf(
  generator: ReturnType<typeof openGenerator>,
  round: Parameters<typeof generator.play>[0],
) {
  const { seconds, others } = await generator.play(round)
  if (Object.keys(others).length > 0) throw new Error(`unexpected answers: ${JSON.stringify(others)}`)
  return seconds
}

async function secondsRaw(app: App, statement: Statement, n: number): Promise<number> {
  let left = n
  const worker = async () => {
    while (left-- > 0) {
      const { code: _, ...query } = statement.fresh()
      await app.db.pool.query(query)
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: concurrency }, worker))
  return (performance.now() - begun) / 1000
}

async function serveOn(hono: Hono) {
  const http = serve({ fetch: hono.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => http.once('listening', resolve))
  return { port: (http.address() as AddressInfo).port, close: () => http.close() }
}

function ratio(part: number, whole: number): number {
  return Math.round((part / whole) * 100) / 100
}
