import { expect, test } from 'vitest'
import { CellSums } from './cells.ts'
import { type Delta, measures } from './contributions.ts'
import { DenseSums } from './dense-sums.ts'
import { SmallCounts } from './small-counts.ts'

const dayOf = (n: number) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10)

test('thousands of cells are the same sums, by day and by month, as a few of them', () => {
  const [dense, plain] = [new DenseSums(), new CellSums()]
  for (let n = 0; n < 3000; n++) {
    const where = { authority: `H99.${n % 7}.1`, procedureCode: `p${n % 5}` }
    const deltas: Delta[] = [
      { measure: 'received', on: dayOf(n), n: 1 },
      { measure: 'in-progress', on: dayOf(n + 1), n: 1 },
      { measure: 'in-progress', on: dayOf(n + 9), n: -1, ...(n % 3 === 0 && { authority: 'H98.1' }) },
    ]
    dense.add({ ...where, deltas })
    plain.add(where, deltas)
  }
  const sorted = (cells: Iterable<object>) => [...cells].map((cell) => JSON.stringify(cell)).toSorted()
  const inOrder = (cells: ReturnType<CellSums['days']>) =>
    cells.map(({ counts, ...cell }) => ({ ...cell, sums: measures.map((measure) => counts[measure] ?? 0) }))
  expect(sorted(dense.left())).toEqual(sorted(inOrder(plain.days())))
  expect(sorted(dense.months().left())).toEqual(sorted(inOrder(plain.months())))
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
