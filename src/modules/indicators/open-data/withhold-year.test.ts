import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parentOf } from '../cells.ts'
import { isSmall } from './withhold-together.ts'
import { isShownIn, type MonthAmounts, type Withheld, wholeMonths, withholdYear } from './withhold-year.ts'

const codes = ['', 'H1', 'H1.1', 'H1.2', 'H1.2.1', 'H1.2.2', 'H1.3', 'H1.4', 'H2', 'H2.1', 'H2.2'] as const
const within = (code: string, unit: string) => unit === '' || `${code}.`.startsWith(`${unit}.`)

/** What each unit settles itself, by month; it counts at all above it too. */
type Own = Record<string, MonthAmounts[]>
const few = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(6) },
  fc.nat(60),
)
const aMonth = fc.record({ received: few, finished: few, open: few })
const aYear: fc.Arbitrary<Own> = fc
  .record(Object.fromEntries(codes.map((code) => [code, fc.array(aMonth, { minLength: 12, maxLength: 12 })])))
  .chain((all) =>
    // Units that only hold others are the usual case; some settle things themselves.
    fc.subarray(['', 'H1', 'H1.2', 'H2']).map((bare) => ({
      ...all,
      ...Object.fromEntries(bare.map((code) => [code, months(() => 0)])),
    })),
  )
const months = (of: (month: number) => number): MonthAmounts[] =>
  Array.from({ length: 12 }, (_, month) => ({ received: of(month), finished: 0, open: 0 }))

function withAbove(own: Own): Map<string, MonthAmounts[]> {
  const sum = (unit: string, month: number, key: keyof MonthAmounts) =>
    codes
      .filter((code) => within(code, unit))
      .reduce((all, code) => all + (own[code]?.[month]?.[key] ?? 0), 0)
  return new Map(
    codes.map((unit) => [
      unit,
      Array.from({ length: 12 }, (_, month) => ({
        received: sum(unit, month, 'received'),
        finished: sum(unit, month, 'finished'),
        open: sum(unit, month, 'open'),
      })),
    ]),
  )
}

const spans = Array.from({ length: 12 }, (_, first) =>
  Array.from({ length: 12 - first }, (_, length) => [first, first + length] as const),
).flat()

/** A cell as a sum of unknowns: what each unit settled itself in each month. */
const rowOf = (unit: string, [first, last]: readonly [number, number]) =>
  codes.flatMap((code) =>
    Array.from({ length: 12 }, (_, month) => (within(code, unit) && month >= first && month <= last ? 1 : 0)),
  )

/** Everything that is known, reduced; then each question is one reduction. Counted in a field, so exactly. */
const prime = 1_000_003
class Known {
  readonly #rows = new Map<number, number[]>()
  #reduce(row: number[]): number[] {
    const left = [...row]
    for (const [pivot, known] of this.#rows) {
      const factor = left[pivot]!
      if (factor === 0) continue
      for (let i = 0; i < left.length; i++) left[i] = (left[i]! + (prime - factor) * known[i]!) % prime
    }
    return left
  }
  add(row: number[]) {
    const left = this.#reduce(row)
    const pivot = left.findIndex((n) => n !== 0)
    if (pivot < 0) return
    const inverse = power(left[pivot]!, prime - 2)
    const unit = left.map((n) => (n * inverse) % prime)
    for (const [key, known] of this.#rows) {
      const factor = known[pivot]!
      if (factor !== 0)
        this.#rows.set(
          key,
          known.map((n, i) => (n + (prime - factor) * unit[i]!) % prime),
        )
    }
    this.#rows.set(pivot, unit)
  }
  tells = (row: number[]) => this.#reduce(row).every((n) => n === 0)
}
function power(base: number, exponent: number): number {
  let [result, square] = [1, base]
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * square) % prime
    square = (square * square) % prime
  }
  return result
}

const amountsIn = (months: readonly MonthAmounts[], [first, last]: readonly [number, number]) => {
  const inside = months.slice(first, last + 1)
  const sum = (key: 'received' | 'finished') => inside.reduce((all, each) => all + each[key], 0)
  return [sum('received'), sum('finished') + inside.at(-1)!.open]
}

const shownCells = (withheld: Withheld) =>
  codes.flatMap((code) =>
    spans.map((span) => ({ code, span, shown: isShownIn(withheld, code, span[0], span[1]) })),
  )

test('no withheld cell can be worked out from all that is shown, of any units and any months', () => {
  fc.assert(
    fc.property(aYear, (own) => {
      const all = withAbove(own)
      const cells = shownCells(withholdYear({ months: all, parentOf }))
      const known = new Known()
      for (const { code, span, shown } of cells) if (shown) known.add(rowOf(code, span))
      const told = cells.filter(({ code, span, shown }) => !shown && known.tells(rowOf(code, span)))
      expect(told).toEqual([])
    }),
    { numRuns: 15 },
  )
})

