import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bootErrorOf } from '../boot.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { createCluster, readPassword, userName } from './cluster.ts'
import { explainLog } from './explain-log.ts'
import { keepAlive } from './keep-alive.ts'
import { isAlive, isPostmasterOf, processesIn, readPostmasterFile, signal, waitUntil } from './processes.ts'
import { chooseRunAs, type RunAs } from './run-as.ts'
import { askServer, canAnswer } from './server.ts'
import { withStartLock } from './start-lock.ts'
import { openUsers } from './users.ts'

export interface EmbeddedOptions {
  /** Folder of the cluster; password, socket, log and locks live beside it under the same name. */
  dataDir: string
  /** Settings added to or replacing ours, as in postgresql.conf. */
  settings?: Record<string, string>
  /** Leaves the server running when this process stops; test suites share one server over many processes. */
  keepRunning?: boolean
}

export interface EmbeddedPostgres {
  /** Connection string of the owner of everything. */
  url: string
  /** Changes when the data folder was made anew or restored elsewhere. */
  systemIdentifier: string
  /** `started` by us now, or `adopted` because it was still running. */
  how: 'started' | 'adopted'
  /** Fast shutdown, unless another process of ours still uses the server. */
  stop(): Promise<void>
}

// For a laptop with two cores; a province sets DATABASE_URL and tunes its own server.
const laptop: Record<string, string> = {
  shared_buffers: '256MB',
  max_connections: '100',
  wal_level: 'replica',
  synchronous_commit: 'on',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_min_messages: 'warning',
  unix_socket_permissions: '0700',
}

/**
 * Starts the PostgreSQL that comes with the product, or adopts it when it is still running.
 * Refuses with a BootError of one sentence: disk full, unreadable folder, no way to run as this user.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  try {
    const place = prepare(options)
    return await withStartLock(`${place.dataDir}.lock`, () => start(place, options))
  } catch (error) {
    throw bootErrorOf(nameFolder(error, dirname(resolve(options.dataDir)))) ?? error
  }
}

// The person knows the data folder, not the files that we keep in it.
function nameFolder(error: unknown, folder: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (!code || !syscall) return error
  const closed = ['ENOENT', 'EEXIST'].includes(code) && syscall === 'mkdir'
  return Object.assign(new Error(code, { cause: error }), { code: closed ? 'EACCES' : code, path: folder })
}

/** Stops whatever runs in a data folder, without starting it first; for tests and for moving the folder. */
export async function stopPostgresIn(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return
  const real = realpathSync(dataDir)
  await halt({ dataDir: real, socketDir: socketFolder(real) })
}

interface Place {
  dataDir: string
  socketDir: string
  logFile: string
  passwordFile: string
  usersDir: string
  binaries: Binaries
  runAs: RunAs
}

function prepare({ dataDir }: EmbeddedOptions): Place {
  const parent = dirname(resolve(dataDir))
  mkdirSync(parent, { recursive: true })
  const real = join(realpathSync(parent), basename(dataDir))
  return {
    dataDir: real,
    socketDir: socketFolder(real),
    logFile: `${real}.log`,
    passwordFile: `${real}-password`,
    usersDir: `${real}.users`,
    binaries: findBinaries(`${real}.lib`),
    runAs: chooseRunAs(real),
  }
}

// A socket's whole path may have 107 bytes; a checkout deep in somebody's folders has more.
function socketFolder(dataDir: string): string {
  const beside = `${dataDir}.socket`
  if (Buffer.byteLength(`${beside}/.s.PGSQL.5432.lock`) < 100) return beside
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  return join(tmpdir(), `motcua-${process.getuid?.() ?? 0}-${name}`)
}

async function start(place: Place, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  if (!existsSync(join(place.dataDir, 'PG_VERSION'))) await createCluster(place)
  const password = readPassword(place.passwordFile)
  const adopted = await adopt(place, password)
  const running = adopted ?? (await launch(place, options, password))
  const users = openUsers(place.usersDir)
  users.enter()
  let pid = running.pid
  const restart = async () => {
    await halt(place)
    pid = (await launch(place, options, password)).pid
  }
  // A start that fails later, or an exit that forgets us, leaves no orphan behind.
  const onExit = () => users.leave() || signal(pid, 'SIGINT')
  if (!options.keepRunning) process.once('exit', onExit)
  const guard = options.keepRunning ? undefined : keepAlive(() => isAlive(pid), restart)
  return {
    url: running.url,
    systemIdentifier: (await askServer(running.url)).systemIdentifier,
    how: adopted ? 'adopted' : 'started',
    async stop() {
      await guard?.stop()
      process.off('exit', onExit)
      if (!users.leave() && !options.keepRunning) await halt(place)
    },
  }
}

