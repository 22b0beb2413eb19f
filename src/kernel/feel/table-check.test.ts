import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell, DecisionTable } from './decision-table.ts'
import { checkTable, type Domain } from './table-check.ts'
import { domainsOf, outputWords, rowText, tableProblemText } from './table-text.ts'

const range = (from: number | null, to: number | null): Cell => ({
  is: 'range',
  from: from === null ? null : { value: from, included: true },
  to: to === null ? null : { value: to, included: false },
})
const one = (...values: (string | number)[]): Cell => ({ is: 'in', values })
const table = (inputs: string[], ...rows: [Cell[], number][]): DecisionTable => ({
  ...{ inputs, hitPolicy: 'first', otherwise: null },
  rules: rows.map(([when, gives]) => ({ when, gives })),
})

const fields = [
  {
    ...{ path: 'channel', label: 'Cách nộp', type: 'enum' },
    options: [
      { value: 'online', label: 'Trực tuyến' },
      { value: 'direct', label: 'Trực tiếp' },
      { value: 'post', label: 'Qua bưu chính' },
    ],
  },
  { path: 'born', label: 'Ngày sinh', type: 'date' },
  { path: 'copies', label: 'Số bản', type: 'copies', max: 10 },
  { path: 'insured', label: 'Có bảo hiểm', type: 'bool' },
]
const inputs = ['channel', 'days:born']
const fees = table(
  inputs,
  [[null, range(null, 60)], 0],
  [[one('online'), range(60, null)], 4000],
  [[one('direct', 'post'), range(60, null)], 8000],
)
const problemsOf = (given: DecisionTable) => checkTable(given, domainsOf(given.inputs, fields))
const saidOf = (given: DecisionTable) =>
  problemsOf(given)?.map((problem) => tableProblemText(given, problem, fields))

test('a whole table has no problem', () => {
  expect(problemsOf(fees)).toEqual([])
})

test('a gap is said in one sentence, however many values it has', () => {
  expect(saidOf({ ...fees, rules: fees.rules.slice(0, 2) })).toEqual([
    'Chưa có dòng nào cho: Cách nộp là một trong: Trực tiếp, Qua bưu chính và Số ngày từ “Ngày sinh” đến nay từ 60 trở lên.',
  ])
})

test('two rows that contradict each other are said with where', () => {
  const given = table(
    inputs,
    [[one('online'), null], 4000],
    [[null, range(60, null)], 8000],
    [[null, null], 0],
  )
  expect(saidOf(given)).toEqual([
    'Dòng 1 và 2 cùng đúng khi Cách nộp là Trực tuyến và Số ngày từ “Ngày sinh” đến nay từ 60 trở lên; khi ấy dòng 1 được dùng vì đứng trước.',
  ])
})

test('an exception before the rule is no contradiction, after it it is never used', () => {
  const [exception, rule] = [
    [[one('online')], 4000],
    [[null], 8000],
  ] as [Cell[], number][]
  expect(problemsOf(table(['channel'], exception!, rule!))).toEqual([])
  expect(saidOf(table(['channel'], rule!, exception!))).toEqual([
    'Dòng 2 không bao giờ được dùng: các dòng trước đã bao hết, hoặc không câu trả lời nào hợp.',
  ])
  const unique = { ...table(['channel'], exception!, rule!), hitPolicy: 'unique' as const }
  expect(problemsOf(unique)).toMatchObject([{ kind: 'overlap', when: [one('online')], rules: [0, 1] }])
})

test('rows that give the same do not contradict each other', () => {
  expect(
    problemsOf(table(inputs, [[one('online'), null], 1], [[null, range(60, null)], 1], [[null, null], 2])),
  ).toEqual([])
})

test('a row for an answer that the question does not have is never used', () => {
  expect(problemsOf(table(['channel'], [[one('fax')], 1], [[null], 2]))).toMatchObject([
    { kind: 'never', rules: [0] },
  ])
})

