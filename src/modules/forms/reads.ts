import type { Feel } from '../../kernel/feel/index.ts'

const known = new WeakMap<Feel, string[]>()

/**
 * Every path that an expression reads, as dotted text; what it reads of the items of a list counts as read of the
 * list: `some m in members satisfies m.age > 3` reads `members` and `members.age`.
 */
export function readsOf(tree: Feel): string[] {
  const before = known.get(tree)
  if (before) return before
  const found = new Set<string>()
  collect(tree, new Map(), found)
  known.set(tree, [...found])
  return [...found]
}

/** Names bound by quantifiers → the path of the list, or nothing when it is worked out. */
type Bound = ReadonlyMap<string, string | undefined>

function collect(tree: unknown, bound: Bound, found: Set<string>): void {
  if (Array.isArray(tree)) {
    for (const item of tree) collect(item, bound, found)
    return
  }
  if (typeof tree !== 'object' || tree === null) return
  const node = tree as Record<string, unknown>
  if (node.is === 'path') {
    const path = pathOf(node.names as string[], bound)
    if (path) found.add(path)
    return
  }
  if (node.is === 'some' || node.is === 'every') {
    collect(node.within, bound, found)
    const within = node.within as Feel
    const path = within.is === 'path' ? pathOf(within.names, bound) : undefined
    collect(node.satisfies, new Map([...bound, [node.name as string, path]]), found)
    return
  }
  for (const child of Object.values(node)) collect(child, bound, found)
}

function pathOf(names: readonly string[], bound: Bound): string | undefined {
  const [first = '', ...rest] = names
  if (!bound.has(first)) return names.join('.')
  const list = bound.get(first)
  return list === undefined ? undefined : [list, ...rest].join('.')
}
