import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formJson } from '../../../test/builders/packages.ts'
import { answersTo, randomForm } from '../../../test/builders/random-forms.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import {
  type Answers,
  compileForm,
  evaluateForm,
  formPageView,
  prefill,
  readPage,
  reviewView,
  validateAnswers,
} from './index.ts'

const label = (text: string) => ({ vi: text, en: text })
const form = (groups: object[], rules: object[] = []) =>
  accepted(
    compileForm({
      ...{
        key: 'hostile',
        version: 1,
        procedureCode: '1.001193',
        title: label('T'),
        validFrom: '2026-07-01',
      },
      ...{ legalForm: { name: null, setBy: 'x' }, assurance: { vi: '', en: '', version: 1 } },
      pages: [{ key: 'p', title: label('P'), groups }],
      rules,
    } as never),
  )
const cell = (key: string, more: object = {}) => ({ key, label: label(key), type: 'text', ...more })

const lists = form(
  [
    {
      key: 'g',
      fields: [cell('a', { required: true }), cell('n', { type: 'int', visible: 'is defined(a)' })],
    },
    {
      key: 'rows',
      repeat: { min: 0, max: 100 },
      fields: [cell('a', { required: true }), cell('b', { visible: 'contains(a, "x")', required: 'a = b' })],
      groups: [
        {
          key: 'inner',
          repeat: { min: 0, max: 50 },
          fields: [cell('c', { required: true }), cell('home', { type: 'address' })],
        },
      ],
    },
  ],
  [
    {
      ...{ key: 'all', when: 'some r in rows satisfies some s in rows satisfies r.a = s.b' },
      ...{ message: label('M'), fields: ['a'], severity: 'error' },
    },
  ],
)

function nested(depth: number, wrap: (value: unknown) => unknown): unknown {
  let value: unknown = 'x'
  for (let i = 0; i < depth; i++) value = wrap(value)
  return value
}
const deepObject = nested(20_000, (a) => ({ a }))
const deepList = nested(20_000, (a) => [a])
const long = 'ă'.repeat(1_000_000)
const polluted = JSON.parse(
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":{"polluted":1}},' +
    '"rows":[{"__proto__":{"a":"x"},"constructor":1,"inner":[{"__proto__":{"c":1}}]}]}',
)

