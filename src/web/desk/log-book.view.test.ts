import { expect, test } from 'vitest'
import { daysOf, periodsOf, unitOf } from './log-book.view'

const now = new Date('2026-11-20T07:30:00Z')
const days = (query: string) => daysOf(new URLSearchParams(query), now)

test('without days the last seven are shown', () => {
  expect(days('')).toEqual({ from: '2026-11-14', to: '2026-11-20' })
})

test('nonsense in the address is the last seven days, and turned days are turned back', () => {
  expect(days('tu=2026-13-40&den=x')).toEqual({ from: '2026-11-14', to: '2026-11-20' })
  expect(days('tu=2026-11-10&den=2026-11-01')).toEqual({ from: '2026-11-01', to: '2026-11-10' })
})

test('the month, the quarter and the year go from their first day to today', () => {
  const from = (at: string) => periodsOf(new Date(at)).map(({ days }) => days.from)
  expect(from('2026-11-20T07:30:00Z')).toEqual(['2026-11-01', '2026-10-01', '2026-01-01'])
  expect(from('2026-03-01T07:30:00Z')).toEqual(['2026-03-01', '2026-01-01', '2026-01-01'])
  expect(from('2026-12-31T17:30:00Z')).toEqual(['2027-01-01', '2027-01-01', '2027-01-01'])
})

test('an officer reads the book of a unit of theirs, the first without a word, and no other', () => {
  const unit = (query: string) => unitOf(new URLSearchParams(query), ['H99.12', 'H99.13'])
  expect(unit('')).toBe('H99.12')
  expect(unit('don-vi=H99.13')).toBe('H99.13')
  expect(unit('don-vi=H99.14')).toBeUndefined()
  expect(unitOf(new URLSearchParams(), [])).toBeUndefined()
})
