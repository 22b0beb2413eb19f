import { describe, expect, test } from 'vitest'
import { formJson } from '../../../test/builders/packages.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import {
  type Answers,
  amountInWords,
  compileForm,
  dateInWords,
  evaluateForm,
  jsonSchemaOf,
  prefill,
  problemText,
  registersFor,
  resolveAddresses,
  unavailable,
  validateAnswers,
} from './index.ts'

const label = (text: string) => ({ vi: text, en: text })
const base = {
  key: 'sample',
  version: 1,
  procedureCode: '1.001193',
  title: label('Mẫu'),
  legalForm: { name: null, setBy: 'Thử' },
  validFrom: '2026-07-01',
  assurance: { vi: 'Đúng', en: 'True', version: 1 },
}
type Fields = Parameters<typeof compileForm>[0]['pages'][number]['groups'][number]['fields']
const formWith = (fields: Fields, rest: object = {}) =>
  compileForm({ ...base, pages: [{ key: 'p', title: label('P'), groups: [{ key: 'g', fields }] }], ...rest })
const text = (key: string, more: object = {}) => ({ key, label: label(key), type: 'text' as const, ...more })
const problemsOf = (outcome: ReturnType<typeof compileForm>) =>
  isRefusal(outcome)
    ? (outcome.details as { problems: { code: string; at: string }[] }).problems.map(
        ({ at, code }) => `${at} ${code}`,
      )
    : []

describe('a definition is refused, with every problem, when', () => {
  test.each([
    ['a condition is not FEEL', [text('a', { visible: 'b >' }), text('b')], 'a feel.syntax'],
    ['a condition uses what we leave out', [text('a', { visible: 'a[1] = 1' })], 'a feel.unsupported'],
    ['a condition reads no field', [text('a', { visible: 'nobody = 1' })], 'a forms.unknown-path'],
    ['a field refers to itself', [text('a', { visible: 'a = "1"' })], 'a forms.circular'],
    [
      'two fields wait for each other',
      [text('a', { visible: 'b = "1"' }), text('b', { visible: 'a = "1"' })],
      'a forms.circular',
    ],
    ['a key stands twice', [text('a'), text('a')], 'a forms.key-twice'],
    ['a key lies inside another', [text('a'), text('a.b')], 'a.b forms.key-inside-key'],
    ['a choice has no options', [text('a', { type: 'enum' })], 'a forms.no-options'],
    ['a computed field has no value', [text('a', { type: 'computed' })], 'a forms.no-value'],
  ])('%s', (_, fields, problem) => {
    expect(problemsOf(formWith(fields as Fields))).toContain(problem)
  })

  test.each(['constructor', 'a.__proto__', 'toString', 'A', 'a..b'])('a key is %s', (key) => {
    expect(isRefusal(formWith([text(key)]))).toBe(true)
  })
})

describe('answers', () => {
  const compiled = accepted(
    formWith(
      [
        text('kind', { required: true }),
        text('other', { visible: 'kind = "other"', required: true }),
        text('third', { visible: 'is defined(other)' }),
        { key: 'n', label: label('Số'), type: 'int', required: 'kind = "counted"' },
        { key: 'twice', label: label('Gấp đôi'), type: 'computed', value: 'n * 2' },
      ],
      {
        rules: [
          {
            key: 'tooMany',
            when: 'twice > 10',
            message: label('Nhiều quá'),
            fields: ['n'],
            severity: 'error',
          },
        ],
      },
    ),
  )
  const codes = (answers: Answers) =>
    validateAnswers(compiled, answers).problems.map(({ field, code }) => `${field} ${code}`)

  test('every problem comes at once, in the order of the form', () => {
    expect(codes({ kind: 'counted', n: 'x', extra: 1 })).toEqual([
      'n forms.number-invalid',
      'extra forms.unknown-field',
    ])
    expect(codes({ kind: 'other' })).toEqual(['other forms.required'])
    expect(codes({})).toEqual(['kind forms.required'])
  })

  test('what is hidden is neither asked nor kept, and hides what depends on it', () => {
    const { answers } = validateAnswers(compiled, { kind: 'a', other: 'x', third: 'y' })
    expect(answers).toEqual({ kind: 'a' })
  })

  test('rules read computed values', () => {
    expect(codes({ kind: 'a', n: 6 })).toEqual(['n forms.rule.tooMany'])
    expect(validateAnswers(compiled, { kind: 'a', n: 5 }).answers).toEqual({ kind: 'a', n: 5, twice: 10 })
  })

  test('a draft may be incomplete but not wrong', () => {
    expect(validateAnswers(compiled, { n: 'x' }, { partial: true }).problems.map(({ code }) => code)).toEqual(
      ['forms.number-invalid'],
    )
  })

  test('prototype keys are unknown fields and touch nothing', () => {
    const hostile = JSON.parse('{"__proto__": {"kind": "x"}, "constructor": 1, "kind": "a"}')
    expect(codes(hostile)).toEqual(['__proto__ forms.unknown-field', 'constructor forms.unknown-field'])
    expect(({} as Record<string, unknown>).kind).toBeUndefined()
  })
})

