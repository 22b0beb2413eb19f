import { expect, test } from 'vitest'
import { csvLine, parseCsv } from './csv.ts'

test('reads quotes, commas and line breaks inside cells', () => {
  expect(parseCsv('a,b\n"x, ""y""","1\n2"\n,z\n')).toEqual([
    { a: 'x, "y"', b: '1\n2' },
    { a: '', b: 'z' },
  ])
})

test('reads carriage returns and a last line without an end', () => {
  expect(parseCsv('a,b\r\n1,2\r\n3,')).toEqual([
    { a: '1', b: '2' },
    { a: '3', b: '' },
  ])
})

test('refuses a quote that is never closed', () => {
  expect(() => parseCsv('a\n"x')).toThrow('not closed')
})

test('quotes commas, quotes and line ends, and leaves numbers alone', () => {
  expect(csvLine(['Xã "Mai", Thượng', 12, 0.9561, null, 'a\nb'])).toBe(
    '"Xã ""Mai"", Thượng",12,0.9561,,"a\nb"\r\n',
  )
})

test.each(['=1+1', '+84', '-2', '@SUM(A1)', '\t=1', ' =HYPERLINK("x")'])(
  'does not let a spreadsheet run %j',
  (text) => {
    expect(csvLine([text])).toContain("'")
    expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/)
  },
)

test('a name that looks like a formula stays a name in a spreadsheet', () => {
  expect(csvLine(['=1+1', 'Nguyễn "A"', 'Xã Bến Gỗ'])).toBe(`'=1+1,"Nguyễn ""A""",Xã Bến Gỗ\r\n`)
})

test('keeps a negative number a number', () => {
  expect(csvLine([-3])).toBe('-3\r\n')
})
