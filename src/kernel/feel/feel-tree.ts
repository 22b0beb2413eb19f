/**
 * A compiled FEEL expression: plain JSON, stored beside the text it came from and evaluated on server and
 * browser by `evaluate-feel.ts`.
 */
export type Feel =
  | { is: 'literal'; value: string | number | boolean | null }
  | { is: 'path'; names: string[] }
  | { is: 'get'; of: Feel; name: string }
  | { is: 'list'; items: Feel[] }
  | { is: 'negate'; of: Feel }
  | { is: 'arithmetic'; op: ArithmeticOp; left: Feel; right: Feel }
  | { is: 'compare'; op: CompareOp; left: Feel; right: Feel }
  | { is: 'between'; of: Feel; from: Feel; to: Feel }
  | { is: 'in'; of: Feel; tests: FeelTest[] }
  | { is: 'and' | 'or'; left: Feel; right: Feel }
  | { is: 'if'; when: Feel; yes: Feel; no: Feel }
  | { is: 'some' | 'every'; name: string; within: Feel; satisfies: Feel }
  | { is: 'call'; name: string; args: Feel[] }

/** One test at the right of `in`. `all of` spreads a list: `x in ["a", "b"]`. */
export type FeelTest =
  | { is: 'range'; from: Feel; to: Feel; fromIncluded: boolean; toIncluded: boolean }
  | { is: 'compared'; op: CompareOp; to: Feel }
  | { is: 'equal'; to: Feel }
  | { is: 'any of'; list: Feel }

export type ArithmeticOp = '+' | '-' | '*' | '/' | '**'
export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>='

/** Functions every expression may call, with the fewest and most arguments they take. */
export const feelFunctions = {
  not: [1, 1],
  'is defined': [1, 1],
  contains: [2, 2],
  'starts with': [2, 2],
  'ends with': [2, 2],
  'string length': [1, 1],
  'upper case': [1, 1],
  'lower case': [1, 1],
  string: [1, 1],
  count: [1, 1],
  'list contains': [2, 2],
  sum: [1, 1],
  min: [1, 1],
  max: [1, 1],
  floor: [1, 1],
  ceiling: [1, 1],
  abs: [1, 1],
  date: [1, 3],
  today: [0, 0],
  'years between': [2, 2],
  'months between': [2, 2],
  'days between': [2, 2],
  'add days': [2, 2],
  'add months': [2, 2],
  'add years': [2, 2],
} as const satisfies Record<string, readonly [number, number]>

/** Every path the expression reads, as dotted text; used to find unreachable or circular fields. */
export function pathsOf(tree: Feel): string[] {
  const found = new Set<string>()
  collect(tree, new Set(), found)
  return [...found]
}

function collect(tree: unknown, bound: Set<string>, found: Set<string>): void {
  if (Array.isArray(tree)) for (const item of tree) collect(item, bound, found)
  else if (typeof tree === 'object' && tree !== null) {
    const node = tree as Record<string, unknown>
    if (node.is === 'path') {
      const names = node.names as string[]
      if (!bound.has(names[0] ?? '')) found.add(names.join('.'))
      return
    }
    const inner = node.is === 'some' || node.is === 'every' ? new Set([...bound, node.name as string]) : bound
    for (const child of Object.values(node)) collect(child, inner, found)
  }
}
