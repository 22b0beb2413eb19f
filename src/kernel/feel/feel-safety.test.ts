import fc from 'fast-check'
import { evaluate } from 'feelin'
import { describe, expect, test } from 'vitest'
import { accepted, isRefusal } from '../errors.ts'
import { compileFeel } from './compile-feel.ts'
import { evaluateFeel, FeelTooCostly, tryFeel } from './evaluate-feel.ts'
import { type Feel, feelFunctions } from './feel-tree.ts'
import { sentenceOf } from './sentence.ts'

const run = (text: string, context: Record<string, unknown> = {}) =>
  tryFeel(accepted(compileFeel(text)), context)

describe('an expression that costs too much is refused by name', () => {
  const many = Array.from({ length: 1_000 }, (_, n) => n)
  const people = Array.from({ length: 100_000 }, (_, n) => ({ age: n }))
  const long = 'a'.repeat(90_000)
  let deep: unknown = 1
  for (let i = 0; i < 50_000; i++) deep = { a: deep }
  let nested: unknown = 1
  for (let i = 0; i < 50_000; i++) nested = [nested]

  test.each<[string, string, Record<string, unknown>]>([
    ['loops in loops', 'some a in l satisfies some b in l satisfies a + b < 0', { l: many }],
    ['a loop over a long list', 'every p in people satisfies p.age >= 0 and p.age < 1000000', { people }],
    ['looking in a list once a row', 'every p in people satisfies list contains(people, p)', { people }],
    ['a text that grows', '(s + s) = "x"', { s: long }],
    [
      'long texts compared once a row',
      'every p in l satisfies contains(s, "b") = false',
      { l: many, s: long },
    ],
    [
      'lists of lists',
      `count([${Array.from({ length: 500 }, () => 'people').join()}]) = 1 or people = people`,
      { people },
    ],
    ['a value handed out many times', `[${Array.from({ length: 500 }, () => 'people').join()}]`, { people }],
    ['values nested without end', 'deep = other', { deep, other: structuredCloneDeep() }],
    ['lists nested without end', 'nested', { nested }],
    ['a name asked of nested lists', 'nested.name', { nested }],
  ])('%s', (_, text, context) => {
    expect(run(text, context)).toMatchObject({ refused: true, code: 'feel.too-costly' })
    expect(() => evaluateFeel(accepted(compileFeel(text)), context)).toThrow(FeelTooCostly)
  })

  // Another value of the same depth, so that comparing cannot stop at the first look.
  function structuredCloneDeep(): unknown {
    let copy: unknown = 1
    for (let i = 0; i < 50_000; i++) copy = { a: copy }
    return copy
  }
})

test.each([
  ['2 ** 10', 1024],
  ['10 ** 400', null],
  ['(0 - 8) ** 0.5', null],
  ['10 ** 308 * 10', null],
])('%s is a figure or null, never endless', (text, value) => {
  expect(run(text)).toBe(value)
})

describe('a text that is more than one expression is refused', () => {
  test.each(['"x" "y"', '1 2', 'a; b', 'a)', '1, 2', 'true false', 'a = 1 // aside'])('%s', (text) => {
    const outcome = compileFeel(text)
    expect(isRefusal(outcome) ? outcome.code : text).toBe(text.includes('//') ? text : 'feel.syntax')
  })
})

test.each(['(', '[', '{a:', '{a:1,b:', 'not(', 'a[', 'if ', '- ', 'x in ', '"', '@"', 'function('])(
  'a text of nothing but %j is refused without much effort',
  (part) => {
    expect(isRefusal(compileFeel(part.repeat(Math.floor(4000 / part.length))))).toBe(true)
  },
)

const words = [
  ...['a', 'b.c', 'l', 'people', 'n', 's', 'p', 'constructor', '__proto__', 'prototype', 'toString'],
  ...['1', '-1', '0', '1.5', '1e3', '9'.repeat(30), '"x"', '"', '\\', '""', '"2026-01-01"', '@"2026-01-01"'],
  ...[
    'true',
    'false',
    'null',
    '+',
    '-',
    '*',
    '/',
    '**',
    '=',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    '..',
    ',',
    '.',
    ':',
    ';',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    'and',
    'or',
    'not',
    'in',
    'if',
    'then',
    'else',
    'some',
    'every',
    'satisfies',
  ],
  ...[
    'for',
    'return',
    'between',
    'instance of',
    'function',
    'external',
    'date',
    'time',
    'duration',
    'today()',
  ],
  ...Object.keys(feelFunctions),
  ...['đ', '…', '\u0000', '\ud800', '\n', '//', '/*', '*/', '?', '@', '#', '%'],
]
const soup = fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((parts) => parts.join(' '))
const context = {
  a: 'x',
  b: { c: 2 },
  l: [1, 2, 'x'],
  people: [{ a: 1 }, { a: 'x' }],
  n: null,
  s: '2026-01-01',
}

