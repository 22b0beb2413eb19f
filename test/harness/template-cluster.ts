import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { migrate, readMigrations } from '../../src/kernel/migrate.ts'
import { withStartLock } from '../../src/kernel/postgres/start-lock.ts'
import { startEmbeddedPostgres } from '../../src/kernel/postgres/supervisor.ts'
import { connect } from './connect.ts'

const cacheDir = join(import.meta.dirname, '../../.data/test')

/**
 * A stopped cluster whose database `template_migrated` holds every migration; made once and kept until a migration
 * changes, so that most runs neither initialise nor migrate.
 */
export async function templateCluster(): Promise<string> {
  const key = createHash('sha256')
  for (const file of readMigrations()) key.update(`${file.name} ${file.sha256}\n`)
  const place = join(cacheDir, `template-${key.digest('hex').slice(0, 16)}`)
  mkdirSync(cacheDir, { recursive: true })
  await withStartLock(`${place}.lock`, async () => {
    if (!existsSync(place)) await build(place)
  })
  return place
}

async function build(place: string): Promise<void> {
  for (const name of readdirSync(cacheDir))
    if (isOld(name)) rmSync(join(cacheDir, name), { recursive: true, force: true })
  const draft = `${place}.draft`
  rmSync(draft, { recursive: true, force: true })
  const server = await startEmbeddedPostgres({ dataDir: draft, settings: { fsync: 'off' } })
  try {
    await fill(server.url)
  } finally {
    await server.stop()
  }
  renameSync(`${draft}-password`, `${place}-password`)
  renameSync(draft, place)
}

async function fill(url: string): Promise<void> {
  const client = await connect(url)
  await client.query('create database template_migrated').finally(() => client.end())
  await migrate(url.replace('/motcua?', '/template_migrated?'))
}

// Templates of older migrations go after a day: another run may still be copying a younger one.
function isOld(name: string): boolean {
  const day = 24 * 60 * 60 * 1000
  return name.startsWith('template-') && Date.now() - statSync(join(cacheDir, name)).mtimeMs > day
}