describe('repeated rows', () => {
  const compiled = accepted(
    compileForm({
      ...base,
      pages: [
        {
          key: 'p',
          title: label('P'),
          groups: [
            {
              key: 'people',
              repeat: { min: 1, max: 3 },
              fields: [
                { key: 'name', label: label('Tên'), type: 'name', required: true },
                { key: 'age', label: label('Tuổi'), type: 'int', visible: 'is defined(name)' },
              ],
            },
          ],
        },
      ],
    }),
  )

  test('problems point into the row', () => {
    const { problems } = validateAnswers(compiled, {
      people: [{ name: 'An' }, { name: 'B2', age: 'x', extra: 1 }],
    })
    expect(problems.map(({ field }) => field)).toEqual(['people[1].name', 'people[1].age', 'people[1].extra'])
  })

  test('too few, too many and no rows at all are told', () => {
    const codes = (people: unknown) => validateAnswers(compiled, { people }).problems.map(({ code }) => code)
    expect(codes([])).toContain('forms.rows-few')
    expect(codes(Array.from({ length: 4 }, () => ({ name: 'An' })))).toEqual(['forms.rows-many'])
    expect(codes('x')).toContain('forms.rows-invalid')
  })

  test('conditions are asked row by row', () => {
    const states = evaluateForm(compiled, { people: [{ name: 'An' }, {}] }).pages[0]?.fields
    expect(states?.map(({ path, visible }) => `${path} ${visible}`)).toEqual([
      'people[0].name true',
      'people[0].age true',
      'people[1].name true',
      'people[1].age false',
    ])
  })
})

describe('prefill', () => {
  const compiled = accepted(
    formWith([
      text('who', { required: true }),
      text('mother', {
        sources: [
          { from: 'ACC.fullName', when: 'who = "mother"' },
          { from: 'POP.VoChong.HoVaTen', when: 'who = "father"' },
        ],
      }),
      text('group', { sources: ['POP.DanToc'] }),
    ]),
  )
  const account = { fullName: 'Nguyễn Thị Mẫu Đơn' }
  const registers = { POP: { DanToc: 'Kinh', VoChong: { HoVaTen: 'Trần Văn Bách' } } }

  test('what a source gave follows its source when earlier answers change', () => {
    const first = prefill(compiled, { account, registers, answers: { who: 'mother' } })
    expect(first.answers.mother).toBe('Nguyễn Thị Mẫu Đơn')
    const second = prefill(compiled, {
      account,
      registers,
      ...first,
      answers: { ...first.answers, who: 'father' },
    })
    expect(second.answers.mother).toBe('Trần Văn Bách')
    const third = prefill(compiled, {
      account,
      registers,
      ...second,
      answers: { ...second.answers, who: 'aunt' },
    })
    expect(third.answers).toEqual({ who: 'aunt', group: 'Kinh' })
  })

  test('what a person typed is never touched', () => {
    const { answers, origins } = prefill(compiled, { account, registers, answers: { group: 'Tày' } })
    expect(answers.group).toBe('Tày')
    expect(origins.group).toBeUndefined()
  })

  test('a silent register leaves the question to the person and says so', () => {
    const { answers, origins } = prefill(compiled, { account, registers: { POP: unavailable } })
    expect(answers.group).toBeUndefined()
    expect(origins.group).toEqual({ source: 'POP', state: 'unavailable' })
  })

  test('a register that fails or never answers is only silent', async () => {
    const failing = { keys: ['POP'], read: () => Promise.reject(new Error('down')) }
    const never = { keys: ['CIV'], read: () => new Promise(() => undefined) }
    expect(await registersFor('099195000001', [failing, never], { timeoutMs: 20 })).toEqual({
      POP: unavailable,
      CIV: unavailable,
    })
  })
})

