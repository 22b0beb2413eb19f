import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { isAlive, readPostmasterFile, waitUntil } from './processes.ts'
import { startEmbeddedPostgres, stopPostgresIn } from './supervisor.ts'

const folder = mkdtempSync(join(tmpdir(), 'motcua-supervisor-'))
const dataDir = join(folder, 'postgres')
afterAll(async () => {
  await stopPostgresIn(dataDir)
  rmSync(folder, { recursive: true })
})

const postmaster = () => readPostmasterFile(dataDir)?.pid ?? 0

/** Another process of ours that starts the same database and waits to be killed. */
async function startElsewhere(): Promise<number> {
  const code = `const { startEmbeddedPostgres } = await import('${join(import.meta.dirname, 'supervisor.ts')}')
    await startEmbeddedPostgres({ dataDir: '${dataDir}' })
    console.log('ready'); setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child.pid ?? 0
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(sql).then(
    ({ rows }) => client.end().then(() => rows),
    (error) => client.end().then(() => Promise.reject(error)),
  )
}

test('makes a database in UTF-8 whose order does not depend on the machine', async () => {
  const server = await startEmbeddedPostgres({ dataDir })
  const rows = await query(
    server.url,
    `select datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding,
       lower('ĐẶNG') as lower from pg_database where datname = current_database()`,
  )
  expect(rows).toEqual([{ provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8', lower: 'đặng' }])
  await query(server.url, 'create table kept (word text)')
  await server.stop()
  expect(postmaster()).toBe(0)
})

test('keeps its password to its owner', () => {
  expect(statSync(`${dataDir}-password`).mode & 0o777).toBe(0o600)
})

test('adopts the database that a killed server left running', async () => {
  const other = await startElsewhere()
  const before = postmaster()
  process.kill(other, 'SIGKILL')
  const server = await startEmbeddedPostgres({ dataDir })
  expect([server.how, postmaster()]).toEqual(['adopted', before])
  await query(server.url, "insert into kept values ('adopted')")
  await server.stop()
  expect(isAlive(before)).toBe(false)
})

test('leaves the database running while another process of ours uses it', async () => {
  const server = await startEmbeddedPostgres({ dataDir })
  const other = await startElsewhere()
  await server.stop()
  expect(isAlive(postmaster())).toBe(true)
  process.kill(other, 'SIGKILL')
})

test('starts PostgreSQL again when it is killed under us, and nothing written is lost', async () => {
  const server = await startEmbeddedPostgres({ dataDir })
  await query(server.url, "insert into kept values ('before the kill')")
  const killed = postmaster()
  process.kill(killed, 'SIGKILL')
  await waitUntil(() => postmaster() !== killed && readPostmasterFile(dataDir)?.status === 'ready', 30_000)
  const rows = await query(server.url, 'select word from kept order by word')
  expect(rows).toEqual([{ word: 'adopted' }, { word: 'before the kill' }])
  await server.stop()
})

test('a process that simply ends takes the database with it', async () => {
  const code = `const { startEmbeddedPostgres } = await import('${join(import.meta.dirname, 'supervisor.ts')}')
    await startEmbeddedPostgres({ dataDir: '${dataDir}' }); process.exit(3)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' })
  expect((await once(child, 'exit'))[0]).toBe(3)
  expect(await waitUntil(() => postmaster() === 0, 30_000)).toBe(true)
})

test('is not misled by a number that now belongs to another program', async () => {
  const lines = [process.pid, dataDir, 1, 5432, `${dataDir}.socket`, '', '1 2', 'ready']
  writeFileSync(join(dataDir, 'postmaster.pid'), `${lines.join('\n')}\n`)
  const server = await startEmbeddedPostgres({ dataDir })
  expect(server.how).toBe('started')
  await server.stop()
})

test('two starts at the same moment share one database', async () => {
  const servers = await Promise.all([startEmbeddedPostgres({ dataDir }), startEmbeddedPostgres({ dataDir })])
  expect(servers.map((server) => server.how).sort()).toEqual(['adopted', 'started'])
  await servers[0]?.stop()
  expect(isAlive(postmaster())).toBe(true)
  await servers[1]?.stop()
  expect(postmaster()).toBe(0)
})

test('refuses a folder that holds something else, and a file where the folder should be', async () => {
  const foreign = join(folder, 'foreign')
  mkdirSync(foreign)
  writeFileSync(join(foreign, 'letter.txt'), '')
  await expect(startEmbeddedPostgres({ dataDir: foreign })).rejects.toMatchObject({ code: 'data-foreign' })
  expect(readFileSync(join(foreign, 'letter.txt'), 'utf8')).toBe('')
  const inFile = join(foreign, 'letter.txt', 'postgres')
  await expect(startEmbeddedPostgres({ dataDir: inFile })).rejects.toMatchObject({ code: 'data-unreadable' })
})
