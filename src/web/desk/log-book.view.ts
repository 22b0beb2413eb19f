import { type Locale, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import type { FoundDossier, LogBookLine } from 'motcua/modules/dossiers'
import { dateText, timeText } from '../ui/format'

export interface LogRow {
  code: string
  href: string
  applicant: string
  procedure: string
  channel: string
  submitted: string
  accepted: string
  due: string
  decided: string
  state: string
}

const moment = (instant: string | null) => (instant ? `${timeText(instant)} ${dateText(instant)}` : '')

/** Dossiers found by looking up, in words. Pure. */
export function logRows(
  lines: readonly FoundDossier[],
  procedures: Readonly<Record<string, string>>,
  locale: Locale,
): LogRow[] {
  const t = messages(locale)
  return lines.map((line) => ({
    code: line.code,
    href: `/can-bo/ho-so/${line.code}`,
    applicant: line.applicantName,
    procedure: procedures[line.procedureCode] ?? line.procedureCode,
    channel: t(`desk.channel.${line.channel}`),
    submitted: moment(line.submittedAt),
    accepted: moment(line.acceptedAt),
    due: moment(line.dueAt),
    decided: moment(line.decidedAt),
    state: t(`desk.state.${line.state}`),
  }))
}

export interface BookRow {
  number: string
  code: string
  href: string
  applicant: string
  procedure: string
  received: string
  due: string
  decided: string
  returned: string
  state: string
}

/** The lines of a unit's log book in words. Pure. */
export function bookRows(
  lines: readonly LogBookLine[],
  procedures: Readonly<Record<string, string>>,
  locale: Locale,
): BookRow[] {
  const t = messages(locale)
  return lines.map((line) => ({
    number: `${line.number}/${line.year}`,
    code: line.code,
    href: `/can-bo/ho-so/${line.code}`,
    applicant: line.applicantName,
    procedure: procedures[line.procedureCode] ?? line.procedureCode,
    received: moment(line.acceptedAt),
    due: moment(line.promisedDueAt),
    decided: moment(line.decidedAt),
    returned: line.state === 'returned' ? moment(line.closedAt) : '',
    state: t(`desk.state.${line.state}`),
  }))
}

export interface Days {
  from: string
  to: string
}

/** The days that the address asks for; without any, or with nonsense, the last seven. */
export function daysOf(query: URLSearchParams, now: Date): Days {
  const today = dateOfLaw(now)
  const week = Temporal.PlainDate.from(today).subtract({ days: 6 }).toString()
  const from = dateIn(query.get('tu')) ?? week
  const to = dateIn(query.get('den')) ?? today
  return from <= to ? { from, to } : { from: to, to: from }
}

function dateIn(text: string | null): string | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    return undefined
  }
}

/** Whole months, quarters and years up to today, for one press each. */
export function periodsOf(now: Date): { key: 'month' | 'quarter' | 'year'; days: Days }[] {
  const to = dateOfLaw(now)
  const { year, month } = Temporal.PlainDate.from(to)
  const since = (first: number) => `${year}-${String(first).padStart(2, '0')}-01`
  return [
    { key: 'month', days: { from: since(month), to } },
    { key: 'quarter', days: { from: since(month - ((month - 1) % 3)), to } },
    { key: 'year', days: { from: since(1), to } },
  ]
}

/**
 * The unit whose book the address asks for; without one, the first of the officer's. Undefined when it is none of
 * theirs.
 */
export function unitOf(query: URLSearchParams, units: readonly string[]): string | undefined {
  const asked = query.get('don-vi') || units[0]
  return units.find((unit) => unit === asked)
}

/** The address of a book, as a page or as a file. */
export const bookHref = (
  unit: string,
  { from, to }: Days,
  file: '' | '.pdf' | '.xlsx' | '.csv' = '',
): string => `/can-bo/so-theo-doi${file}?${new URLSearchParams({ 'don-vi': unit, tu: from, den: to })}`
