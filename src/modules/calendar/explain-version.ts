import { findMessage, type Locale } from '../../kernel/i18n.ts'
import { country, readVersionText, type YearOfDays } from './versions.ts'

type YearName = Omit<YearOfDays, 'days'>

/** A calendar version as a sentence: whose days off, of which years, and the working hours. */
export function calendarInWords(version: string, locale: Locale): string {
  const read = readVersionText(version)
  if (!read) return say(locale, 'unknown', { version })
  const byTerritory = Map.groupBy(read.years, ({ territory }) => territory)
  const days = [...byTerritory]
    .map(([territory, years]) => `${territoryName(territory, locale)} ${yearsInWords(years, locale)}`)
    .join('; ')
  const hours = read.hours?.sessions.map(([from, to]) => `${from}–${to}`).join(', ')
  return hours ? say(locale, 'daysAndHours', { days, hours }) : say(locale, 'days', { days })
}

function territoryName(territory: string, locale: Locale): string {
  return territory === country ? say(locale, 'country') : territory
}

// Years of the first edition that follow each other are one span; corrected ones are named with their edition.
function yearsInWords(years: readonly YearName[], locale: Locale): string {
  const spans: { from: number; to: number; version: YearName['version'] }[] = []
  for (const { year, version } of years) {
    const last = spans.at(-1)
    if (last && last.version === version && last.to === year - 1) last.to = year
    else spans.push({ from: year, to: year, version })
  }
  return spans
    .map(({ from, to, version }) => {
      const span = from === to ? `${from}` : `${from}–${to}`
      return version === 1 ? span : say(locale, 'edition', { years: span, edition: version })
    })
    .join(', ')
}

function say(locale: Locale, key: string, params: Record<string, string | number> = {}): string {
  return findMessage(locale, `calendar.version.${key}`, params) ?? key
}
