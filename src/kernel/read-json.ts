/** The value of a text of JSON; undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The object that a text of JSON holds; undefined when it is none, or a list. */
export function readJsonObject(text: string): Record<string, unknown> | undefined {
  const value = readJson(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}
