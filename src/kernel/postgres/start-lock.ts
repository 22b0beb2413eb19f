import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { birthOf, isAlive } from './processes.ts'

/** Lets one process at a time create or start a cluster; a lock left by a killed process is taken over. */
export async function withStartLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = `${process.pid}.${birthOf(process.pid)}`
  while (!take(file, mine)) {
    if (isStale(file)) rmSync(file, { force: true })
    else await sleep(50)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

// The name appears with its content or not at all, so a reader never sees an empty lock.
function take(file: string, mine: string): boolean {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, mine)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function isStale(file: string): boolean {
  try {
    const [pid = '', birth] = readFileSync(file, 'utf8').split('.')
    return !(isAlive(Number(pid)) && birthOf(Number(pid)) === birth)
  } catch {
    return false
  }
}
