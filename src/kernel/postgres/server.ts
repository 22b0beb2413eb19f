import pg from 'pg'
import { BootError } from '../boot.ts'

/** The oldest PostgreSQL that the product runs on. */
export const oldestMajor = 17

export interface ServerFacts {
  /** e.g. 18 */
  major: number
  /** Tells one cluster from another; transaction numbers mean nothing across two of them. */
  systemIdentifier: string
}

/** Asks a server what it is. */
export async function askServer(url: string): Promise<ServerFacts> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int / 10000 as major,
              (select system_identifier::text from pg_control_system()) as id`,
    )
    return { major: rows[0].major, systemIdentifier: rows[0].id }
  } finally {
    await client.end()
  }
}

/** Checks the server that DATABASE_URL names: it answers and is new enough; refuses with one sentence each. */
export async function checkServerVersion(url: string): Promise<ServerFacts> {
  const facts = await askServer(url).catch((cause) => {
    throw new BootError(
      'database-unreachable',
      {
        vi: `Không kết nối được máy chủ trong DATABASE_URL: ${reason(cause)}`,
        en: `The server in DATABASE_URL cannot be reached: ${reason(cause)}`,
      },
      cause,
    )
  })
  if (facts.major >= oldestMajor) return facts
  throw new BootError('database-too-old', {
    vi: `Cần PostgreSQL ${oldestMajor} trở lên; máy chủ trong DATABASE_URL là bản ${facts.major}.`,
    en: `PostgreSQL ${oldestMajor} or newer is needed; the server in DATABASE_URL is version ${facts.major}.`,
  })
}

/** One try: does it take our password, is it still starting, or is it something else? */
export async function canAnswer(url: string): Promise<'yes' | 'not-yet' | 'no'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return 'yes'
  } catch (error) {
    // 57P03: starting up or shutting down. 28…: another password, so another server.
    const code = (error as { code?: string }).code ?? ''
    return code.startsWith('28') || code.startsWith('3D') ? 'no' : 'not-yet'
  } finally {
    await client.end().catch(() => undefined)
  }
}

// Never the connection string itself: it holds the password.
function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  return message || code || 'không rõ'
}
