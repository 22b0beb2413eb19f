import { recent } from './recent.ts'

/** Readings that whoever asks for the same shares, also while they are under way. */
export interface SharedReadings<V> {
  /** What was read for this key not too long ago; else what `read` gives. A reading that fails is not kept. */
  of(key: string, read: () => Promise<V>): Promise<V>
  /** Reads anew at the next question: for who changed what was read. */
  forget(): void
}

/**
 * Answers that may be `lastsMs` old: however many ask meanwhile, there is one reading for each key, and at most `most`
 * are kept. Age counts from the moment at which a reading began; nobody begins another while one is under way. `clock`
 * gives milliseconds.
 */
export function sharedReadings<V>({
  lastsMs,
  most,
  clock = () => performance.now(),
}: {
  lastsMs: number
  most: number
  clock?: () => number
}): SharedReadings<V> {
  let kept = recent<string, { at: number; isUnderWay: boolean; value: Promise<V> }>(most)
  return {
    of(key, read) {
      const known = kept.get(key)
      if (known && (known.isUnderWay || clock() - known.at < lastsMs)) return known.value
      const next = { at: clock(), isUnderWay: true, value: read() }
      kept.set(key, next)
      next.value.then(
        () => {
          next.isUnderWay = false
        },
        () => kept.get(key) === next && kept.delete(key),
      )
      return next.value
    },
    forget() {
      kept = recent(most)
    },
  }
}
