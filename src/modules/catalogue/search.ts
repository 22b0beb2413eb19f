import { editDistance } from '../../kernel/edit-distance.ts'
import type { LifeEvent, ListedProcedure } from './procedure-list.ts'
import { inFull, likeness, soundOf, trigrams, wordsOf } from './search-words.ts'

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

// A result must hold this share of what was typed, weighed by how telling each word is.
const neededShare = 0.6

interface Posting {
  documents: number[]
  weights: number[]
  idf: number
}

interface Document {
  procedure: ListedProcedure
  code: string
  /** Plain name, synonyms and legal name, each as ` word word `. */
  phrases: string[]
  accented: string
  words: number
}

interface Candidate {
  posting: Posting
  factor: number
}

export interface SearchIndex {
  documents: readonly Document[]
  find(q: string): readonly ListedProcedure[]
  near(q: string): { text: string; code: string }[]
  publishers: { name: string; count: number }[]
}

/**
 * An index of the whole list in memory. It finds by words without accents, unfinished words, slips, letters that
 * sound alike, missing spaces, abbreviations, codes with or without dots, fields, publishers and life events.
 */
export function makeSearchIndex(
  procedures: readonly ListedProcedure[],
  events: readonly LifeEvent[],
): SearchIndex {
  const documents = procedures.map(toDocument)
  const vocabulary = makeVocabulary(documents, events)
  const names = documents.flatMap(nearNames)
  return {
    documents,
    find: (q) => find(documents, vocabulary, q),
    near: (q) => nearest(names, q),
    publishers: countPublishers(procedures),
  }
}

function toDocument(procedure: ListedProcedure): Document {
  const phrases = [procedure.plainName, ...procedure.synonyms, procedure.name, procedure.plainNameEn]
  return {
    procedure,
    code: procedure.code.replaceAll('.', ''),
    phrases: phrases.filter((text) => text !== null).map((text) => ` ${wordsOf(text).join(' ')} `),
    accented: ` ${procedure.plainName ?? ''} ${procedure.name} `.toLowerCase(),
    words: wordsOf(procedure.name).length,
  }
}

interface Vocabulary {
  words: Map<string, Posting>
  byLength: Map<number, string[]>
  bySound: Map<string, string[]>
  sorted: string[]
  size: number
  /** Words known for a typed word; people type the same words. */
  exact: Map<string, Candidate[]>
  loose: Map<string, Candidate[]>
}

