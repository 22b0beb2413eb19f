import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accepted } from '../errors.ts'
import { compileFeel } from './compile-feel.ts'
import { askedBy, type Cell, type DecisionTable, feelOfTable, mostRules, tableOf } from './decision-table.ts'
import { evaluateFeel } from './evaluate-feel.ts'

const range = (from: number | null, to: number | null): Cell => ({
  is: 'range',
  from: from === null ? null : { value: from, included: true },
  to: to === null ? null : { value: to, included: false },
})
const one = (...values: string[]): Cell => ({ is: 'in', values })

/** What registering costs: by channel and by days since the birth. */
const fees: DecisionTable = {
  inputs: ['channel', 'days'],
  hitPolicy: 'unique',
  rules: [
    { when: [null, range(null, 60)], gives: 0 },
    { when: [one('online'), range(60, null)], gives: 4_000 },
    { when: [one('direct', 'post'), range(60, null)], gives: 8_000 },
  ],
  otherwise: null,
}

test('a table is a chain of ifs, and the chain is the table', () => {
  const text = feelOfTable(fees)
  expect(text).toBe(
    'if days < 60 then 0 else if channel = "online" and days >= 60 then 4000 ' +
      'else if list contains(["direct", "post"], channel) and days >= 60 then 8000 else null',
  )
  const value = (channel: string, n: number) =>
    evaluateFeel(accepted(compileFeel(text)), { channel, days: n })
  expect([value('post', 59), value('post', 60), value('online', 61), value('fax', 99)]).toEqual([
    0,
    8000,
    4000,
    null,
  ])
})

test('outputs may be other answers', () => {
  expect(tableOf('if filer = "male" then wife.fullName else husband.fullName')).toEqual({
    inputs: ['filer'],
    hitPolicy: 'first',
    rules: [{ when: [one('male')], gives: { path: 'wife.fullName' } }],
    otherwise: { path: 'husband.fullName' },
  })
})

test('figures made from answers, and whether there is an answer, are columns too', () => {
  const text =
    'if years between(born, today()) < 16 and sex != "nam" then 1 else if is defined(sex) then [a.b, c] else null'
  const table = tableOf(text)
  expect(table).toEqual({
    inputs: ['years:born', 'sex'],
    hitPolicy: 'first',
    rules: [
      {
        when: [
          { is: 'range', from: null, to: { value: 16, included: false } },
          { is: 'not-in', values: ['nam'] },
        ],
        gives: 1,
      },
      { when: [null, { is: 'given', given: true }], gives: { paths: ['a.b', 'c'] } },
    ],
    otherwise: null,
  })
  expect(table && feelOfTable(table)).toBe(text)
  expect(askedBy('years:born')).toEqual({ path: 'born', of: 'years' })
})

test.each([
  'a = 1',
  'if a = 1 or b = 2 then 1 else 2',
  'if a = 1 then b + 1 else 2',
  'if years between(a, b) < 3 then 1 else 2',
  'if a = 1 then [b, 2] else 2',
  'if a > 1 and a > 2 then 1 else 2',
  'if a > "x" then 1 else 2',
  'if (',
])('%s is no table', (text) => {
  expect(tableOf(text)).toBe(null)
})

