import fc from 'fast-check'
import { evaluate } from 'feelin'
import { describe, expect, test } from 'vitest'
import { accepted, isRefusal } from '../errors.ts'
import { compileFeel } from './compile-feel.ts'
import { evaluateFeel } from './evaluate-feel.ts'
import { pathsOf } from './feel-tree.ts'

const run = (text: string, context = {}, options = {}) =>
  evaluateFeel(accepted(compileFeel(text)), context, options)

const context = {
  n: 3,
  m: -2,
  s: 'Hoa Sen',
  t: 'Sen',
  yes: true,
  no: false,
  none: null,
  d: '2026-02-28',
  l: ['Sen', 'Mai'],
  k: [1, 3],
  people: [
    { age: 20, name: 'Lúa' },
    { age: 9, name: 'Ban' },
  ],
  child: { fullName: 'Trần An', home: { code: 'S9001' } },
}

describe('a FEEL expression', () => {
  test.each([
    ['child.fullName', 'Trần An'],
    ['child.home.code', 'S9001'],
    ['child.missing.deeper', null],
    ['n > 2 and s = "Hoa Sen"', true],
    ['null and false', false],
    ['null and true', null],
    ['missing or true', true],
    ['if missing then 1 else 2', 2],
    ['s + " " + t', 'Hoa Sen Sen'],
    ['n in [1..3]', true],
    ['n in ]1..3[', false],
    ['s in ("Hoa Sen", "Mai")', true],
    ['t in l', true],
    ['n in (< 2, >= 3)', true],
    ['some p in people satisfies p.age < 10', true],
    ['every p in people satisfies p.age < 10', false],
    ['people.name', ['Lúa', 'Ban']],
    ['count(people) * 2 ** 3', 16],
    ['is defined(child.fullName) and not(is defined(child.other))', true],
    ['years between("2000-02-29", "2026-02-28")', 25],
    ['days between(date(d), @"2026-03-01")', 1],
    ['add months(date(d), 12)', '2027-02-28'],
    ['add years(date("2024-02-29"), 1)', '2025-02-28'],
    ['date("2026-02-30")', null],
    ['today()', null],
    ['date(d).year', 2026],
    ['1 / 0', null],
    ['-n + 1', -2],
  ])('%s gives %j', (text, value) => {
    expect(run(text, context)).toEqual(value)
  })

  test('today is given, never read', () => {
    expect(run('days between("2026-11-01", today())', {}, { today: '2026-11-20' })).toBe(19)
  })

  test('never reaches outside its inputs', () => {
    expect(run('constructor', context)).toBe(null)
    expect(run('child.constructor.name', context)).toBe(null)
    expect(run('s.length', context)).toBe(null)
    expect(run('child.__proto__', context)).toBe(null)
  })

  test('stops an expression that runs too long', () => {
    const long = Array.from({ length: 1000 }, (_, i) => i)
    expect(() => run('some a in l satisfies some b in l satisfies a + b < 0', { l: long })).toThrow(
      'too long',
    )
  })

  test('names the paths that it reads', () => {
    const tree = accepted(
      compileFeel('some p in members satisfies p.id = owner.id or child.home.code in codes'),
    )
    expect(pathsOf(tree)).toEqual(['members', 'owner.id', 'child.home.code', 'codes'])
  })
})

describe('a text that we do not accept', () => {
  test.each([
    ['', 'feel.syntax'],
    ['a +', 'feel.syntax'],
    ['a > and b', 'feel.syntax'],
    ['for x in l return x', 'feel.unsupported'],
    ['l[1]', 'feel.unsupported'],
    ['{a: 1}', 'feel.unsupported'],
    ['function(x) x', 'feel.unsupported'],
    ['duration("P1D")', 'feel.unsupported'],
    ['a instance of string', 'feel.unsupported'],
    ['x in [1, 2] and y', 'feel.unsupported'],
    ['now()', 'feel.unknown-function'],
    ['not(a, b)', 'feel.argument-count'],
  ])('%s is refused with %s', (text, code) => {
    const outcome = compileFeel(text)
    expect(isRefusal(outcome) && outcome.code).toBe(code)
  })

  test('a text too long or too deep is refused', () => {
    expect(compileFeel('1 + '.repeat(2000))).toMatchObject({ code: 'feel.too-long' })
    expect(compileFeel(`${'('.repeat(80)}1${')'.repeat(80)}`)).toMatchObject({ code: 'feel.too-deep' })
  })

  test('the refusal says what and where', () => {
    expect(compileFeel('n > 1 and l[1] = 2')).toMatchObject({
      details: { construct: 'FilterExpression', position: 10 },
    })
  })
})