describe('sentences', () => {
  const compiled = accepted(
    formWith([
      { key: 'd', label: { vi: 'Ngày sinh của bé', en: 'Date of birth' }, type: 'date' },
      { key: 'q', label: { vi: 'Anh/chị là gì của bé?', en: 'What are you?' }, type: 'text' },
    ]),
  )
  const say = (field: string, code: string, params = {}) =>
    problemText(compiled, { field, code, params }, 'vi')

  test('a missing answer is asked for by its own name', () => {
    expect(say('d', 'forms.required')).toBe('Nhập ngày sinh của bé, ví dụ 20/11/2026')
    expect(say('q', 'forms.required')).toBe('Trả lời câu “Anh/chị là gì của bé?”')
    expect(say('d', 'forms.name-character', { found: '2' })).toContain('bỏ “2”')
  })

  test('numbers and days in words', () => {
    expect(dateInWords('2026-11-02')).toBe('Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu')
    expect(dateInWords('1995-04-21')).toBe('Ngày hai mươi mốt tháng tư năm một nghìn chín trăm chín mươi lăm')
    expect(amountInWords(10_000_000)).toBe('Mười triệu đồng')
    expect(amountInWords(1_005_015)).toBe('Một triệu không trăm linh năm nghìn không trăm mười lăm đồng')
  })
})

describe('typed places', () => {
  const compiled = accepted(formWith([{ key: 'home', label: label('Nơi ở'), type: 'address' }]))
  const found = (code: string, fullName: string, provinceName: string) => ({
    code,
    name: fullName,
    fullName,
    provinceCode: '01',
    provinceName,
    sample: false,
  })
  const two = [
    found('00001', 'Phường Tây Hồ', 'Thành phố Hà Nội'),
    found('00002', 'Xã Tây Hồ', 'Tỉnh Thanh Hóa'),
  ]

  test('one meaning becomes the code', async () => {
    const { answers, choices } = await resolveAddresses(
      compiled,
      'p',
      { home: { written: 'phuong tay ho' } },
      async () => two,
    )
    expect(answers.home).toMatchObject({ communeCode: '00001', written: 'Phường Tây Hồ, thành phố Hà Nội' })
    expect(choices).toEqual({})
  })

  test('several meanings are offered, and a stale code is dropped', async () => {
    const typed = { home: { written: 'tây hồ', communeCode: '99999' } }
    const { answers, choices } = await resolveAddresses(compiled, 'p', typed, async () => two)
    expect(answers.home).toEqual({ written: 'tây hồ' })
    expect(choices.home?.map(({ value }) => value)).toEqual(['00001', '00002'])
  })
})

test('the JSON Schema of every form names its fields and refuses others', () => {
  const form = formJson('birth-registration')
  const schema = jsonSchemaOf(accepted(compileForm(form)))
  expect(schema).toMatchObject({
    additionalProperties: false,
    $schema: 'https://json-schema.org/draft/2020-12/schema',
  })
  expect(Object.keys(schema.properties as object)).toContain('child.fullName')
  expect(schema.required).toContain('child.fullName')
})
