import { expect, test } from 'vitest'
import { authoritiesAbove } from './cells.ts'
import { type Delta, measures } from './contributions.ts'
import { DenseSums } from './dense-sums.ts'
import { SmallCounts } from './small-counts.ts'

const dayOf = (n: number) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10)

/** Sums by their cell, written down: the same the plain way. */
function plainSums(all: readonly Parameters<DenseSums['add']>[0][], dateOf = (on: string) => on) {
  const cells = new Map<string, number>()
  for (const { authority, procedureCode, deltas } of all)
    for (const { measure, on, n, authority: own } of deltas)
      for (const code of authoritiesAbove(own ?? authority))
        for (const procedure of [procedureCode, '*']) {
          const key = [code, procedure, dateOf(on), measure].join(' ')
          cells.set(key, (cells.get(key) ?? 0) + n)
        }
  return [...cells].filter(([, n]) => n !== 0).toSorted()
}

const listed = (sums: DenseSums) =>
  [...sums.left()]
    .flatMap(({ authority, procedureCode, on, sums }) =>
      measures.map((measure, i) => [[authority, procedureCode, on, measure].join(' '), sums[i]!] as const),
    )
    .filter(([, n]) => n !== 0)
    .toSorted()

test('thousands of cells are the same sums, by day and by month, as counted one by one', () => {
  const all = Array.from({ length: 1500 }, (_, n) => {
    const deltas: Delta[] = [
      { measure: 'received', on: dayOf(n), n: 1 },
      { measure: 'in-progress', on: dayOf(n + 1), n: 1 },
      { measure: 'in-progress', on: dayOf(n + 9), n: -1, ...(n % 3 === 0 && { authority: 'H98.1' }) },
    ]
    return { authority: `H99.${n % 7}.1`, procedureCode: `p${n % 5}`, deltas }
  })
  const dense = new DenseSums()
  for (const each of all) dense.add(each)
  expect(listed(dense)).toEqual(plainSums(all))
  expect(listed(dense.months())).toEqual(plainSums(all, (on) => `${on.slice(0, 8)}01`))
  for (const each of all.slice(10)) dense.add(each, -1)
  expect(listed(dense)).toEqual(plainSums(all.slice(0, 10)))
})

test('what was taken is no longer left, and no other cell is', () => {
  const sums = new DenseSums()
  sums.add({ authority: 'H99', procedureCode: 'p', deltas: [{ measure: 'received', on: dayOf(1), n: 1 }] })
  expect(sums.take('H99', 'p', dayOf(1))?.[0]).toBe(1)
  expect(sums.take('H99', 'p', dayOf(2))).toBeUndefined()
  expect(sums.take('H98', 'p', dayOf(1))).toBeUndefined()
  expect([...sums.left()].map(({ authority, procedureCode }) => [authority, procedureCode])).toEqual([
    ['H99', '*'],
    ['', 'p'],
    ['', '*'],
  ])
})

test('days of any year have cells of their own', () => {
  const sums = new DenseSums()
  const days = ['0001-01-01', '1969-12-31', '1970-01-01', '2024-02-29', '9999-12-31']
  const of = (on: string) => ({ measure: 'accepted' as const, on, n: 1 })
  sums.add({ authority: 'H99', procedureCode: 'p', deltas: days.map(of) })
  const own = [...sums.left()].filter(({ authority, procedureCode }) => authority && procedureCode === 'p')
  expect(own.map(({ on }) => on)).toEqual(days)
})

test('a count larger than a byte goes on beside, and comes back', () => {
  const counts = new SmallCounts()
  for (const [place, n] of [
    [0, 127],
    [1, 128],
    [2, -127],
    [3, -128],
    [5_000_000, 4_000_000],
  ] as const) {
    counts.add(place, n)
    expect(counts.at(place)).toBe(n)
    counts.add(place, 1)
    expect(counts.at(place)).toBe(n + 1)
    counts.add(place, -n)
    expect(counts.at(place)).toBe(1)
  }
  expect(counts.at(4)).toBe(0)
  expect(counts.at(50_000_000)).toBe(0)
})