describe('hostile answers', () => {
  test.each<[string, Answers]>([
    ['texts of a million letters', { a: long, n: long, rows: [{ a: long, b: long, inner: [{ c: long }] }] }],
    [
      'objects twenty thousand deep',
      { a: deepObject, rows: [{ a: deepObject, inner: [{ c: deepObject }] }] },
    ],
    ['lists twenty thousand deep', { a: deepList, rows: deepList, n: [deepList] }],
    ['a list in place of every answer', { a: [1], n: [], rows: [[], [1], null, 1, 'x'] }],
    ['an object in place of a list', { rows: { length: 1e9, 0: {} } }],
    [
      'ten thousand rows of fifty',
      { a: 'x', rows: Array.from({ length: 10_000 }, () => ({ inner: Array(50).fill({}) })) },
    ],
    ['names of the language', polluted],
    ['a place that is deep', { rows: [{ inner: [{ home: { communeCode: deepObject } }] }] }],
    ['no numbers', { n: Number.NaN, a: Number.POSITIVE_INFINITY }],
    ['blank texts', { a: ' ', n: '', rows: [{ a: '' }] }],
  ])('%s are refused without holding anybody up', (_, answers) => {
    const { problems } = validateAnswers(lists, answers, { today: '2026-11-20' })
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.length).toBeLessThan(1_100)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(JSON.stringify(problems).length).toBeLessThan(300_000)
    const given = { answers, origins: {}, locale: 'vi' as const }
    expect(formPageView(lists, 'p', given).groups.length).toBeGreaterThan(0)
    expect(reviewView(lists, given).problems.length).toBe(problems.length)
    prefill(lists, { account: {}, registers: {}, answers })
  })

  test('a condition over all pairs of rows ends', () => {
    const rows = Array.from({ length: 100 }, () => ({ a: 'x', b: 'y' }))
    const many = form(
      [
        {
          key: 'rows',
          repeat: { min: 0, max: 500 },
          fields: [
            cell('a', {
              visible: 'some r in rows satisfies some s in rows satisfies r.a = s.a and s.a = "no"',
            }),
            cell('b'),
          ],
        },
      ],
      [],
    )
    const full = Array.from({ length: 500 }, () => rows[0] as Answers)
    expect(validateAnswers(many, { rows: full }).problems).toEqual([])
  })

  test('anything at all is answered with problems, never thrown at', () => {
    const key = fc.constantFrom('a', 'n', 'rows', 'inner', 'c', 'home', '__proto__', 'x')
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.anything({ maxDepth: 1 }),
        fc.array(tie('any'), { maxLength: 4 }),
        tie('object'),
      ),
      object: fc.dictionary(key, tie('any'), { maxKeys: 5 }),
    }))
    fc.assert(
      fc.property(fc.dictionary(key, any as fc.Arbitrary<unknown>), (answers) => {
        const { problems, answers: kept } = validateAnswers(lists, answers as Answers)
        expect(Array.isArray(problems)).toBe(true)
        expect(Object.getPrototypeOf(kept)).toBe(Object.prototype)
      }),
      { numRuns: 200 },
    )
  })

  test('answers that fit some other form are only strangers', () => {
    fc.assert(
      fc.property(randomForm.chain(answersTo), (answers) => {
        validateAnswers(lists, answers)
        evaluateForm(accepted(compileForm(formJson('birth-registration'))), answers)
      }),
      { numRuns: 20 },
    )
  })

  test('a page posted with anything is read', () => {
    const name = fc.constantFrom(
      'a',
      'rows[0].a',
      'rows[0].inner[0].c',
      'rows[9999].a',
      '_rows',
      '_asked',
      '_action',
      '_whole',
      'x',
    )
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        'rows[0]',
        'rows[0].inner[0]',
        'rows',
        'add:rows',
        'remove:rows[0].inner[5]',
        'add:rows[0].inner',
        'removeFile:a:b',
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 30 }), (entries) => {
        const posted = new URLSearchParams(entries.map(([key, text]) => [key, text.toWellFormed()]))
        const { answers } = readPage(lists, 'p', posted, { answers: {}, origins: {} })
        validateAnswers(lists, answers)
      }),
      { numRuns: 100 },
    )
  })
})

describe('hostile definitions', () => {
  test('are refused or compile, and never thrown at', () => {
    const shipped = formJson('temporary-residence')
    const paths = pathsIn(shipped)
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        '',
        'a',
        '__proto__',
        'a = a',
        'some x in y satisfies x',
        null,
        -1,
        1e9,
        [],
        {},
        true,
      ),
      fc.anything({ maxDepth: 2 }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...paths), value), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const broken = structuredClone(shipped)
          for (const [path, put] of changes) place(broken, path, put)
          const outcome = compileForm(broken as never)
          if (!isRefusal(outcome)) validateAnswers(outcome, {})
        },
      ),
      { numRuns: 100 },
    )
    fc.assert(
      fc.property(fc.anything(), (any) => {
        expect(isRefusal(compileForm(any as never))).toBe(true)
      }),
    )
  })

  test('too many fields, and conditions in a chain of thousands, are refused or worked out', () => {
    const chain = (length: number) =>
      compileForm({
        ...formJson('birth-registration'),
        rules: [],
        pages: [
          {
            key: 'p',
            title: label('P'),
            groups: [
              {
                key: 'g',
                fields: Array.from({ length }, (_, i) =>
                  cell(`f${i}`, i + 1 < length ? { visible: `f${i + 1} = "1"` } : {}),
                ),
              },
            ],
          },
        ],
      } as never)
    expect(isRefusal(chain(2_001))).toBe(true)
    const compiled = accepted(chain(1_500))
    expect(validateAnswers(compiled, {}).problems).toEqual([])
  })
})

function pathsIn(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at]
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return [...(at.length ? [at] : []), ...entries.flatMap(([key, part]) => pathsIn(part, [...at, key]))]
}

function place(of: unknown, path: readonly (string | number)[], value: unknown): void {
  let into = of as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) {
    if (typeof into[key] !== 'object' || into[key] === null) return
    into = into[key] as Record<string | number, unknown>
  }
  into[path[path.length - 1] as string] = value
}
