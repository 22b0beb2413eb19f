// Procedure search as a portal asks it: HTTP, one process, half of the words with a slip; over the list that is
// shipped, and over lists of 6,000 and 60,000 procedures whose names are made of the halves of real ones.
// Budget: p95 ≤ 10 ms over a national list. The last line is one JSON object; `door` is the same search without HTTP,
// in milliseconds, `firstMs` the time until the index of a process stands.
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { type Db, openDatabase } from '../src/kernel/db.ts'
import { mountRoutes } from '../src/kernel/http.ts'
import { openLog } from '../src/kernel/log.ts'
import { migrate } from '../src/kernel/migrate.ts'
import { startEmbeddedPostgres } from '../src/kernel/postgres/supervisor.ts'
import { catalogueChanged, catalogueRoutes, searchProcedures } from '../src/modules/catalogue/index.ts'
import { referenceText } from '../src/modules/directory/index.ts'
import { loadReference } from '../src/reference.ts'

const rounds = 4000
const together = 2
const sizes = [6_000, 60_000]

const folder = mkdtempSync(join(tmpdir(), 'motcua-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
try {
  await migrate(server.url)
  await loadReference(server.url)
  const db = openDatabase(server.url, { role: 'motcua_app', max: 4 })
  const report: Record<string, unknown> = { bench: 'search', ...(await measure(db)), budgetP95: 10 }
  for (const size of sizes) {
    await growTo(size, db)
    report[`of${size}`] = await measure(db)
  }
  await db.close()
  process.stdout.write(`${JSON.stringify(report)}\n`)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(db: Db) {
  const questions = await theQuestions()
  const begun = performance.now()
  await searchProcedures(db, { q: 'khai sinh' })
  const firstMs = round(performance.now() - begun)
  const door = await times(questions, (q) => searchProcedures(db, { q, limit: 20 }))
  const web = await overHttp(db, (ask) => times(questions, ask))
  return { ...web, door, firstMs }
}

/** Adds procedures until there are so many: the first half of one name and the second half of another. */
async function growTo(size: number, db: Db): Promise<void> {
  const { rows } = await db.pool.query<{ name: string; field: string | null }>(
    'select name, field from catalogue.procedure where source <> $1 order by code',
    ['bench'],
  )
  const { rows: counted } = await db.pool.query<{ count: number }>(
    'select count(*)::int as count from catalogue.procedure',
  )
  const missing = Math.max(0, size - counted[0]!.count)
  const halves = rows.map(({ name }) => halvesOf(name))
  const made = Array.from({ length: missing }, (_, i) => ({
    code: `8.${String(counted[0]!.count + i).padStart(6, '0')}`,
    name: `${halves[i % halves.length]![0]} ${halves[(i * 7919 + 13) % halves.length]![1]}`,
    field: rows[(i * 104_729) % rows.length]!.field,
  }))
  await db.pool.query(
    `insert into catalogue.procedure (code, name, field, source, as_of)
     select code, name, field, 'bench', '2026-11-20' from json_to_recordset($1) as m(code text, name text, field text)`,
    [JSON.stringify(made)],
  )
  await catalogueChanged(db)
}

function halvesOf(name: string): [string, string] {
  const words = name.split(' ')
  const middle = Math.ceil(words.length / 2)
  return [words.slice(0, middle).join(' '), words.slice(middle).join(' ')]
}

async function overHttp<T>(db: Db, work: (ask: (q: string) => Promise<void>) => Promise<T>): Promise<T> {
  const rest = mountRoutes({
    app: { db },
    routes: catalogueRoutes,
    resolveActor: async () => ({ kind: 'anonymous' as const }),
    now: () => new Date(),
    log: openLog('silent'),
    title: 'bench',
    version: '0',
  })
  const http = serve({ fetch: rest.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => http.once('listening', resolve))
  const { port } = http.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: together })
  try {
    return await work((q) => asked({ port, agent, path: `/procedures?q=${encodeURIComponent(q)}` }))
  } finally {
    agent.destroy()
    http.close()
  }
}

function asked(options: { port: number; agent: Agent; path: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', ...options }, (answer) => {
      answer.resume()
      answer.once('end', resolve)
    }).once('error', reject)
  })
}

async function times(questions: readonly string[], ask: (q: string) => Promise<unknown>) {
  const taken: number[] = []
  let next = 0
  const worker = async () => {
    while (next < rounds) {
      const q = questions[next++ % questions.length]!
      const begun = performance.now()
      await ask(q)
      taken.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: together }, worker))
  taken.sort((a, b) => a - b)
  const at = (share: number) => round(taken[Math.min(taken.length - 1, Math.floor(taken.length * share))]!)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), n: taken.length }
}

// What people type: plain names and synonyms, as they are and with one letter wrong, and codes.
async function theQuestions(): Promise<string[]> {
  const { procedures } = JSON.parse(await referenceText('plain-names.json')) as {
    procedures: { codes: string[]; plainName: string; synonyms: string[] }[]
  }
  const right = procedures.flatMap(({ codes, plainName, synonyms }) => [plainName, ...synonyms, ...codes])
  return [...right, ...right.map(withSlip)]
}

function withSlip(text: string, seed: number): string {
  const letters = 'aeiouynhgtcx'
  const at = (seed * 7919) % text.length
  return text.slice(0, at) + letters[seed % letters.length] + text.slice(at + 1)
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
