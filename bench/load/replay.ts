import type { Pool } from 'pg'

/** A statement as it was sent, with its values. */
export interface Statement {
  name?: string
  text: string
  values: unknown[]
}

/** The statements that something sends, taken while it is done, with what it gives. */
export async function taking<T>(pool: Pool, run: () => Promise<T>): Promise<[Statement[], T]> {
  const query = pool.query
  const taken: Statement[] = []
  pool.query = ((...words: unknown[]) => {
    const [statement] = words
    if (typeof statement === 'object') taken.push(statement as Statement)
    return (query as (...words: unknown[]) => unknown).apply(pool, words)
  }) as typeof pool.query
  try {
    return [taken, await run()]
  } finally {
    pool.query = query
  }
}

/** The same statements about something else: each text of `swaps` gives way to its own. */
export function about(statements: readonly Statement[], swaps: readonly [string, string][]): Statement[] {
  const swap = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(swap)
    if (typeof value !== 'string') return value
    return swaps.reduce((text, [from, to]) => text.replaceAll(from, to), value)
  }
  return statements.map(({ name, text, values }) => ({
    ...(name !== undefined && { name }),
    ...{ text, values: values.map(swap) },
  }))
}

export async function runAll(pool: Pool, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await pool.query(statement)
}

/** Key of the submission among statements that file. */
export function submissionKeyIn(statements: readonly Statement[]): string {
  const keys = statements
    .flatMap(({ values }) => values)
    .find((value) => String(value).startsWith('[{"scope":'))
  return JSON.parse(String(keys))[0].key
}

/** Seconds that so many runs take, some of them side by side. */
export async function secondsOf(
  runs: number,
  sideBySide: number,
  one: () => Promise<unknown>,
): Promise<number> {
  let left = runs
  const worker = async () => {
    while (left-- > 0) await one()
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: sideBySide }, worker))
  return (performance.now() - begun) / 1000
}

export function ratio(part: number, whole: number): number {
  return Math.round((part / whole) * 100) / 100
}
