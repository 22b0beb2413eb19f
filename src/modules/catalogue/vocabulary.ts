import { editDistance } from '../../kernel/edit-distance.ts'
import type { LifeEvent, ListedProcedure } from './procedure-list.ts'
import { soundOf, wordsOf } from './search-words.ts'

// How much a word weighs by where it stands.
const weights = {
  plainName: 3,
  synonym: 3,
  name: 2,
  english: 1.5,
  event: 1,
  field: 1,
  publisher: 0.4,
} as const

interface Posting {
  documents: number[]
  weights: number[]
  idf: number
}

/** Procedures that hold a word, and how well that word answers what was typed (1: the same). */
export interface Candidate {
  posting: Posting
  factor: number
}

/** Every word of the list with the procedures that hold it. */
export interface Vocabulary {
  words: Map<string, Posting>
  byLength: Map<number, string[]>
  bySound: Map<string, string[]>
  sorted: string[]
  size: number
  /** Words known for a typed word; people type the same words. */
  exact: Map<string, Candidate[]>
  loose: Map<string, Candidate[]>
}

/** Reads the words of the list and of the life events its procedures stand under. */
export function makeVocabulary(
  procedures: readonly ListedProcedure[],
  events: readonly LifeEvent[],
): Vocabulary {
  const eventWords = wordsOfEvents(events)
  const words = new Map<string, Posting>()
  procedures.forEach((procedure, index) => {
    for (const [word, weight] of weighedWords(procedure, eventWords)) {
      const posting = words.get(word) ?? { documents: [], weights: [], idf: 0 }
      posting.documents.push(index)
      posting.weights.push(weight)
      words.set(word, posting)
    }
  })
  for (const posting of words.values())
    posting.idf = Math.log(1 + procedures.length / posting.documents.length)
  const sorted = [...words.keys()].sort()
  const byLength = Map.groupBy(sorted, (word) => word.length)
  const bySound = Map.groupBy(sorted, soundOf)
  return { words, byLength, bySound, sorted, size: procedures.length, exact: new Map(), loose: new Map() }
}

function wordsOfEvents(events: readonly LifeEvent[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const event of events) {
    const words = [event.name, event.nameEn, ...event.synonyms].flatMap(wordsOf)
    for (const code of event.entries.flatMap((entry) => entry.codes))
      found.set(code, [...(found.get(code) ?? []), ...words])
  }
  return found
}

function weighedWords(procedure: ListedProcedure, eventWords: Map<string, string[]>): Map<string, number> {
  const found = new Map<string, number>()
  const add = (words: readonly string[], weight: number) => {
    for (const word of words) if ((found.get(word) ?? 0) < weight) found.set(word, weight)
  }
  add(wordsOf(procedure.plainName ?? ''), weights.plainName)
  add(procedure.synonyms.flatMap(wordsOf), weights.synonym)
  add(wordsOf(procedure.name), weights.name)
  add(wordsOf(procedure.plainNameEn ?? ''), weights.english)
  add(eventWords.get(procedure.code) ?? [], weights.event)
  add(wordsOf(procedure.field ?? ''), weights.field)
  add(wordsOf(procedure.publisher ?? ''), weights.publisher)
  return found
}

/** Words that are what was typed, or begin with the last word while it is being typed. */
export function exactCandidates(vocabulary: Vocabulary, word: string, last: boolean): Candidate[] {
  const key = last ? `${word}*` : word
  return remember(vocabulary.exact, key, () => {
    const posting = vocabulary.words.get(word)
    const whole = posting ? [{ posting, factor: 1 }] : []
    return last && word.length > 1 ? [...whole, ...beginningWith(vocabulary, word)] : whole
  })
}

/** Also words that sound alike, begin with it, or are one slip away. */
export function looseCandidates(vocabulary: Vocabulary, word: string, last: boolean): Candidate[] {
  return remember(vocabulary.loose, last ? `${word}*` : word, () => {
    const exact = exactCandidates(vocabulary, word, last)
    const known = exact.length > 0 ? 0.5 : 0.75
    return [
      ...exact,
      ...(last ? [] : beginningWith(vocabulary, word)),
      ...candidates(vocabulary, vocabulary.bySound.get(soundOf(word)) ?? [], word, known + 0.1),
      ...candidates(vocabulary, oneSlipFrom(vocabulary, word), word, known),
    ]
  })
}

function candidates(
  vocabulary: Vocabulary,
  words: readonly string[],
  not: string,
  factor: number,
): Candidate[] {
  return words
    .filter((word) => word !== not)
    .map((word) => ({ posting: vocabulary.words.get(word)!, factor }))
}

function beginningWith(vocabulary: Vocabulary, start: string): Candidate[] {
  if (start.length < 2) return []
  const found: Candidate[] = []
  for (
    let i = firstFrom(vocabulary.sorted, start);
    i < vocabulary.sorted.length && found.length < 40;
    i += 1
  ) {
    const word = vocabulary.sorted[i]!
    if (!word.startsWith(start)) break
    if (word !== start) found.push({ posting: vocabulary.words.get(word)!, factor: 0.7 })
  }
  return found
}

function firstFrom(sorted: readonly string[], start: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < start) low = middle + 1
    else high = middle
  }
  return low
}

function oneSlipFrom(vocabulary: Vocabulary, word: string): string[] {
  if (word.length < 3 || /\d/.test(word)) return []
  const allowed = word.length > 7 ? 2 : 1
  const lengths = Array.from({ length: 2 * allowed + 1 }, (_, i) => word.length - allowed + i)
  const near = lengths.flatMap((length) => vocabulary.byLength.get(length) ?? [])
  const letters = lettersOf(word)
  return near.filter((known) => {
    const others = lettersOf(known)
    const apart = Math.max(count(letters & ~others), count(others & ~letters))
    return apart <= allowed && editDistance(word, known, allowed) <= allowed
  })
}

/** Which letters a word has, one bit each: words whose letters differ by more than the slips need no closer look. */
function lettersOf(word: string): number {
  let bits = 0
  for (let i = 0; i < word.length; i += 1) bits |= 1 << (word.charCodeAt(i) & 31)
  return bits
}

function count(bits: number): number {
  let left = bits
  let ones = 0
  for (; left !== 0; left &= left - 1) ones += 1
  return ones
}

/** `khaisinh` as `khai sinh`: a word nobody knows, cut into the fewest known ones. */
export function withSpaces(vocabulary: Vocabulary, word: string): string[] {
  if (word.length < 5 || word.length > 40 || vocabulary.words.has(word) || /\d/.test(word)) return [word]
  const cuts: (string[] | undefined)[] = [[]]
  for (let end = 1; end <= word.length; end += 1)
    for (let start = Math.max(0, end - 7); start < end - 1; start += 1) {
      const before = cuts[start]
      const piece = word.slice(start, end)
      const common = (vocabulary.words.get(piece)?.documents.length ?? 0) > 1
      if (before && common && (!cuts[end] || before.length + 1 < cuts[end]!.length))
        cuts[end] = [...before, piece]
    }
  return cuts[word.length] ?? [word]
}

function remember<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const found = memory.get(key)
  if (found) return found
  const made = make()
  if (memory.size > 5000) memory.clear()
  memory.set(key, made)
  return made
}
