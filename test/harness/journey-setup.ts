import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureWebBuilt } from '../../scripts/setup/web.mjs'
import { startEmbeddedPostgres } from '../../src/kernel/postgres/supervisor.ts'
import { historyIsThere, startServer } from './running-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run's journeys. */
    journeyServer: { baseUrl: string; pid: number; databaseUrl: string; logFile: string }
  }
}

/** One server for all journeys of a run, on a data folder of its own; each journey brings its own people and dossiers. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensureWebBuilt()
  const dataDir = join(project.getProvidedContext().testRunDir, 'journeys')
  const logFile = join(dataDir, 'server.log')
  const server = await startServer({ dataDir, logFile })
  await historyIsThere(server)
  // A second user of the same database: journeys look at what the server wrote.
  const database = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') })
  const { baseUrl, pid } = server
  project.provide('journeyServer', { baseUrl, pid, databaseUrl: database.url, logFile })
  return async () => {
    await server.stop().finally(() => database.stop())
  }
}
