import { asTyped, type FieldKind } from './field-kind.ts'
import { textKind } from './text.ts'

const pad = (n: string | number) => String(n).padStart(2, '0')

const dayShape = /^(?:(?:19|20)\d{2}|2100)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/

/** True for a day that exists, from 1900 to 2100. */
export function isDay(iso: string): boolean {
  if (!dayShape.test(iso)) return false
  const day = Number(iso.slice(8))
  return (
    day < 29 || day <= new Date(Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), 0)).getUTCDate()
  )
}

/** `20/11/2026`, `20-11-2026`, `20.11.2026`, `20112026` or ISO, as ISO; other text comes back as it is. */
export function toIsoDay(text: string): string {
  const clean = text.trim()
  const parts =
    /^(\d{1,2})\s*[/.\s-]\s*(\d{1,2})\s*[/.\s-]\s*(\d{4})$/.exec(clean) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(clean)
  if (!parts) return clean
  const iso = `${parts[3]}-${pad(parts[2] ?? '')}-${pad(parts[1] ?? '')}`
  return isDay(iso) ? iso : clean
}

/** `2026-11-20` as `20/11/2026`, `1957-05` as `05/1957`; anything else as it is. */
export function shownDay(value: string): string {
  if (isDay(value)) return value.split('-').reverse().join('/')
  return /^\d{4}-\d{2}$/.test(value) ? value.split('-').reverse().join('/') : value
}

const day = textKind({
  longest: 40,
  turned: { to: toIsoDay, right: isDay, error: 'forms.date-invalid' },
  width: 'short',
  show: shownDay,
  json: { format: 'date' },
})

/** A full day; typed in one control, or in three named `.day`, `.month`, `.year`. */
export const date: FieldKind = {
  ...day,
  fromForm(form, name, field) {
    if (form.get(name) !== undefined) return day.fromForm(form, name, field)
    const parts = ['day', 'month', 'year'].map((part) => asTyped(form.get(`${name}.${part}`)))
    return parts.some(Boolean) ? toIsoDay(parts.join('/')) : undefined
  },
}

/** `1957`, `5/1957`, `2/5/1957` as `1957`, `1957-05`, `1957-05-02`. */
export function toPartialIso(text: string): string {
  const clean = text.trim()
  const month = /^(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(clean)
  return month ? `${month[2]}-${pad(month[1] ?? '')}` : toIsoDay(clean)
}

const isPartial = (value: string) =>
  /^(19|20)\d{2}$/.test(value) || /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(value) || isDay(value)

/** A day, a month with its year, or only a year: people born long ago know no more. */
export const partialDate = textKind({
  longest: 40,
  turned: { to: toPartialIso, right: isPartial, error: 'forms.partial-date-invalid' },
  width: 'short',
  show: shownDay,
  json: { pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' },
})

function toClock(text: string): string {
  const parts =
    /^(\d{1,2})\s*(?::|h|giờ|\.)\s*(\d{1,2})?/i.exec(text.trim()) ?? /^(\d{1,2})(\d{2})$/.exec(text.trim())
  if (!parts) return text.trim()
  const clock = `${pad(parts[1] ?? '')}:${pad(parts[2] ?? '00')}`
  return isClock(clock) ? clock : text.trim()
}

const isClock = (value: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value)

/** Time of day, 24 hours. */
export const time = textKind({
  longest: 20,
  turned: { to: toClock, right: isClock, error: 'forms.time-invalid' },
  width: 'short',
  json: { pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' },
})
