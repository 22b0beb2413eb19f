import { Logger, type Runner, run, runMigrations, type TaskList } from 'graphile-worker'
import type { Log } from './log.ts'

export type { TaskList }

/** Creates or upgrades the job tables; runs as the owner of the database. */
export async function migrateJobs(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: silent })
}

/**
 * Starts the worker that makes outside calls (send, render, remind); attempts and errors are kept by its tables.
 * `crontab` names tasks that run by the clock, in UTC.
 */
export async function runJobs(ownerUrl: string, tasks: TaskList, log: Log, crontab = ''): Promise<Runner> {
  return run({
    connectionString: ownerUrl,
    taskList: tasks,
    concurrency: 4,
    pollInterval: 500,
    noHandleSignals: true,
    noPreparedStatements: false,
    crontab,
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') log.warn({ jobs: level }, message)
    }),
  })
}

const silent = new Logger(() => () => undefined)
