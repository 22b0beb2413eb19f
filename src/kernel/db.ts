import pg from 'pg'

/** One pool of connections under one role. */
export interface Db {
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** What a statement needs: a pool or one connection inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>

export interface DatabaseOptions {
  /** Role taken at connection; the application runs as `motcua_app`, migrations as the owner. */
  role?: string
  /** Largest number of connections. */
  max?: number
  applicationName?: string
}

// Dates of law stay text (YYYY-MM-DD): a Date object would move them through time zones.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)
// Positions, sequences and đồng stay below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => Number(value))

/** Opens a pool on a PostgreSQL server; nothing is connected before the first statement. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'motcua',
    options: options.role ? `-c role=${options.role}` : undefined,
  })
  // A connection that the server closes, idle or at work, must not end the process: its next statement reports it.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  // Ending a pool twice is an error; whoever stops late may find it ended.
  return { pool, close: async () => (pool.ended ? undefined : pool.end()) }
}

/** Runs `work` in one transaction on one connection; keep it under a second (the feed waits for it). */
export async function inTransaction<T>(db: Db, work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
