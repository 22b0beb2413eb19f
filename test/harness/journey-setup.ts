import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureWebBuilt } from '../../scripts/setup/web.mjs'
import { startServer } from './running-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run's journeys. */
    journeyServer: { baseUrl: string; pid: number; logFile: string }
  }
}

/** One server for all journeys of a run, on a data folder of its own; each journey brings its own people and dossiers. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensureWebBuilt()
  const dataDir = join(project.getProvidedContext().testRunDir, 'journeys')
  const logFile = join(dataDir, 'server.log')
  const server = await startServer({ dataDir, logFile })
  project.provide('journeyServer', { baseUrl: server.baseUrl, pid: server.pid, logFile })
  return () => server.stop()
}
