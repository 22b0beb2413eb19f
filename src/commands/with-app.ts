import { type App, createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { openLog } from '../kernel/log.ts'
import { installationSecret } from '../secret.ts'
import { openConfiguredDatabase } from './database.ts'

/** Runs a command against the configured database and lets everything go afterwards. */
export async function withApp<T>(work: (app: App, ownerUrl: string) => Promise<T>): Promise<T> {
  const config = readConfig()
  const database = await openConfiguredDatabase(config)
  try {
    const parts = {
      config,
      databaseUrl: database.url,
      secret: installationSecret(config),
      log: openLog(config.logLevel),
    }
    const app = await createApp(parts)
    try {
      return await work(app, database.url)
    } finally {
      await app.close()
    }
  } finally {
    await database.stop()
  }
}
