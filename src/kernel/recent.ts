/** A map of the values that were used last; the one used longest ago gives way to another. */
export interface Recent<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
  delete(key: K): void
  readonly size: number
}

/** Keeps at most so many values. */
export function recent<K, V>(most: number): Recent<K, V> {
  // A map remembers the order in which its keys came: the first was used longest ago.
  const kept = new Map<K, V>()
  const use = (key: K, value: V) => {
    kept.delete(key)
    kept.set(key, value)
  }
  return {
    get(key) {
      const value = kept.get(key)
      if (value !== undefined) use(key, value)
      return value
    },
    set(key, value) {
      use(key, value)
      if (kept.size > most) kept.delete(kept.keys().next().value as K)
    },
    delete: (key) => void kept.delete(key),
    get size() {
      return kept.size
    },
  }
}
