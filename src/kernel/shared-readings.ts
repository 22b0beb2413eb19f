import { recent } from './recent.ts'

/** Readings that whoever asks for the same shares, also while they are under way. */
export interface SharedReadings<V> {
  /** What was read for this key in this stretch of time, else what `read` gives. A reading that fails is not kept. */
  of(key: string, read: () => Promise<V>): Promise<V>
  /** Reads anew at the next question, of one key or of all: for who changed what was read. */
  forget(key?: string): void
}

/**
 * Answers that are as of the present stretch of `lastsMs`: however many ask within it, there is one reading for each
 * key, and at most `most` are kept. Stretches begin at the same moments for all who share a clock, so what is made of
 * one answer and kept likewise is no older than the answer itself. Nobody begins a reading while one is under way.
 */
export function sharedReadings<V>({
  lastsMs,
  most,
  clock = () => performance.now(),
}: {
  lastsMs: number
  most: number
  /** Milliseconds. */
  clock?: () => number
}): SharedReadings<V> {
  let kept = recent<string, { stretch: number; isUnderWay: boolean; value: Promise<V> }>(most)
  return {
    of(key, read) {
      const known = kept.get(key)
      const stretch = Math.floor(clock() / lastsMs)
      if (known && (known.isUnderWay || known.stretch === stretch)) return known.value
      const next = { stretch, isUnderWay: true, value: read() }
      kept.set(key, next)
      next.value.then(
        () => {
          next.isUnderWay = false
        },
        () => kept.get(key) === next && kept.delete(key),
      )
      return next.value
    },
    forget(key) {
      if (key === undefined) kept = recent(most)
      else kept.delete(key)
    },
  }
}
