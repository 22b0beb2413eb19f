import { type ChildProcess, fork } from 'node:child_process'
import { appendFileSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export interface RunningServer {
  /** The address a browser goes to. */
  baseUrl: string
  pid: number
  /** Everything the process has printed so far. */
  log(): string
  stop(): Promise<void>
}

const program = join(import.meta.dirname, '../../src/main.ts')

/**
 * Starts `serve` as a process of its own on a free port, with its own embedded database and files under `dataDir`,
 * and waits until it answers. It ends with this process: the open channel tells it when we are gone.
 */
export async function startServer(options: {
  dataDir: string
  /** Where another process can read what this one prints. */
  logFile?: string
  env?: Record<string, string>
}): Promise<RunningServer> {
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  mkdirSync(options.dataDir, { recursive: true })
  const child = fork(program, ['serve'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...inherited(), ...settings({ port, baseUrl, dataDir: options.dataDir }), ...options.env },
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said.push(text)
      if (options.logFile) appendFileSync(options.logFile, text)
    })
  const log = () => said.join('')
  await answers(`${baseUrl}/healthz`, child, log)
  return { baseUrl, pid: child.pid!, log, stop: () => end(child) }
}

// What the person running the tests has set for their own server must not reach this one.
function inherited(): NodeJS.ProcessEnv {
  const foreign = /^(MOTCUA_|OIDC_|SMTP_|SMS_|MAIL_|DATABASE_URL$|VITEST|NODE_OPTIONS$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

function settings({ port, baseUrl, dataDir }: { port: number; baseUrl: string; dataDir: string }) {
  return {
    NODE_ENV: 'production',
    MOTCUA_PORT: String(port),
    MOTCUA_BASE_URL: baseUrl,
    MOTCUA_DATA: dataDir,
    MOTCUA_DEMO: 'yes',
    MOTCUA_DEMO_DOSSIERS: '60',
    MOTCUA_LOG_LEVEL: 'warn',
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

async function answers(url: string, child: ChildProcess, log: () => string): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const { ok } = await fetch(url).catch(() => ({ ok: false }))
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the server ended before it answered:\n${log()}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/** Waits until a new demonstration has its sample history and the figures have followed it through the feed. */
export async function historyIsThere({
  baseUrl,
  log,
}: Pick<RunningServer, 'baseUrl' | 'log'>): Promise<void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1000))
  while (!log().includes('sample history')) await pause()
  for (let before = '', now = ' '; before !== now; await pause()) {
    before = now
    now = await figuresOf(baseUrl)
  }
}

// The time at which the figures were drawn differs at every look.
async function figuresOf(baseUrl: string): Promise<string> {
  const answer = await fetch(`${baseUrl}/api/v1/board/summary`)
  const { received, finished, satisfaction } = (await answer.json()) as Record<string, unknown>
  return JSON.stringify({ received, finished, satisfaction })
}
