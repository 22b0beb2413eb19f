import type { Random } from './random.ts'

/** Surnames in the proportions in which one meets them. */
const surnames = [
  ['Nguyễn', 38],
  ['Trần', 11],
  ['Lê', 9],
  ['Phạm', 7],
  ['Hoàng', 5],
  ['Huỳnh', 4],
  ['Vũ', 4],
  ['Võ', 3],
  ['Đặng', 3],
  ['Bùi', 2],
  ['Đỗ', 2],
  ['Hồ', 2],
  ['Ngô', 2],
  ['Dương', 1],
  ['Lý', 1],
  ['Lò', 1],
  ['Quách', 1],
  ['Giàng', 1],
  ['Đinh', 1],
] as const
const middleOfWomen = ['Thị', 'Ngọc', 'Thu', 'Thanh', 'Kim', 'Minh', 'Mỹ', 'Phương']
const middleOfMen = ['Văn', 'Đức', 'Minh', 'Quang', 'Hữu', 'Công', 'Xuân', 'Thanh']
const women = [
  'Lan',
  'Hoa',
  'Hương',
  'Mai',
  'Cúc',
  'Trang',
  'Thảo',
  'Linh',
  'Ngân',
  'Yến',
  'Hạnh',
  'Dung',
  'Nhung',
  'Hiền',
  'Oanh',
  'Thủy',
  'Sen',
  'Liên',
]
const men = [
  'Hùng',
  'Dũng',
  'Nam',
  'Sơn',
  'Tuấn',
  'Long',
  'Hải',
  'Thắng',
  'Cường',
  'Khoa',
  'Phúc',
  'Bình',
  'An',
  'Lâm',
  'Tùng',
  'Việt',
  'Quân',
  'Đạt',
]

/** An invented person; the id number begins with 099, a code that no province has. */
export interface SimulatedPerson {
  name: string
  sex: 'male' | 'female'
  dateOfBirth: string
  personalId: string
}

export function simulatePerson(
  random: Random,
  {
    surname,
    sex = random.chance(0.52) ? 'female' : 'male',
    youngest = 18,
    oldest = 80,
    year,
  }: {
    surname?: string
    sex?: SimulatedPerson['sex']
    /** Ages in the given year. */
    youngest?: number
    oldest?: number
    year: number
  },
): SimulatedPerson {
  const [middle, given] = sex === 'female' ? [middleOfWomen, women] : [middleOfMen, men]
  const birthYear = year - random.whole(youngest, oldest)
  const name = `${surname ?? random.weighted(surnames)} ${random.pick(middle)} ${random.pick(given)}`
  const dateOfBirth = `${birthYear}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`
  return { name, sex, dateOfBirth, personalId: idNumber(random, sex, birthYear) }
}

// Digits 4–6: century with sex, and year of birth.
function idNumber(random: Random, sex: 'male' | 'female', year: number): string {
  const century = Math.floor(year / 100) - 19
  const tail = String(random.whole(100_000, 999_999))
  return `099${century * 2 + (sex === 'female' ? 1 : 0)}${two(year % 100)}${tail}`
}

const two = (number: number) => String(number).padStart(2, '0')
