// The queue of officers with three filters at once, beside very many dossiers: what the page asks, one after the
// other, by officers of every place. The last line is one JSON object; times are milliseconds of one query.
// `--stored`: finished dossiers; `--open`: those that wait for somebody; `--explain` prints the plan of the slowest.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Db, openDatabase } from '../src/kernel/db.ts'
import { accepted } from '../src/kernel/errors.ts'
import { newId } from '../src/kernel/ids.ts'
import { appRole, migrate } from '../src/kernel/migrate.ts'
import { startEmbeddedPostgres } from '../src/kernel/postgres/supervisor.ts'
import { dateOfLaw } from '../src/kernel/time.ts'
import { allOfficers } from '../src/modules/directory/index.ts'
import { createDossiers, type Dossiers, QueueFilter } from '../src/modules/dossiers/index.ts'
import { findForm } from '../src/modules/forms/index.ts'
import type { Officer } from '../src/modules/identity/index.ts'
import { loadReference } from '../src/reference.ts'
import { aSubmissionOf, theCitizenOf } from '../test/builders/a-filing.ts'
import { loadFinishedDossiers } from './load/finished-dossiers.ts'
import { loadOpenDossiers } from './load/open-dossiers.ts'

const { values: options } = parseArgs({
  options: {
    stored: { type: 'string', default: '1000000' },
    open: { type: 'string', default: '50000' },
    explain: { type: 'boolean', default: false },
  },
})
const stored = Number(options.stored)
const open = Number(options.open)
const calls = Number(process.env.BENCH_N ?? 60)

const when = { now: new Date('2026-11-24T03:00:00Z'), endOfToday: new Date('2026-11-24T16:59:59Z') }
const birth = '1.001193'
const filters = {
  'overdue, one procedure, online': { procedure: birth, channel: 'online', due: 'overdue' },
  'due today, one procedure, free': { procedure: birth, due: 'today', assignee: 'none' },
  'all later, one procedure, online': { view: 'all', procedure: birth, channel: 'online', due: 'later' },
  'nothing fits: another procedure, by post, later': { procedure: '1.004873', channel: 'post', due: 'later' },
  'oldest first, free, online': { view: 'unheld', channel: 'online', procedure: birth, sort: 'oldest' },
  'a name, online, overdue': { view: 'all', q: 'Nguyễn Thị', channel: 'online', due: 'overdue' },
} as const

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'motcua-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
try {
  await migrate(server.url)
  await loadReference(server.url)
  const db = openDatabase(server.url, { role: appRole, max: 4 })
  const dossiers = createDossiers(db, () => undefined)
  await load(db, dossiers)
  process.stdout.write(`${JSON.stringify(await measure(db, dossiers))}\n`)
  await db.close()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function load(db: Db, dossiers: Dossiers): Promise<void> {
  const owner = openDatabase(server.url, { max: 1 })
  const pattern = await aWithdrawnDossier(db, dossiers)
  await loadFinishedDossiers(owner, pattern, { from: 0, to: stored, profile: 'desk' })
  await loadOpenDossiers(owner, open, () => undefined)
  await owner.pool.query(
    `insert into dossiers.party (dossier_id, person_id, name, search_name, personal_id, phone, email, lookup_secret, filed_for)
     select d.id, null, name, lower(name), null, null, null, 'ABCD2345', '{"kind": "self"}'
     from dossiers.dossier d, lateral (select 'Nguyen Thi ' || right(d.code, 4) as name) n where d.closed_at is null`,
  )
  await owner.pool.query('vacuum analyze')
  await owner.close()
}

async function aWithdrawnDossier(db: Db, dossiers: Dossiers): Promise<string> {
  const citizen = theCitizenOf('marital-status')
  const now = new Date('2026-11-19T02:00:00Z')
  const form = await findForm(db, 'marital-status', { on: dateOfLaw(now) })
  const input = await aSubmissionOf(form!.compiled, { today: dateOfLaw(now) })
  const { dossier } = accepted(await dossiers.submit(citizen, input, { key: newId(), now }))
  accepted(await dossiers.act(citizen, dossier.code, { command: 'withdraw', reason: 'Thôi' }, { now }))
  return dossier.id
}

async function measure(db: Db, dossiers: Dossiers) {
  const officers = (await allOfficers(db)).flatMap(({ officerId, name, posts }): Officer[] =>
    posts.some(({ roles }) => roles.includes('specialist'))
      ? [{ kind: 'officer', officerId, name, posts: posts as Officer['posts'] }]
      : [],
  )
  const times: Record<string, number[]> = {}
  for (let call = 0; call < calls; call++)
    for (const [name, words] of Object.entries(filters)) {
      const officer = officers[(call * 7) % officers.length]!
      const begun = performance.now()
      await dossiers.queue(officer, QueueFilter.parse(words), when)
      times[name] ??= []
      times[name].push(performance.now() - begun)
    }
  const begun = performance.now()
  for (let call = 0; call < calls; call++)
    await dossiers.counts(officers[(call * 7) % officers.length]!, when)
  const counts = (performance.now() - begun) / calls
  const p95 = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, percentile(all, 0.95)]))
  if (options.explain) await explainSlowest(db, dossiers, officers[0]!, p95)
  const all = Object.values(times).flat()
  return {
    ...{
      bench: 'queue',
      stored,
      open,
      calls: all.length,
      p50: percentile(all, 0.5),
      p95: percentile(all, 0.95),
    },
    ...{ countsMean: Math.round(counts * 10) / 10, byFilter: p95 },
  }
}

async function explainSlowest(db: Db, dossiers: Dossiers, officer: Officer, p95: Record<string, number>) {
  const [slowest] = Object.entries(p95).toSorted(([, a], [, b]) => b - a)[0]!
  const { pool } = db
  const query = pool.query.bind(pool) as (text: string, values: unknown[]) => Promise<{ rows: object[] }>
  pool.query = (async ({ text, values }: { text: string; values: unknown[] }) => {
    const { rows } = await query(`explain (analyze, buffers) ${text}`, values)
    process.stderr.write(`${slowest}\n${rows.map((row) => Object.values(row)[0]).join('\n')}\n`)
    return { rows: [] }
  }) as never
  await dossiers.queue(officer, QueueFilter.parse(filters[slowest as keyof typeof filters]), when)
  pool.query = query as never
}

function percentile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]! * 10) / 10
}
