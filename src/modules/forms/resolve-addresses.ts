import { searchable } from '../../kernel/text.ts'
import type { PlaceFound } from '../directory/index.ts'
import { addressesIn } from './addresses.ts'
import type { CompiledForm } from './compile-form.ts'
import type { Answers } from './form-definition.ts'

/** Communes that a typed name may mean, by answer path; drawn as radios. */
export type PlaceChoices = Record<string, { value: string; label: string }[]>

type Address = Record<string, unknown>
type Search = (text: string) => Promise<readonly PlaceFound[]>

/** A commune as addresses are written: “Phường Hoa Sen, tỉnh Sông Mai”. */
export function placeText({ fullName, provinceName }: Pick<PlaceFound, 'fullName' | 'provinceName'>): string {
  return `${fullName}, ${provinceName.charAt(0).toLowerCase()}${provinceName.slice(1)}`
}

/** The same to choose from: with the old commune that was typed. */
export function placeChoiceText(place: PlaceFound): string {
  return place.formerly ? `${placeText(place)} (trước là ${place.formerly})` : placeText(place)
}

/**
 * Turns the commune names typed on a page into codes: one meaning becomes the answer, several become choices for
 * the person. A code that no longer belongs to what is written is dropped.
 */
export async function resolveAddresses(
  compiled: CompiledForm,
  pageKey: string,
  answers: Answers,
  search: Search,
): Promise<{ answers: Answers; choices: PlaceChoices }> {
  const resolved: Answers = structuredClone(answers)
  const choices: PlaceChoices = {}
  for (const { field, addressPath, within, name } of addressesIn(compiled.definition, pageKey, resolved)) {
    const open = await resolveOne(within[name] as Address, search)
    if (open.length && !field.asWritten) choices[addressPath] = open
  }
  return { answers: resolved, choices }
}

async function resolveOne(place: Address, search: Search) {
  const written = typeof place.written === 'string' ? place.written : ''
  if (!written) return []
  const hits = await search(written)
  const meant = hits.find((hit) => hit.code === place.communeCode) ?? onlyMeaning(hits, written)
  if (meant) {
    Object.assign(place, {
      communeCode: meant.code,
      provinceCode: meant.provinceCode,
      written: placeText(meant),
    })
    return []
  }
  delete place.communeCode
  delete place.provinceCode
  return hits.slice(0, 8).map((hit) => ({ value: hit.code, label: placeChoiceText(hit) }))
}

/** The hit that the text names: in full, or alone among the hits. */
function onlyMeaning(hits: readonly PlaceFound[], written: string): PlaceFound | undefined {
  const text = searchable(written)
  const exact = hits.filter((hit) => [placeText(hit), hit.fullName].some((name) => searchable(name) === text))
  return exact.length === 1 ? exact[0] : hits.length === 1 ? hits[0] : undefined
}
