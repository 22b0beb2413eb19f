import type { App } from '../app.ts'
import { enterMissing, firstAcceptance } from '../modules/dossiers/index.ts'
import { lastDays } from '../simulation/filings.ts'
import { simulate } from '../simulation/simulate.ts'
import { giveOldDossiers } from './old-dossiers.ts'
import { giveOwnDossiers } from './own-dossiers.ts'

/**
 * Gives a new demonstration a year of life in the background, while its pages already answer.
 * Does nothing when there are dossiers already. Returns how to stop.
 */
export async function fillDemonstration(app: App): Promise<() => Promise<void>> {
  const stop = new AbortController()
  const filling = fill(app, stop.signal).catch((error) =>
    app.log.error({ err: error }, 'the sample history could not be made'),
  )
  return async () => {
    stop.abort()
    await filling
  }
}

const seed = 2026

async function fill(app: App, signal: AbortSignal): Promise<void> {
  const { rows } = await app.db.pool.query('select exists (select from dossiers.dossier) as any')
  const count = app.config.demonstration.dossiers
  if (rows[0].any || count === 0) return
  const begun = performance.now()
  const now = app.now()
  // The last days are made denser, so that every desk has work whatever day it is opened.
  const recent = Math.min(Math.round(count * 0.035), 200)
  await simulate(app.db, { span: lastDays(4, recent, now), seed, now, signal })
  await giveOwnDossiers(app, now)
  // A year of history does not wait for what only one page shows.
  await giveOldDossiers(app, now).catch((error) =>
    app.log.error({ err: error }, 'the sample dossiers of the archive could not be made'),
  )
  app.wake()
  const before = new Date(now.getTime() - 4 * 86_400_000)
  const span = { ...lastDays(361, count - recent, before) }
  const stored = await simulate(app.db, { span, seed: seed + 1, now, signal })
  if (!signal.aborted) await fillLogBooks(app)
  app.wake()
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  process.stdout.write(
    `${seconds.padStart(5)} s  Lịch sử mẫu: ${stored + recent} hồ sơ · sample history: dossiers\n`,
  )
}

/** Enters what came in with the history in the log books, in the order of time. */
export async function fillLogBooks({ db, now }: Pick<App, 'db' | 'now'>): Promise<void> {
  const first = await firstAcceptance(db.pool)
  if (first !== undefined) await enterMissing(db, first, now())
}
