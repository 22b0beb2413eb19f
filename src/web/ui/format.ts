import { timeZone } from 'motcua/kernel/time'

const noBreak = '\u00a0'

const zonedParts = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  weekday: 'short',
})

function partsOf(instant: Date | string): Record<string, string> {
  const date = typeof instant === 'string' ? new Date(instant) : instant
  return Object.fromEntries(zonedParts.formatToParts(date).map(({ type, value }) => [type, value]))
}

/** 21/11/2026, of an instant or of a date of law. */
export function dateText(when: Date | string): string {
  if (typeof when === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(when)) {
    const [year, month, day] = when.split('-')
    return `${day}/${month}/${year}`
  }
  const { day, month, year } = partsOf(when)
  return `${day}/${month}/${year}`
}

/** 14:30 in Hà Nội. */
export function timeText(instant: Date | string): string {
  const { hour, minute } = partsOf(instant)
  return `${hour}:${minute}`
}

/** "14:30 ngày 21/11/2026" or "14:30, 21/11/2026". */
export function momentText(instant: Date | string, locale: 'vi' | 'en' = 'vi'): string {
  return locale === 'vi'
    ? `${timeText(instant)} ngày ${dateText(instant)}`
    : `${timeText(instant)}, ${dateText(instant)}`
}

const weekdays = {
  vi: {
    Mon: 'thứ Hai',
    Tue: 'thứ Ba',
    Wed: 'thứ Tư',
    Thu: 'thứ Năm',
    Fri: 'thứ Sáu',
    Sat: 'thứ Bảy',
    Sun: 'Chủ nhật',
  },
  en: {
    Mon: 'Monday',
    Tue: 'Tuesday',
    Wed: 'Wednesday',
    Thu: 'Thursday',
    Fri: 'Friday',
    Sat: 'Saturday',
    Sun: 'Sunday',
  },
} as const

/** "thứ Hai" of an instant. */
export function weekdayText(instant: Date | string, locale: 'vi' | 'en' = 'vi'): string {
  return weekdays[locale][partsOf(instant).weekday as keyof (typeof weekdays)['vi']]
}

/** 8.000 đ, with a no-break space. */
export function moneyText(amountVnd: number): string {
  return `${numberText(amountVnd)}${noBreak}đ`
}

// Making a formatter costs more than using it a thousand times.
const numberFormats = new Map<string, Intl.NumberFormat>()

function numberFormat(locale: 'vi' | 'en', digits: number): Intl.NumberFormat {
  const key = `${locale}${digits}`
  const known = numberFormats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(locale === 'vi' ? 'vi-VN' : 'en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  numberFormats.set(key, format)
  return format
}

/** 1.284 in Vietnamese, 1,284 in English. */
export function numberText(value: number, locale: 'vi' | 'en' = 'vi', digits = 0): string {
  return numberFormat(locale, digits).format(value)
}

/** 97,3 % of a share between 0 and 1. */
export function percentText(share: number, locale: 'vi' | 'en' = 'vi'): string {
  return `${numberText(share * 100, locale, 1)}${noBreak}%`
}

/** 412 kB, 3,4 MB. */
export function sizeText(bytes: number, locale: 'vi' | 'en' = 'vi'): string {
  return bytes < 1_000_000
    ? `${numberText(Math.max(1, Math.round(bytes / 1000)), locale)}${noBreak}kB`
    : `${numberText(bytes / 1_000_000, locale, 1)}${noBreak}MB`
}
