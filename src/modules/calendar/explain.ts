import { findMessage, type Locale, type MessageParams } from '../../kernel/i18n.ts'
import { dayOf, dayOfMoment, momentOf, weekdayOf } from './calendar.ts'
import type { ExplanationStep } from './explain-course.ts'

/** One step of "why this date" as a sentence; `withRule` adds the law it rests on. */
export function explain(step: ExplanationStep, locale: Locale, { withRule = false } = {}): string {
  const params: Record<string, string | number> = {
    from: moment(step.from, locale),
    to: step.to === null ? '' : moment(step.to, locale),
    days: days(step, locale),
    reason: because(step.reason ?? '', locale),
    amount: step.unit === 'minute' ? workingTime(step.amount ?? 0, 0, locale) : (step.amount ?? 0),
  }
  const sentence = capital(say(locale, `why.${wording(step)}`, params))
  return withRule && step.rule ? say(locale, 'why.rule', { sentence, rule: step.rule.text }) : sentence
}

/** All steps as sentences, in order. */
export function explainAll(steps: readonly ExplanationStep[], locale: Locale): string[] {
  return steps.map((step) => explain(step, locale))
}

// The usual reasons are keys with words of their own; others come as words.
function because(reason: string, locale: Locale): string {
  return findMessage(locale, `calendar.why.because.${reason}`) ?? reason
}

function wording(step: ExplanationStep): string {
  if (step.kind === 'paused') {
    if (step.to === null) return 'paused-now'
    return step.rule?.key === 'restart' ? 'paused-restart' : 'paused'
  }
  if (step.kind !== 'counted') return step.kind
  if (step.unit === 'working-hour') return 'counted-hours'
  if (step.unit === 'minute') return 'counted-time'
  if (step.unit === 'day') return 'counted-calendar'
  if (step.reason) return 'counted-make-up'
  return step.amount === 1 ? 'counted-day' : 'counted-days'
}

/** A span of working time: "2 ngày 3 giờ", "1 giờ 30", "35 phút". With 0 minutes a day it stays in hours. */
export function workingTime(minutes: number, minutesPerDay: number, locale: Locale): string {
  const days = minutesPerDay > 0 ? Math.floor(minutes / minutesPerDay) : 0
  const rest = minutes - days * minutesPerDay
  const hours = Math.floor(rest / 60)
  if (days > 0) return say(locale, hours > 0 ? 'time.daysHours' : 'time.days', { days, hours })
  if (hours === 0) return say(locale, 'time.minutes', { minutes: rest })
  if (rest % 60 === 0) return say(locale, 'time.hours', { hours })
  return say(locale, 'time.hoursMinutes', { hours, minutes: String(rest % 60).padStart(2, '0') })
}

/** A date or an instant in words: "thứ Sáu 20/11/2026", "17:30 thứ Sáu 20/11/2026". */
export function moment(value: string, locale: Locale): string {
  if (value.length === 10) return dayInWords(dayOf(value), value, locale)
  const wall = new Date(momentOf(value)).toISOString()
  const weekday = weekdayName(dayOfMoment(momentOf(value)), locale)
  return say(locale, 'moment', { time: wall.slice(11, 16), weekday, date: slashed(wall) })
}

function days(step: ExplanationStep, locale: Locale): string {
  const from = moment(step.from, locale)
  if (step.to === null || step.to === step.from) return from
  const to = moment(step.to, locale)
  const next = step.from.length === 10 && dayOf(step.to) - dayOf(step.from) === 1
  return say(locale, next ? 'pair' : 'span', { from, to })
}

function dayInWords(day: number, date: string, locale: Locale): string {
  return say(locale, 'day', { weekday: weekdayName(day, locale), date: slashed(date) })
}

function weekdayName(day: number, locale: Locale): string {
  return say(locale, `weekday.${weekdayOf(day)}`)
}

function slashed(iso: string): string {
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

function say(locale: Locale, key: string, params: MessageParams = {}): string {
  return findMessage(locale, `calendar.${key}`, params) ?? key
}
