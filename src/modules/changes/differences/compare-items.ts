import type { PartKind } from '../contents.ts'
import { type Item, labelOf, type Words } from './item.ts'

/** One thing that an official can read about two versions of a procedure. */
export interface Difference {
  part: PartKind
  /** Where it stands: in the newer version, or in the older when it is gone. */
  at: string
  what: 'added' | 'removed' | 'changed' | 'moved'
  label: Words
  /** What was said before, in words; null when nothing. */
  before: string | null
  after: string | null
}

/**
 * What differs between two lists of items of one part, in the order of the newer and then of the older. Of something
 * that is new or gone one line is told, not each of its facts; of things that changed places only as many as must have
 * moved.
 */
export function compareItems(before: readonly Item[], after: readonly Item[]): Difference[] {
  const [old, now] = [byId(before), byId(after)]
  const moved = movedAmong(before, after)
  const names = new Map([...before, ...after].map(({ id, name }) => [id, name.vi]))
  return [
    ...after.flatMap((item) => {
      const was = old.get(item.id)
      if (was === undefined) return isToldWithPlace(item, now, old) ? [] : [whole(item, 'added')]
      return [...facts(was, item), ...(moved.has(item.id) ? [place(was, item, names)] : [])]
    }),
    ...before
      .filter((item) => !now.has(item.id) && !isToldWithPlace(item, old, now))
      .map((item) => whole(item, 'removed')),
  ]
}

const byId = (items: readonly Item[]) => new Map(items.map((item) => [item.id, item]))

// A new case is told with its fees. A new page is not told with its questions: they are what people look for.
function isToldWithPlace({ within }: Item, own: Map<string, Item>, other: Map<string, Item>): boolean {
  return within !== null && !other.has(within) && own.get(within)?.summary != null
}

function whole(item: Item, what: 'added' | 'removed'): Difference {
  const text = item.summary ?? item.name.vi
  const { part, at } = item
  return what === 'added'
    ? { part, at, what, label: labelOf(item), before: null, after: text }
    : { part, at, what, label: labelOf(item), before: text, after: null }
}

function facts(was: Item, item: Item): Difference[] {
  const names = [...new Set([...Object.keys(item.facts), ...Object.keys(was.facts)])]
  return names
    .filter((name) => (was.facts[name] ?? null) !== (item.facts[name] ?? null))
    .map((name) => ({
      ...{ part: item.part, at: item.at, what: 'changed' as const, label: labelOf(item, name) },
      ...{ before: was.facts[name] ?? null, after: item.facts[name] ?? null },
    }))
}

function place(was: Item, item: Item, names: Map<string, string>): Difference {
  const placeOf = ({ within }: Item) => (within === null ? null : (names.get(within) ?? within))
  return {
    ...{ part: item.part, at: item.at, what: 'moved', label: labelOf(item) },
    ...{ before: placeOf(was), after: placeOf(item) },
  }
}

/** The fewest things that must have moved: all but a longest sequence that kept its order, place by place. */
function movedAmong(before: readonly Item[], after: readonly Item[]): Set<string> {
  const position = new Map(before.map(({ id }, i) => [id, i]))
  const places = new Map(before.map(({ id, within }) => [id, within]))
  const moved = new Set<string>()
  const stayed = new Map<string, { id: string; at: number }[]>()
  for (const { id, within, kind } of after) {
    const at = position.get(id)
    if (at === undefined) continue
    if (places.get(id) !== within) moved.add(id)
    else {
      const key = `${kind} ${within ?? ''}`
      stayed.set(key, [...(stayed.get(key) ?? []), { id, at }])
    }
  }
  for (const siblings of stayed.values()) {
    const kept = longestRising(siblings.map(({ at }) => at))
    for (const [i, { id }] of siblings.entries()) if (!kept.has(i)) moved.add(id)
  }
  return moved
}

/** Indexes of a longest rising subsequence. */
function longestRising(numbers: readonly number[]): Set<number> {
  const tails: number[] = []
  const before: number[] = []
  for (const [i, value] of numbers.entries()) {
    let low = 0
    for (let high = tails.length; low < high; ) {
      const middle = (low + high) >> 1
      if (numbers[tails[middle]!]! < value) low = middle + 1
      else high = middle
    }
    before[i] = low > 0 ? tails[low - 1]! : -1
    tails[low] = i
  }
  const kept = new Set<number>()
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i]!) kept.add(i)
  return kept
}
