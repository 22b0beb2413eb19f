import { searchable } from 'motcua/kernel/text'
import type { PlaceFound } from 'motcua/modules/directory'

export interface PlaceHit {
  code: string
  text: string
}

export interface TypedPlace {
  communeCode?: string
  provinceCode?: string
  written?: string
  [part: string]: unknown
}

export const placeText = ({ fullName, provinceName }: PlaceFound) => `${fullName}, ${provinceName}`

/** The same to choose from: with the old commune that was typed. */
export const placeChoiceText = (place: PlaceFound) =>
  place.formerly ? `${placeText(place)} (trước là ${place.formerly})` : placeText(place)

/** Whether a settled place is the one that stood there before: sources write more about it than a page shows. */
export function isSamePlace(settled: TypedPlace, before: unknown): boolean {
  const known = before as TypedPlace | undefined
  if (!settled.communeCode || settled.communeCode !== known?.communeCode) return false
  return (settled.detail ?? '') === (known.detail ?? '')
}

/**
 * Settles a place that was typed: keeps the commune that was chosen while the text still speaks of it, takes the
 * only one or the one whose whole name was typed, and else leaves it open with the communes to choose from.
 */
export function settlePlace(
  typed: TypedPlace,
  found: readonly PlaceFound[],
  { asWritten = false }: { asWritten?: boolean } = {},
): { value: TypedPlace; hits: PlaceHit[] } {
  const { communeCode, provinceCode: _, written = '', ...rest } = typed
  const whole = searchable(written.replace(/[,;]/g, ' '))
  const exact = found.find((place) => searchable(placeText(place).replace(',', ' ')) === whole)
  const chosen =
    found.find(({ code }) => code === communeCode) ??
    exact ??
    (found.length === 1 && !asWritten ? found[0] : undefined)
  if (chosen)
    return { value: { ...rest, communeCode: chosen.code, provinceCode: chosen.provinceCode }, hits: [] }
  const hits = asWritten ? [] : found.map((place) => ({ code: place.code, text: placeChoiceText(place) }))
  return { value: written ? { ...rest, written } : rest, hits }
}
