import { type Locale, messages } from 'motcua/kernel/i18n'
import type { PublishedDays } from 'motcua/modules/calendar'
import type { CalendarEffect, Recomputation } from 'motcua/modules/dossiers'
import { dateText, momentText, numberText, weekdayText } from '../ui/format'
import type { StateKind } from '../ui/state'

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
