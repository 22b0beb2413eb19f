import type { Pool } from 'pg'

/**
 * Runs `work` unless somebody else in the whole installation is at it: whoever holds the same number of our own. Says
 * whether it ran; with `wait` it does once the other has finished. The lock goes with its connection, also when a
 * process dies.
 */
export async function alone(
  pool: Pick<Pool, 'connect'>,
  { number, wait = false }: { number: number; wait?: boolean },
  work: () => Promise<void>,
): Promise<boolean> {
  const client = await pool.connect()
  try {
    if (!(await lock(client, number, wait))) return false
    try {
      await work()
    } finally {
      await client.query('select pg_advisory_unlock($1)', [number])
    }
    return true
  } finally {
    client.release()
  }
}

async function lock(client: Pick<Pool, 'query'>, number: number, wait: boolean): Promise<boolean> {
  if (wait) {
    await client.query('select pg_advisory_lock($1)', [number])
    return true
  }
  const { rows } = await client.query('select pg_try_advisory_lock($1) as mine', [number])
  return rows[0].mine
}
