// Where time goes: how many entries a second the feed turns into spans, and how long the figures of the busiest process
// take beside very many dossiers. The last line is one JSON object; times are milliseconds of one answer.
// `cpuMs`: of a core that one answer takes in the database, for when others want the cores as well.
// `--lived`: dossiers lived by the simulation; `--stored`: dossiers whose spans are there in the end, copies of those.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Db, openDatabase } from '../src/kernel/db.ts'
import { drainFeed, stampPositions } from '../src/kernel/feed.ts'
import { appRole, migrate } from '../src/kernel/migrate.ts'
import { startEmbeddedPostgres } from '../src/kernel/postgres/supervisor.ts'
import { getProcess } from '../src/modules/processes/index.ts'
import { spansConsumer, type TimeAsked, whereTimeGoes } from '../src/modules/reform/index.ts'
import { loadReference } from '../src/reference.ts'
import { lastDays } from '../src/simulation/filings.ts'
import { simulate } from '../src/simulation/simulate.ts'
import { cpuSecondsOf } from './load/cpu-of-server.ts'

const { values: options } = parseArgs({
  options: { lived: { type: 'string', default: '2000' }, stored: { type: 'string', default: '100000' } },
})
const [lived, stored] = [Number(options.lived), Number(options.stored)]
const calls = Number(process.env.BENCH_N ?? 20)
const now = new Date('2026-11-20T03:00:00.000Z')

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'motcua-bench-'))
const dataDir = join(folder, 'postgres')
const server = await startEmbeddedPostgres({ dataDir })
try {
  await migrate(server.url)
  await loadReference(server.url)
  const db = openDatabase(server.url, { role: appRole, max: 6 })
  await simulate(db, { span: lastDays(360, lived, now), seed: 5, now })
  const entriesPerSecond = await follow(db)
  const owner = openDatabase(server.url, { max: 1 })
  await multiply(owner)
  await owner.close()
  process.stdout.write(`${JSON.stringify({ lived, stored, entriesPerSecond, ...(await measure(db)) })}\n`)
  await db.close()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Entries a second from the feed to the last span. */
async function follow(db: Db): Promise<number> {
  while ((await stampPositions(db)) > 0);
  const { rows } = await db.pool.query('select count(*)::int as n from feed.position')
  const begun = performance.now()
  await drainFeed(db, [spansConsumer(db)])
  return Math.round((rows[0].n / (performance.now() - begun)) * 1000)
}

/** Copies of all spans under other dossiers, with times of their own, until so many are there. */
async function multiply(owner: Db): Promise<void> {
  const { rows } = await owner.pool.query('select count(*)::int as n from reform.dossier_time')
  const copies = Math.max(0, Math.round(stored / rows[0].n) - 1)
  const columns = async (table: string) =>
    (
      await owner.pool.query(
        `select column_name as name from information_schema.columns
         where table_schema = 'reform' and table_name = $1 order by ordinal_position`,
        [table],
      )
    ).rows.map(({ name }) => name as string)
  for (const table of ['step_span', 'dossier_time']) {
    const names = await columns(table)
    const copied = names.map((name) => {
      if (name === 'dossier_id') return `md5(dossier_id::text || n)::uuid`
      if (['waiting', 'working', 'round_waiting', 'round_working'].includes(name)) return `${name} + n % 37`
      return /_(waiting|working)$/.test(name) ? `${name} + n % 37` : name
    })
    await owner.pool.query(
      `insert into reform.${table} (${names.join(', ')})
       select ${copied.join(', ')} from reform.${table}, generate_series(1, ${copies}) n`,
    )
  }
  await owner.pool.query('vacuum analyze reform.step_span, reform.dossier_time')
}

async function measure(db: Db) {
  const { rows } = await db.pool.query(
    `select process_key as key, count(*)::int as dossiers from reform.dossier_time group by 1 order by 2 desc limit 1`,
  )
  const [{ key, dossiers }] = rows
  const { compiled } = await getProcess(db, key, 1)
  const everything: TimeAsked = { key, version: 1, authority: null, from: null, to: null }
  const asked: Record<string, TimeAsked> = {
    everything,
    'three months': { ...everything, from: '2026-08-20', to: '2026-11-20' },
    'one commune, three months': {
      ...everything,
      ...{ authority: 'H99.12', from: '2026-08-20', to: '2026-11-20' },
    },
    'one commune': { ...everything, authority: 'H99.12' },
  }
  const ms: Record<string, { p50: number; p95: number; cpuMs: number | undefined }> = {}
  for (const [name, each] of Object.entries(asked)) {
    const times: number[] = []
    const cpuBefore = cpuSecondsOf(dataDir)
    for (let call = 0; call < calls; call++) {
      const begun = performance.now()
      await whereTimeGoes(db.pool, each, { process: compiled, named: ['H99.12'], now })
      times.push(performance.now() - begun)
    }
    const cpu = cpuSecondsOf(dataDir)
    const cpuMs = cpu && cpuBefore && Math.round(((cpu - cpuBefore) * 1000) / calls)
    times.sort((a, b) => a - b)
    const at = (part: number) => Math.round(times[Math.min(calls - 1, Math.floor(calls * part))]! * 10) / 10
    ms[name] = { p50: at(0.5), p95: at(0.95), cpuMs }
  }
  return { busiest: { key, dossiers }, ms }
}
