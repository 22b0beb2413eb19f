import { searchable } from '../../kernel/text.ts'
import type { LifeEvent, ListedProcedure } from './procedure-list.ts'
import {
  addWord,
  bestIndexes,
  makeSums,
  only,
  placesOfBest,
  type Scores,
  type Sums,
  takeOut,
} from './search-sums.ts'
import { inFull, likeness, soundOf, trigrams, wordsOf } from './search-words.ts'
import {
  type Candidate,
  exactCandidates,
  looseCandidates,
  makeVocabulary,
  type Vocabulary,
  withSpaces,
} from './vocabulary.ts'

// A result must hold this share of what was typed, weighed by how telling each word is.
const neededShare = 0.6

// So many of the best are compared with the question phrase by phrase.
const comparedClosely = 120

interface Document {
  procedure: ListedProcedure
  code: string
  /** Plain name, synonyms and legal name, each as ` word word `. */
  phrases: string[]
  accented: string
  words: number
}

export interface SearchIndex {
  documents: readonly Document[]
  find(q: string, page?: Page): Hits
  near(q: string): { text: string; code: string }[]
  publishers: { name: string; count: number }[]
}

/** Which of the hits are wanted: the best up to `to`, among those that meet what else is asked. */
export interface Page {
  to?: number
  meets?: (procedure: ListedProcedure) => boolean
}

export interface Hits {
  /** Best first. */
  items: ListedProcedure[]
  /** How many there are in all. */
  total: number
}

/**
 * An index of the whole list in memory. It finds by words without accents, unfinished words, slips, letters that
 * sound alike, missing spaces, abbreviations, codes with or without dots, fields, publishers and life events.
 */
export function makeSearchIndex(
  procedures: readonly ListedProcedure[],
  events: readonly LifeEvent[],
): SearchIndex {
  // In the order of codes, so that of two procedures that answer alike the one with the lower code comes first.
  const listed = procedures.toSorted((a, b) => (bareCode(a) < bareCode(b) ? -1 : 1))
  const documents = listed.map(toDocument)
  const vocabulary = makeVocabulary(listed, events)
  const names = documents.flatMap(nearNames)
  const sums = makeSums(documents.length)
  return {
    documents,
    find: (q, page = {}) =>
      find(documents, (words) => score(documents, vocabulary, sums, words, q), vocabulary, q, page),
    near: (q) => nearest(names, q),
    publishers: countPublishers(procedures),
  }
}

function toDocument(procedure: ListedProcedure): Document {
  const phrases = [procedure.plainName, ...procedure.synonyms, procedure.name, procedure.plainNameEn]
  return {
    procedure,
    code: bareCode(procedure),
    phrases: phrases.filter((text) => text !== null).map((text) => ` ${wordsOf(text).join(' ')} `),
    accented: withAccents(`${procedure.plainName ?? ''} ${procedure.name} ${procedure.field ?? ''}`),
    words: wordsOf(procedure.name).length,
  }
}

const bareCode = ({ code }: ListedProcedure): string => code.replaceAll('.', '')

