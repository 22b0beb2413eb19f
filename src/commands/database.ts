import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { checkServerVersion } from '../kernel/postgres/server.ts'
import { startEmbeddedPostgres } from '../kernel/postgres/supervisor.ts'

/** A database to work with, and how to let it go. */
export interface RunningDatabase {
  /** Connection string of the owner. */
  url: string
  how: 'external' | 'started' | 'adopted'
  stop(): Promise<void>
}

/** The database of the configuration: `DATABASE_URL`, or the embedded PostgreSQL in the data folder. */
export async function openConfiguredDatabase(config: Config): Promise<RunningDatabase> {
  if (config.databaseUrl) {
    await checkServerVersion(config.databaseUrl)
    return { url: config.databaseUrl, how: 'external', stop: async () => undefined }
  }
  mkdirSync(config.dataDir, { recursive: true })
  return startEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres') })
}
