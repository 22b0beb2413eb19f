import { setTimeout as sleep } from 'node:timers/promises'

const everyMs = 500
const afterFailureMs = 5_000

/**
 * Looks after a running PostgreSQL: when it dies under us (killed, out of memory, disk full) it is started again
 * and recovers from its log. A restart that fails is told once and tried again until it works or we stop.
 */
export function keepAlive(isRunning: () => boolean, restart: () => Promise<void>) {
  const ending = new AbortController()
  let lastWords = ''
  const turn = async (): Promise<void> => {
    if (isRunning()) return
    try {
      await restart()
      lastWords = ''
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      if (words !== lastWords) process.stderr.write(`${words}\n`)
      lastWords = words
    }
  }
  const watching = (async () => {
    while (await pause(lastWords ? afterFailureMs : everyMs, ending.signal)) await turn()
  })()
  return {
    /** Ends the watch; a restart under way is finished first, so that nothing starts after the stop. */
    async stop(): Promise<void> {
      ending.abort()
      await watching
    },
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined)
  return !signal.aborted
}
