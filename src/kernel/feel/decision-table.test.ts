import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accepted } from '../errors.ts'
import { compileFeel } from './compile-feel.ts'
import {
  type Cell,
  checkTable,
  type DecisionTable,
  feelOfTable,
  mostRules,
  tableOf,
} from './decision-table.ts'
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
const channels = { is: 'values', values: ['online', 'direct', 'post'] } as const
const days = { is: 'numbers', whole: true, from: 0 } as const

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

test.each([
  'a = 1',
  'if a = 1 or b = 2 then 1 else 2',
  'if a != 1 then 1 else 2',
  'if a = 1 then b + 1 else 2',
  'if years between(a, today()) < 3 then 1 else 2',
  'if a > 1 and a > 2 then 1 else 2',
  'if a > "x" then 1 else 2',
  'if (',
])('%s is no table', (text) => {
  expect(tableOf(text)).toBe(null)
})

describe('looking through a table', () => {
  test('finds none in one that is whole', () => {
    expect(checkTable(fees, { channel: channels, days })).toEqual([])
  })

  test('names where no rule fits', () => {
    const table = { ...fees, rules: fees.rules.slice(0, 2) }
    expect(checkTable(table, { channel: channels, days })).toEqual([
      ...['direct', 'post'].flatMap((value) => [
        {
          kind: 'gap',
          at: [
            { is: 'value', value },
            { is: 'value', value: 60 },
          ],
          rules: [],
        },
        {
          kind: 'gap',
          at: [
            { is: 'value', value },
            { is: 'between', from: 60, to: null },
          ],
          rules: [],
        },
      ]),
    ])
  })

  test('names where two rules fit', () => {
    const table = { ...fees, rules: [...fees.rules, { when: [one('post'), null], gives: 1 }] }
    const found = checkTable(table, { channel: channels, days })
    expect(found?.every(({ kind }) => kind === 'overlap')).toBe(true)
    expect(found?.[0]).toMatchObject({
      at: [
        { is: 'value', value: 'post' },
        { is: 'value', value: 0 },
      ],
      rules: [0, 3],
    })
  })

  test('sees a single missing figure, and none between neighbours of whole ones', () => {
    const table = (to: number): DecisionTable => ({
      ...{ inputs: ['n'], hitPolicy: 'unique', otherwise: null },
      rules: [
        { when: [{ is: 'range', from: null, to: { value: to, included: true } }], gives: 1 },
        { when: [{ is: 'range', from: { value: 5, included: true }, to: null }], gives: 2 },
      ],
    })
    const whole = { n: { is: 'numbers', whole: true } } as const
    expect(checkTable(table(4), whole)).toEqual([])
    expect(checkTable(table(3), whole)).toMatchObject([
      { kind: 'gap', at: [{ is: 'between', from: 3, to: 5 }] },
    ])
    expect(checkTable(table(4), { n: { is: 'numbers', whole: false } })).toHaveLength(1)
    expect(checkTable(table(5), whole)).toMatchObject([{ kind: 'overlap', at: [{ is: 'value', value: 5 }] }])
  })

  test('says so when there is too much to look through', () => {
    const values = Array.from({ length: 200 }, (_, i) => `v${i}`)
    const wide: DecisionTable = { inputs: ['a', 'b', 'c'], hitPolicy: 'first', rules: [], otherwise: null }
    const domain = { is: 'values', values } as const
    expect(checkTable(wide, { a: domain, b: domain, c: domain })).toBe(null)
  })
})

const path = fc.constantFrom('a', 'b.c', 'd')
const bound = fc.record({ value: fc.integer({ min: -3, max: 3 }), included: fc.boolean() })
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.record({
    is: fc.constant('in' as const),
    values: fc.array(fc.constantFrom('x', 'y', 1, 2, true), { maxLength: 3 }),
  }),
  fc
    .record({ is: fc.constant('range' as const), from: fc.option(bound), to: fc.option(bound) })
    .filter(({ from, to }) => from !== null || to !== null),
)
const output = fc.oneof(fc.constantFrom('x', 0, -2, 1.5, true, null), fc.record({ path }))
const aTable: fc.Arbitrary<DecisionTable> = fc
  .uniqueArray(path, { minLength: 1, maxLength: 3 })
  .chain((inputs) =>
    fc.record({
      inputs: fc.constant(inputs),
      hitPolicy: fc.constant('first' as const),
      rules: fc.array(fc.record({ when: fc.tuple(...inputs.map(() => cell)), gives: output }), {
        minLength: 1,
        maxLength: 8,
      }),
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

test('the largest table is an expression that can be read', () => {
  const rules = Array.from({ length: mostRules }, (_, i) => ({ when: [one(`v${i}`)], gives: i }))
  const table: DecisionTable = { inputs: ['a'], hitPolicy: 'unique', rules, otherwise: null }
  expect(tableOf(feelOfTable(table))?.rules).toHaveLength(mostRules)
})
