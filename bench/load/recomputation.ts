import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, openDatabase } from '../../src/kernel/db.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { appRole, migrate } from '../../src/kernel/migrate.ts'
import { startEmbeddedPostgres } from '../../src/kernel/postgres/supervisor.ts'
import { publishYear, type YearToPublish } from '../../src/modules/calendar/index.ts'
import { recomputeDates } from '../../src/modules/dossiers/index.ts'
import { loadReference } from '../../src/reference.ts'
import { cpuSecondsOf } from './cpu-of-server.ts'
import { loadOpenDossiers } from './open-dossiers.ts'

/**
 * Publishes a day off that moves the dates of every one of so many open dossiers, and recomputes them as the worker
 * does, each with its entry in the journal.
 */
export async function measureRecomputation(open: number) {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-bench-'))
  const dataDir = join(folder, 'postgres')
  const server = await startEmbeddedPostgres({ dataDir })
  try {
    await migrate(server.url)
    await loadReference(server.url)
    await load(server.url, open)
    const db = openDatabase(server.url, { role: appRole, max: 8 })
    const measured = await measure(db, dataDir, open)
    await db.close()
    return measured
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function load(url: string, open: number): Promise<void> {
  const owner = openDatabase(url, { max: 1 })
  await loadOpenDossiers(owner, open, said('stored', open))
  await owner.pool.query('checkpoint')
  await owner.close()
}

async function measure(db: Db, dataDir: string, open: number) {
  const off: YearToPublish['days'][number] = {
    ...{ date: '2026-11-23', kind: 'statutory_holiday' as const, status: 'official' as const },
    ...{ name: 'Nghỉ vì bão', basis: 'Công điện' },
  }
  accepted(
    await publishYear(db, { territory: 'H99', year: 2026, days: [off], source: 'Công điện', by: 'bench' }),
  )
  const say = said('recomputed', open)
  const before = { own: process.cpuUsage(), database: cpuSecondsOf(dataDir) }
  const begun = performance.now()
  const effect = await recomputeDates(db, { now: () => new Date(), onProgress: ({ open }) => say(open) })
  const seconds = (performance.now() - begun) / 1000
  const { user, system } = process.cpuUsage(before.own)
  const database = cpuSecondsOf(dataDir)
  if (effect.moved !== open) throw new Error(`${effect.moved} of ${open} moved`)
  return {
    open,
    recomputeSeconds: tenths(seconds),
    dossiersPerSecond: Math.round(open / seconds),
    /** Seconds of a core that this process and the database had: what it takes when nobody else wants the cores. */
    ownCpuSeconds: tenths((user + system) / 1e6),
    ...(database !== undefined && { databaseCpuSeconds: tenths(database - before.database!) }),
    budgetSeconds: tenths((open / 1_000_000) * 120),
  }
}

const tenths = (value: number) => Math.round(value * 10) / 10

function said(what: string, of: number): (done: number) => void {
  return (done) => {
    process.stderr.write(`\r${what} ${done} of ${of}${done >= of ? '\n' : ''}`)
  }
}
