import { z } from 'zod'
import { asTyped, type FieldKind, input } from './field-kind.ts'

/** Reads `1.500.000`, `1500000`, `45,5` (and `45.5` where decimals are meant); other text comes back as it is. */
export function toNumber(text: string, decimals: number): number | string {
  const clean = text.replace(/\s|đ$|đồng$|m²$|m2$|m$/g, '')
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(clean)) {
    return within(clean.replaceAll('.', '').replace(',', '.'), decimals) ?? text
  }
  return within(clean.replace(',', '.'), decimals) ?? text
}

function within(plain: string, decimals: number): number | undefined {
  const shape = decimals ? new RegExp(`^-?\\d{1,13}(\\.\\d{1,${decimals}})?$`) : /^-?\d{1,15}$/
  return shape.test(plain) ? Number(plain) : undefined
}

interface NumberOptions {
  decimals?: number
  unit?: string
  smallest?: number
  largest?: number
  grouped?: boolean
}

function numberKind({ decimals = 0, unit, smallest = 0, largest = 1e15, grouped }: NumberOptions): FieldKind {
  const shown = (value: unknown) => {
    if (typeof value !== 'number') return typeof value === 'string' ? value : ''
    const text = String(value).replace('.', ',')
    return grouped ? text.replace(/\B(?=(\d{3})+(?!\d))/g, '.') : text
  }
  // No more decimals than the unit has.
  const isFine = (n: number) =>
    Number.isFinite(n) && Number.isInteger(Math.round(n * 10 ** decimals * 1e6) / 1e6)
  return {
    schema: (field) =>
      z
        .union(
          [
            z.number(),
            z
              .string()
              .max(40)
              .transform((text) => toNumber(text, decimals)),
          ],
          {
            error: 'forms.number-invalid',
          },
        )
        .pipe(
          z
            .number({ error: 'forms.number-invalid' })
            .refine(isFine, { error: decimals ? 'forms.number-invalid' : 'forms.number-whole', abort: true })
            .refine((n) => n >= (field.min ?? smallest), { error: 'forms.number-small', abort: true })
            .refine((n) => n <= (field.max ?? largest), { error: 'forms.number-large' }),
        ),
    quick(field) {
      const [least, most] = [field.min ?? smallest, field.max ?? largest]
      return (value) => {
        const number = typeof value === 'string' && value.length <= 40 ? toNumber(value, decimals) : value
        return typeof number === 'number' && isFine(number) && number >= least && number <= most
          ? number
          : undefined
      }
    },
    fromForm(form, name) {
      const text = asTyped(form.get(name))
      return text ? toNumber(text, decimals) : undefined
    },
    inputs: (_, path, value) => [
      input(path, undefined, {
        kind: 'text',
        value: shown(value),
        inputMode: decimals ? 'decimal' : 'numeric',
        maxLength: 40,
        width: 'short',
      }),
    ],
    display: (value) => (unit && typeof value === 'number' ? `${shown(value)} ${unit}` : shown(value)),
    jsonSchema: (field) => ({
      type: decimals ? 'number' : 'integer',
      minimum: field.min ?? smallest,
      maximum: field.max ?? largest,
    }),
  }
}

export const int = numberKind({})
export const copies = numberKind({ largest: 50 })
/** Whole đồng. */
export const money = numberKind({ unit: 'đ', grouped: true })
/** Square metres, two decimals. */
export const area = numberKind({ unit: 'm²', decimals: 2, largest: 10_000_000 })
/** Metres, two decimals; levels may lie below zero. */
export const length = numberKind({ unit: 'm', decimals: 2, smallest: -100, largest: 10_000 })
