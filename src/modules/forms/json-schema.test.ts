import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formJson, formKeys } from '../../../test/builders/packages.ts'
import { answersTo, randomForm, valueFor } from '../../../test/builders/random-forms.ts'
import { accepted } from '../../kernel/errors.ts'
import { fieldKinds } from './fields/index.ts'
import { type Answers, compileForm, Field, fieldTypes, jsonSchemaOf, validateAnswers } from './index.ts'

// Formats are annotations in 2020-12; unknown ones must not stop the validator.
const ajv = new Ajv2020({ strict: true, validateFormats: false, allErrors: true, allowUnionTypes: true })
const today = '2026-11-20'

const validatorOf = (form: Parameters<typeof compileForm>[0]) => {
  const { $id: _, ...schema } = jsonSchemaOf(accepted(compileForm(form)))
  return ajv.compile(schema)
}

describe('the JSON Schema of a form', () => {
  test('accepts the normal form of whatever the form accepts', () => {
    let acceptedOnes = 0
    fc.assert(
      fc.property(
        randomForm.chain((form) =>
          fc.tuple(fc.constant(form), fc.array(answersTo(form), { minLength: 5, maxLength: 5 })),
        ),
        ([form, all]) => {
          const compiled = accepted(compileForm(form))
          const valid = validatorOf(form)
          for (const answers of all) {
            const { problems, answers: normal } = validateAnswers(compiled, answers, { today })
            if (problems.length > 0) continue
            acceptedOnes++
            expect(valid(normal) ? [] : valid.errors, JSON.stringify(normal)).toEqual([])
            // The normal form says the same once more.
            const again = validateAnswers(compiled, withoutComputed(form, normal), { today })
            expect(again.problems).toEqual([])
            expect(again.answers).toEqual(normal)
          }
        },
      ),
      { numRuns: 60 },
    )
    // Random answers are mostly refused; a run in which none was accepted would have shown nothing.
    expect(acceptedOnes).toBeGreaterThan(0)
  })

  test('refuses unknown fields, what is always required and missing, and what the form says is wrong', () => {
    fc.assert(
      fc.property(randomForm, (form) => {
        const valid = validatorOf(form)
        expect(valid({ stranger: 1 })).toBe(false)
        const required = (jsonSchemaOf(accepted(compileForm(form))) as { required: string[] }).required
        expect(valid({}), String(required)).toBe(required.length === 0)
      }),
      { numRuns: 20 },
    )
  })

  test.each(formKeys)('of %s is a schema and knows every answer of the form', (key) => {
    expect(() => validatorOf(formJson(key))).not.toThrow()
  })
})

const wrong: unknown[] = [
  1.23456789,
  Number.NaN,
  [[]],
  { strange: 1 },
  [{ strange: 1 }],
  'x\u0000',
  '{}',
  7e30,
]

describe.each(fieldTypes.filter((type) => type !== 'computed'))('a value of type %s', (type) => {
  const field = Field.parse({
    key: 'a',
    label: { vi: 'A', en: 'A' },
    type,
    options: [
      { value: 'red', label: { vi: 'r', en: 'r' } },
      { value: 'green', label: { vi: 'g', en: 'g' } },
      { value: 'blue', label: { vi: 'b', en: 'b' } },
    ],
  })
  const schema = fieldKinds[type].schema(field)
  const quick = fieldKinds[type].quick?.(field)
  const valid = ajv.compile(fieldKinds[type].jsonSchema(field))

  test('is checked by a quick look that never disagrees with the schema', () => {
    const anything = fc.oneof(
      valueFor(field),
      valueFor(field).map(asTyped),
      fc.constantFrom(...typed),
      fc.constantFrom(...typed).map((text) => ` ${text}  `),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom(...wrong),
      fc.anything({ maxDepth: 2 }),
    )
    fc.assert(
      fc.property(anything, (value) => {
        const normal = quick?.(value)
        if (normal === undefined) return
        const parsed = schema.safeParse(value)
        expect(parsed.success, JSON.stringify(value)).toBe(true)
        expect(normal).toEqual(parsed.data)
        expect(quick?.(normal)).toEqual(normal)
      }),
      { numRuns: 400 },
    )
  })

  test('is refused by the JSON Schema when its type is wrong', () => {
    for (const value of [{ strange: 1 }, [{ strange: 1 }], [[]]]) {
      expect(schema.safeParse(value).success, JSON.stringify(value)).toBe(false)
      expect(valid(value), JSON.stringify(value)).toBe(false)
    }
  })
})

/** Texts that some type reads as something else, and some that only look so. */
const typed = [
  ...['20/11/2026', '2-5-1957', '31/02/2026', '29022024', '5/1957', '1957', '2026-11-20', '1957-13'],
  ...['7h', '7h5', '0730', '24:00', '7 giờ 5', '0912 345 601', '+84912345601', '84912345601', '021 12345678'],
  ...[
    '001 201 000001',
    '001.201.000001',
    '1.500.000',
    '1500000 đ',
    '45,5',
    '45.5',
    '45,555',
    '-3',
    '-0',
    '1e9',
  ],
  ...[
    '0101234567001',
    '0101234567-001',
    '29a-123.45',
    'Đ9 999',
    'Nguyễn  Văn Mẫu',
    'Nguyễn Văn Mẫu',
    'a @b.vn',
  ],
  ...['mot@cua.vn', ' ', '\t1', 'một\nhai', 'một\u00a0hai', 'e\u0302', 'x'.repeat(2_001)],
]

/** Every text in it with spaces around, every number as text. */
function asTyped(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return ` ${value} `
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asTyped(part)]))
}

/** What a person answered, without what the form works out. */
function withoutComputed({ pages }: { pages: { groups: object[] }[] }, answers: Answers): Answers {
  const computed = new Set<string>()
  const collect = ({ fields = [], groups = [] }: { fields?: Field[]; groups?: object[] }) => {
    for (const { key, type } of fields) if (type === 'computed') computed.add(key)
    for (const group of groups) collect(group)
  }
  for (const page of pages) for (const group of page.groups) collect(group)
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, part]) => (computed.has(key) ? [] : [[key, strip(part)]])),
    )
  }
  return strip(answers) as Answers
}
