const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']
const scales = ['', ' nghìn', ' triệu', ' tỷ', ' nghìn tỷ', ' triệu tỷ']

/** A whole number in Vietnamese words: 2026 is “hai nghìn không trăm hai mươi sáu”. */
export function numberInWords(n: number): string {
  if (n === 0) return 'không'
  const groups: number[] = []
  for (let rest = Math.abs(Math.trunc(n)); rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000)
  const words = groups
    .map((group, i) => (group ? threeDigits(group, i < groups.length - 1) + scales[i] : ''))
    .reverse()
    .filter(Boolean)
  return (n < 0 ? 'âm ' : '') + words.join(' ')
}

function threeDigits(group: number, full: boolean): string {
  const [hundreds, tens, units] = [Math.floor(group / 100), Math.floor((group % 100) / 10), group % 10]
  const words: string[] = []
  if (hundreds || full) words.push(`${digits[hundreds]} trăm`)
  if (tens > 1) words.push(`${digits[tens]} mươi`)
  else if (tens === 1) words.push('mười')
  else if (units && (hundreds || full)) words.push('linh')
  if (units) words.push(unitWord(units, tens))
  return words.join(' ')
}

function unitWord(units: number, tens: number): string {
  if (units === 1 && tens > 1) return 'mốt'
  if (units === 5 && tens > 0) return 'lăm'
  return digits[units] ?? ''
}

/** A day as certificates write it: “Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu”. */
export function dateInWords(iso: string): string {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
  const monthWord = month === 4 ? 'tư' : numberInWords(month)
  return `Ngày ${numberInWords(day)} tháng ${monthWord} năm ${numberInWords(year)}`
}

/** Money in words, with a capital: “Mười triệu đồng”. */
export function amountInWords(amountVnd: number): string {
  const words = numberInWords(amountVnd)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} đồng`
}
