import { describe, expect, test } from 'vitest'
import { Field } from '../form-definition.ts'
import { checkValue } from '../validate-answers.ts'
import { fieldKinds } from './index.ts'

const aField = (type: Field['type'], rest: Partial<Field> = {}) =>
  Field.parse({ key: 'a', label: { vi: 'Ô', en: 'Field' }, type, ...rest })
const reader = (values: Record<string, string>) => ({
  get: (name: string) => values[name],
  all: (name: string) => (values[name] === undefined ? [] : [values[name]]),
})
const typed = (type: Field['type'], text: string, rest: Partial<Field> = {}) =>
  fieldKinds[type].fromForm(reader({ a: text }), 'a', aField(type, rest))
const codeOf = (type: Field['type'], value: unknown, rest: Partial<Field> = {}, today = '2026-11-20') => {
  const checked = checkValue(aField(type, rest), value, today)
  return 'code' in checked ? checked.code : 'fine'
}

describe('what a person types becomes the normal form', () => {
  test.each([
    ['date', '20/11/2026', '2026-11-20'],
    ['date', '2-1-2026', '2026-01-02'],
    ['date', '20112026', '2026-11-20'],
    ['date', '2026-11-20', '2026-11-20'],
    ['partial-date', '1957', '1957'],
    ['partial-date', '5/1957', '1957-05'],
    ['partial-date', '2/5/1957', '1957-05-02'],
    ['time', '7h42', '07:42'],
    ['time', '742', '07:42'],
    ['time', '0742', '07:42'],
    ['int', '12', 12],
    ['money', '1.500.000 đ', 1_500_000],
    ['area', '164,5 m²', 164.5],
    ['area', '1.250,75', 1250.75],
    ['length', '11.4', 11.4],
    ['phone', '0912 345 601', '+84912345601'],
    ['phone', '+84 912 345 601', '+84912345601'],
    ['id12', '099 195 000001', '099195000001'],
    ['name', '  Trần   Văn  Bách ', 'Trần Văn Bách'],
    ['email', ' a@b.vn ', 'a@b.vn'],
    ['bool', 'true', true],
  ] as const)('%s typed as %s', (type, text, value) => {
    expect(typed(type, text)).toBe(value)
  })

  test('a date may come in three controls', () => {
    const form = reader({ 'a.day': '2', 'a.month': '11', 'a.year': '2026' })
    expect(fieldKinds.date.fromForm(form, 'a', aField('date'))).toBe('2026-11-02')
  })

  test('decomposed accents are composed', () => {
    expect(typed('name', 'Trần'.normalize('NFD'))).toBe('Trần')
    expect(codeOf('name', 'Trần'.normalize('NFD'))).toBe('fine')
  })

  test('what cannot be read stays as it was typed', () => {
    expect(typed('date', '31/02/2026')).toBe('31/02/2026')
    expect(typed('money', 'ba triệu')).toBe('ba triệu')
  })

  test('a control shows again what was typed', () => {
    const shown = (type: Field['type'], value: unknown) =>
      fieldKinds[type].inputs(aField(type), 'a', value, { locale: 'vi' })[0]?.value
    expect(shown('date', '2026-11-20')).toBe('20/11/2026')
    expect(shown('date', '31/02/2026')).toBe('31/02/2026')
    expect(shown('money', 1_500_000)).toBe('1.500.000')
    expect(shown('phone', '+84912345601')).toBe('0912 345 601')
  })
})

describe('what is refused', () => {
  test.each([
    ['name', 'Phạm Minh Khôi 2', 'forms.name-character'],
    ['name', 'An 🙂', 'forms.name-character'],
    ['name', "'; drop table x", 'forms.name-character'],
    ['name', '...', 'forms.name-invalid'],
    ['name', 'A'.repeat(101), 'forms.text-too-long'],
    ['text', 'a\u0000b', 'forms.text-not-storable'],
    ['text', 'a\uD800b', 'forms.text-not-storable'],
    ['text', 'x'.repeat(1_000_000), 'forms.text-too-long'],
    ['text', { $ne: 1 }, 'forms.text-invalid'],
    ['date', '2026-02-30', 'forms.date-invalid'],
    ['date', '1776-07-04', 'forms.date-invalid'],
    ['partial-date', '57', 'forms.partial-date-invalid'],
    ['time', '25:00', 'forms.time-invalid'],
    ['int', 1.5, 'forms.number-whole'],
    ['int', 'nhiều', 'forms.number-invalid'],
    ['int', Number.NaN, 'forms.number-invalid'],
    ['copies', 51, 'forms.number-large'],
    ['copies', -1, 'forms.number-small'],
    ['id12', '0991950000', 'forms.id12-invalid'],
    ['phone', '0112 345 678', 'forms.phone-invalid'],
    ['email', 'a@', 'forms.email-invalid'],
    ['ethnic', '99', 'forms.choice-invalid'],
    ['country', 'Vietnam', 'forms.choice-invalid'],
    ['bool', 'yes', 'forms.choice-invalid'],
    ['address', { detail: 'Số 1' }, 'forms.address-choose'],
    ['address', { communeCode: '../..' }, 'forms.address-choose'],
    ['address', 'Hà Nội', 'forms.address-invalid'],
    ['agency', { name: 'Ủy ban' }, 'forms.agency-choose'],
    ['identity-paper', { kind: 'id', number: '123' }, 'forms.paper-number-id'],
    ['identity-paper', { kind: 'passport', number: 'C1234567' }, 'forms.paper-issuer'],
    ['delivery', { way: 'post', receiver: 'Ban' }, 'forms.delivery-post'],
    ['file', [{ fileId: '../etc', name: 'a' }], 'forms.file-invalid'],
  ] as const)('%s: %j is %s', (type, value, code) => {
    expect(codeOf(type, value)).toBe(code)
  })

  test('a day of the past lies not after today, and one to come after it', () => {
    expect(codeOf('date', '2026-11-20', { tense: 'past' })).toBe('fine')
    expect(codeOf('date', '2026-11-21', { tense: 'past' })).toBe('forms.date-future')
    expect(codeOf('partial-date', '2026', { tense: 'past' })).toBe('fine')
    expect(codeOf('partial-date', '2027', { tense: 'past' })).toBe('forms.date-future')
    expect(codeOf('date', '2026-11-20', { tense: 'future' })).toBe('forms.date-past')
  })
})

describe('what is accepted', () => {
  test.each([
    ['name', 'H’Hen Niê'],
    ['name', 'K’pă Y-Blô'],
    ['name', 'Lò'],
    ['text', 'Số 5 🙂 <b>&"'],
    ['address', { communeCode: 'S9001' }],
    ['address', { countryCode: 'JP', detail: 'Osaka' }],
    ['identity-paper', { kind: 'cmnd', number: '123456789' }],
    [
      'identity-paper',
      {
        kind: 'passport',
        number: 'C1234567',
        issuedOn: '2020-01-02',
        issuedBy: 'Cục Quản lý xuất nhập cảnh',
      },
    ],
    ['phone', '+4915112345678'],
    ['length', -0.45],
  ] as const)('%s: %j', (type, value) => {
    expect(codeOf(type, value)).toBe('fine')
  })

  test('facts of the past stay as they were written', () => {
    expect(codeOf('address', { written: 'xã Ít Ong, huyện Mường La' }, { asWritten: true })).toBe('fine')
    expect(codeOf('agency', { name: 'UBND xã cũ' }, { asWritten: true })).toBe('fine')
  })
})
