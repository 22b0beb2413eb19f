import type { Limit } from '../procedure-version.ts'

type Unit = Limit['unit']

/** Units as records write them; what is not here is OTHER. */
const units: Record<string, Unit> = {
  WORKING_DAY: 'working-day',
  'Ngày làm việc': 'working-day',
  DAY: 'day',
  Ngày: 'day',
  WORKING_HOUR: 'working-hour',
  'Giờ làm việc': 'working-hour',
  HOUR: 'working-hour',
  Giờ: 'working-hour',
}

/** A limit as read: `sure` says whether its unit was stated in words we know. */
export interface ReadLimit {
  limit: Limit
  sure: boolean
}

/**
 * A limit from an amount and the words of its unit. Most records that say OTHER mean working days, so that is taken
 * and marked as unsure. Undefined when no whole amount is stated.
 */
export function readLimit(amount: unknown, unit: unknown, words: unknown): ReadLimit | undefined {
  const stated = amountIn(amount)
  const raw = [amount, unit, words]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(' ')
  if (stated === undefined) return undefined
  const known = typeof unit === 'string' ? units[unit.trim()] : undefined
  const limit: Limit = {
    ...{ amount: stated, unit: known ?? 'working-day', cutOff: null },
    ...{ raw: raw.slice(0, 500), addition: null },
  }
  return { limit, sure: known !== undefined }
}

function amountIn(amount: unknown): number | undefined {
  const number = typeof amount === 'string' ? Number(amount.replace(',', '.')) : amount
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0 || number > 3_650)
    return undefined
  return Math.ceil(number)
}

/** Amount and unit inside free text such as "03 ngày làm việc", "Không quá 15 ngày". */
export function limitInText(text: string): ReadLimit | undefined {
  const found = /(\d{1,4}(?:[.,]\d)?)\s*(ngày làm việc|ngày|giờ làm việc|giờ)/i.exec(text)
  if (!found) return undefined
  const [, amount, unit = ''] = found
  const named = unit.charAt(0).toUpperCase() + unit.slice(1).toLowerCase()
  const read = readLimit(amount, named, '')
  return read && { ...read, limit: { ...read.limit, raw: text.slice(0, 500) } }
}