const path = fc.constantFrom('a', 'b.c', 'd')
const input = fc.constantFrom('a', 'b.c', 'd', 'count:e')
const bound = fc.record({ value: fc.integer({ min: -3, max: 3 }), included: fc.boolean() })
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.record({
    is: fc.constantFrom('in' as const, 'not-in' as const),
    values: fc.array(fc.constantFrom('x', 'y', 1, 2, true), { maxLength: 3 }),
  }),
  fc.record({ is: fc.constant('given' as const), given: fc.boolean() }),
  fc
    .record({ is: fc.constant('range' as const), from: fc.option(bound), to: fc.option(bound) })
    .filter(({ from, to }) => from !== null || to !== null),
)
// A figure made from an answer is compared, never listed.
const figure = cell.filter((each) => each === null || each.is === 'range')
const output = fc.oneof(
  fc.constantFrom('x', 0, -2, 1.5, true, null),
  fc.record({ path }),
  fc.record({ paths: fc.array(path, { minLength: 1, maxLength: 3 }) }),
)
const aTable: fc.Arbitrary<DecisionTable> = fc
  .uniqueArray(input, { minLength: 1, maxLength: 3 })
  .chain((inputs) =>
    fc.record({
      inputs: fc.constant(inputs),
      hitPolicy: fc.constant('first' as const),
      rules: fc.array(
        fc.record({
          when: fc.tuple(...inputs.map((each) => (each === 'count:e' ? figure : cell))),
          gives: output,
        }),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
      otherwise: output,
    }),
  )

test('every table comes back from its expression, but for inputs that never matter', () => {
  fc.assert(
    fc.property(aTable, (table) => {
      const again = tableOf(feelOfTable(table))
      const columns = (given: DecisionTable) =>
        given.rules.map(({ when, gives }) => ({
          when: Object.fromEntries(
            given.inputs.map((input, i) => [input, when[i]]).filter(([, each]) => each !== null),
          ),
          gives,
        }))
      expect(again && columns(again)).toEqual(columns(table))
      expect(again?.otherwise).toEqual(table.otherwise)
      expect(again && feelOfTable({ ...again, inputs: again.inputs })).toBeDefined()
    }),
    { numRuns: 600 },
  )
})

const answer = fc.constantFrom<unknown>('x', 'y', 'z', -3, 0, 1, 2, 3, true, false, null)

/** What a table gives when it is read row by row, as a person does. */
function readByHand({ inputs, rules, otherwise }: DecisionTable, answers: Record<string, unknown>): unknown {
  const row = rules.find(({ when }) => when.every((each, i) => fitsByHand(each, answers[inputs[i]!])))
  return row ? row.gives : otherwise
}

function fitsByHand(given: Cell, value: unknown): boolean {
  if (given === null) return true
  const isAlike = (other: unknown) => value === null || typeof other === typeof value
  switch (given.is) {
    case 'given':
      return given.given === (value !== null)
    case 'in':
      return given.values.some((each) => each === value)
    case 'not-in':
      // One value of another kind cannot be compared at all.
      if (given.values.length === 1 && !isAlike(given.values[0])) return false
      return !given.values.some((each) => each === value)
    default: {
      if (typeof value !== 'number') return false
      const { from, to } = given
      if (from && (from.included ? value < from.value : value <= from.value)) return false
      return !(to && (to.included ? value > to.value : value >= to.value))
    }
  }
}

test('evaluating gives what reading row by row gives', () => {
  const plain = fc.constantFrom('x', 0, -2, 1.5, true, null)
  const flat = aTable.map((table) => ({
    ...table,
    inputs: table.inputs.map((_, i) => ['a', 'b', 'd'][i]!),
  }))
  fc.assert(
    fc.property(
      flat,
      fc.tuple(answer, answer, answer),
      fc.array(plain, { minLength: 9, maxLength: 9 }),
      (table, [a, b, d], given) => {
        const rules = table.rules.map((rule, i) => ({ ...rule, gives: given[i]! }))
        const values = { ...table, rules, otherwise: given[8]! }
        const tree = accepted(compileFeel(feelOfTable(values)))
        expect(evaluateFeel(tree, { a, b, d })).toBe(readByHand(values, { a, b, d }))
      },
    ),
    { numRuns: 600 },
  )
})

test('the largest table is an expression that can be read', () => {
  const rules = Array.from({ length: mostRules }, (_, i) => ({ when: [one(`v${i}`)], gives: i }))
  const table: DecisionTable = { inputs: ['a'], hitPolicy: 'unique', rules, otherwise: null }
  expect(tableOf(feelOfTable(table))?.rules).toHaveLength(mostRules)
})