test('no month, quarter, half, nine months or year that is shown is small, nor what is left of one by subtracting', () => {
  const closed = [
    ...spans.filter(([a, b]) => a === b),
    [0, 2],
    [3, 5],
    [6, 8],
    [9, 11],
    [0, 5],
    [6, 11],
    [0, 8],
    [0, 11],
  ] as const
  fc.assert(
    fc.property(aYear, (own) => {
      const all = withAbove(own)
      const withheld = withholdYear({ months: all, parentOf })
      const shown = (code: string, span: readonly [number, number]) =>
        isShownIn(withheld, code, span[0], span[1])
      for (const span of closed)
        for (const code of codes.filter((each) => shown(each, span))) {
          const whole = amountsIn(all.get(code)!, span)
          expect(isSmall(whole)).toBe(false)
          // The largest shown units below it, subtracted: what stays is of all that is withheld together.
          const parts = codes.filter(
            (each) =>
              each !== code &&
              within(each, code) &&
              shown(each, span) &&
              !codes.some(
                (other) =>
                  other !== code &&
                  other !== each &&
                  within(other, code) &&
                  within(each, other) &&
                  shown(other, span),
              ),
          )
          const rest = whole.map((n, i) =>
            parts.reduce((left, each) => left - amountsIn(all.get(each)!, span)[i]!, n),
          )
          expect({ code, span, rest, small: isSmall(rest) }).toMatchObject({ small: false })
        }
    }),
    { numRuns: 100 },
  )
})

test('the same figures withhold the same, in whatever order they come', () => {
  fc.assert(
    fc.property(aYear, (own) => {
      const all = withAbove(own)
      const turned = new Map([...all].toReversed())
      const [a, b] = [all, turned].map((months) => withholdYear({ months, parentOf }))
      expect(shownCells(a!)).toEqual(shownCells(b!))
    }),
    { numRuns: 40 },
  )
})

const province = (units: Record<string, (month: number) => number>) =>
  withAbove(Object.fromEntries(Object.entries(units).map(([code, of]) => [code, months(of)])))
const shownOf = (units: Record<string, (month: number) => number>) => {
  const withheld = withholdYear({ months: province(units), parentOf })
  return (code: string, first: number, last = first) => isShownIn(withheld, code, first, last)
}

test('nobody small, nothing withheld', () => {
  const shown = shownOf({ 'H1.1': () => 5, 'H1.2.1': () => 7, 'H1.3': () => 0 })
  expect(codes.every((code) => spans.every(([first, last]) => shown(code, first, last)))).toBe(true)
})

test('a small unit takes the smallest other with it, for the months of that quarter alone', () => {
  const shown = shownOf({
    'H1.1': (m) => (m === 4 ? 2 : 9),
    'H1.2.1': () => 6,
    'H1.3': () => 30,
    'H1.4': () => 40,
  })
  expect(['H1.1', 'H1.2', 'H1.2.1', 'H1.3', 'H1.4', 'H1'].map((code) => shown(code, 4))).toEqual([
    ...[false, false, false, true, true, true],
  ])
  expect([shown('H1.1', 3), shown('H1.1', 3, 5), shown('H1.1', 6), shown('H1.1', 2, 4)]).toEqual([
    ...[false, true, true, false],
  ])
})

test('two small ones that are small together take a third', () => {
  const shown = shownOf({
    'H1.1': () => 1,
    'H1.3': () => 2,
    'H1.4': () => 30,
    'H2.1': () => 50,
    'H2.2': () => 9,
  })
  expect(['H1.1', 'H1.3', 'H1.4', 'H1', 'H2.1'].map((code) => shown(code, 0))).toEqual([
    ...[false, false, false, true, true],
  ])
})

test('where one unit is all there is, those above it are withheld with it', () => {
  const shown = shownOf({ 'H1.1': () => 1 })
  expect(['', 'H1', 'H1.1'].map((code) => shown(code, 0))).toEqual([false, false, false])
  expect(['', 'H1', 'H1.1'].map((code) => shown(code, 0, 11))).toEqual([true, true, true])
})

test('what an authority settles itself hides who is small below it, without withholding another', () => {
  const shown = shownOf({ ['H1']: () => 20, 'H1.1': () => 3, 'H1.3': () => 30 })
  expect(['H1', 'H1.1', 'H1.3'].map((code) => shown(code, 0))).toEqual([true, false, true])
})

test('who was small when the period was closed stays withheld', () => {
  const figures = province({ 'H1.1': () => 5, 'H1.3': () => 9, 'H1.4': () => 30 })
  const withheld = withholdYear({
    ...{ months: figures, parentOf },
    once: [{ code: 'H1.1', from: '2026-02-01', to: '2026-02-28' }],
  })
  const shown = ['H1.1', 'H1.3', 'H1.4'].map((code) => isShownIn(withheld, code, 1, 1))
  expect(shown).toEqual([false, false, true])
})

test.each([
  ['2026-11-05', '2026-11-20', '2026-11-01', '2026-11-30'],
  ['2028-02-29', '2028-02-29', '2028-02-01', '2028-02-29'],
  ['2026-12-31', '2027-01-01', '2026-12-01', '2027-01-31'],
  ['2026-01-01', '2026-12-31', '2026-01-01', '2026-12-31'],
])('%s to %s touches whole months from %s to %s', (from, to, first, last) => {
  expect(wholeMonths({ from, to })).toEqual({ from: first, to: last })
})
