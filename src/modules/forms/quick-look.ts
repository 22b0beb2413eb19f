import { fieldKinds } from './fields/index.ts'
import type { Field } from './form-definition.ts'

/**
 * A look that spares the schema: the normal form of a right value, exactly as the schema gives it, or undefined, which
 * says nothing. Days that lie wrong for `today` get undefined.
 */
export type QuickLook = (value: unknown, today: string | undefined) => unknown

const known = new WeakMap<Field, QuickLook>()

/** The quick look at values of a field. */
export function quickLook(field: Field): QuickLook {
  const before = known.get(field)
  if (before) return before
  const look = lookFor(field)
  known.set(field, look)
  return look
}

function lookFor(field: Field): QuickLook {
  const kind = fieldKinds[field.type]
  const quick = kind.quick?.(field)
  if (!quick) return () => undefined
  const timed = field.tense !== undefined || kind.members?.(field).some(({ of }) => of.tense !== undefined)
  if (!timed) return quick
  return (value, today) => {
    const normal = quick(value)
    return normal === undefined || today === undefined || !lateProblem(field, normal, today)
      ? normal
      : undefined
  }
}

/** A code when a day in the value, or in a part of it, lies on the wrong side of today. */
export function lateProblem(
  field: Field,
  value: unknown,
  today: string,
): { code: string; part?: string } | undefined {
  const code = tenseProblem(field, value, today)
  if (code) return { code }
  for (const { key, of } of fieldKinds[field.type].members?.(field) ?? []) {
    const found = tenseProblem(of, (value as Record<string, unknown>)[key], today)
    if (found) return { code: found, part: key }
  }
  return undefined
}

function tenseProblem(field: Field, value: unknown, today: string): string | undefined {
  if (!field.tense || typeof value !== 'string') return undefined
  if (field.tense === 'past')
    return value.slice(0, 10) > today.slice(0, value.length) ? 'forms.date-future' : undefined
  return value <= today ? 'forms.date-past' : undefined
}
