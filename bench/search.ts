// Procedure search as a portal asks it: HTTP, one process, the whole list, half of the words with a slip.
// Budget: p95 ≤ 10 ms. The last line is one JSON object; `door` is the same search without HTTP, in milliseconds.
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type Db, openDatabase } from '../src/kernel/db.ts'
import { migrate } from '../src/kernel/migrate.ts'
import { startEmbeddedPostgres } from '../src/kernel/postgres/supervisor.ts'
import { searchProcedures } from '../src/modules/catalogue/index.ts'
import { referenceText } from '../src/modules/directory/index.ts'
import { loadReference } from '../src/reference.ts'

const rounds = 4000
const together = 2

const folder = mkdtempSync(join(tmpdir(), 'motcua-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
try {
  await migrate(server.url)
  await loadReference(server.url)
  const db = openDatabase(server.url, { role: 'motcua_app', max: 4 })
  const report = await measure(db)
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
  const app = new Hono().get('/procedures', async (c) =>
    c.json(await searchProcedures(db, { q: c.req.query('q') })),
  )
  const http = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => http.once('listening', resolve))
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}/procedures?q=`
  const web = await times(questions, async (q) => (await fetch(address + encodeURIComponent(q))).text())
  http.close()
  return { bench: 'search', ...web, door, firstMs, budgetP95: 10 }
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
