import { findMessage, type Locale, type MessageParams, messages, type Translate } from 'motcua/kernel/i18n'
import type { PublishedDays, YearProblem } from 'motcua/modules/calendar'
import type { CalendarEffect, Recomputation } from 'motcua/modules/dossiers'
import type { Problem } from '../ui/error-summary'
import { dateText, momentText, numberText, weekdayText } from '../ui/format'
import type { StateKind } from '../ui/state'

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

export interface DayView {
  date: string
  day: string
  kind: string
  works: boolean
  name: string
  basis: string
  status: string
  counts: boolean
}

/** The days of one territory and year, and who published them. */
export interface SectionView {
  territory: string
  title: string
  /** Which version, since when, by whom; what to think when there is none. */
  said: string
  days: DayView[]
}

/** What one territory published for a year, in words. Pure. */
export function sectionView(
  section: {
    territory: string
    place: string
    year: number
    published: PublishedDays | undefined
    isCountry: boolean
    by: string | null
  },
  locale: Locale,
): SectionView {
  const t = messages(locale)
  const { territory, place, year, published, isCountry } = section
  return {
    territory,
    title: isCountry
      ? t('calendarPage.sectionCountry', { year })
      : t('calendarPage.section', { place, year }),
    said: published
      ? publishedText(published, section.by, locale)
      : t(isCountry ? 'calendarPage.noneCountry' : 'calendarPage.none'),
    days: (published?.days ?? []).map(({ date, kind, name, basis, status }) => ({
      date,
      day: `${weekdayText(`${date}T05:00:00Z`, locale)} ${dateText(date)}`,
      kind: t(`calendarPage.kind.${kind}`),
      works: kind === 'makeup_workday',
      name,
      basis,
      status: t(`calendarPage.status.${status}`),
      counts: status !== 'pending',
    })),
  }
}

function publishedText(
  { version, source, at, days }: PublishedDays,
  name: string | null,
  locale: Locale,
): string {
  const t = messages(locale)
  const said = { version, source, at: momentText(at, locale) }
  const who = name ? t('calendarPage.publishedBy', { ...said, name }) : t('calendarPage.shipped', said)
  return days.length > 0 ? who : `${who} ${t('calendarPage.noDays')}`
}

export interface MissingYear {
  year: number
  title: string
  text: string
  /** This year, or the next one when it is near: to be told loudly. */
  urgent: boolean
}

/**
 * Years of the country that dossiers may soon need and nobody published: this one, and the next from October on,
 * are urgent. Pure.
 */
export function missingYears(published: readonly number[], today: string, locale: Locale): MissingYear[] {
  const t = messages(locale)
  const thisYear = Number(today.slice(0, 4))
  const autumn = Number(today.slice(5, 7)) >= 10
  return [thisYear, thisYear + 1, thisYear + 2]
    .filter((year) => !published.includes(year))
    .map((year) => {
      const urgent = year === thisYear || (autumn && year === thisYear + 1)
      return {
        ...{ year, urgent, title: t('calendarPage.missingTitle', { year }) },
        text: t(urgent ? 'calendarPage.missingNow' : 'calendarPage.missingLater', { year }),
      }
    })
}

export interface EffectView {
  looked: string
  complete: boolean
  figures: { label: string; count: string }[]
  examples: { code: string; from: string; to: string }[]
  missing: { title: string; dossiers: string[] } | null
}

/** What publishing would do, in words. Pure. */
export function effectView(effect: CalendarEffect, locale: Locale): EffectView {
  const t = messages(locale)
  const { open, moved, later, earlier, withoutYear, missing, complete } = effect
  const count = (value: number) => numberText(value, locale)
  const date = (instant: string | null) =>
    instant ? momentText(instant, locale) : t('calendarPage.effect.paused')
  const figure = (key: 'moved' | 'later' | 'earlier' | 'hoursOnly', value: number) => ({
    label: t(`calendarPage.effect.${key}`),
    count: count(value),
  })
  return {
    complete,
    looked: t(complete ? 'calendarPage.effect.looked' : 'calendarPage.effect.incomplete', {
      open: count(open),
    }),
    figures: [
      figure('moved', moved),
      figure('later', later),
      figure('earlier', earlier),
      figure('hoursOnly', moved - later - earlier),
    ],
    examples: effect.examples.map(({ code, from, to }) => ({ code, from: date(from), to: date(to) })),
    missing:
      withoutYear === 0
        ? null
        : {
            title: t('calendarPage.effect.missing', { count: withoutYear }),
            dossiers: missing.map(({ code, year }) => t('calendarPage.effect.missingOne', { code, year })),
          },
  }
}

export interface RunView {
  id: string
  asked: string
  what: string
  state: string
  tone: StateKind
  counts: string
  notes: string[]
  ended: boolean
}

/** A recomputation in words; `name` is who asked, `place` whose calendar it was. Pure. */
export function runView(
  run: Recomputation,
  { name, place }: { name: string; place: string },
  locale: Locale,
): RunView {
  const t = messages(locale)
  const { id, year, version, askedAt, startedAt, finishedAt } = run
  const state = finishedAt ? 'finished' : startedAt ? 'running' : 'waiting'
  return {
    ...{ id, ended: finishedAt !== null },
    asked: t('calendarPage.runs.asked', { name, at: momentText(askedAt, locale) }),
    what:
      year === null || version === null
        ? t('calendarPage.runs.whatAgain', { place })
        : t('calendarPage.runs.what', { place, year, version }),
    state: t(`calendarPage.runs.state.${state}`),
    tone: ({ finished: 'ok', running: 'info', waiting: 'waiting' } as const)[state],
    counts: startedAt ? countsText(run, locale) : '',
    notes: [
      ...(finishedAt ? [t('calendarPage.runs.finishedAt', { at: momentText(finishedAt, locale) })] : []),
      ...(run.withoutYear > 0 ? [withoutYearText(run, locale)] : []),
    ],
  }
}

function countsText({ open, moved, later, earlier }: Recomputation, locale: Locale): string {
  const counts = Object.entries({ open, moved, later, earlier }).map(([key, value]) => [
    key,
    numberText(value, locale),
  ])
  return messages(locale)('calendarPage.runs.counts', Object.fromEntries(counts))
}

function withoutYearText({ withoutYear, missing }: Recomputation, locale: Locale): string {
  const named = missing.slice(0, 5).map(({ code, year }) => `${code} (${year})`)
  const codes = missing.length < withoutYear || missing.length > 5 ? [...named, '…'] : named
  return messages(locale)('calendarPage.runs.withoutYear', { count: withoutYear, codes: codes.join(', ') })
}
