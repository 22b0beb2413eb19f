import { type ChildProcess, fork } from 'node:child_process'
import { join, sep } from 'node:path'

export interface Containment {
  /** What the program is told when it is started. */
  words: string[]
  /** Entry of the package it works with: the packages beside it may be read. */
  entry: string
}

/**
 * Starts a program that meets strangers' content, in a process of its own: what the content does to it ends with that
 * process. By Node's permission model it gets no network, reads only its own folder and the packages, writes nothing
 * and starts nothing; nothing of our environment is passed on. Its heap is bounded here, and it has to watch the rest
 * of its memory itself. Whoever starts it kills it.
 */
export function contained(program: string, { words, entry }: Containment): ChildProcess {
  const readable = [packagesAround(entry), join(program, '..'), installed]
  return fork(program, words, {
    execArgv: [
      '--permission',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      ...['--allow-worker', '--max-old-space-size=256'],
    ],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

// Where node_modules is a link, both names are asked for.
const installed = join(import.meta.dirname, '../../../../node_modules')
const packagesAround = (entry: string) =>
  entry.slice(0, entry.lastIndexOf(`${sep}node_modules${sep}`) + `${sep}node_modules`.length)

/** Asks a contained process one thing: its answer, or why there is none. It is not killed here. */
export function answerOf<T extends object>(
  child: ChildProcess,
  question: object,
  limitMs: number,
): Promise<T | 'slow' | 'failed'> {
  return new Promise((resolve) => {
    const end = (result: T | 'slow' | 'failed') => {
      clearTimeout(clock)
      child.off('message', told).off('exit', ended).off('error', ended)
      resolve(result)
    }
    const told = (reply: unknown) => end(reply as T)
    const ended = () => end('failed')
    const clock = setTimeout(() => end('slow'), limitMs)
    child.once('message', told).once('exit', ended).once('error', ended)
    if (child.exitCode !== null || child.signalCode !== null || !child.connected) return end('failed')
    child.send(question, (error) => error && end('failed'))
  })
}