function makeVocabulary(documents: readonly Document[], events: readonly LifeEvent[]): Vocabulary {
  const eventWords = wordsOfEvents(events)
  const words = new Map<string, Posting>()
  documents.forEach((document, index) => {
    for (const [word, weight] of weighedWords(document.procedure, eventWords)) {
      const posting = words.get(word) ?? { documents: [], weights: [], idf: 0 }
      posting.documents.push(index)
      posting.weights.push(weight)
      words.set(word, posting)
    }
  })
  for (const posting of words.values())
    posting.idf = Math.log(1 + documents.length / posting.documents.length)
  const sorted = [...words.keys()].sort()
  const byLength = Map.groupBy(sorted, (word) => word.length)
  const bySound = Map.groupBy(sorted, soundOf)
  return { words, byLength, bySound, sorted, size: documents.length, exact: new Map(), loose: new Map() }
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

function find(documents: readonly Document[], vocabulary: Vocabulary, q: string): ListedProcedure[] {
  const byCode = findByCode(documents, q)
  if (byCode.length > 0) return byCode
  const typed = wordsOf(q).slice(0, 24)
  if (typed.length === 0) return everything(documents)
  const spaced = typed.flatMap((word) => withSpaces(vocabulary, word))
  const asked = new Map([spaced, inFull(spaced)].map((words) => [words.join(' '), words]))
  const scores = new Map<number, number>()
  for (const words of asked.values()) keepBest(scores, score(documents, vocabulary, words, q))
  return [...scores]
    .sort((a, b) => b[1] - a[1] || compareCodes(documents[a[0]]!, documents[b[0]]!))
    .map(([index]) => documents[index]!.procedure)
}

function findByCode(documents: readonly Document[], q: string): ListedProcedure[] {
  const typed = q.replace(/[\s.]/g, '')
  if (!/^\d{4,7}$/.test(typed)) return []
  return documents
    .filter(({ code }) => code.startsWith(typed) || (typed.length === 6 && code.endsWith(typed)))
    .sort(byRank)
    .map(({ procedure }) => procedure)
}

function everything(documents: readonly Document[]): ListedProcedure[] {
  return [...documents].sort(byRank).map(({ procedure }) => procedure)
}

// First what can be filed here, then what has a plain name, then the rest, each by code.
function byRank(a: Document, b: Document): number {
  const rank = ({ procedure }: Document) => (procedure.filedHere ? 0 : procedure.plainName ? 1 : 2)
  return rank(a) - rank(b) || compareCodes(a, b)
}

function compareCodes(a: Document, b: Document): number {
  return a.code < b.code ? -1 : 1
}

function keepBest(scores: Map<number, number>, more: Map<number, number>): void {
  for (const [index, value] of more) if (value > (scores.get(index) ?? 0)) scores.set(index, value)
}

// Slips are looked for only when the words as typed do not all meet in one procedure.
function score(documents: readonly Document[], vocabulary: Vocabulary, words: readonly string[], q: string) {
  const strict = accumulate(vocabulary, words, exactCandidates)
  const met = strict.share.some((share) => share > 0.999)
  const { points, share } = met ? strict : accumulate(vocabulary, words, looseCandidates)
  const accented = q.trim().toLowerCase().normalize('NFC')
  const phrase = ` ${words.join(' ')} `
  const scores = new Map<number, number>()
  points.forEach((value, index) => {
    if (share[index]! < neededShare) return
    scores.set(index, value * share[index]! + bonus(documents[index]!, words, phrase, accented))
  })
  return scores
}

function accumulate(
  vocabulary: Vocabulary,
  words: readonly string[],
  candidatesOf: (vocabulary: Vocabulary, word: string, last: boolean) => Candidate[],
) {
  const points = new Array<number>(vocabulary.size).fill(0)
  const share = new Array<number>(vocabulary.size).fill(0)
  const rarest = Math.log(1 + vocabulary.size)
  const asked = words.map((word, i) => {
    const candidates = candidatesOf(vocabulary, word, i === words.length - 1)
    return { candidates, idf: Math.max(0, ...candidates.map(({ posting }) => posting.idf)) || rarest * 0.6 }
  })
  const total = asked.reduce((sum, { idf }) => sum + idf, 0)
  const best = new Array<number>(vocabulary.size).fill(0)
  const bestFactor = new Array<number>(vocabulary.size).fill(0)
  for (const { candidates, idf } of asked) {
    const touched: number[] = []
    for (const { posting, factor } of candidates)
      for (let i = 0; i < posting.documents.length; i += 1) {
        const index = posting.documents[i]!
        const value = posting.weights[i]! * idf * factor
        if (best[index] === 0) touched.push(index)
        if (value > best[index]!) best[index] = value
        if (factor > bestFactor[index]!) bestFactor[index] = factor
      }
    for (const index of touched) {
      points[index]! += best[index]!
      share[index]! += (idf / total) * (bestFactor[index]! > 0 ? 1 : 0)
      best[index] = 0
      bestFactor[index] = 0
    }
  }
  return { points, share }
}

function bonus(document: Document, words: readonly string[], phrase: string, accented: string): number {
  let value = -0.02 * document.words
  // Those that can be filed here come first among equals; those with a plain name are the common ones.
  if (document.procedure.filedHere) value += 1.5
  if (document.procedure.plainName) value += 1
  if (document.phrases.includes(phrase)) value += 14
  else if (document.phrases.some((known) => known.startsWith(phrase))) value += 7
  else if (document.phrases.some((known) => known.includes(phrase))) value += 5
  else if (words.length > 1) value += 4 * pairShare(document.phrases, words)
  if (accented !== phrase.trim() && document.accented.includes(accented)) value += 3
  return value
}

// Vietnamese words are pairs of syllables: neighbours in the question should be neighbours in the name.
function pairShare(phrases: readonly string[], words: readonly string[]): number {
  let found = 0
  for (let i = 0; i + 1 < words.length; i += 1) {
    const pair = ` ${words[i]} ${words[i + 1]} `
    if (phrases.some((known) => known.includes(pair))) found += 1
  }
  return found / (words.length - 1)
}

function exactCandidates(vocabulary: Vocabulary, word: string, last: boolean): Candidate[] {
  const key = last ? `${word}*` : word
  return remember(vocabulary.exact, key, () => {
    const posting = vocabulary.words.get(word)
    const whole = posting ? [{ posting, factor: 1 }] : []
    return last && word.length > 1 ? [...whole, ...beginningWith(vocabulary, word)] : whole
  })
}

function looseCandidates(vocabulary: Vocabulary, word: string, last: boolean): Candidate[] {
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
  return near.filter((known) => editDistance(word, known, allowed) <= allowed)
}

/** `khaisinh` as `khai sinh`: a word nobody knows, cut into the fewest known ones. */
function withSpaces(vocabulary: Vocabulary, word: string): string[] {
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

interface NearName {
  text: string
  code: string
  grams: Set<string>
}

function nearNames({ procedure }: Document): NearName[] {
  if (!procedure.plainName) return []
  return [procedure.plainName, ...procedure.synonyms].map((text) => ({
    text: procedure.plainName!,
    code: procedure.code,
    grams: trigrams(wordsOf(text).map(soundOf).join(' ')),
  }))
}

function nearest(names: readonly NearName[], q: string): { text: string; code: string }[] {
  const asked = trigrams(wordsOf(q).map(soundOf).join(' '))
  const ranked = names
    .map(({ text, code, grams }) => ({ text, code, value: likeness(asked, grams) }))
    .filter(({ value }) => value > 0.2)
    .sort((a, b) => b.value - a.value)
  const byCode = new Map(ranked.toReversed().map(({ text, code }) => [code, { text, code }]))
  return [...byCode.values()].toReversed().slice(0, 5)
}

function countPublishers(procedures: readonly ListedProcedure[]): { name: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { publisher } of procedures)
    if (publisher) counts.set(publisher, (counts.get(publisher) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count)
}
