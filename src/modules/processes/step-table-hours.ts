/** Working hours in a day, as decisions on internal processes count (one day is eight hours). */
const hoursOfDay = 8

export interface ReadHours {
  hours: number
  /** Why it is a guess; absent when the text says it plainly. */
  guess?: 'unit' | 'range' | 'several' | 'words'
}

export type TimeUnit = 'minute' | 'hour' | 'half-day' | 'day' | 'week'

const perUnit: Record<TimeUnit, number> = {
  minute: 1 / 60,
  hour: 1,
  'half-day': hoursOfDay / 2,
  day: hoursOfDay,
  week: 5 * hoursOfDay,
}

const number = String.raw`\d{1,6}(?:\.\d{1,6})?(?:\s*/\s*\d{1,3}(?![\d.]))?`
const unit = String.raw`(ngày|buổi|tuần|giờ|tiếng|phút|ng|h|g|p)(?!\p{L})`
const amount = new RegExp(
  String.raw`(${number})(?:\s*(?:-|–|÷|đến|tới)\s*(${number}))?\s*${unit}(?:\s*(\d{2})(?![\d.,/\s]*\p{L}))?`,
  'gu',
)

/**
 * Working hours in the words of a step table: "02 giờ làm việc", "0,5 ngày", "1/2 ngày", "04h", "1 ngày 4 giờ". A
 * number alone is of the unit that the heading names. Undefined when no amount is found.
 */
export function readHours(text: string, headed?: TimeUnit): ReadHours | undefined {
  const plain = plainText(text.slice(0, 300))
  // What stands in brackets says the same again: "04 giờ (0,5 ngày)".
  const outside = plain.replace(/\([^)]*\)/g, ' ')
  return amountIn(outside) ?? amountIn(plain) ?? alone(outside, headed) ?? inWords(outside)
}

/** The unit that a heading names: "Thời gian (giờ làm việc)". */
export function unitOfHeading(heading: string): TimeUnit | undefined {
  const found = /(ngày|giờ|phút|buổi|tuần)/u.exec(plainText(heading.slice(0, 300)))?.[1]
  return found === undefined ? undefined : unitOf(found)
}

const plainText = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('½', ' 1/2')
    .replaceAll('¼', ' 1/4')
    .replaceAll('¾', ' 3/4')
    .replace(/(\d),(\d)/g, '$1.$2')
    .replace(/(^|\s)nửa(?=\s)/gu, '$11/2')
    .replace(
      /(^|\s)(một|hai|ba|bốn|năm)(?=\s+(?:ngày|giờ|buổi|tuần))/gu,
      (_, before, word) => `${before}${words[word]}`,
    )

const words: Record<string, number> = { một: 1, hai: 2, ba: 3, bốn: 4, năm: 5 }

function unitOf(word: string): TimeUnit {
  if (word === 'ngày' || word === 'ng') return 'day'
  if (word === 'buổi') return 'half-day'
  if (word === 'tuần') return 'week'
  return word === 'phút' || word === 'p' ? 'minute' : 'hour'
}

function amountIn(text: string): ReadHours | undefined {
  const found = [...text.matchAll(amount)]
  const [first] = found
  if (!first) return undefined
  let [sum, end] = [hoursOf(first), first.index + first[0].length]
  let guess: ReadHours['guess'] = first[2] === undefined ? undefined : 'range'
  for (const next of found.slice(1)) {
    // Side by side they add up ("1 ngày 4 giờ"); otherwise they are other cases, and the first one counts.
    const adds = /^[\s,+]*(?:và\s+)?$/u.test(text.slice(end, next.index).replace('làm việc', ''))
    if (!adds) {
      if (Math.abs(hoursOf(next) - sum) > 0.01) guess = 'several'
      break
    }
    sum += hoursOf(next)
    end = next.index + next[0].length
  }
  return result(sum, guess)
}

function hoursOf([, from = '', to, word = '', minutes]: RegExpMatchArray): number {
  const value = amountOf(to ?? from) * perUnit[unitOf(word)]
  return value + (minutes !== undefined && unitOf(word) === 'hour' ? Number(minutes) / 60 : 0)
}

function amountOf(text: string): number {
  const [above = '', below] = text.split('/')
  return below === undefined ? Number(above) : Number(above) / Number(below)
}

function alone(text: string, headed: TimeUnit | undefined): ReadHours | undefined {
  const found = new RegExp(`^[\\s≤<=~]*(${number})\\s*$`).exec(text)?.[1]
  if (found === undefined) return undefined
  return result(amountOf(found) * perUnit[headed ?? 'hour'], headed === undefined ? 'unit' : undefined)
}

const inWords = (text: string): ReadHours | undefined =>
  /(trong|cùng)( một)? ngày/u.test(text) ? { hours: hoursOfDay, guess: 'words' } : undefined

function result(value: number, guess: ReadHours['guess']): ReadHours | undefined {
  const hours = Math.round(value * 100) / 100
  if (!(hours > 0 && hours <= 10_000)) return undefined
  return guess === undefined ? { hours } : { hours, guess }
}
