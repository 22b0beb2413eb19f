import { searchable } from '../../kernel/text.ts'
import type { LifeEvent, ListedProcedure } from './procedure-list.ts'
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
  const vocabulary = makeVocabulary(procedures, events)
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
    accented: withAccents(`${procedure.plainName ?? ''} ${procedure.name} ${procedure.field ?? ''}`),
    words: wordsOf(procedure.name).length,
  }
}

function withAccents(text: string): string {
  return ` ${text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
}

function find(documents: readonly Document[], vocabulary: Vocabulary, q: string): ListedProcedure[] {
  const byCode = findByCode(documents, q)
  if (byCode.length > 0) return byCode
  const typed = wordsOf(q).slice(0, 24)
  if (typed.length === 0) return everything(documents)
  const spaced = typed.flatMap((word) => withSpaces(vocabulary, word))
  const asked = new Map([spaced, inFull(spaced)].map((words) => [words.join(' '), words]))
  const best = new Map<number, number>()
  for (const words of asked.values()) keepBest(best, score(documents, vocabulary, words, q))
  return [...best]
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

function keepBest(best: Map<number, number>, more: readonly (readonly [number, number])[]): void {
  for (const [index, value] of more) if (value > (best.get(index) ?? 0)) best.set(index, value)
}

// Slips are looked for only when the words as typed do not all meet in one procedure.
function score(
  documents: readonly Document[],
  vocabulary: Vocabulary,
  words: readonly string[],
  q: string,
): [number, number][] {
  const strict = accumulate(vocabulary, words, exactCandidates)
  const met = strict.some(({ share }) => share > 0.999)
  const found = met ? strict : accumulate(vocabulary, words, looseCandidates)
  const ranked = found
    .filter(({ share }) => share >= neededShare)
    .map(({ index, points, share }): [number, number] => [index, points * share])
    .sort((a, b) => b[1] - a[1])
  const typed = {
    words,
    phrase: ` ${words.join(' ')} `,
    pairs: words.slice(1).map((word, i) => ` ${words[i]} ${word} `),
    accents: withAccents(q)
      .trim()
      .split(' ')
      .filter((word) => word !== searchable(word)),
  }
  for (const entry of ranked.slice(0, comparedClosely)) entry[1] += bonus(documents[entry[0]]!, typed)
  return ranked
}

interface Found {
  index: number
  points: number
  /** Share of the words found, weighed by how telling each is. */
  share: number
}

function accumulate(
  vocabulary: Vocabulary,
  words: readonly string[],
  candidatesOf: (vocabulary: Vocabulary, word: string, last: boolean) => Candidate[],
): Found[] {
  const unknownIdf = 0.6 * Math.log(1 + vocabulary.size)
  const asked = words.map((word, i) => {
    const candidates = candidatesOf(vocabulary, word, i === words.length - 1)
    const idf = candidates.reduce((most, { posting }) => Math.max(most, posting.idf), 0) || unknownIdf
    return { candidates, idf }
  })
  const total = asked.reduce((sum, { idf }) => sum + idf, 0)
  const sums = new Map<number, Found>()
  for (const { candidates, idf } of asked)
    for (const [index, weight] of bestWeights(vocabulary, candidates)) {
      const found = sums.get(index)
      if (found === undefined) sums.set(index, { index, points: weight * idf, share: idf / total })
      else {
        found.points += weight * idf
        found.share += idf / total
      }
    }
  return [...sums.values()]
}

// For each procedure the best of the words that may stand for one typed word.
function bestWeights(vocabulary: Vocabulary, candidates: readonly Candidate[]): Map<number, number> {
  const best = new Float32Array(vocabulary.size)
  const touched = new Map<number, number>()
  for (const { posting, factor } of candidates)
    for (let i = 0; i < posting.documents.length; i += 1) {
      const index = posting.documents[i]!
      const weight = posting.weights[i]! * factor
      if (weight > best[index]!) {
        best[index] = weight
        touched.set(index, weight)
      }
    }
  return touched
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
