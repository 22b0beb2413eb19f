import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { birthOf, isAlive } from '../../src/kernel/postgres/processes.ts'
import { stopPostgresIn } from '../../src/kernel/postgres/supervisor.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of this run's servers, with a short path for their sockets. */
    testRunDir: string
  }
}

const mark = 'motcua-test-'

/** Gives the run a folder for its servers; at the end, and for runs that were killed, stops and removes them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepKilledRuns()
  const folder = mkdtempSync(join(tmpdir(), `${mark}${process.pid}.${birthOf(process.pid)}.`))
  project.provide('testRunDir', folder)
  return () => remove(folder)
}

async function sweepKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(mark)) continue
    const [pid = '', birth] = name.slice(mark.length).split('.')
    if (!(isAlive(Number(pid)) && birthOf(Number(pid)) === birth))
      await remove(join(tmpdir(), name)).catch(() => undefined)
  }
}

async function remove(folder: string): Promise<void> {
  for (const name of readdirSync(folder))
    if (/^worker-\w+$/.test(name)) await stopPostgresIn(join(folder, name))
  // A process that is just ending may still write into it.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
}
