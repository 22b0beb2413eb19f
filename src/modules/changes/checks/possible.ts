import type { Feel } from '../../../kernel/feel/index.ts'

/*
 * Whether a condition can ever hold. Only what is certain counts: whatever is not understood may be true.
 * A condition is taken apart into ways of being true, each a list of things that must hold of single answers.
 */

/** What is known of an answer. */
export interface KnownAnswer {
  /** The only values that it can have; undefined: any. */
  values?: readonly (string | number | boolean)[]
  /** It is never given: the question is never shown. */
  never?: boolean
}
export type AnswerFacts = (path: string) => KnownAnswer

/** Why a condition cannot hold: what is asked of one answer. */
export interface Impossible {
  path: string
  why: 'no-such-value' | 'contradiction' | 'never-given'
  value: string
}

type Literal = string | number | boolean
type Atom =
  | { path: string; is: Literal[] }
  | { path: string; not: Literal[] }
  | { path: string; given: boolean }
  | { path: string; above: number; included: boolean }
  | { path: string; below: number; included: boolean }
/** All of one way must hold. */
type Way = Atom[]

const mostWays = 256
/** Anything may be: one way that asks nothing. */
const unknown: Way[] = [[]]

/** Null when all of the conditions may hold at once; else why they cannot, as far as the first way shows it. */
export function impossible(conditions: readonly Feel[], facts: AnswerFacts): Impossible | null {
  let ways: Way[] = unknown
  for (const condition of conditions) {
    ways = both(ways, waysOf(condition, true))
    if (ways.length > mostWays) return null
  }
  let first: Impossible | null = null
  for (const way of ways) {
    const why = contradictionIn(way, facts)
    if (why === null) return null
    first ??= why
  }
  return first ?? { path: '', why: 'contradiction', value: '' }
}

const both = (left: Way[], right: Way[]): Way[] =>
  left.length * right.length > mostWays
    ? unknown
    : left.flatMap((one) => right.map((other) => [...one, ...other]))

/** The ways in which a condition comes out as `wanted`, and not as null. */
function waysOf(tree: Feel, wanted: boolean): Way[] {
  switch (tree.is) {
    case 'literal':
      return tree.value === wanted ? unknown : []
    case 'path':
      return [[{ path: tree.names.join('.'), is: [wanted] }]]
    case 'and':
    case 'or': {
      const [left, right] = [waysOf(tree.left, wanted), waysOf(tree.right, wanted)]
      const all = (tree.is === 'and') === wanted
      return all ? both(left, right) : [...left, ...right].slice(0, mostWays * 2)
    }
    case 'compare':
      return wanted ? comparison(tree) : opposite(tree)
    case 'in':
      return membership(tree, wanted)
    case 'call':
      return called(tree, wanted)
    default:
      return unknown
  }
}

type Compare = Extract<Feel, { is: 'compare' }>
const turned = { '=': '=', '!=': '!=', '<': '>', '>': '<', '<=': '>=', '>=': '<=' } as const
const opposites = { '=': '!=', '!=': '=' } as const

function comparison({ op, left, right }: Compare): Way[] {
  if (left.is !== 'path')
    return right.is === 'path'
      ? comparison({ is: 'compare', op: turned[op], left: right, right: left })
      : unknown
  const path = left.names.join('.')
  const value = literalIn(right)
  if (value === undefined) return unknown
  if (value === null)
    return op === '=' ? [[{ path, given: false }]] : op === '!=' ? [[{ path, given: true }]] : []
  switch (op) {
    case '=':
      return [[{ path, is: [value] }]]
    case '!=':
      return [[{ path, not: [value] }]]
    default:
      if (typeof value !== 'number') return [[{ path, given: true }]]
      return op === '<' || op === '<='
        ? [[{ path, below: value, included: op === '<=' }]]
        : [[{ path, above: value, included: op === '>=' }]]
  }
}

// Only sameness is simply the other way round; of what cannot be ordered neither way is true.
function opposite({ op, left, right }: Compare): Way[] {
  if (op !== '=' && op !== '!=') return unknown
  return comparison({ is: 'compare', op: opposites[op], left, right })
}

function membership({ of, tests }: Extract<Feel, { is: 'in' }>, wanted: boolean): Way[] {
  if (of.is !== 'path') return unknown
  const values = tests.flatMap((test) => {
    if (test.is === 'equal') return [literalIn(test.to)]
    if (test.is === 'any of' && test.list.is === 'list') return test.list.items.map(literalIn)
    return [undefined]
  })
  return oneOf(of.names.join('.'), values, wanted)
}

