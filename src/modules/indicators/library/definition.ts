import { z } from 'zod'
import { Basis, InBoth } from '../index-sets/index.ts'

/** In what a figure is given. */
export const units = [
  'percent',
  'percentage-points',
  'points',
  'dossiers',
  'ratings',
  'people',
  'answers',
  'minutes',
  'working-hours',
  'days',
  'grade',
  'rank',
  'yes-no',
] as const

/**
 * What a figure means: in plain words, from what it is computed, by which rule, and who answers for it. A rate names its
 * two numbers, so that it is never shown without them.
 */
export const Definition = z
  .object({
    /** The key of the indicator, measure or group that is shown. */
    key: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{1,40}$/),
    kind: z.enum(['points', 'index', 'rate', 'count', 'measure']),
    name: InBoth,
    words: InBoth,
    /** What is counted, and of what. */
    in: InBoth.optional(),
    of: InBoth.optional(),
    formula: InBoth.optional(),
    unit: z.enum(units),
    source: InBoth,
    basis: Basis,
    owner: InBoth,
    /** Whether more is better. */
    direction: z.enum(['up', 'down', 'none']),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
  })
  .refine(({ unit, in: counted, of }) => unit !== 'percent' || (counted && of), {
    error: 'a rate has two numbers',
  })
  .refine(({ in: counted, formula }) => counted || formula, { error: 'nothing says how it is computed' })
export type Definition = z.infer<typeof Definition>

/** The formula in words: "A ÷ B × 100 %" for a rate, the count itself for a count. */
export function formulaOf({ in: counted, of, formula, unit }: Definition, locale: 'vi' | 'en'): string {
  if (formula) return formula[locale]
  if (!of) return counted![locale]
  return `${counted![locale]} ÷ ${of[locale]}${unit === 'percent' ? ' × 100 %' : ''}`
}
