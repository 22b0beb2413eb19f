import { z } from 'zod'
import type { Entry, NewEntry, PrivateRef } from '../../kernel/journal.ts'
import { cleanText } from '../../kernel/text.ts'

/** The three grades of NĐ 61/2018/NĐ-CP, Điều 31, best first. */
export const Grade = z.enum(['very-satisfied', 'satisfied', 'not-satisfied'])
export type Grade = z.infer<typeof Grade>
export const grades = Grade.options

/** Points of a grade for averages (NĐ 61/2018: 2, 1, 0). */
export const pointsOf: Record<Grade, number> = { 'very-satisfied': 2, satisfied: 1, 'not-satisfied': 0 }

export const aspects = ['ease', 'speed', 'punctuality', 'attitude'] as const
export type Aspect = (typeof aspects)[number]

/** What a person says: one grade, and if they like each aspect and words. */
export const RatingInput = z.object({
  grade: Grade,
  aspects: z.partialRecord(z.enum(aspects), Grade).default({}),
  comment: cleanText
    .pipe(z.string().trim().max(2000))
    .transform((text) => text || null)
    .nullable()
    .default(null),
})
export type RatingInput = z.input<typeof RatingInput>

/** The rating of one dossier as it stands. The comment is for those who answer for the service, never for the public. */
export interface Rating {
  dossierId: string
  stream: string
  sequence: number
  headHash: Buffer
  grade: Grade
  aspects: Partial<Record<Aspect, Grade>>
  comment: string | null
  firstRatedAt: string
  ratedAt: string
}

export interface RatedData {
  dossierId: string
  grade: Grade
  aspects: Partial<Record<Aspect, Grade>>
  /** The comment itself stands beside the journal, so that it can be erased. */
  comment: PrivateRef | null
}
export type RatedEntry = NewEntry<'feedback.rated', RatedData>
export type SealedRatedEntry = RatedEntry & Entry

/** For how many days after the first rating the person may change it. */
export const changeDays = 30

/** The last moment at which a rating may be changed. */
export function changeableUntil(rating: Pick<Rating, 'firstRatedAt'>): Date {
  return new Date(Date.parse(rating.firstRatedAt) + changeDays * 86_400_000)
}
