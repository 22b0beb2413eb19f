import { textKind } from './text.ts'

/** Vietnamese mobiles begin 03, 05, 07, 08, 09; landlines 02 and nine digits; others in E.164. */
export function toE164(text: string): string {
  const digits = text.replace(/[\s().-]/g, '')
  if (/^0(3|5|7|8|9)\d{8}$/.test(digits) || /^02\d{9}$/.test(digits)) return `+84${digits.slice(1)}`
  return /^84\d{9,10}$/.test(digits) ? `+${digits}` : digits
}

const vietnamese = /^\+84(?:[35789]\d{8}|2\d{9})$/
const foreign = /^\+(?!84)[1-9]\d{6,14}$/

/** `+84912345601` as people write it: `0912 345 601`. */
export function nationalPhone(e164: string): string {
  if (!vietnamese.test(e164)) return e164
  const digits = `0${e164.slice(3)}`
  return `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`
}

export const phone = textKind({
  longest: 25,
  turned: {
    to: toE164,
    right: (value) => vietnamese.test(value) || foreign.test(value),
    error: 'forms.phone-invalid',
  },
  inputMode: 'tel',
  autoComplete: 'tel',
  width: 'mid',
  show: nationalPhone,
  json: { pattern: '^\\+[1-9]\\d{6,14}$' },
})
