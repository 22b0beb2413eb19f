import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { connect } from './connect.ts'
import { templateCluster } from './template-cluster.ts'
import { cloneCluster, startTestServer } from './test-server.ts'

export interface TestDatabase {
  /** Connection string of the owner; the application's role is taken with `openDatabase(url, { role: 'motcua_app' })`. */
  url: string
  /** A pool of the owner, for arranging and looking. */
  pool: pg.Pool
}

/**
 * A database of this test file alone, migrated, on a real PostgreSQL of this worker alone (the feed waits for the
 * oldest transaction of a whole server). Call it at the top of a file: `const db = await testDatabase()`.
 * With `reference`, the shipped reference data and the demonstration province are loaded.
 */
export async function testDatabase(options: { reference?: boolean } = {}): Promise<TestDatabase> {
  const adminUrl = await workerServer()
  const template = options.reference ? await referenceTemplate(adminUrl) : 'template_migrated'
  const name = `test_${randomBytes(6).toString('hex')}`
  await statement(adminUrl, `create database ${name} template ${template} strategy file_copy`)
  const url = databaseUrl(adminUrl, name)
  const pool = new pg.Pool({ connectionString: url, max: 10, allowExitOnIdle: true })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  whenFileEnds(async () => {
    await pool.end()
    await statement(adminUrl, `drop database if exists ${name} with (force)`)
  })
  return { url, pool }
}

let started: Promise<string> | undefined

function workerServer(): Promise<string> {
  started ??= startWorkerServer()
  return started
}

async function startWorkerServer(): Promise<string> {
  const dataDir = join(inject('testRunDir'), `worker-${process.env.VITEST_POOL_ID ?? '1'}`)
  if (!existsSync(dataDir)) await cloneCluster(await templateCluster(), dataDir)
  const server = await startTestServer(dataDir)
  return server.url
}

// The loader belongs to the product and appears with its reference data; it runs once for each worker server.
async function referenceTemplate(adminUrl: string): Promise<string> {
  const name = 'template_reference'
  await exclusively(adminUrl, async (client) => {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rows.length > 0) return
    await client.query('drop database if exists reference_in_making with (force)')
    await client.query('create database reference_in_making template template_migrated strategy file_copy')
    const loader = '../../src/reference.ts'
    const { loadReference } = (await import(/* @vite-ignore */ loader)) as {
      loadReference: (url: string) => Promise<unknown>
    }
    await loadReference(databaseUrl(adminUrl, 'reference_in_making'))
    await client.query(`alter database reference_in_making rename to ${name}`)
  })
  return name
}

async function exclusively(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = await connect(url)
  try {
    await client.query('select pg_advisory_lock(1)')
    await work(client)
  } finally {
    await client.end()
  }
}

async function statement(url: string, sql: string): Promise<void> {
  const client = await connect(url)
  await client.query(sql).finally(() => client.end())
}

function databaseUrl(adminUrl: string, name: string): string {
  return adminUrl.replace(/\/motcua\?/, `/${name}?`).replace(/\/motcua$/, `/${name}`)
}

// Inside a hook Vitest refuses another hook; the database then goes with the server at the end of the run.
function whenFileEnds(clean: () => Promise<void>): void {
  try {
    afterAll(clean)
  } catch {
    return
  }
}
