import { z } from 'zod'
import type { Field } from '../form-definition.ts'
import { asTyped, type FieldKind, input, typed } from './field-kind.ts'

// U+FFFD stands for what could not be stored; control characters have no place in an answer.
const unstorable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD]|\p{Surrogate}/u

/** Text that can be stored: NFC, trimmed, without U+0000, lone surrogates and control characters. */
export function storable(longest: number) {
  return z
    .string({ error: 'forms.text-invalid' })
    .max(longest * 4, { error: 'forms.text-too-long' })
    .refine((text) => !unstorable.test(text), { error: 'forms.text-not-storable', abort: true })
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => [...text].length <= longest, { error: 'forms.text-too-long' })
}

// Letters of Vietnamese and of the west, composed, and signs of ASCII: such text is stored as it stands.
const clean = '[\\x21-\\x7E\\u00A1-\\u017F\\u01A0\\u01A1\\u01AF\\u01B0\\u1EA0-\\u1EF9]'
const cleanLine = new RegExp(`^${clean}+(?: ${clean}+)*$`)

/** True for text that surely needs no cleaning: a quick look before the schema. */
export const isClean = (text: string, longest: number) => text.length <= longest && cleanLine.test(text)

const oneLine = (text: string) => text.replace(/\s+/g, ' ')

interface TextOptions {
  longest: number
  /** Types that read a clean text as something else: `20/11/2026` as a day. */
  turned?: { to: (text: string) => string; right: (text: string) => boolean; error: string }
  /** Types that check a clean text in their own way. */
  schema?: (text: z.ZodType<string>) => z.ZodType
  lines?: boolean
  inputMode?: 'text' | 'tel' | 'email'
  autoComplete?: string
  width?: 'short' | 'mid' | 'full'
  read?: (text: string) => string
  show?: (text: string) => string
  /** Beside `schema`: true only for a clean text that it leaves as it is. */
  normal?: (text: string) => boolean
  json?: Record<string, unknown>
}

const turnedSchema =
  ({ to, right, error }: NonNullable<TextOptions['turned']>) =>
  (clean: z.ZodType<string>) =>
    clean.pipe(z.string().transform(to)).refine(right, { error })

const spacesAround = /^ +| +$/g

/** A type whose value is one text. */
export function textKind({ longest, turned, lines, ...options }: TextOptions): FieldKind {
  const limit = (field: Field) => field.maxLength ?? longest
  const schema = turned ? turnedSchema(turned) : options.schema
  const normal = turned ? turned.right : options.normal
  const read = options.read ?? turned?.to ?? ((text) => text)
  const show = options.show ?? ((text) => text)
  return {
    schema(field) {
      const text = lines ? storable(limit(field)) : storable(limit(field)).transform(oneLine)
      return schema ? schema(text) : text
    },
    quick(field) {
      const most = limit(field)
      if (schema && !normal) return () => undefined
      return (value) => {
        if (typeof value !== 'string' || value.length > most * 4) return undefined
        if (value.length <= most && (normal ? normal(value) : isClean(value, most))) return value
        const text = value.replace(spacesAround, '')
        if (!isClean(text, most)) return undefined
        const result = turned ? turned.to(text) : text
        return normal === undefined || normal(result) ? result : undefined
      }
    },
    fromForm: (form, name) => read(asTyped(form.get(name))) || undefined,
    inputs: (field, path, value) => [
      input(path, undefined, {
        kind: lines ? 'textarea' : 'text',
        value: show(typed(value)),
        inputMode: options.inputMode ?? 'text',
        maxLength: limit(field),
        width: options.width ?? 'full',
        ...(options.autoComplete ? { autoComplete: options.autoComplete } : {}),
      }),
    ],
    display: (value) => show(typed(value)),
    jsonSchema: (field) => ({ type: 'string', minLength: 1, maxLength: limit(field), ...options.json }),
  }
}

export const text = textKind({ longest: 300 })
export const longtext = textKind({ longest: 2_000, lines: true })

export const email = textKind({
  longest: 254,
  schema: (clean) => clean.pipe(z.email({ error: 'forms.email-invalid' })),
  inputMode: 'email',
  autoComplete: 'email',
  normal: (value) =>
    /^[a-z0-9]+(?:[._+-][a-z0-9]+)*@[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*\.[a-z]{2,10}$/.test(value),
  read: (value) => value.replace(/\s/g, ''),
  json: { format: 'email' },
})

/** A text that the platform writes and nobody types: it goes along unseen. */
export function plainText({
  shape,
  error,
  json,
}: {
  shape: RegExp
  error: string
  json: Record<string, unknown>
}): FieldKind {
  return {
    schema: () => z.string({ error }).max(60, { error }).regex(shape, { error }),
    quick: () => (value) =>
      typeof value === 'string' && value.length <= 60 && shape.test(value) ? value : undefined,
    fromForm: (form, name) => asTyped(form.get(name)) || undefined,
    inputs: (_, path, value) => [
      input(path, undefined, { kind: 'hidden', value: typed(value), width: 'full' }),
    ],
    display: (value) => typed(value),
    jsonSchema: () => ({ type: 'string', maxLength: 60, ...json }),
  }
}
