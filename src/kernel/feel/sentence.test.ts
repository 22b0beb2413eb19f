import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accepted, isRefusal } from '../errors.ts'
import { compileFeel } from './compile-feel.ts'
import { holds } from './evaluate-feel.ts'
import { feelOf, measures, normalSentence, type Sentence, sentenceOf, type Test } from './sentence.ts'

describe('an expression that says a sentence', () => {
  test.each<[string, Sentence]>([
    ['relation = "self"', { all: true, tests: [{ path: 'relation', op: 'is', value: 'self' }] }],
    [
      'list contains(["mother", "father"], requester.relation)',
      { all: true, tests: [{ path: 'requester.relation', op: 'one-of', value: ['mother', 'father'] }] },
    ],
    [
      'feeExemption in ("merit", "poor")',
      { all: true, tests: [{ path: 'feeExemption', op: 'one-of', value: ['merit', 'poor'] }] },
    ],
    [
      '(is defined(mother.fullName)) and not(is defined(mother.identityPaper.number))',
      {
        all: true,
        tests: [
          { path: 'mother.fullName', op: 'filled', value: null },
          { path: 'mother.identityPaper.number', op: 'empty', value: null },
        ],
      },
    ],
    [
      'days between(child.dateOfBirth, today()) > 60',
      { all: true, tests: [{ path: 'child.dateOfBirth', of: 'days', op: 'more', value: 60 }] },
    ],
    [
      'relation = "self" and (extractKind = "birth" or 3 < count(members))',
      {
        all: true,
        tests: [{ path: 'relation', op: 'is', value: 'self' }],
        groups: [
          {
            all: false,
            tests: [
              { path: 'extractKind', op: 'is', value: 'birth' },
              { path: 'members', of: 'count', op: 'more', value: 3 },
            ],
          },
        ],
      },
    ],
    [
      'date(filedOn) >= @"2026-07-01" or date(filedOn) < today()',
      {
        all: false,
        tests: [
          { path: 'filedOn', op: 'at-least', value: { date: '2026-07-01' } },
          { path: 'filedOn', op: 'less', value: { today: true } },
        ],
      },
    ],
    [
      'owner.personalId = personalId',
      { all: true, tests: [{ path: 'owner.personalId', op: 'is', value: { path: 'personalId' } }] },
    ],
    ['not(verified)', { all: true, tests: [{ path: 'verified', op: 'is', value: false }] }],
    ['temperature <= -2.5', { all: true, tests: [{ path: 'temperature', op: 'at-most', value: -2.5 }] }],
    ['true', { all: true, tests: [] }],
  ])('%s', (text, sentence) => {
    expect(sentenceOf(text)).toEqual({ groups: [], ...sentence })
    expect(sentenceOf(feelOf(sentence))).toEqual({ groups: [], ...sentence })
  })
})

test.each([
  'if a then b = 1 else c = 2',
  'a + 1 = 2',
  'some p in people satisfies p.age < 18',
  'a = 1 and (b = 2 or (c = 3 and d = 4))',
  'date(a) = date(b)',
  'a = date("2026-01-01")',
  'years between(a, b) > 3',
  'not(a = 1 and b = 2)',
  '"x"',
  'this is not feel (',
])('%s is left to the expert view', (text) => {
  expect(sentenceOf(text)).toBe(null)
})

/** Nought has no sign in a rule. */
const withoutMinusNought = (value: unknown) => JSON.parse(JSON.stringify(value))

const path = fc.constantFrom(
  'a',
  'b',
  'child.sex',
  'child.home.code',
  'death.date',
  'members',
  'CIV.KhaiTu.So',
)
const plain = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('self', 'mother', '"', '\\', 'a\nb', '\u0000', 'đ'),
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
)
const date = fc.constantFrom('2026-01-01', '2024-02-29')
const order = fc.constantFrom('is', 'is-not', 'less', 'more', 'at-least', 'at-most')
const aTest = fc
  .oneof(
    fc.record({ path, op: order, value: plain }),
    fc.record({ path, op: order, value: fc.record({ date }) }),
    fc.record({ path, op: order, value: fc.constant({ today: true as const }) }),
    fc.record({ path, op: order, value: fc.record({ path }) }),
    fc.record({ path, of: fc.constantFrom(...measures), op: order, value: fc.integer({ min: -3, max: 99 }) }),
    fc.record({ path, op: fc.constantFrom('one-of', 'none-of'), value: fc.array(plain, { maxLength: 4 }) }),
    fc.record({ path, op: fc.constantFrom('filled', 'empty'), value: fc.constant(null) }),
    fc.record({ path, op: fc.constantFrom('contains', 'not-contains'), value: fc.string() }),
  )
  .map((each) => withoutMinusNought(each) as Test)
const group = fc.record({ all: fc.boolean(), tests: fc.array(aTest, { maxLength: 3 }) })
const sentence = fc.record({
  all: fc.boolean(),
  tests: fc.array(aTest, { maxLength: 4 }),
  groups: fc.array(group, { maxLength: 3 }),
}) as fc.Arbitrary<Sentence>

test('every sentence comes back from its expression as it was', () => {
  fc.assert(
    fc.property(sentence, (given) => {
      const text = feelOf(given)
      fc.pre(text.length <= 4000)
      expect(isRefusal(compileFeel(text)), text).toBe(false)
      expect(sentenceOf(text), text).toEqual(normalSentence(given))
      expect(feelOf(sentenceOf(text) as Sentence)).toBe(text)
    }),
    { numRuns: 600 },
  )
})

const truth = fc.constantFrom(
  'a = 1',
  'b',
  'not(b)',
  '(a in (1, "x"))',
  '(a in ["x"])',
  'not(list contains([1, null], a))',
  '2 <= a',
  'is defined(child.sex)',
  'not(not(a != b))',
  'not(not(b))',
  'years between(death.date, today()) >= 2',
  'date(death.date) < @"2026-01-01"',
)
const value = fc.constantFrom(null, 1, 2, 'x', true, false, '2020-05-05', '2026-06-01')

test('the sentence of an expression holds exactly when the expression does', () => {
  const junction = fc.constantFrom(' and ', ' or ')
  const inner = fc.tuple(truth, junction, truth).map(([x, by, y]) => `(${x}${by}${y})`)
  const text = fc
    .array(fc.tuple(fc.oneof(truth, inner), junction), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.map(([part, by], i) => (i === 0 ? part : by + part)).join(''))
  fc.assert(
    fc.property(text, value, value, value, (expression, a, b, died) => {
      const tree = accepted(compileFeel(expression))
      const said = sentenceOf(tree)
      if (said === null) return
      const context = { a, b, death: { date: died }, child: { sex: b } }
      const options = { today: '2026-11-22' }
      const again = accepted(compileFeel(feelOf(said)))
      expect(holds(again, context, options), expression).toBe(holds(tree, context, options))
    }),
    { numRuns: 600 },
  )
})
