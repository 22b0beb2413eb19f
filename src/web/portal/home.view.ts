import { type Locale, messages } from 'motcua/kernel/i18n'
import { zoned } from 'motcua/kernel/time'
import { numberText, percentText, timeText } from '../ui/format'

export interface TodayFacts {
  received: number
  finished: number
  /** Finished in time over the last thirty days, between 0 and 1; null when nothing was finished. */
  onTimeShare: number | null
}

export interface TodayView {
  at: string
  received: string
  resolved: string
  onTime: string
}

/** Today's line: what was received and done, and how much of it in time. */
export function todayView(today: TodayFacts, now: Date, locale: Locale): TodayView {
  return {
    at: timeText(now),
    received: numberText(today.received, locale),
    resolved: numberText(today.finished, locale),
    onTime: today.onTimeShare === null ? '–' : percentText(today.onTimeShare, locale),
  }
}

export interface OpeningHours {
  weekdays: readonly number[]
  sessions: readonly (readonly [string, string])[]
  saturdayDesk: readonly [string, string] | null
}

export interface OpeningView {
  open: boolean
  /** "đến 17:30" or "mở lại 07:30 thứ Hai" */
  text: string
}

/** Whether an office is open at this moment, and when that changes. Holidays are told on the office's own page. */
export function openingView(hours: OpeningHours, now: Date, locale: Locale): OpeningView {
  const t = messages(locale)
  const wall = zoned(now)
  const time = wall.toPlainTime().toString({ smallestUnit: 'minute' })
  const current = sessionsOn(hours, wall.dayOfWeek).find(([from, to]) => from <= time && time < to)
  if (current) return { open: true, text: t('web.home.until', { time: current[1] }) }
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const weekday = ((wall.dayOfWeek - 1 + ahead) % 7) + 1
    const next = sessionsOn(hours, weekday).find(([from]) => ahead > 0 || from > time)
    if (next)
      return {
        open: false,
        text: t('web.home.opens', { time: next[0], day: dayText(ahead, weekday, locale) }),
      }
  }
  return { open: false, text: '' }
}

function sessionsOn(hours: OpeningHours, weekday: number): (readonly [string, string])[] {
  if (hours.weekdays.includes(weekday)) return [...hours.sessions]
  return weekday === 6 && hours.saturdayDesk ? [hours.saturdayDesk] : []
}

const weekdayNames = {
  vi: ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const

function dayText(ahead: number, weekday: number, locale: Locale): string {
  if (ahead === 0) return locale === 'vi' ? 'hôm nay' : 'today'
  return weekdayNames[locale][weekday - 1]!
}
