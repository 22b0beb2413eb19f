import { expect, test } from 'vitest'
import { csvFile, csvStream } from './csv.view.ts'

test('streams every line once, after the mark that tells spreadsheets the letters', async () => {
  const lines = Array.from({ length: 5000 }, (_, n) => [n, 'Xã Mai Thượng'])
  const bytes = new Uint8Array(await new Response(csvStream(lines)).arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(new TextDecoder().decode(bytes).trim().split('\r\n')).toHaveLength(5000)
})

test.each([
  { demonstration: true, name: 'du-lieu-mau-thang-H99-2026.csv', kept: 'never' as const, says: 'no-store' },
  { demonstration: false, name: 'thang-H99-2026.csv', kept: 'asked' as const, says: 'private, no-cache' },
  { demonstration: false, name: 'thang-H99-2026.csv', kept: undefined, says: null },
])('names a file of a demonstration as such, and says who may keep it: $kept', (each) => {
  const { demonstration, kept } = each
  const { headers } = csvFile([['a']], { name: 'thang-H99-2026', demonstration, ...(kept && { kept }) })
  expect(headers.get('content-disposition')).toBe(`attachment; filename="${each.name}"`)
  expect(headers.get('cache-control')).toBe(each.says)
})
