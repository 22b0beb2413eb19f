import { expect, test } from 'vitest'
import { CellSums } from './cells.ts'
import type { Delta } from './contributions.ts'
import { DenseSums } from './dense-sums.ts'

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
    cells.map(({ counts, ...cell }) => ({
      ...cell,
      counts: Object.fromEntries(
        (['received', 'in-progress'] as const).flatMap((key) => (counts[key] ? [[key, counts[key]]] : [])),
      ),
    }))
  expect(sorted(dense.left())).toEqual(sorted(inOrder(plain.days())))
  expect(sorted(dense.months().left())).toEqual(sorted(inOrder(plain.months())))
})
