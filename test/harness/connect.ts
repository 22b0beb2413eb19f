import pg from 'pg'

/** One connection; when its server stops, the statement that waits says so, and the process goes on. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return client
}
