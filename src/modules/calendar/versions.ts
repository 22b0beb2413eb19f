import type { WorkingHours } from '../directory/index.ts'
import { type Calendar, makeCalendar, type SpecialDay } from './calendar.ts'

/** Days off of one territory and year, as one version publishes them. */
export interface YearOfDays {
  territory: string
  year: number
  /** Number of the version; `draft` before it is published. */
  version: number | 'draft'
  days: readonly SpecialDay[]
}

/** Territory of the days off of the whole country: only its years make a calendar that can answer. */
export const country = 'VN'

type ClockHours = Pick<WorkingHours, 'weekdays' | 'sessions'>

/**
 * A calendar out of years and hours. Territories come from the widest to the nearest: the day of a nearer one
 * stands. The version names everything it is made of, so that it can be made again: `VN-2026.1 @12345/07:30-11:30`.
 */
export function assemble(years: readonly YearOfDays[], hours: WorkingHours): Calendar {
  const { weekdays, sessions, saturdayDesk } = hours
  return makeCalendar({
    version: versionText(years, hours),
    territory: country,
    years: years.filter(({ territory }) => territory === country).map(({ year }) => year),
    days: years.flatMap(({ days }) => days),
    weekdays,
    sessions,
    saturdayDesk,
  })
}

export function versionText(years: readonly YearOfDays[], hours: ClockHours): string {
  const names = years.map(({ territory, year, version }) => `${territory}-${year}.${version}`)
  return [...names, hoursText(hours)].join(' ')
}

function hoursText({ weekdays, sessions }: ClockHours): string {
  return `@${weekdays.join('')}/${sessions.map((session) => session.join('-')).join(',')}`
}

/** What a version text names, in its order; undefined when it is none. Texts without hours say nothing of them. */
export function readVersionText(
  text: string,
): { years: Omit<YearOfDays, 'days'>[]; hours: ClockHours | undefined } | undefined {
  const words = text.split(' ')
  const hours = words.filter((word) => word.startsWith('@'))
  const years = words.filter((word) => !word.startsWith('@')).map(readYearName)
  if (hours.length > 1 || years.length === 0 || !years.every((year) => year !== undefined)) return undefined
  const read = hours[0] === undefined ? undefined : readHours(hours[0])
  return hours.length === 1 && read === undefined ? undefined : { years, hours: read }
}

function readYearName(word: string) {
  const [, territory, year, version] = /^(.+)-(\d{4})\.(\d{1,9})$/.exec(word) ?? []
  return territory === undefined ? undefined : { territory, year: Number(year), version: Number(version) }
}

function readHours(word: string): ClockHours | undefined {
  const match = /^@([1-7]+)\/((?:\d\d:\d\d-\d\d:\d\d)(?:,\d\d:\d\d-\d\d:\d\d)*)$/.exec(word)
  if (!match) return undefined
  const sessions = match[2]!.split(',').map((session) => session.split('-') as [string, string])
  return { weekdays: [...match[1]!].map(Number), sessions }
}
