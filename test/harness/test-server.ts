import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/kernel/postgres/supervisor.ts'

// Nothing of a test needs to survive a power cut.
const hasty = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '96MB',
  max_wal_size: '512MB',
  autovacuum: 'off',
}

/** Starts or joins the server of one worker; it runs until the whole test run ends. */
export function startTestServer(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, settings: hasty, keepRunning: true })
}

/** Copies a stopped cluster with its password; the copy appears whole or not at all. */
export async function cloneCluster(from: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true })
  const draft = `${to}.copy-${process.pid}`
  cpSync(from, draft, { recursive: true })
  cpSync(`${from}-password`, `${to}-password`)
  if (existsSync(to)) rmSync(draft, { recursive: true })
  else renameSync(draft, to)
}
