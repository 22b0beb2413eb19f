import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Round, RoundResult } from './generator.ts'

/** Starts the load generator; it ends with `stop`. */
export function openGenerator() {
  const child = fork(join(import.meta.dirname, 'generator.ts'), { stdio: 'inherit' })
  return {
    async play(round: Round): Promise<RoundResult> {
      child.send(round)
      const [result] = await once(child, 'message')
      return result as RoundResult
    },
    stop: () => child.disconnect(),
  }
}
