import { findMessage, type Locale, type MessageParams, messages, type Translate } from 'motcua/kernel/i18n'
import type { PublishedDays, YearProblem } from 'motcua/modules/calendar'
import type { Problem } from '../ui/error-summary'
import { dateText } from '../ui/format'

export const dayKinds = ['statutory_holiday', 'compensatory_off', 'swapped_off', 'makeup_workday'] as const
export const dayStatuses = ['official', 'provisional', 'recalled', 'pending'] as const

/** One row of the form, as it was typed. */
export interface DayRow {
  date: string
  kind: string
  name: string
  basis: string
  status: string
  note: string
  drop: boolean
}

/** A year of days as it was typed. */
export interface CalendarValues {
  territory: string
  year: number
  /** The newest version that the page showed; null when there was none. */
  seen: number | null
  source: string
  rows: DayRow[]
}

const spareRows = 5
const emptyRow: DayRow = {
  ...{ date: '', kind: 'statutory_holiday', name: '', basis: '', status: 'official', note: '', drop: false },
}

/** The form of a year: the days as they are published, and some rows to fill. */
export function valuesOf(
  published: PublishedDays | undefined,
  { territory, year }: { territory: string; year: number },
): CalendarValues {
  const rows = (published?.days ?? []).map(
    ({ note, ...day }): DayRow => ({ ...day, note: note ?? '', drop: false }),
  )
  return { territory, year, seen: published?.version ?? null, source: '', rows: withSpare(rows) }
}

/** The same rows with some empty ones after them. */
export const withSpare = (rows: readonly DayRow[]): DayRow[] => [
  ...rows,
  ...Array.from({ length: spareRows }, () => emptyRow),
]

/** A posted form as it was typed; undefined when it did not come from our page. */
export function readCalendarForm(form: FormData): CalendarValues | undefined {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const all = (name: string) => form.getAll(name).map((value) => String(value).trim())
  const columns = ['date', 'kind', 'name', 'basis', 'status', 'note'].map(all)
  const [dates, kinds, names, bases, statuses, notes] = columns as [
    ...[string[], string[], string[], string[], string[], string[]],
  ]
  const dropped = new Set(all('drop'))
  const [year, seen] = [Number(text('year')), text('seen')]
  const whole = columns.every(({ length }) => length === dates.length)
  if (!whole || text('territory') === '' || !Number.isInteger(year) || !/^\d{0,9}$/.test(seen))
    return undefined
  return {
    territory: text('territory'),
    year,
    seen: seen === '' ? null : Number(seen),
    source: text('source'),
    rows: dates.map((date, i) => ({
      ...{ date, kind: kinds[i]!, name: names[i]!, basis: bases[i]!, status: statuses[i]!, note: notes[i]! },
      drop: dropped.has(String(i)),
    })),
  }
}

/** A row is meant when a date, a name or a basis stands in it and it is not to be dropped. */
const isMeant = ({ date, name, basis, drop }: DayRow) => !drop && (date !== '' || name !== '' || basis !== '')

/** The rows that are meant, with their place in the form. */
function meant({ rows }: CalendarValues): { row: DayRow; place: number }[] {
  return rows.map((row, place) => ({ row, place })).filter(({ row }) => isMeant(row))
}

/** What is published when somebody sends these values: a row without a basis rests on the document of the whole. */
export function draftOf(values: CalendarValues, by: string) {
  const { territory, year, seen, source } = values
  const days = meant(values).map(({ row: { drop: _, note, basis, ...day } }) => ({
    ...day,
    basis: basis === '' ? source : basis,
    note: note === '' ? null : note,
  }))
  return { territory, year, seen, source, by, days }
}

/** Says what was previewed, so that nothing else is published. */
export const fingerprintOf = (values: CalendarValues): string => JSON.stringify(draftOf(values, ''))

const shapeProblems = {
  date: { 'calendar.input-invalid_format': 'dateWrong' },
  name: {
    'calendar.input-too_small': 'nameMissing',
    'calendar.input-too_big': 'nameLong',
  },
  basis: { 'calendar.input-too_small': 'basisMissing', 'calendar.input-too_big': 'basisLong' },
  kind: { 'calendar.input-invalid_value': 'kindWrong' },
  status: { 'calendar.input-invalid_value': 'statusWrong' },
} as const satisfies Record<string, Record<string, string>>

/** The problems of refused days in words and in the order of the form, each with the box that repairs it. Pure. */
export function calendarProblems(
  problems: readonly YearProblem[],
  values: CalendarValues,
  locale: Locale,
): Problem[] {
  const t = messages(locale)
  const rows = meant(values)
  const told = problems.flatMap((problem) => {
    const [, index, column = 'date'] = /^days\.(\d+)\.?(\w*)/.exec(problem.field) ?? []
    const at = index === undefined ? undefined : rows[Number(index)]
    if (!at) return [{ place: values.rows.length, href: '#source', text: wholeProblem(problem, locale, t) }]
    const { row, place } = at
    // The document that is missing at the end would be its basis.
    if (column === 'basis' && row.basis === '' && values.source === '') return []
    return [{ place, href: `#${column}-${place}`, text: rowProblem(problem, column, row, place + 1, locale) }]
  })
  return told.sort((a, b) => a.place - b.place).map(({ href, text }) => ({ href, text }))
}

function rowProblem(
  { code, params }: YearProblem,
  column: string,
  row: DayRow,
  no: number,
  locale: Locale,
): string {
  const t = messages(locale)
  if (column === 'date' && row.date === '') return t('calendarPage.problem.dateMissing', { no })
  const known: Record<string, string> = shapeProblems[column as keyof typeof shapeProblems] ?? {}
  const own = known[code] && findMessage(locale, `calendarPage.problem.${known[code]}`, { no })
  const shown =
    params &&
    Object.fromEntries(Object.entries(params).map(([k, v]) => [k, k === 'date' ? dateText(String(v)) : v]))
  return (
    own ??
    t('calendarPage.problem.row', {
      no,
      text: findMessage(locale, code, (shown ?? {}) as MessageParams) ?? code,
    })
  )
}

function wholeProblem({ field, code }: YearProblem, locale: Locale, t: Translate): string {
  if (field === 'days') return t('calendarPage.problem.tooMany')
  if (field === 'source' && code.endsWith('too_small')) return t('calendarPage.problem.sourceMissing')
  if (field === 'source' && code.endsWith('too_big')) return t('calendarPage.problem.sourceLong')
  return findMessage(locale, code) ?? code
}
