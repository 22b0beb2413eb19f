import { createRequire } from 'node:module'
import { join } from 'node:path'
import { answerOf, contained } from '../contained-process.ts'

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
 * Tesseract as WebAssembly in a contained process for each paper. It ends itself above its memory, and is killed when
 * it is slow.
 */
export function textReader({
  limitMs = 90_000,
  memoryMb = 1_000,
  program = child,
}: ReaderSettings = {}): TextReader {
  return {
    async read(pages) {
      const process = contained(program, { words: [String(memoryMb), modelFolder()], entry: tesseract })
      const read: ReadLine[][] = []
      try {
        for (const { jpeg } of pages) {
          const answer = await answerOf<ReadingReply>(process, jpeg, limitMs)
          if (typeof answer === 'string') return `ocr-${answer}`
          read.push(answer.lines)
        }
        return read
      } finally {
        process.kill('SIGKILL')
      }
    },
  }
}

const require = createRequire(import.meta.url)
const tesseract = require.resolve('tesseract.js')
const modelFolder = () => join(require.resolve('@tesseract.js-data/vie/package.json'), '..', '4.0.0_best_int')
