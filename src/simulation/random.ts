/** A seeded source of chance: the same seed gives the same people and dossiers. */
export interface Random {
  /** In [0, 1). */
  next(): number
  bytes(size: number): Buffer
  pick<T>(items: readonly T[]): T
  /** Picks by weight. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T
  chance(probability: number): boolean
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number
  /** Waiting times are many short and few long: exponential with this mean. */
  waiting(mean: number): number
}

/** SplitMix32: small, fast and good enough to make sample data; never for secrets of real people. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    whole,
    bytes(size) {
      const bytes = Buffer.alloc(size)
      for (let i = 0; i < size; i++) bytes[i] = whole(0, 255)
      return bytes
    },
    pick: (items) => items[whole(0, items.length - 1)]!,
    weighted(items) {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of items) {
        left -= weight
        if (left < 0) return item
      }
      return items.at(-1)![0]
    },
    chance: (probability) => next() < probability,
    waiting: (mean) => -Math.log(1 - next()) * mean,
  }
}