function withAccents(text: string): string {
  return ` ${text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
}

function find(
  documents: readonly Document[],
  scoresOf: (words: readonly string[]) => Scores,
  vocabulary: Vocabulary,
  q: string,
  { to = Number.POSITIVE_INFINITY, meets }: Page,
): Hits {
  const listed = documentsByCode(documents, q) ?? (wordsOf(q).length === 0 ? documents : undefined)
  if (listed) return pageOf(listed.filter((each) => meets?.(each.procedure) ?? true).toSorted(byRank), to)
  const spaced = wordsOf(q)
    .slice(0, 24)
    .flatMap((word) => withSpaces(vocabulary, word))
  const asked = new Map([spaced, inFull(spaced)].map((words) => [words.join(' '), words]))
  const best = bestOf([...asked.values()].map(scoresOf))
  const found = meets ? only(best, (index) => meets(documents[index]!.procedure)) : best
  const first = bestIndexes(found, to).map((index) => documents[index]!.procedure)
  return { items: first, total: found.indexes.length }
}

const pageOf = (documents: readonly Document[], to: number): Hits => ({
  items: documents.slice(0, to).map(({ procedure }) => procedure),
  total: documents.length,
})

/** What a typed code stands for, whole or begun; undefined when nothing does. */
function documentsByCode(documents: readonly Document[], q: string): Document[] | undefined {
  const typed = q.replace(/[\s.]/g, '')
  if (!/^\d{4,7}$/.test(typed)) return undefined
  const found = documents.filter(
    ({ code }) => code.startsWith(typed) || (typed.length === 6 && code.endsWith(typed)),
  )
  return found.length > 0 ? found : undefined
}

// First what can be filed here, then what has a plain name, then the rest, each by code.
function byRank(a: Document, b: Document): number {
  const rank = ({ procedure }: Document) => (procedure.filedHere ? 0 : procedure.plainName ? 1 : 2)
  return rank(a) - rank(b) || compareCodes(a, b)
}

function compareCodes(a: Document, b: Document): number {
  return a.code < b.code ? -1 : 1
}

/** Each procedure once, with the better of its values. */
function bestOf(lists: readonly Scores[]): Scores {
  const [only, ...more] = lists
  if (more.length === 0) return only!
  const best = new Map<number, number>()
  for (const { indexes, values } of lists)
    indexes.forEach((index, i) => {
      best.set(index, Math.max(values[i]!, best.get(index) ?? 0))
    })
  return { indexes: [...best.keys()], values: [...best.values()] }
}

// Slips are looked for only when the words as typed do not all meet in one procedure.
function score(
  documents: readonly Document[],
  vocabulary: Vocabulary,
  sums: Sums,
  words: readonly string[],
  q: string,
): Scores {
  const strict = accumulate(vocabulary, sums, words, exactCandidates)
  const scores = strict.whole ? strict : accumulate(vocabulary, sums, words, looseCandidates)
  const typed = {
    words,
    phrase: ` ${words.join(' ')} `,
    pairs: words.slice(1).map((word, i) => ` ${words[i]} ${word} `),
    accents: withAccents(q)
      .trim()
      .split(' ')
      .filter((word) => word !== searchable(word)),
  }
  for (const place of placesOfBest(scores.values, comparedClosely))
    scores.values[place]! += bonus(documents[scores.indexes[place]!]!, typed)
  return scores
}

/** Adds up what each typed word gives to each procedure; only those that hold enough of the question are kept. */
function accumulate(
  vocabulary: Vocabulary,
  sums: Sums,
  words: readonly string[],
  candidatesOf: (vocabulary: Vocabulary, word: string, last: boolean) => Candidate[],
): Scores & { whole: boolean } {
  const unknownIdf = 0.6 * Math.log(1 + vocabulary.size)
  const asked = words.map((word, i) => {
    const candidates = candidatesOf(vocabulary, word, i === words.length - 1)
    const idf = candidates.reduce((most, { posting }) => Math.max(most, posting.idf), 0) || unknownIdf
    return { candidates, idf }
  })
  const total = asked.reduce((sum, { idf }) => sum + idf, 0)
  // The most telling words first: what is left for the common ones is soon too little to bring in another procedure.
  let left = 1
  for (const { candidates, idf } of asked.toSorted((a, b) => b.idf - a.idf)) {
    addWord(sums, candidates, { idf, share: idf / total, open: left > neededShare - 1e-9 })
    left -= idf / total
  }
  return takeOut(sums, neededShare)
}

interface Typed {
  words: readonly string[]
  phrase: string
  /** Neighbouring words: Vietnamese words are pairs of syllables. */
  pairs: readonly string[]
  /** Words typed with their accents: thuế is not thuê. */
  accents: readonly string[]
}

function bonus({ procedure, phrases, accented, words }: Document, typed: Typed): number {
  let value = -0.02 * words
  // Those that can be filed here come first among equals; those with a plain name are the common ones.
  if (procedure.filedHere) value += 1.5
  if (procedure.plainName) value += 1
  value += phraseBonus(phrases, typed)
  value += accentBonus(accented, typed.accents)
  return value
}

function accentBonus(accented: string, typed: readonly string[]): number {
  if (typed.length === 0) return 0
  return (5 * typed.filter((word) => accented.includes(` ${word} `)).length) / typed.length
}

function phraseBonus(phrases: readonly string[], { phrase, pairs }: Typed): number {
  if (phrases.includes(phrase)) return 14
  const holding = phrases.filter((known) => known.includes(phrase))
  if (holding.length > 0) return holding.some((known) => known.startsWith(phrase)) ? 7 : 5
  const met = pairs.filter((pair) => phrases.some((known) => known.includes(pair)))
  return pairs.length === 0 ? 0 : (4 * met.length) / pairs.length
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
