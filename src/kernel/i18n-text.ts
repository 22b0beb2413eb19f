type Tree = { readonly [key: string]: string | Tree }

/**
 * Puts values into a sentence: `{name}` takes the value; `{count|question|questions}` takes the first word for one
 * and the second for others.
 */
export function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  if (!text.includes('{')) return text
  return text.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      const value = params[name]
      if (value === undefined) return whole
      if (one === undefined || many === undefined) return String(value)
      return Number(value) === 1 ? one : many
    },
  )
}

/** Every sentence of a catalogue with its key, `<area>.<key>`. */
export function* flatten(tree: Tree, prefix = ''): Generator<[string, string]> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') yield [prefix + key, value]
    else yield* flatten(value, `${prefix}${key}.`)
  }
}