function onlyNamed(evaluateIt: () => unknown): void {
  try {
    evaluateIt()
  } catch (error) {
    expect(error).toBeInstanceOf(FeelTooCostly)
  }
}

test('any text is compiled or refused by name, and what compiles gives plain data', () => {
  fc.assert(
    fc.property(fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
      const tree = compileFeel(text)
      sentenceOf(text)
      if (isRefusal(tree)) expect(tree.code).toMatch(/^feel\./)
      else onlyNamed(() => JSON.stringify(evaluateFeel(tree, context, { today: '2026-11-22' })))
    }),
    { numRuns: 1500 },
  )
})

const anyTree = fc.letrec<{ tree: Feel; test: never }>((tie) => {
  const tree = tie('tree')
  const name = fc.constantFrom('a', 'b', 'c', 'l', 'people', '__proto__', 'constructor', '')
  const op = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
  const is = <const K extends string>(kind: K) => fc.constant(kind)
  return {
    test: fc.oneof(
      fc.record({
        is: is('range'),
        from: tree,
        to: tree,
        fromIncluded: fc.boolean(),
        toIncluded: fc.boolean(),
      }),
      fc.record({ is: is('compared'), op, to: tree }),
      fc.record({ is: is('equal'), to: tree }),
      fc.record({ is: is('any of'), list: tree }),
    ) as never,
    tree: fc.oneof(
      { maxDepth: 6, depthIdentifier: 'tree' },
      fc.record({
        is: is('literal'),
        value: fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null)),
      }),
      fc.record({ is: is('path'), names: fc.array(name, { maxLength: 3 }) }),
      fc.record({ is: is('get'), of: tree, name }),
      fc.record({ is: is('list'), items: fc.array(tree, { maxLength: 4 }) }),
      fc.record({ is: is('negate'), of: tree }),
      fc.record({
        is: is('arithmetic'),
        op: fc.constantFrom('+', '-', '*', '/', '**'),
        left: tree,
        right: tree,
      }),
      fc.record({ is: is('compare'), op, left: tree, right: tree }),
      fc.record({ is: is('between'), of: tree, from: tree, to: tree }),
      fc.record({ is: is('in'), of: tree, tests: fc.array(tie('test'), { maxLength: 3 }) }),
      fc.record({ is: fc.constantFrom('and', 'or'), left: tree, right: tree }),
      fc.record({ is: is('if'), when: tree, yes: tree, no: tree }),
      fc.record({ is: fc.constantFrom('some', 'every'), name, within: tree, satisfies: tree }),
      fc.record({
        is: is('call'),
        name: fc.constantFrom(...Object.keys(feelFunctions), 'toString', 'constructor'),
        args: fc.array(tree, { maxLength: 3 }),
      }),
    ) as fc.Arbitrary<Feel>,
  }
}).tree

const anyContext = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'l', 'people', 'constructor', 'toString'),
  fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.array(fc.jsonValue(), { maxLength: 50 })),
)

test('any tree over any data gives a value or the named refusal', () => {
  fc.assert(
    fc.property(anyTree, anyContext, (tree, data) => {
      const before = JSON.stringify(data)
      const value = tryFeel(tree, data, { today: '2026-11-22' })
      if (!isRefusal(value)) expect(typeof value).not.toBe('function')
      expect(JSON.stringify(data)).toBe(before)
    }),
    { numRuns: 1500 },
  )
})

// Functions of ours that the reference interpreter does not have, or has otherwise; and a function's bare name is a
// value there.
const ours = [
  'years between',
  'months between',
  'days between',
  'add days',
  'add months',
  'add years',
  'today',
]
const functions: string[] = Object.keys(feelFunctions)
const shared = [
  ...words.filter((word) => !functions.includes(word) && !/^(date|time|duration|today)/.test(word)),
  ...functions.filter((name) => !ours.includes(name)).map((name) => `${name}(`),
]
const sharedSoup = fc.array(fc.constantFrom(...shared), { maxLength: 25 }).map((parts) => parts.join(' '))

test('where both answer, the answer is that of the reference interpreter', () => {
  fc.assert(
    fc.property(sharedSoup, (text) => {
      const tree = compileFeel(text)
      if (isRefusal(tree)) return
      const [own, reference] = [evaluateFeel(tree, context), referenceOf(text)]
      // By the standard values of two types cannot be ordered: that is null with us, and no answer.
      if (own !== null && reference !== undefined) expect(own, text).toEqual(reference ?? null)
    }),
    { numRuns: 3000, seed: 63 },
  )
})

/** Functions and dates of the reference interpreter are no plain data. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain)
  if (typeof value === 'object' && value !== null) return Object.getPrototypeOf(value) === Object.prototype
  return typeof value !== 'function'
}

function referenceOf(text: string): unknown {
  try {
    const { value, warnings } = evaluate(text, context)
    return warnings.length > 0 || !isPlain(value) ? undefined : value
  } catch {
    return undefined
  }
}
