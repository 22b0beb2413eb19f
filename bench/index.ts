// The live index beside many dossiers: what a board asks at the server, how soon an entry is in the figures at a steady
// rate, and the proof of all figures from the journal; each beside a plain aggregation of the same figures in SQL. The
// last line is one JSON object. `--dossiers N` lives of one year; `--seconds N` of the steady rate. `--grow A,B,C` loads
// as many one after the other and prints a line for each, then how each figure grew.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Db, openDatabase } from '../src/kernel/db.ts'
import { runFeed } from '../src/kernel/feed.ts'
import { openLog } from '../src/kernel/log.ts'
import { appRole, migrate } from '../src/kernel/migrate.ts'
import { startEmbeddedPostgres } from '../src/kernel/postgres/supervisor.ts'
import {
  boardSummary,
  forgetScores,
  indexUnits,
  indicatorsConsumer,
  periodNamed,
  rebuild,
  scoresAround,
  scoreUnits,
  shippedSets,
  verifyFigures,
} from '../src/modules/indicators/index.ts'
import { loadReference } from '../src/reference.ts'
import { aDossier, storeDossier } from '../test/builders/a-dossier.ts'
import { measurePages } from './load/board-pages.ts'
import { cpuSecondsOf } from './load/cpu-of-server.ts'
import { loadYearOfDossiers, plainFigures, plainMonth } from './load/year-of-dossiers.ts'

