import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { access, constants, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** LibreOffice as it was found, with what keeps it in its place on this machine. */
export interface Office {
  toPdf(content: Readable, extension: string): Promise<Uint8Array | OfficeFault>
}
export type OfficeFault = 'office-slow' | 'office-failed'

export interface OfficeSettings {
  /** Path of the program; undefined looks for `soffice` in the folders of `searchPath`, `no` looks for none. */
  program: string | undefined
  /** Folders where programs are looked for, as the PATH of the environment states them. */
  searchPath: string
  /** How long one document may take. */
  limitMs?: number
}

const defaultLimitMs = 60_000
const memoryKb = 2_000_000
const pdfA2 = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
const pdfA2Sheets = pdfA2.replace('writer', 'calc')

/** LibreOffice where the settings find it; undefined where there is none. */
export async function findOffice(settings: OfficeSettings): Promise<Office | undefined> {
  const { searchPath, limitMs = defaultLimitMs } = settings
  if (settings.program === 'no') return undefined
  const program = settings.program ?? (await onPath('soffice', searchPath))
  if (program === undefined || !(await mayRun(program))) return undefined
  const withoutNetwork = (await onPath('unshare', searchPath)) !== undefined && (await canUnshare(searchPath))
  const place = { program, searchPath, limitMs, withoutNetwork }
  return { toPdf: (content, extension) => convert(place, content, extension) }
}

async function onPath(name: string, searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(delimiter))
    if (folder !== '' && (await mayRun(join(folder, name)))) return join(folder, name)
  return undefined
}

const mayRun = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

const canUnshare = async (searchPath: string) =>
  (await run('unshare', ['-rn', 'true'], { cwd: '/', searchPath, limitMs: 5_000 })) === 'done'

interface Found {
  program: string
  searchPath: string
  limitMs: number
  withoutNetwork: boolean
}

/*
 * A document from a stranger is laid out in a process of its own: in an empty folder with an empty profile, without
 * network where the machine can take it away, with a bound on memory, and killed with all its children when it is
 * slow. Nothing of our environment is passed on.
 */
async function convert(
  { program, searchPath, limitMs, withoutNetwork }: Found,
  content: Readable,
  extension: string,
): Promise<Uint8Array | OfficeFault> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-office-'))
  try {
    await pipeline(content, createWriteStream(join(folder, `in.${extension}`), { mode: 0o600 }))
    const convertTo = extension === 'xlsx' ? pdfA2Sheets : pdfA2
    const words = [
      ...(withoutNetwork ? ['unshare', '-rn'] : []),
      program,
      ...['--headless', '--norestore', '--nolockcheck', '--nodefault', '--nofirststartwizard'],
      `-env:UserInstallation=file://${folder}/profile`,
      ...['--convert-to', convertTo, '--outdir', join(folder, 'out'), join(folder, `in.${extension}`)],
    ]
    // The shell only sets the bound; words are passed on as they are, never as its text.
    const bounded = ['-c', `ulimit -v ${memoryKb}; exec "$@"`, 'sh', ...words]
    const ended = await run('sh', bounded, { cwd: folder, searchPath, limitMs })
    if (ended === 'slow') return 'office-slow'
    return await readFile(join(folder, 'out', 'in.pdf')).catch(() => 'office-failed' as const)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Runs a program in a group of its own, so that nothing it starts outlives the limit. */
function run(
  program: string,
  words: string[],
  { cwd, searchPath, limitMs }: { cwd: string; searchPath: string; limitMs: number },
): Promise<'done' | 'failed' | 'slow'> {
  return new Promise((resolve) => {
    const env = { PATH: searchPath, HOME: cwd, LANG: 'C.UTF-8', TMPDIR: cwd }
    const child = spawn(program, words, { cwd, env, detached: true, stdio: 'ignore' })
    let slow = false
    const clock = setTimeout(() => {
      slow = true
      endGroup(child.pid)
    }, limitMs)
    child.once('error', () => {
      clearTimeout(clock)
      resolve('failed')
    })
    child.once('exit', (code) => {
      clearTimeout(clock)
      endGroup(child.pid)
      resolve(slow ? 'slow' : code === 0 ? 'done' : 'failed')
    })
  })
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}
