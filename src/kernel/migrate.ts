import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { BootError } from './boot.ts'

/** Role of the running application: may do what the migrations grant, and cannot rewrite the past. */
export const appRole = 'motcua_app'

/** Folder of the shipped migrations. */
export const migrationsDir = join(import.meta.dirname, '../../db/migrations')

export interface Migration {
  /** File name, e.g. `0090_dossiers_dossier.sql`. */
  name: string
  sql: string
  sha256: string
}

// Any number of our own; held for the session, so two servers starting together migrate one after the other.
const lockNumber = 8026_0001

/**
 * Brings a database up to date, forward only, each file in its own transaction; returns the files applied.
 * Refuses when a file that was applied here has changed since, or when the database is newer than this program.
 */
export async function migrate(adminUrl: string, dir: string = migrationsDir): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'motcua-migrate' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockNumber])
    await prepare(client)
    const pending = await findPending(client, readMigrations(dir))
    for (const migration of pending) await apply(client, migration)
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

/** The shipped migrations in the order of their numbers. */
export function readMigrations(dir: string = migrationsDir): Migration[] {
  const names = readdirSync(dir).filter((name) => /^\d{4}_[a-z0-9_-]+\.sql$/.test(name))
  return names.sort().map((name) => {
    // Line ends may differ between checkouts; the law of the file is its text.
    const sql = readFileSync(join(dir, name), 'utf8').replaceAll('\r\n', '\n')
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
}

async function prepare(client: pg.Client): Promise<void> {
  await client.query(`
    create table if not exists public.motcua_migration (
      name text primary key,
      sha256 text not null,
      applied_at timestamptz not null default now()
    )`)
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [appRole])
  if (rows.length === 0) await client.query(`create role ${appRole} nologin`).catch(explainRole)
  await client.query(`grant ${appRole} to current_user`).catch(explainRole)
}

function explainRole(cause: unknown): never {
  // Another server of the same cluster made it at the same moment.
  if ((cause as { code?: string }).code === '42710') return undefined as never
  throw new BootError(
    'role-missing',
    {
      vi: `Hãy nhờ người quản trị PostgreSQL tạo vai trò ${appRole} (nologin) và cấp vai trò đó cho người dùng trong DATABASE_URL.`,
      en: `Ask the PostgreSQL administrator to create the role ${appRole} (nologin) and grant it to the user in DATABASE_URL.`,
    },
    cause,
  )
}

async function findPending(client: pg.Client, shipped: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from public.motcua_migration order by name',
  )
  const applied = new Map(rows.map((row) => [row.name, row.sha256]))
  const changed = shipped.filter((file) => applied.has(file.name) && applied.get(file.name) !== file.sha256)
  if (changed.length > 0) throw changedFiles(changed)
  const unknown = rows.filter((row) => !shipped.some((file) => file.name === row.name))
  if (unknown.length > 0) throw newerDatabase(unknown)
  return shipped.filter((file) => !applied.has(file.name))
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(migration.sql)
    await client.query('insert into public.motcua_migration (name, sha256) values ($1, $2)', [
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => undefined)
    const { message, position } = cause as { message: string; position?: string }
    const line = position ? `, line ${migration.sql.slice(0, Number(position)).split('\n').length}` : ''
    throw new Error(`Migration ${migration.name}${line}: ${message}`, { cause })
  }
}

function changedFiles(files: Migration[]): BootError {
  const names = files.map((file) => file.name).join(', ')
  return new BootError('migration-changed', {
    vi: `Tệp thay đổi cơ sở dữ liệu đã áp dụng nay bị sửa: ${names}; hãy khôi phục tệp cũ và viết thay đổi vào tệp mới.`,
    en: `A migration that was already applied has been edited: ${names}; restore it and write the change as a new file.`,
  })
}

function newerDatabase(rows: { name: string }[]): BootError {
  const names = rows.map((row) => row.name).join(', ')
  return new BootError('database-newer', {
    vi: `Cơ sở dữ liệu mới hơn chương trình này (${names}): hãy cập nhật chương trình.`,
    en: `The database is newer than this program (${names}): update the program.`,
  })
}
