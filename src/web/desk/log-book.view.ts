import { type Locale, messages } from 'motcua/kernel/i18n'
import { at, dateOfLaw } from 'motcua/kernel/time'
import type { LogLine } from 'motcua/modules/dossiers'
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

/** The lines of the log book in words. Pure. */
export function logRows(
  lines: readonly LogLine[],
  procedures: Readonly<Record<string, string>>,
  locale: Locale,
): LogRow[] {
  const t = messages(locale)
  const moment = (instant: string | null) => (instant ? `${timeText(instant)} ${dateText(instant)}` : '')
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

/** The instants between which those days lie; the end is not included. */
export function spanOf({ from, to }: Days): { from: Date; to: Date } {
  const after = Temporal.PlainDate.from(to).add({ days: 1 }).toString()
  return { from: at(from, '00:00'), to: at(after, '00:00') }
}

/** One line of CSV; what a spreadsheet would run as a formula is only text. */
export function csvLine(cells: readonly string[]): string {
  return cells
    .map((cell) => {
      const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
      return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
    })
    .join(',')
}
