import { inflateRawSync } from 'node:zlib'
import readExcelFile, { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { spreadsheet } from './spreadsheet.ts'

const columns = [
  { title: 'Số TT', width: 8 },
  { title: 'Tên cá nhân, tổ chức', width: 30 },
]
const readAgain = async (...rows: string[][]) => (await readSheet(await written(rows))).slice(1)
const written = async (rows: string[][]) => Buffer.from(await spreadsheet('Sổ theo dõi', columns, rows))

/** The XML of the sheet, from its local header on. */
function sheetIn(file: Buffer): string {
  const name = file.indexOf('xl/worksheets/sheet1.xml')
  const start = name + file.readUInt16LE(name - 4) + file.readUInt16LE(name - 2)
  return inflateRawSync(file.subarray(start)).toString()
}

test('the sheet has its name and its titles', async () => {
  expect(await readExcelFile(await written([]))).toEqual([
    { sheet: 'Sổ theo dõi', data: [['Số TT', 'Tên cá nhân, tổ chức']] },
  ])
})

test('numbers with leading zeros, accents and line ends are read again as they were', async () => {
  const rows = [
    ['00042', 'Nguyễn Thị Mẫu Đơn'],
    ['00043', '<b>&amp;"A"\nB'],
  ]
  expect(await readAgain(...rows)).toEqual(rows)
})

test.each(['=1+1', '+84912345678', '-2', '@SUM(A1)', "=cmd|' /C calc'!A0", '\t=1'])(
  'a name %j is text and no formula',
  async (name) => {
    const file = await written([['1', name]])
    const [row] = (await readSheet(file, { trim: false })).slice(1)
    expect(row).toEqual(['1', name])
    expect(sheetIn(file)).toContain('<row')
    expect(sheetIn(file)).not.toContain('<f>')
  },
)

test('what XML cannot hold becomes a space', async () => {
  expect(await readAgain(['1', 'a\u0000b\u0007c'])).toEqual([['1', 'a b c']])
})

test('an empty cell is empty, and a cell is not longer than spreadsheets allow', async () => {
  const [row] = await readAgain(['', 'x'.repeat(40_000)])
  expect(row).toEqual([null, 'x'.repeat(32_767)])
})
