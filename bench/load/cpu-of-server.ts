import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ticksPerSecond = 100

/**
 * Seconds that the processes of a PostgreSQL server have had a core so far, those of its sessions that still run.
 * Only where /proc tells it; elsewhere undefined.
 */
export function cpuSecondsOf(dataDir: string): number | undefined {
  try {
    const server = Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
    const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return ids.reduce((sum, id) => sum + secondsOf(id, server), 0)
  } catch {
    return undefined
  }
}

function secondsOf(id: string, server: number): number {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8')
    // The name stands in brackets and may hold anything; after it come state, parent, and at 11 and 12 the times.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const isOurs = Number(id) === server || Number(fields[1]) === server
    return isOurs ? (Number(fields[11]) + Number(fields[12])) / ticksPerSecond : 0
  } catch {
    // It ended while we looked.
    return 0
  }
}
