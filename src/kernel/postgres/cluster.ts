import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { BootError } from '../boot.ts'
import type { Binaries } from './binaries.ts'
import { explainText } from './explain-log.ts'
import type { RunAs } from './run-as.ts'

/** Owner of the embedded cluster and name of its database. */
export const userName = 'motcua'

/** Makes a new cluster beside its place and moves it there when whole, so an interrupted start leaves nothing half. */
export async function createCluster(place: {
  dataDir: string
  passwordFile: string
  binaries: Binaries
  runAs: RunAs
}): Promise<void> {
  const { dataDir, binaries, runAs } = place
  refuseForeignFolder(dataDir)
  sweepInterrupted(dataDir)
  const password = makePassword(place.passwordFile)
  const fresh = `${dataDir}.init-${process.pid}`
  const passwordCopy = `${fresh}-password`
  mkdirSync(fresh, { mode: 0o700 })
  writeFileSync(passwordCopy, password, { mode: 0o600 })
  for (const path of [fresh, passwordCopy]) runAs.own(path)
  const encoding = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const login = [`--username=${userName}`, '--auth=scram-sha-256', `--pwfile=${passwordCopy}`]
  await run([...runAs.prefix, binaries.initdb, '-D', fresh, ...encoding, ...login], binaries.env, fresh)
  const create = `create database ${userName};\n`
  await run(
    [...runAs.prefix, binaries.postgres, '--single', '-D', fresh, 'postgres'],
    binaries.env,
    fresh,
    create,
  )
  rmSync(passwordCopy)
  rmSync(dataDir, { recursive: true, force: true })
  renameSync(fresh, dataDir)
}

/** The password of the embedded cluster, made once and readable by its owner only. */
export function readPassword(file: string): string {
  return readFileSync(file, 'utf8').trim()
}

function makePassword(file: string): string {
  writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  return readPassword(file)
}

function refuseForeignFolder(dataDir: string): void {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return
  throw new BootError('data-foreign', {
    vi: `Thư mục ${dataDir} không phải dữ liệu PostgreSQL: hãy chuyển nó đi nơi khác rồi chạy lại.`,
    en: `The folder ${dataDir} is not PostgreSQL data: move it away and start again.`,
  })
}

function sweepInterrupted(dataDir: string): void {
  const parent = dirname(dataDir)
  for (const name of readdirSync(parent))
    if (name.startsWith(`${basename(dataDir)}.init-`))
      rmSync(join(parent, name), { recursive: true, force: true })
}

function run(words: string[], env: NodeJS.ProcessEnv, folder: string, input = ''): Promise<void> {
  const [command = '', ...rest] = words
  return new Promise((done, fail) => {
    const child = spawn(command, rest, {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
    child.on('error', fail)
    child.on('close', (code) => (code === 0 ? done() : fail(explainText(said, folder))))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}
