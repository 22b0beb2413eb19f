import { type Locale, messages } from 'motcua/kernel/i18n'
import type { ClockView } from './state'

/** The working day in minutes, for saying "1 ngày 3 giờ". */
const minutesOfADay = 8 * 60
const soonMinutes = 120

export interface ClockFacts {
  /** Working minutes until due; negative when overdue, null when there is no limit, NaN when nobody can say. */
  minutesLeft: number | null
  /** Working minutes of the whole limit. */
  minutesOfLimit: number
  paused?: boolean
  done?: boolean
}

/** Says a clock as people do: "Còn 35 phút", "Quá 1 giờ 30", "Dừng, còn 2 ngày 4 giờ". */
export function clockView(facts: ClockFacts, locale: Locale): ClockView {
  const t = messages(locale)
  const { minutesLeft, minutesOfLimit, paused, done } = facts
  if (minutesLeft === null || Number.isNaN(minutesLeft))
    return { tone: done ? 'done' : 'ok', text: t(done ? 'web.clock.done' : 'web.clock.none'), usedPercent: 0 }
  const time = spanText(Math.abs(minutesLeft), locale)
  const usedPercent = minutesOfLimit > 0 ? (100 * (minutesOfLimit - minutesLeft)) / minutesOfLimit : 100
  if (done)
    return {
      tone: minutesLeft < 0 ? 'late' : 'done',
      text: t(minutesLeft < 0 ? 'web.clock.over' : 'web.clock.early', { time }),
      usedPercent,
    }
  if (paused) return { tone: 'paused', text: t('web.clock.paused', { time }), usedPercent }
  if (minutesLeft < 0) return { tone: 'late', text: t('web.clock.over', { time }), usedPercent: 100 }
  return {
    tone: minutesLeft <= soonMinutes ? 'soon' : 'ok',
    text: t('web.clock.left', { time }),
    usedPercent,
  }
}

/** Working minutes in words, the two largest units: "1 ngày 3 giờ", "1 giờ 30 phút". */
export function spanText(minutes: number, locale: Locale): string {
  if (Number.isNaN(minutes)) return '–'
  const t = messages(locale)
  const days = Math.floor(minutes / minutesOfADay)
  const hours = Math.floor((minutes % minutesOfADay) / 60)
  const rest = Math.floor(minutes % 60)
  const parts = [
    days > 0 && t('web.clock.days', { count: days }),
    hours > 0 && t('web.clock.hours', { count: hours }),
    rest > 0 && days === 0 && t('web.clock.minutes', { count: rest }),
  ].filter((part) => typeof part === 'string')
  return parts.length > 0 ? parts.join(' ') : t('web.clock.minutes', { count: 0 })
}