describe('figures', () => {
  const upTo = (to: number): Cell => ({ is: 'range', from: null, to: { value: to, included: true } })
  const whole = { n: { is: 'numbers', whole: true } } as const
  const two = (to: number) => table(['n'], [[upTo(to)], 1], [[range(5, null)], 2])
  test('none is missing between neighbours of whole ones', () => {
    expect(checkTable(two(4), whole)).toEqual([])
    expect(checkTable(two(4), { n: { is: 'numbers', whole: false } })).toHaveLength(1)
  })
  test('a single missing one is seen', () => {
    expect(checkTable(two(3), whole)).toEqual([{ kind: 'gap', when: [one(4)], rules: [] }])
  })
  test('a single one said twice is seen', () => {
    expect(checkTable(two(5), whole)).toEqual([{ kind: 'overlap', when: [one(5)], rules: [0, 1] }])
  })
  test('beyond what may be answered nothing is missing', () => {
    const given = table(['copies'], [[range(0, 11)], 1])
    expect(problemsOf(given)).toEqual([])
    expect(saidOf(table(['copies'], [[range(0, 10)], 1]))).toEqual([
      'Chưa có dòng nào cho: Số bản từ 10 trở lên.',
    ])
  })
})

test('a text without a list may be any other text', () => {
  const given = table(['name'], [[one('A')], 1], [[one('B')], 2])
  expect(checkTable(given, {})).toEqual([
    { kind: 'gap', when: [{ is: 'not-in', values: ['A', 'B'] }], rules: [] },
  ])
})

test('what is not answered is no gap', () => {
  expect(checkTable(table(['a'], [[{ is: 'given', given: true }], 1]), {})).toEqual([])
})

test('says so when there is too much to look through', () => {
  const domain: Domain = { is: 'values', values: Array.from({ length: 200 }, (_, i) => `v${i}`) }
  expect(checkTable(table(['a', 'b', 'c']), { a: domain, b: domain, c: domain })).toBe(null)
})

test('a table without columns is looked at too', () => {
  expect(checkTable(table([], [[], 1], [[], 2]), {})).toMatchObject([{ kind: 'never', rules: [1] }])
})

const bound = fc.option(fc.record({ value: fc.integer({ min: 0, max: 6 }), included: fc.boolean() }))
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.record({
    is: fc.constantFrom('in' as const, 'not-in' as const),
    values: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
  }),
  fc.record({ is: fc.constant('range' as const), from: bound, to: bound }),
)
const rows = fc.array(fc.tuple(fc.tuple(cell, cell), fc.integer({ min: 0, max: 2 })), { maxLength: 5 })
const fits = (given: Cell, n: number) => {
  if (given === null || given.is === 'given') return given === null || given.given
  if (given.is !== 'range') return given.values.includes(n) === (given.is === 'in')
  const { from, to } = given
  return (
    (!from || (from.included ? n >= from.value : n > from.value)) &&
    (!to || (to.included ? n <= to.value : n < to.value))
  )
}

test('gaps are exactly the figures that no row fits', () => {
  const domains = Object.fromEntries(
    ['a', 'b'].map((name) => [name, { is: 'numbers', whole: true, from: 0, to: 6 } as const]),
  )
  fc.assert(
    fc.property(rows, (given) => {
      const made = table(['a', 'b'], ...given)
      const found = checkTable(made, domains)!
      if (found.length >= 20) return
      const holes = found.filter(({ kind }) => kind === 'gap')
      for (let a = 0; a <= 6; a++)
        for (let b = 0; b <= 6; b++) {
          const at = (cells: Cell[]) => fits(cells[0]!, a) && fits(cells[1]!, b)
          const isFree = !given.some(([when]) => at(when))
          expect(
            holes.some(({ when }) => at(when)),
            `${a} ${b}`,
          ).toBe(isFree)
        }
    }),
    { numRuns: 300 },
  )
})

test('rows and results are said with the words of the form', () => {
  expect(rowText(['insured'], [{ is: 'in', values: [true] }], fields)).toBe('Có bảo hiểm là có')
  expect(rowText(['insured'], [null], fields)).toBe('mọi trường hợp')
  const place = [{ path: 'home', label: 'Nơi cư trú', type: 'address' }]
  expect(outputWords({ path: 'home.communeCode' }, place)).toBe('“xã trong câu “Nơi cư trú””')
  expect(outputWords({ path: 'strange' }, place)).toBe('“strange”')
  expect(outputWords(null, place)).toBe('không có gì')
})
