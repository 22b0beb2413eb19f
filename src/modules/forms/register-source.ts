/** A register that could not be asked; typing goes on without it. */
export const unavailable = Object.freeze({ unavailable: true as const })

export const isUnavailable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value as { unavailable?: unknown }).unavailable === true

/** What registers say about one person, by source key: `POP`, `CIV`, `RES`, `HEALTH`, `LAND`, `VLT` … */
export type Registers = Record<string, unknown>

/** One register or all of them behind one door: an adapter to the national platform, or demonstration data. */
export interface RegisterSource {
  /** Keys it can answer for, such as `['POP', 'RES']`. */
  readonly keys: readonly string[]
  /** What it knows about a person; undefined when it knows nobody of that number. May throw. */
  read(key: string, personalId: string, signal: AbortSignal): Promise<unknown>
}

/**
 * Asks all sources at once. A source that fails or is slower than `timeoutMs` becomes `unavailable`:
 * it never stops the form.
 */
export async function registersFor(
  personalId: string | undefined,
  sources: readonly RegisterSource[],
  { timeoutMs = 2_000 }: { timeoutMs?: number } = {},
): Promise<Registers> {
  if (!personalId) return {}
  // One timer for all, taken back when they have answered: this runs in every filing.
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), timeoutMs)
  const late = new Promise((resolve) =>
    ending.signal.addEventListener('abort', () => resolve(unavailable), { once: true }),
  )
  const asked = sources.flatMap((source) => source.keys.map((key) => ({ source, key })))
  const answers = await Promise.all(
    asked.map(({ source, key }) => Promise.race([ask(source, key, personalId, ending.signal), late])),
  )
  clearTimeout(timer)
  return Object.fromEntries(asked.map(({ key }, i) => [key, answers[i]]))
}

async function ask(source: RegisterSource, key: string, personalId: string, signal: AbortSignal) {
  try {
    return await source.read(key, personalId, signal)
  } catch {
    return unavailable
  }
}

/** A source over plain data: personal id → register key → what it says. */
export function dataRegisters(data: Record<string, Record<string, unknown>>): RegisterSource {
  const keys = [...new Set(Object.values(data).flatMap((person) => Object.keys(person)))]
  return {
    keys,
    read: async (key, personalId) => (Object.hasOwn(data, personalId) ? data[personalId]?.[key] : undefined),
  }
}
