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
  const asked = sources.flatMap((source) => source.keys.map((key) => ({ source, key })))
  const answers = await Promise.all(asked.map(({ source, key }) => ask(source, key, personalId, timeoutMs)))
  return Object.fromEntries(asked.map(({ key }, i) => [key, answers[i]]))
}

async function ask(
  source: RegisterSource,
  key: string,
  personalId: string,
  timeoutMs: number,
): Promise<unknown> {
  const signal = AbortSignal.timeout(timeoutMs)
  const late = new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(unavailable), { once: true }),
  )
  try {
    return await Promise.race([source.read(key, personalId, signal), late])
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
