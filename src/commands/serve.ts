import { join } from 'node:path'
import { type App, createApp } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import { fillDemonstration } from '../demonstration/fill-demonstration.ts'
import { createHttp, finishRequests, listen } from '../http-server.ts'
import { onStop, step } from '../kernel/boot.ts'
import { openDatabase } from '../kernel/db.ts'
import { adoptServer, runFeed } from '../kernel/feed.ts'
import { migrateJobs, runJobs } from '../kernel/jobs.ts'
import { openLog } from '../kernel/log.ts'
import { migrate } from '../kernel/migrate.ts'
import { catchUp } from '../modules/indicators/index.ts'
import { loadReference } from '../reference.ts'
import { installationSecret } from '../secret.ts'
import type { Command } from './command.ts'
import { openConfiguredDatabase, type RunningDatabase } from './database.ts'

/** What a process does: answer requests, work on the feed and jobs, or both. */
export interface Parts {
  web: boolean
  worker: boolean
}

/** Starts a process with the asked parts and keeps it running until it is told to stop. */
export async function runProcess({ web, worker }: Parts): Promise<void> {
  const config = readConfig()
  const log = openLog(config.logLevel)
  const database = await step({ vi: 'Cơ sở dữ liệu', en: 'database' }, () => openConfiguredDatabase(config))
  const stops: (() => Promise<unknown>)[] = [database.stop]
  const stop = async () => {
    for (const each of stops.toReversed()) await each()
  }
  onStop(stop)
  try {
    await prepare(config, database)
    const app = await step({ vi: 'Ứng dụng', en: 'application' }, () =>
      createApp({
        config,
        databaseUrl: database.url,
        secret: installationSecret(config),
        log,
        withIdentityProvider: web,
      }),
    )
    stops.push(() => app.close())
    if (worker) stops.push(...(await startWorker(app, database)))
    if (web) stops.push(await startWeb(app, config))
    if (worker && config.demonstration.on) stops.push(await fillDemonstration(app))
  } catch (error) {
    await stop()
    throw error
  }
}

async function prepare(config: Config, database: RunningDatabase): Promise<void> {
  await step({ vi: 'Cấu trúc dữ liệu', en: 'migrations' }, async () => {
    await migrate(database.url)
    await migrateJobs(database.url)
  })
  await step({ vi: 'Dữ liệu nền', en: 'reference data' }, async () => {
    const db = openDatabase(database.url, { max: 2 })
    try {
      await loadReference(db, { demonstration: config.demonstration.on })
    } finally {
      await db.close()
    }
  })
}

async function startWorker(app: App, database: RunningDatabase) {
  await adoptServer(app.db)
  const feed = runFeed(app.db, app.consumers, app.log)
  app.listen(feed)
  const jobs = await runJobs(database.url, app.tasks, app.log, app.crontab)
  return [() => jobs.stop(), () => feed.stop(), startCatchingUp(app)]
}

// After an upgrade that counts everything anew; pages are served and the feed runs meanwhile.
function startCatchingUp({ db, log }: App): () => Promise<void> {
  const ending = new AbortController()
  const done = catchUp(db, { signal: ending.signal })
    .then((did) => did && log.info('all figures were counted anew'))
    .catch((error) => log.error({ err: error }, 'figures could not be counted at once; the feed counts them'))
  return async () => {
    ending.abort()
    await done
  }
}

async function startWeb(app: App, config: Config) {
  const server = await step({ vi: 'Máy chủ', en: 'server' }, async () =>
    listen(await createHttp(app), config),
  )
  process.stdout.write(`\n  Một Cửa: ${config.baseUrl}\n`)
  process.stdout.write(`  Dữ liệu · Data: ${join(config.dataDir)}\n  Ctrl-C để dừng · to stop\n\n`)
  return () => finishRequests(server)
}

export default {
  summary: 'start everything in one process: pages, API, feed and jobs',
  help: 'Settings come from the environment; .env.example lists them. Ctrl-C finishes the requests in flight.',
  async run() {
    await runProcess({ web: true, worker: true })
    return undefined
  },
} satisfies Command
