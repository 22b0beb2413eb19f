import type { Queryable } from '../../../kernel/db.ts'
import { quarterOf, type Reading } from './reading.ts'
import { insertReadings } from './readings-store.ts'

/** Takes readings down without making the reader wait. */
export interface Readings {
  note(readings: readonly Reading[]): void
  /** Writes what waits and ends; a clean stop loses nothing. */
  close(): Promise<void>
}

interface Options {
  /** How long a reading may wait for others, in milliseconds. */
  restMs?: number
  /** A batch that could not be written is kept and tried again. */
  onFailure?(error: unknown): void
}

const mostAtOnce = 1000
const mostKnown = 20_000

/**
 * Gathers readings for a moment and writes them together. What was written within the same quarter of an hour is
 * remembered, so a page that is loaded again costs nothing.
 */
export function noteReadings(db: Queryable, { restMs = 1000, onFailure }: Options = {}): Readings {
  const waiting = new Map<string, Reading>()
  const known = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<boolean> = Promise.resolve(true)

  // What the database can never take is told and let go; it must not hold up the rest.
  const writeDown = async (batch: Reading[]): Promise<void> => {
    try {
      await insertReadings(db, batch)
    } catch (error) {
      if (!neverFits(error)) throw error
      if (batch.length === 1) onFailure?.(error)
      else for (const each of batch) await writeDown([each])
    }
  }
  const write = async (): Promise<boolean> => {
    const batch = [...waiting].slice(0, mostAtOnce)
    if (batch.length === 0) return true
    try {
      await writeDown(batch.map(([, reading]) => reading))
    } catch (error) {
      onFailure?.(error)
      return false
    }
    for (const [key] of batch) {
      waiting.delete(key)
      known.add(key)
    }
    if (known.size > mostKnown) known.clear()
    return true
  }
  const flush = (): Promise<boolean> => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
    return writing
  }
  const soon = () => {
    timer ??= setTimeout(async () => {
      await flush()
      if (waiting.size > 0) soon()
    }, restMs)
  }
  return {
    note(readings) {
      for (const reading of readings) {
        const key = keyOf(reading)
        if (!known.has(key) && !waiting.has(key)) waiting.set(key, reading)
      }
      if (waiting.size > 0) soon()
    },
    async close() {
      while (waiting.size > 0 && (await flush()));
      clearTimeout(timer)
    },
  }
}

const keyOf = ({ dossierId, readerKind, readerId, how, at }: Reading) =>
  `${dossierId} ${quarterOf(at).getTime()} ${readerKind} ${readerId} ${how}`

// Classes 22 and 23 of SQLSTATE: wrong data, and a promise of the table that it would break.
const neverFits = (error: unknown) => /^2[23]/.test(String((error as { code?: unknown }).code))
