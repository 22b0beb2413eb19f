import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'

/** One line of letters as it was read, in points of the picture from its top left. */
export interface ReadLine {
  text: string
  x: number
  y: number
  width: number
  height: number
}

/** Why letters were not read; the paper is kept without them. */
export type ReadingFault = 'ocr-slow' | 'ocr-failed'

/** Reads Vietnamese letters of upright pictures, page by page. A fault is told, never thrown. */
export interface TextReader {
  read(pages: readonly { jpeg: Uint8Array }[]): Promise<ReadLine[][] | ReadingFault>
}

export interface ReaderSettings {
  /** How long one page may take, the start of the process included. */
  limitMs?: number
  /** Megabytes that the process may take. */
  memoryMb?: number
  /** The program that reads; tests put others in its place. */
  program?: string
}

export type ReadingReply = { lines: ReadLine[] }

const child = join(import.meta.dirname, 'read-pages.ts')

/**
 * Tesseract as WebAssembly in a process of its own for each paper: what a stranger's picture does to it ends with that
 * process. It gets no network, reads only the programs and the model, writes nothing and starts nothing, ends itself
 * above its memory, and is killed when it is slow.
 */
export function textReader({
  limitMs = 90_000,
  memoryMb = 1_000,
  program = child,
}: ReaderSettings = {}): TextReader {
  return {
    async read(pages) {
      const process = started(program, memoryMb)
      const read: ReadLine[][] = []
      try {
        for (const { jpeg } of pages) {
          const lines = await readOne(process, jpeg, limitMs)
          if (typeof lines === 'string') return lines
          read.push(lines)
        }
        return read
      } finally {
        process.kill('SIGKILL')
      }
    },
  }
}

function started(program: string, memoryMb: number): ChildProcess {
  return fork(program, [String(memoryMb), ...modelFolder()], {
    execArgv: ['--permission', ...readable(program), '--allow-worker', '--max-old-space-size=256'],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

const require = createRequire(import.meta.url)
const modelFolder = () => [
  join(require.resolve('@tesseract.js-data/vie/package.json'), '..', '4.0.0_best_int'),
]

/** The packages where they are installed, and the program itself. */
function readable(program: string): string[] {
  const found = require.resolve('tesseract.js')
  const packages = found.slice(0, found.lastIndexOf(`${sep}node_modules${sep}`) + `${sep}node_modules`.length)
  const here = join(program, '..')
  return [packages, here, join(import.meta.dirname, '../../../../../node_modules')].map(
    (path) => `--allow-fs-read=${path}`,
  )
}

function readOne(child: ChildProcess, jpeg: Uint8Array, limitMs: number): Promise<ReadLine[] | ReadingFault> {
  return new Promise((resolve) => {
    const end = (result: ReadLine[] | ReadingFault) => {
      clearTimeout(clock)
      child.off('message', told).off('exit', ended).off('error', ended)
      resolve(result)
    }
    const told = (reply: unknown) => end((reply as ReadingReply).lines)
    const ended = () => end('ocr-failed')
    const clock = setTimeout(() => end('ocr-slow'), limitMs)
    child.once('message', told).once('exit', ended).once('error', ended)
    if (child.exitCode !== null || child.signalCode !== null || !child.connected) return end('ocr-failed')
    child.send(jpeg, (error) => error && end('ocr-failed'))
  })
}
