import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ticksPerSecond = 100

/**
 * Seconds that the processes of a PostgreSQL server have had a core so far, sessions that ended included: their time
 * passes to the server. Only where /proc tells it; elsewhere undefined.
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
    // The name stands in brackets and may hold anything; after it come state, parent, and from 11 on the times.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = (first: number) => Number(fields[first]) + Number(fields[first + 1])
    // Own time, and for the server that of the children it has seen end.
    if (Number(id) === server) return (ticks(11) + ticks(13)) / ticksPerSecond
    return Number(fields[1]) === server ? ticks(11) / ticksPerSecond : 0
  } catch {
    // It ended while we looked.
    return 0
  }
}
