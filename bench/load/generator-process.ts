import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Round, RoundResult } from './generator.ts'
import type { LivesRound } from './life-generator.ts'
import type { SteadyRound } from './steady-generator.ts'

/** Starts the load generator; it ends with `stop`. */
export const openGenerator = () => openProcess<Round, RoundResult>('generator.ts')

/** The same for whole lives of dossiers. */
export const openLifeGenerator = () => openProcess<LivesRound, { seconds: number }>('life-generator.ts')

/** Filings at a steady rate. */
export const openSteadyGenerator = () =>
  openProcess<SteadyRound, { milliseconds: number[] }>('steady-generator.ts')

function openProcess<Asked extends object, Answered>(file: string) {
  const child = fork(join(import.meta.dirname, file), { stdio: 'inherit' })
  const gone = once(child, 'exit').then(() => {
    throw new Error('the load generator has ended')
  })
  gone.catch(() => undefined)
  return {
    async play(round: Asked): Promise<Answered> {
      child.send(round)
      const [result] = await Promise.race([once(child, 'message'), gone])
      return result as Answered
    },
    stop: () => child.disconnect(),
  }
}
