import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/**
 * Ends this process when it holds more than so many megabytes, or when whoever started it is gone; for processes that
 * meet strangers' content. Resolves once somebody watches: the work blocks its own thread, so another one looks.
 */
export async function watchMemory(megabytes: number): Promise<void> {
  // In a worker `process.exit` would end the thread only; a signal ends the process.
  const source = `const parent = process.ppid
    setInterval(() => {
      if (process.memoryUsage.rss() > ${megabytes} * 1048576 || process.ppid !== parent)
        process.kill(process.pid, 'SIGKILL')
    }, 20)`
  const watching = new Worker(source, { eval: true })
  await once(watching, 'online')
  watching.unref()
}
