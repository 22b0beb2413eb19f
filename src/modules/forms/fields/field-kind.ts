import type { z } from 'zod'
import type { Locale } from '../../../kernel/i18n.ts'
import type { Field } from '../form-definition.ts'
import type { InputView } from '../form-view.ts'

/** What a posted page says, name by name. */
export interface FormReader {
  get(name: string): string | undefined
  all(name: string): string[]
}

/** What display needs beside the value: names of communes by code. */
export interface DisplayContext {
  locale: Locale
  places?: Readonly<Record<string, string>> | undefined
  agencies?: readonly { code: string; name: string }[] | undefined
  /** Communes that a typed name may mean, by answer path. */
  choices?: Readonly<Record<string, readonly { value: string; label: string }[]>> | undefined
}

/** One type of the dictionary: how a value is checked, typed and shown. */
export interface FieldKind {
  /** Checks and normalises a value; issues carry a message code (`forms.name-character`). */
  schema(field: Field): z.ZodType
  /** The value as typed on a page: the normal form when it can be read, else the text as it was typed. */
  fromForm(form: FormReader, name: string, field: Field): unknown
  /** The controls that ask for the value. */
  inputs(field: Field, path: string, value: unknown, context: DisplayContext): InputView[]
  /** The value in words for a person. */
  display(value: unknown, field: Field, context: DisplayContext): string
  /** JSON Schema 2020-12 of the value in its normal form. */
  jsonSchema(field: Field): Record<string, unknown>
  /**
   * A quick look that spares the schema: what the schema gives for a right value (the value itself when it is in its
   * normal form). Undefined says nothing.
   */
  quick?(field: Field): (value: unknown) => unknown
  /** Composite types that ask for more than is always asked: what `parts` of a field may name. */
  parts?: readonly string[]
  /** Compound types: the parts asked by this field, each as a field of its own type. */
  members?(field: Field): readonly { key: string; kind: FieldKind; of: Field }[]
  /** Area of the messages that name the parts. */
  texts?: string
  /** Where a value holds addresses, as dotted parts; `''` is the value itself. */
  addresses?(field: Field): string[]
}

/** Values lie no deeper than this; what does is no answer of any type. */
export const deepestValue = 8

// A quick look: no sign of ASCII above the space is a blank.
function startsVisibly(text: string): boolean {
  const first = text.charCodeAt(0)
  return first > 32 && first < 127
}

/** True when nothing was answered. */
export function isBlank(value: unknown, depth = 0): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return !startsVisibly(value) && value.trim() === ''
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.length === 0
  return depth < deepestValue && Object.values(value).every((part) => isBlank(part, depth + 1))
}

/** Deep equality of plain data, whatever the order of keys: the database keeps its own. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]))
}

export const inputId = (path: string, part?: string) =>
  `f-${part ? `${path}.${part}` : path}`.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '')

/** One control named `<path>` or `<path>.<part>`. */
export function input(
  path: string,
  part: string | undefined,
  rest: Omit<InputView, 'name' | 'id'>,
): InputView {
  return { name: part ? `${path}.${part}` : path, id: inputId(path, part), ...rest }
}

/** Text of a control for any stored value, also one that was refused. */
export const typed = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

export const partsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

/** What was typed, with U+0000 and lone surrogates shown as U+FFFD, which the check then refuses. */
export function asTyped(text: string | undefined): string {
  return (text ?? '').replaceAll('\u0000', '\uFFFD').toWellFormed().normalize('NFC').trim()
}

/** A composite value from its parts; undefined when all are blank. */
export function composite(
  form: FormReader,
  name: string,
  parts: readonly string[],
): Record<string, string> | undefined {
  const value: Record<string, string> = {}
  for (const part of parts) {
    const text = asTyped(form.get(`${name}.${part}`))
    if (text) value[part] = text
  }
  return Object.keys(value).length ? value : undefined
}
