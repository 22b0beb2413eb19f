const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']
const scales = ['', ' nghìn', ' triệu', ' tỷ', ' nghìn tỷ', ' triệu tỷ']

/** A whole number in Vietnamese words: 10_500_000 → "mười triệu năm trăm nghìn". */
export function numberInWords(n: number): string {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError('only whole numbers from 0')
  if (n === 0) return 'không'
  const groups: number[] = []
  for (let rest = n; rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000)
  return groups
    .map((group, i) => (group === 0 ? '' : threeDigits(group, i < groups.length - 1) + scales[i]))
    .reverse()
    .filter((words) => words !== '')
    .join(' ')
}

/** Money in words as decisions and receipts print it: "Mười triệu đồng". */
export const dongInWords = (amountVnd: number): string => capital(`${numberInWords(amountVnd)} đồng`)

/** "10.000.000". */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '.')

/** A date read aloud: "Ngày mười hai tháng ba năm hai nghìn không trăm hai mươi sáu". */
export function dateReadAloud(date: string): string {
  const { day, month, year } = Temporal.PlainDate.from(date)
  const spokenDay = day <= 10 ? `mùng ${numberInWords(day)}` : numberInWords(day)
  const spokenMonth = month === 4 ? 'tư' : numberInWords(month)
  return capital(`ngày ${spokenDay} tháng ${spokenMonth} năm ${numberInWords(year)}`)
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function threeDigits(group: number, withHundreds: boolean): string {
  const hundreds = Math.floor(group / 100)
  const tens = Math.floor(group / 10) % 10
  const units = group % 10
  const words: string[] = []
  if (hundreds > 0 || withHundreds) words.push(`${digits[hundreds]} trăm`)
  if (tens === 0 && units > 0 && words.length > 0) words.push('lẻ')
  if (tens === 1) words.push('mười')
  if (tens > 1) words.push(`${digits[tens]} mươi`)
  if (units > 0) words.push(unitWord(tens, units))
  return words.join(' ')
}

function unitWord(tens: number, units: number): string {
  if (units === 1 && tens > 1) return 'mốt'
  if (units === 4 && tens > 1) return 'tư'
  if (units === 5 && tens > 0) return 'lăm'
  return digits[units] ?? ''
}