// Expressions of one type each, so that mixed-type comparison (null by the standard) stays out.
const leaf = {
  number: fc.constantFrom('n', 'm', '0', '2', '1.5', '-1', 'null', 'missing', 'child.missing'),
  text: fc.constantFrom('s', 't', '""', '"Sen"', '"đ"', 'child.fullName', 'null', 'missing.deep'),
  truth: fc.constantFrom('yes', 'no', 'true', 'false', 'none', 'missing'),
  date: fc.constantFrom('date(d)', '@"2026-02-28"', 'date("2025-01-31")', 'date(2026, 2, 28)', 'date(none)'),
  texts: fc.constantFrom('l', '["Sen"]', '[s, t]', '[]'),
}
const { number, text, truth } = fc.letrec((tie) => {
  const num = tie('number') as fc.Arbitrary<string>
  const str = tie('text') as fc.Arbitrary<string>
  const bool = tie('truth') as fc.Arbitrary<string>
  const cmp = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
  const of = (...parts: (string | fc.Arbitrary<string>)[]) =>
    fc
      .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
      .map((all) => all.join(''))
  return {
    number: fc.oneof(
      { maxDepth: 4 },
      leaf.number,
      of('(', num, fc.constantFrom(' + ', ' - ', ' * ', ' / '), num, ')'),
      of('string length(', str, ')'),
      of('count(', leaf.texts, ')'),
      of('-(', num, ')'),
      of('(if ', bool, ' then ', num, ' else ', num, ')'),
    ),
    text: fc.oneof(
      { maxDepth: 4 },
      leaf.text,
      of('(', str, ' + ', str, ')'),
      of('(if ', bool, ' then ', str, ' else ', str, ')'),
      of('lower case(', str, ')'),
    ),
    truth: fc.oneof(
      { maxDepth: 4 },
      leaf.truth,
      of('(', bool, fc.constantFrom(' and ', ' or '), bool, ')'),
      of('not(', bool, ')'),
      of('(', num, ' ', cmp, ' ', num, ')'),
      of('(', str, ' ', cmp, ' ', str, ')'),
      of('(', leaf.date, ' ', cmp, ' ', leaf.date, ')'),
      of('(', num, ' in ', fc.constantFrom('[', ']'), num, '..', num, fc.constantFrom('[', ']'), ')'),
      of('(', num, ' between ', num, ' and ', num, ')'),
      of('(', num, ' in (', fc.constantFrom('<', '<=', '>', '>='), ' ', num, ', ', num, '))'),
      of('(', str, ' in (', str, ', ', str, '))'),
      of('(', str, ' in ', leaf.texts, ')'),
      of('contains(', str, ', ', str, ')'),
      of('starts with(', str, ', ', str, ')'),
      of('list contains(', leaf.texts, ', ', str, ')'),
      of('(some p in people satisfies p.age > ', num, ')'),
      of('(every p in ', leaf.texts, ' satisfies p = ', str, ')'),
    ),
  }
}) as Record<'number' | 'text' | 'truth', fc.Arbitrary<string>>

test('gives what the reference interpreter gives, and refuses what it cannot read', () => {
  fc.assert(
    fc.property(fc.oneof(number, text, truth), (expression) => {
      const tree = compileFeel(expression)
      if (isRefusal(tree)) expect(() => evaluate(expression, context), expression).toThrow()
      else
        expect(evaluateFeel(tree, context), expression).toEqual(evaluate(expression, context).value ?? null)
    }),
    { numRuns: 1500 },
  )
})
