import { expect, test } from 'vitest'
import { csvLine, daysOf, spanOf } from './log-book.view'

const now = new Date('2026-11-20T07:30:00Z')
const days = (query: string) => daysOf(new URLSearchParams(query), now)

test('without days the last seven are shown', () => {
  expect(days('')).toEqual({ from: '2026-11-14', to: '2026-11-20' })
})

test('nonsense in the address is the last seven days, and turned days are turned back', () => {
  expect(days('tu=2026-13-40&den=x')).toEqual({ from: '2026-11-14', to: '2026-11-20' })
  expect(days('tu=2026-11-10&den=2026-11-01')).toEqual({ from: '2026-11-01', to: '2026-11-10' })
})

test('a day is a day in Hà Nội', () => {
  const { from, to } = spanOf({ from: '2026-11-20', to: '2026-11-20' })
  expect([from.toISOString(), to.toISOString()]).toEqual([
    '2026-11-19T17:00:00.000Z',
    '2026-11-20T17:00:00.000Z',
  ])
})

test('a name that looks like a formula stays a name in a spreadsheet', () => {
  expect(csvLine(['=1+1', 'Nguyễn "A"', 'Xã Bến Gỗ'])).toBe(`"'=1+1","Nguyễn ""A""",Xã Bến Gỗ`)
})