function oneOf(path: string, values: readonly (Literal | null | undefined)[], wanted: boolean): Way[] {
  const known = values.filter((value) => value !== undefined && value !== null)
  if (known.length < values.length) return unknown
  return wanted ? [[{ path, is: known }]] : [[{ path, not: known }]]
}

function called({ name, args }: Extract<Feel, { is: 'call' }>, wanted: boolean): Way[] {
  const [first, second] = args
  switch (name) {
    case 'not':
      return first ? waysOf(first, !wanted) : unknown
    case 'is defined':
      return first?.is === 'path' ? [[{ path: first.names.join('.'), given: wanted }]] : unknown
    case 'list contains':
      return first?.is === 'list' && second?.is === 'path'
        ? oneOf(second.names.join('.'), first.items.map(literalIn), wanted)
        : unknown
    default:
      return unknown
  }
}

/** Undefined: not a value that is written down. */
function literalIn(tree: Feel): Literal | null | undefined {
  if (tree.is === 'literal') return tree.value
  if (tree.is !== 'negate' || tree.of.is !== 'literal' || typeof tree.of.value !== 'number') return undefined
  return -tree.of.value
}

interface Wanted {
  allowed: Literal[] | undefined
  not: Set<Literal>
  given: boolean | undefined
  above: { at: number; included: boolean }
  below: { at: number; included: boolean }
}

function contradictionIn(way: Way, facts: AnswerFacts): Impossible | null {
  const wanted = new Map<string, Wanted>()
  for (const atom of way) {
    const all = wanted.get(atom.path) ?? nothingWanted()
    wanted.set(atom.path, all)
    const why = add(all, atom, facts(atom.path))
    if (why) return { path: atom.path, why, value: valueIn(atom) }
  }
  return null
}

const nothingWanted = (): Wanted => ({
  allowed: undefined,
  not: new Set(),
  given: undefined,
  above: { at: Number.NEGATIVE_INFINITY, included: true },
  below: { at: Number.POSITIVE_INFINITY, included: true },
})

/** Adds one wish; says why it cannot be met together with those before. */
function add(all: Wanted, atom: Atom, known: KnownAnswer): Impossible['why'] | null {
  if ('given' in atom) {
    if (all.given !== undefined && all.given !== atom.given) return 'contradiction'
    all.given = atom.given
    return atom.given && known.never ? 'never-given' : null
  }
  if ('not' in atom) {
    for (const value of atom.not) all.not.add(value)
    return emptied(all) ? 'contradiction' : null
  }
  // Whatever is compared in this way has been answered.
  if (all.given === false) return 'contradiction'
  all.given = true
  if (known.never) return 'never-given'
  if ('is' in atom) {
    const values = known.values
    const real = values ? atom.is.filter((value) => values.includes(value)) : atom.is
    if (real.length === 0) return 'no-such-value'
    all.allowed = all.allowed ? all.allowed.filter((value) => real.includes(value)) : real
    return emptied(all) ? 'contradiction' : null
  }
  const edge =
    'above' in atom
      ? { at: atom.above, included: atom.included }
      : { at: atom.below, included: atom.included }
  if ('above' in atom) all.above = edge.at > all.above.at ? edge : tighter(all.above, edge)
  else all.below = edge.at < all.below.at ? edge : tighter(all.below, edge)
  return emptied(all) ? 'contradiction' : null
}

const tighter = (one: Wanted['above'], other: Wanted['above']) =>
  one.at === other.at ? { at: one.at, included: one.included && other.included } : one

function emptied({ allowed, not, above, below }: Wanted): boolean {
  if (above.at > below.at || (above.at === below.at && !(above.included && below.included))) return true
  if (allowed === undefined) return false
  return !allowed.some(
    (value) => !not.has(value) && (typeof value !== 'number' || within(value, above, below)),
  )
}

const within = (value: number, above: Wanted['above'], below: Wanted['below']) =>
  (above.included ? value >= above.at : value > above.at) &&
  (below.included ? value <= below.at : value < below.at)

function valueIn(atom: Atom): string {
  if ('is' in atom) return atom.is.join(', ')
  if ('not' in atom) return atom.not.join(', ')
  if ('given' in atom) return ''
  return String('above' in atom ? atom.above : atom.below)
}
