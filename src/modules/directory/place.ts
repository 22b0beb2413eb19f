import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'

export const DateOfLaw = z.iso.date()
export type DateOfLaw = z.infer<typeof DateOfLaw>

export const PlaceLevel = z.enum(['province', 'district', 'commune'])
export type PlaceLevel = z.infer<typeof PlaceLevel>

/** An administrative unit as it stood between two dates (`validTo` null: it still stands). */
export interface Place {
  level: PlaceLevel
  code: string
  name: string
  fullName: string
  kind: string
  provinceCode: string
  districtCode: string | null
  validFrom: string
  validTo: string | null
  sample: boolean
}

/** A commune with the name of its province, as search and address fields show it. */
export interface PlaceFound {
  code: string
  name: string
  fullName: string
  provinceCode: string
  provinceName: string
  sample: boolean
  /** The commune of before a reorganisation that was typed, with its district; absent for what was typed itself. */
  formerly?: string
}

/** Where an old commune went; with more than one target an old address alone does not decide. */
export interface NewPlaces {
  oldCode: string
  divided: boolean
  targets: { code: string; fullName: string; provinceCode: string; provinceName: string }[]
}

/** What may be asked of `searchPlaces`; sample communes of the demonstration are left out unless asked for. */
export const PlaceQuery = z.object({
  q: cleanText.pipe(z.string().max(200)),
  on: DateOfLaw,
  provinceCode: z.string().max(10).optional(),
  includeSample: z.boolean().default(false),
  /** When nothing of the day is found: the communes that took over from one that is called so. */
  orFormer: z.boolean().default(false),
  limit: z.number().int().min(1).max(100).default(12),
})
export type PlaceQuery = z.input<typeof PlaceQuery>
