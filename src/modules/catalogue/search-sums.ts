import type { Candidate } from './vocabulary.ts'

/**
 * What the words of one question add up to, by place in the list. One room is used for question after question: over
 * sixty thousand procedures, a map for each word cost more than the search itself.
 */
export interface Sums {
  points: Float64Array
  /** Share of the words found, weighed by how telling each is. */
  share: Float64Array
  /** The best that the word being added gives; empty between words. */
  best: Float64Array
  /** Places that have sums. */
  held: number[]
}

/** Procedures by place in the list, each with its value. */
export interface Scores {
  indexes: number[]
  values: number[]
}

/** An empty room for a list of this length. */
export function makeSums(size: number): Sums {
  const [points, share, best] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  return { points, share, best, held: [] }
}

/**
 * Adds one typed word: each procedure gets the best of the words that may stand for it. Where the question is not
 * `open` any more, a procedure that has nothing yet can no longer reach what is needed and stays out.
 */
export function addWord(
  { points, share, best, held }: Sums,
  candidates: readonly Candidate[],
  word: { idf: number; share: number; open: boolean },
): void {
  const touched: number[] = []
  for (const { posting, factor } of candidates)
    for (let i = 0; i < posting.documents.length; i += 1) {
      const index = posting.documents[i]!
      if (!word.open && share[index] === 0) continue
      const weight = posting.weights[i]! * factor
      if (best[index] === 0) touched.push(index)
      if (weight > best[index]!) best[index] = weight
    }
  for (const index of touched) {
    if (share[index] === 0) held.push(index)
    points[index]! += best[index]! * word.idf
    share[index]! += word.share
    best[index] = 0
  }
}

/** What has at least the needed share, valued by points and share, and whether any holds the whole; empties the room. */
export function takeOut(sums: Sums, needed: number): Scores & { whole: boolean } {
  const { points, share, held } = sums
  const found = { indexes: [] as number[], values: [] as number[], whole: false }
  for (const index of held) {
    if (share[index]! > 0.999) found.whole = true
    if (share[index]! >= needed) {
      found.indexes.push(index)
      found.values.push(points[index]! * share[index]!)
    }
    points[index] = 0
    share[index] = 0
  }
  sums.held = []
  return found
}

/** Places of the `most` highest values; of equal ones at the edge, the first. */
export function placesOfBest(values: readonly number[], most: number): number[] {
  if (values.length <= most) return values.map((_, place) => place)
  const least = Float64Array.from(values).sort().at(-most)!
  const above = values.flatMap((value, place) => (value > least ? [place] : []))
  const equal = values.flatMap((value, place) => (value === least ? [place] : []))
  return [...above, ...equal.slice(0, most - above.length)]
}

/** Those whose place in the list is wanted. */
export function only({ indexes, values }: Scores, wanted: (index: number) => boolean): Scores {
  const places = indexes.flatMap((index, place) => (wanted(index) ? [place] : []))
  return { indexes: places.map((place) => indexes[place]!), values: places.map((place) => values[place]!) }
}

/** The first `most` indexes by falling value; of equal ones the lower index first. */
export function bestIndexes({ indexes, values }: Scores, most: number): number[] {
  return placesOfBest(values, most)
    .sort((a, b) => values[b]! - values[a]! || indexes[a]! - indexes[b]!)
    .map((place) => indexes[place]!)
}