interface Running {
  pid: number
  url: string
}

/** After `kill -9` of our server its PostgreSQL lives on: take it over if it answers, else end it. */
async function adopt(place: Place, password: string): Promise<Running | undefined> {
  const file = readPostmasterFile(place.dataDir)
  if (file && isPostmasterOf(file.pid, place.dataDir)) {
    const url = connectionString(place, password, file.port)
    const sameSocket = process.platform === 'win32' || file.socketDir === place.socketDir
    if (sameSocket && file.status !== 'stopping' && (await answersWithin(url, file.pid)))
      return { pid: file.pid, url }
  }
  await halt(place)
  return undefined
}

async function answersWithin(url: string, pid: number): Promise<boolean> {
  const end = performance.now() + 30_000
  while (isAlive(pid) && performance.now() < end) {
    const answer = await canAnswer(url)
    if (answer !== 'not-yet') return answer === 'yes'
    await sleep(50)
  }
  return false
}

async function launch(place: Place, options: EmbeddedOptions, password: string): Promise<Running> {
  mkdirSync(place.socketDir, { recursive: true, mode: 0o700 })
  chmodSync(place.socketDir, 0o700)
  for (const path of [place.dataDir, place.socketDir]) place.runAs.own(path)
  const port = process.platform === 'win32' ? await freePort() : 5432
  const where =
    process.platform === 'win32'
      ? { listen_addresses: '127.0.0.1', port: String(port) }
      : { listen_addresses: '', unix_socket_directories: place.socketDir, port: String(port) }
  const settings = Object.entries({ ...laptop, ...options.settings, ...where })
  const words = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawnDetached(place, [place.binaries.postgres, '-D', place.dataDir, ...words])
  const url = connectionString(place, password, port)
  await untilReady(place, child, url)
  return { pid: child.pid ?? 0, url }
}

/** Its own session, so that Ctrl-C in the terminal reaches the server, which then stops the database itself. */
function spawnDetached(place: Place, words: string[]): ChildProcess {
  const [command = '', ...rest] = [...place.runAs.prefix, ...words]
  keepOneOldLog(place.logFile)
  const log = openSync(place.logFile, 'a', 0o600)
  const child = spawn(command, rest, {
    cwd: dirname(place.dataDir),
    env: place.binaries.env,
    detached: true,
    stdio: ['ignore', log, log],
    windowsHide: true,
  })
  closeSync(log)
  child.on('error', () => undefined)
  child.unref()
  return child
}

function keepOneOldLog(file: string): void {
  if (existsSync(file) && statSync(file).size > 0) renameSync(file, `${file}.1`)
}

// Recovery after a crash may take long; as long as the process lives we wait.
async function untilReady(place: Place, child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    if ((await canAnswer(url)) === 'yes') return
    await sleep(30)
  }
  throw explainLog(place.logFile, place.dataDir)
}

/** Ends the postmaster, politely first, then whatever of it is left; returns when nothing runs there any more. */
async function halt({ dataDir, socketDir }: Pick<Place, 'dataDir' | 'socketDir'>): Promise<void> {
  const file = readPostmasterFile(dataDir)
  if (file && isPostmasterOf(file.pid, dataDir)) {
    for (const [name, patience] of stopSignals) {
      signal(file.pid, name)
      if (await waitUntil(() => !isAlive(file.pid), patience)) break
    }
  }
  await sweepChildren(dataDir)
  // Left by a kill; PostgreSQL would take them for a living server if their number is in use again.
  const left = [
    join(dataDir, 'postmaster.pid'),
    `${socketDir}/.s.PGSQL.5432.lock`,
    `${socketDir}/.s.PGSQL.5432`,
  ]
  for (const path of left) rmSync(path, { force: true })
}

// SIGINT: fast shutdown, open transactions are rolled back. SIGQUIT: at once, recovery at the next start.
const stopSignals: [NodeJS.Signals, number][] = [
  ['SIGINT', 60_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 5_000],
]

/** Children of a killed postmaster notice within moments; they must be gone before a new one takes the folder. */
async function sweepChildren(dataDir: string): Promise<void> {
  const gone = () => processesIn(dataDir).length === 0
  if (await waitUntil(gone, 5_000)) return
  for (const pid of processesIn(dataDir)) signal(pid, 'SIGKILL')
  await waitUntil(gone, 5_000)
}

function connectionString(place: Place, password: string, port: number): string {
  const login = `postgresql://${userName}:${password}@`
  if (process.platform === 'win32') return `${login}127.0.0.1:${port}/${userName}`
  return `${login}/${userName}?host=${encodeURIComponent(place.socketDir)}&port=${port}`
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address ? address.port : 0
}
