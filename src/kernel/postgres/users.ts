import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { birthOf, isAlive } from './processes.ts'

let opened = 0

/**
 * Who uses the database now: the server and, beside it, commands such as `motcua verify`.
 * The last one to leave turns off the light. Entries of killed processes are swept away.
 */
export function openUsers(folder: string) {
  opened += 1
  const mine = `${process.pid}.${birthOf(process.pid)}.${opened}`
  return {
    enter() {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeFileSync(join(folder, mine), '')
    },
    /** Leaves, and tells whether somebody is still there. */
    leave(): boolean {
      rmSync(join(folder, mine), { force: true })
      return living(folder) > 0
    },
  }
}

function living(folder: string): number {
  let count = 0
  for (const name of readdirSync(folder)) {
    const [pid = '', birth] = name.split('.')
    if (isAlive(Number(pid)) && birthOf(Number(pid)) === birth) count += 1
    else rmSync(join(folder, name), { force: true })
  }
  return count
}
