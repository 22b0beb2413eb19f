import { editDistance } from '../../kernel/edit-distance.ts'
import { searchable } from '../../kernel/text.ts'
import type { PlaceFound } from './place.ts'

/** A commune with the words by which it is found. */
export interface SearchedPlace extends PlaceFound {
  validFrom: string
  validTo: string | null
  /** Of a commune of before July 2025. */
  districtName: string | null
  nameWords: string[]
  kindWords: string[]
  provinceWords: string[]
}

/** Adds to a commune the words by which it is found. */
export function withWords(
  place: Omit<SearchedPlace, 'nameWords' | 'kindWords' | 'provinceWords'>,
): SearchedPlace {
  const full = wordsOf(place.fullName)
  const name = wordsOf(place.name)
  return {
    ...place,
    nameWords: name,
    kindWords: full.slice(0, Math.max(0, full.length - name.length)),
    provinceWords: wordsOf(`${place.provinceName} ${place.districtName ?? ''}`),
  }
}

/** Communes for what was typed, best first: every word must be found in the name, the kind or the province. */
export function rankPlaces(places: Iterable<SearchedPlace>, q: string, limit: number): PlaceFound[] {
  const typed = wordsOf(q)
  if (typed.length === 0) return []
  const found: { place: SearchedPlace; score: number }[] = []
  for (const place of places) {
    const score = scoreOf(place, typed)
    if (score > 0) found.push({ place, score })
  }
  found.sort((a, b) => b.score - a.score || a.place.code.localeCompare(b.place.code))
  return found.slice(0, limit).map(({ place }) => present(place))
}

function scoreOf(place: SearchedPlace, typed: readonly string[]): number {
  if (typed.length === 1 && typed[0] === place.code) return 100
  let score = 0
  for (const [i, word] of typed.entries()) {
    const best = Math.max(
      3 * match(place.nameWords, word),
      0.5 * match(place.kindWords, word),
      match(place.provinceWords, word),
    )
    if (best === 0) return 0
    // Names keep their order: "mai thượng" is not "thượng mai".
    score += best + (place.nameWords[i] === word ? 0.5 : 0)
  }
  const name = place.nameWords.join(' ')
  const text = typed.join(' ')
  if (` ${text} `.includes(` ${name} `)) score += 2
  return score - place.nameWords.length * 0.05
}

function match(words: readonly string[], typed: string): number {
  let best = 0
  for (const word of words) {
    if (word === typed) return 1
    if (word.startsWith(typed)) best = Math.max(best, 0.7)
    else if (best === 0 && typed.length > 3 && editDistance(typed, word, 1) <= 1) best = 0.5
  }
  return best
}

function wordsOf(text: string): string[] {
  return searchable(text).split(' ').filter(Boolean)
}

function present({ code, name, fullName, provinceCode, provinceName, sample }: SearchedPlace): PlaceFound {
  return { code, name, fullName, provinceCode, provinceName, sample }
}
