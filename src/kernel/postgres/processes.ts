import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What PostgreSQL writes into `postmaster.pid`: the lines that we use. */
export interface PostmasterFile {
  pid: number
  port: number
  socketDir: string
  /** `starting`, `ready`, `stopping`, `standby` or empty. */
  status: string
}

/** Reads `postmaster.pid`, or nothing when there is none or it was cut short. */
export function readPostmasterFile(dataDir: string): PostmasterFile | undefined {
  const text = readText(join(dataDir, 'postmaster.pid'))
  const [pid, , , port, socketDir, , , status] = (text ?? '').split('\n')
  if (!(Number(pid) > 0)) return undefined
  return {
    pid: Number(pid),
    port: Number(port ?? 0),
    socketDir: socketDir ?? '',
    status: (status ?? '').trim(),
  }
}

/** Is there a process of this number? A zombie, dead but not yet collected by its parent, counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return statOf(pid)?.state !== 'Z'
}

/** Is this process the PostgreSQL of that data folder, and not another one that got its old number? */
export function isPostmasterOf(pid: number, dataDir: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform === 'linux') return folderOf(pid) === dataDir
  if (process.platform === 'win32') return true
  const listed = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return listed.stdout.includes('postgres')
}

/** A mark that stays the same for the life of a process, so that a reused number is recognised. */
export function birthOf(pid: number): string {
  return statOf(pid)?.startedAt ?? 'unknown'
}

/** Every process at work in a data folder; after a killed postmaster its children live on for a moment. */
export function processesIn(dataDir: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && folderOf(pid) === dataDir && isAlive(pid))
}

/** Waits until the condition holds or the time is over; tells which. */
export async function waitUntil(condition: () => boolean, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds
  while (!condition()) {
    if (performance.now() > end) return false
    await sleep(20)
  }
  return true
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function folderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function statOf(pid: number): { state: string; startedAt: string } | undefined {
  const text = readText(`/proc/${pid}/stat`)
  if (!text) return undefined
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', startedAt: fields[19] ?? '' }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
