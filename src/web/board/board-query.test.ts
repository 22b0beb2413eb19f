import { expect, test } from 'vitest'
import { boardHref, periodBefore, periodOf, stepFor } from './board-query.ts'
import { readAsk } from './read-ask.ts'

const today = '2026-11-22'
const known = new Set(['H99', 'H99.12'])
const ask = (query: string) => readAsk(new URLSearchParams(query), today, known)

test('shows this month by day when the address says nothing', () => {
  expect(ask('')).toMatchObject({
    kind: 'thang',
    from: '2026-11-01',
    to: '2026-11-30',
    step: 'day',
    authority: null,
    sort: 'nhan',
    direction: 'giam',
    problems: [],
  })
})

test.each([
  ['thang', '2026-11-01', '2026-11-30'],
  ['quy', '2026-10-01', '2026-12-31'],
  ['nam', '2026-01-01', '2026-12-31'],
  ['12-thang', '2025-12-01', '2026-11-30'],
] as const)('knows the period %s', (kind, from, to) => {
  expect(periodOf(kind, today)).toEqual({ from, to })
})

test('compares with the period of the same kind before', () => {
  expect(periodBefore({ kind: 'thang', from: '2026-03-01', to: '2026-03-31' })).toEqual({
    from: '2026-02-01',
    to: '2026-02-28',
  })
  expect(periodBefore({ kind: 'khac', from: '2026-03-10', to: '2026-03-16' })).toEqual({
    from: '2026-03-03',
    to: '2026-03-09',
  })
})

test('a period of one’s own goes before a usual one', () => {
  expect(ask('ky=nam&tu=2026-02-01&den=2026-02-14')).toMatchObject({
    kind: 'khac',
    from: '2026-02-01',
    to: '2026-02-14',
  })
})

test('the days of a usual period are that period', () => {
  expect(ask('tu=2025-12-01&den=2026-11-30').kind).toBe('12-thang')
  expect(ask('tu=2026-11-01&den=2026-11-22').kind).toBe('khac')
})

test.each([
  'tu=2026-03-02&den=2026-03-01',
  'tu=hôm+qua',
  'den=2026-13-40',
  'tu=0001-01-01&den=2026-01-01',
  'tu=9990-01-01&den=9999-12-31',
])('says what is wrong with %s and shows this month', (query) => {
  expect(ask(query)).toMatchObject({ kind: 'thang', from: '2026-11-01', problems: ['period'] })
})

test.each([
  ['2026-02-01', '2026-03-31', '2025-12-01', '2026-01-31'],
  ['2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
  ['2026-03-05', '2026-03-14', '2026-02-23', '2026-03-04'],
])('%s to %s is compared with as long a period, whole months with whole months', (from, to, first, last) => {
  expect(periodBefore({ kind: 'khac', from, to })).toEqual({ from: first, to: last })
})

test('refuses an authority that does not exist, and takes no notice of unknown words', () => {
  expect(ask('co-quan=H98').problems).toEqual(['authority'])
  expect(ask("xep=';drop&chieu=x&buoc=gio&ky=the-ky")).toMatchObject({
    sort: 'nhan',
    direction: 'giam',
    step: 'day',
  })
})

test('never draws more bars than can be told apart', () => {
  expect(ask('ky=nam&buoc=ngay').step).toBe('week')
  expect(ask('tu=2010-01-01&den=2026-01-01&buoc=ngay').step).toBe('month')
  expect(stepFor('2026-10-01', '2026-12-31')).toBe('week')
})

test('an address read again asks for the same board', () => {
  for (const query of [
    '',
    'ky=nam&co-quan=H99.12&xep=ten',
    'tu=2026-02-01&den=2026-02-14&chieu=tang&man-hinh=1',
  ]) {
    const first = ask(query)
    expect(ask(boardHref('/so-lieu', first).split('?')[1] ?? '')).toEqual(first)
  }
})