const { values: options } = parseArgs({
  options: {
    dossiers: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '15' },
    rate: { type: 'string', default: '200' },
    grow: { type: 'string' },
  },
})
const stages = (options.grow ?? options.dossiers).split(',').map(Number)
let filed = 0
const rounds = Number(process.env.BENCH_N ?? 40)
const now = new Date('2026-11-20T03:00:00Z')

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'motcua-bench-'))
const dataDir = join(folder, 'postgres')
const server = await startEmbeddedPostgres({ dataDir })
try {
  await migrate(server.url)
  await loadReference(server.url)
  const owner = openDatabase(server.url, { max: 1 })
  const db = openDatabase(server.url, { role: appRole, max: 8 })
  const measured: Measured[] = []
  for (const [i, count] of stages.entries()) {
    await loadYearOfDossiers(owner, count, stages[i - 1] ?? 0)
    measured.push(await measure({ db, owner }, count))
    process.stdout.write(`${JSON.stringify({ bench: 'index', ...measured.at(-1) })}\n`)
  }
  if (measured.length > 1)
    process.stdout.write(`${JSON.stringify({ bench: 'index', growth: growth(measured) })}\n`)
  await Promise.all([db.close(), owner.close()])
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

type Measured = Awaited<ReturnType<typeof measure>>

async function measure({ db, owner }: { db: Db; owner: Db }, count: number) {
  const { result: _, ...rebuilt } = await timed(() => countAll(db, owner))
  const board = await measureBoard(db)
  const web = await measurePages({ url: server.url, folder, rounds })
  const { result: proof, ...proving } = await timed(() => verifyFigures(db))
  if (proof.differences.length > 0) throw new Error(JSON.stringify(proof.differences.slice(0, 5)))
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
  const plain = await timed(() => plainFigures(owner))
  const event = await measureEvents(db)
  return {
    ...{ dossiers: count, load: loadNow() },
    board,
    web,
    event,
    verify: {
      ...{ ...proving, megabytes, cells: proof.cells, perDossier: microseconds(proving, count) },
      ...{ plainSeconds: plain.seconds, plainCoreSeconds: coreSeconds(plain) },
      ratioToPlain: round(proving.seconds / plain.seconds),
      coreRatioToPlain: round(coreSeconds(proving) / coreSeconds(plain)),
    },
    rebuild: { ...rebuilt, perDossier: microseconds(rebuilt, count) },
  }
}

/** How many times as much each figure is in the last stage as in the first. */
function growth(measured: readonly Measured[]) {
  const [first, last] = [measured[0]!, measured.at(-1)!]
  const times = (of: (each: Measured) => number) => round(of(last) / of(first))
  return {
    dossiers: times(({ dossiers }) => dossiers),
    unitP95: times(({ board }) => board.p95.unit!),
    rankingP95: times(({ board }) => board.p95.ranking!),
    summaryP95: times(({ board }) => board.p95.summary!),
    eventP95: times(({ event }) => event.p95),
    verifyCore: times(({ verify }) => verify.ownSeconds + verify.databaseSeconds),
    verifyMemory: times(({ verify }) => verify.megabytes),
    plainCore: times(({ verify }) => verify.plainCoreSeconds),
    rebuildCore: times(({ rebuild }) => rebuild.ownSeconds + rebuild.databaseSeconds),
  }
}

interface Lasted {
  seconds: number
  ownSeconds: number
  databaseSeconds: number
}

function coreSeconds({ ownSeconds, databaseSeconds }: Lasted): number {
  return round(ownSeconds + databaseSeconds)
}

function microseconds(lasted: Lasted, dossiers: number): number {
  return Math.round((coreSeconds(lasted) / dossiers) * 1_000_000)
}

/** Counts what was loaded, as a server does after an upgrade, and lets the feed stand where all is counted. */
async function countAll(db: Db, owner: Db): Promise<void> {
  await rebuild(db)
  await owner.pool.query(
    `insert into feed.cursor (consumer, position) select 'indicators', last_position from feed.sequencer
     on conflict (consumer) do update set position = excluded.position`,
  )
  await owner.pool.query('vacuum analyze')
}

/**
 * What pages ask: one unit and all units with nothing remembered; everything that a board shows (`start`: the first one
 * after the server did, `board`: each second); the older board; and one unit from the dossiers themselves.
 */
async function measureBoard(db: Db) {
  const [set] = (await shippedSets()).filter(({ key }) => key === '766-2026')
  const units = await indexUnits(db, { below: 'H99', from: '2026-01-01', to: '2026-12-31' })
  const communes = units.filter(({ level }) => level === 'commune')
  const periods = ['2026-11', '2026-10', '2026-Q3', '2026-9M', '2026'].map(periodNamed)
  // A server that has just started reads its catalogue and its units once.
  await scoreUnits(db, { set: set!, units: communes, from: periods[0]!.from, to: periods[0]!.to, now })
  const around = (unit: string, clock: () => number) =>
    scoresAround(db, {
      unit,
      from: '2026-11-01',
      to: '2026-11-30',
      before: periodNamed('2026-10'),
      now,
      clock,
    })
  const times: Record<string, number[]> = {
    unit: [],
    ranking: [],
    board: [],
    start: [],
    summary: [],
    plain: [],
  }
  for (let i = 0; i < rounds; i++) {
    const { from, to } = periods[i % periods.length]!
    const unit = communes[(i * 7) % communes.length]!
    times.unit!.push(await lasts(() => scoreUnits(db, { set: set!, units: [unit], from, to, now })))
    times.ranking!.push(await lasts(() => scoreUnits(db, { set: set!, units: communes, from, to, now })))
    forgetScores(db)
    times.start!.push(await lasts(() => around('H99', () => 0)))
    times.board!.push(await lasts(() => around(unit.code, () => 1000)))
    times.summary!.push(await lasts(() => boardSummary(db.pool, { authority: 'H99', from, to, now })))
    if (i < 8) times.plain!.push(await lasts(() => plainMonth(db, unit.code, { from, to })))
  }
  const p95 = Object.fromEntries(Object.entries(times).map(([name, each]) => [name, percentile(each, 0.95)]))
  const middle = (name: string) => percentile(times[name]!, 0.5)
  return {
    p95,
    p50: middle('unit'),
    ratioToPlain: round(middle('unit') / middle('plain')),
    units: units.length,
  }
}

/** Filings at a steady rate, while the feed runs as it does in a server: from the commit to the moved figure. */
async function measureEvents(db: Db) {
  const waiting = new Map<string, number>()
  const lags: number[] = []
  const seen: string[] = []
  const feed = runFeed(
    db,
    [
      {
        ...indicatorsConsumer,
        async apply(tx, entries) {
          await indicatorsConsumer.apply(tx, entries)
          seen.push(...entries.map(({ stream }) => stream))
        },
      },
    ],
    openLog('silent'),
  )
  const look = async () => {
    const done = seen.splice(0)
    // The batch is committed when the next one, or nothing, follows.
    await sleep(5)
    const moment = performance.now()
    for (const stream of done) {
      const begun = waiting.get(stream)
      if (begun !== undefined) lags.push(moment - begun)
      waiting.delete(stream)
    }
  }
  const rate = Number(options.rate)
  const total = rate * Number(options.seconds)
  const begun = performance.now()
  for (let i = 0; i < total; i += 10) {
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        const built = aDossier({
          code: `H99.12-261120-${String(10_000_000 + filed++)}`,
          at: '2026-11-20T02:00:00.000Z',
        })
        await storeDossier(db.pool, built)
        waiting.set(built.id, performance.now())
      }),
    )
    feed.wake()
    await look()
    await sleep(Math.max(0, begun + ((i + 10) * 1000) / rate - performance.now()))
  }
  for (let wait = 0; wait < 200 && waiting.size > 0; wait++) await sleep(50).then(look)
  await feed.stop()
  const reached = round(total / ((performance.now() - begun) / 1000))
  return { perSecond: reached, entries: lags.length, p50: percentile(lags, 0.5), p95: percentile(lags, 0.95) }
}

// Seconds by the wall, and those of a core that this process and the database used: what a busy machine can tell.
async function timed<T>(work: () => Promise<T>): Promise<Lasted & { result: T }> {
  const [begun, cpu, database] = [performance.now(), process.cpuUsage(), cpuSecondsOf(dataDir) ?? 0]
  const result = await work()
  const { user, system } = process.cpuUsage(cpu)
  const seconds = round((performance.now() - begun) / 1000)
  const databaseSeconds = round((cpuSecondsOf(dataDir) ?? 0) - database)
  return { seconds, ownSeconds: round((user + system) / 1e6), databaseSeconds, result }
}

async function lasts(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

function percentile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function loadNow(): number {
  return round(Number(process.getBuiltinModule('node:os').loadavg()[0]))
}
