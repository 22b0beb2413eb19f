import { expect, test } from 'vitest'
import { csvLine, csvStream } from './csv.view.ts'

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

test('keeps a negative number a number', () => {
  expect(csvLine([-3])).toBe('-3\r\n')
})

test('streams every line once, after the mark that tells spreadsheets the letters', async () => {
  const lines = Array.from({ length: 5000 }, (_, n) => [n, 'Xã Mai Thượng'])
  const bytes = new Uint8Array(await new Response(csvStream(lines)).arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(new TextDecoder().decode(bytes).trim().split('\r\n')).toHaveLength(5000)
})
