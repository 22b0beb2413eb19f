import { z } from 'zod'
import { findMessage, type Locale } from '../../../kernel/i18n.ts'
import type { Field } from '../form-definition.ts'
import type { InputView } from '../form-view.ts'
import { type FieldKind, isBlank, partsOf } from './field-kind.ts'

/** One part of a compound value, itself of a type of the dictionary. */
export interface Part {
  key: string
  kind: FieldKind
  /** What the type of the part reads of a field: limits, options. */
  field?: Partial<Field>
  /** Refused when blank. */
  needed?: boolean
  /** Said with its name before it: “tờ bản đồ số 12”. */
  named?: boolean
}

interface CompoundOptions {
  /** Area of the messages that name the parts: `forms.vehicle.plate`. */
  texts: string
  /** Always asked. */
  always: readonly Part[]
  /** Asked when the field names them in `parts`; all of them when it names none. */
  more?: readonly Part[]
  /** Asked when the field says nothing. */
  usual?: readonly string[]
  /** A code when the parts do not go together. */
  together?: (value: Record<string, unknown>, field: Field) => string | undefined
}

/** The label of a part; `texts` and `key` make its message. */
export const partLabel = (locale: Locale, texts: string, key: string) =>
  findMessage(locale, `forms.${texts}.${key}`) ?? key

const small = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** A value of several parts, each checked, typed and shown by its own type. */
export function compoundKind({ texts, always, more = [], usual, together }: CompoundOptions): FieldKind {
  const asked = new WeakMap<Field, readonly AskedPart[]>()
  const partsFor = (field: Field) => {
    const known = asked.get(field) ?? askedParts(field)
    asked.set(field, known)
    return known
  }
  const askedParts = (field: Field): readonly AskedPart[] => {
    const wanted = field.parts ?? usual ?? more.map(({ key }) => key)
    return [...always, ...more.filter(({ key }) => wanted.includes(key))].map((part) => ({
      ...part,
      of: { ...field, ...limitless, ...part.field, key: part.key } as Field,
    }))
  }
  return {
    parts: more.map(({ key }) => key),
    members: partsFor,
    texts,
    schema: (field) => compoundSchema(partsFor(field), `forms.${texts}-invalid`, field, together),
    quick(field) {
      const looks = new Map(partsFor(field).map((part) => [part.key, part.kind.quick?.(part.of)]))
      const needed = partsFor(field).filter((part) => part.needed)
      return (value) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
        let result = value as Record<string, unknown>
        for (const key of Object.keys(value)) {
          const part = looks.get(key)?.(result[key])
          if (part === undefined) return undefined
          if (part !== result[key]) result = { ...result, [key]: part }
        }
        return needed.every(({ key }) => !isBlank(result[key])) && !together?.(result, field)
          ? result
          : undefined
      }
    },
    fromForm(form, name, field) {
      const value: Record<string, unknown> = {}
      for (const { key, kind, of } of partsFor(field)) {
        const part = kind.fromForm(form, `${name}.${key}`, of)
        if (!isBlank(part)) value[key] = part
      }
      return Object.keys(value).length ? value : undefined
    },
    inputs(field, path, value, context) {
      const given = partsOf(value)
      return partsFor(field).flatMap(({ key, kind, of }) => {
        const controls = kind.inputs(of, `${path}.${key}`, given[key], context)
        return withLabels(controls, partLabel(context.locale, texts, key))
      })
    },
    display(value, field, context) {
      const given = partsOf(value)
      const texted = partsFor(field).map(({ key, kind, of, named }) => {
        const text = isBlank(given[key]) ? '' : kind.display(given[key], of, context)
        return text && named ? `${small(partLabel(context.locale, texts, key))} ${text}` : text
      })
      return texted.filter(Boolean).join(', ')
    },
    jsonSchema: (field) => ({
      type: 'object',
      additionalProperties: false,
      required: partsFor(field).flatMap(({ key, needed }) => (needed ? [key] : [])),
      properties: Object.fromEntries(
        partsFor(field).map(({ key, kind, of }) => [
          key,
          { title: partLabel('vi', texts, key), ...kind.jsonSchema(of) },
        ]),
      ),
    }),
    addresses: (field) =>
      partsFor(field).flatMap(({ key, kind, of }) =>
        (kind.addresses?.(of) ?? []).map((rest) => (rest ? `${key}.${rest}` : key)),
      ),
  }
}

type AskedPart = Part & { of: Field }

/** Limits of the whole are none of its parts. */
const limitless = {
  parts: undefined,
  options: undefined,
  min: undefined,
  max: undefined,
  maxLength: undefined,
}

function compoundSchema(
  parts: readonly AskedPart[],
  error: string,
  field: Field,
  together: CompoundOptions['together'],
): z.ZodType {
  const shape = Object.fromEntries(parts.map(({ key, kind, of }) => [key, kind.schema(of).optional()]))
  return z.preprocess(
    withoutBlanks,
    z.strictObject(shape, { error }).superRefine((value, ctx) => {
      for (const { key, needed } of parts)
        if (needed && isBlank(value[key]))
          ctx.addIssue({ code: 'custom', message: 'forms.required', path: [key] })
      const code = together?.(value, field)
      if (code) ctx.addIssue({ code: 'custom', message: code })
    }),
  )
}

function withoutBlanks(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, part]) => !isBlank(part)))
}

/** One control is named by its part; of several the first ones say to which part they belong. */
function withLabels(controls: InputView[], label: string): InputView[] {
  if (controls.length === 1) return controls.map((control) => ({ ...control, label }))
  return controls.map((control) =>
    control.kind === 'hidden' || !control.label
      ? control
      : { ...control, label: `${label}: ${small(control.label)}` },
  )
}
