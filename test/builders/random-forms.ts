import fc from 'fast-check'
import {
  type Answers,
  type Field,
  type FormDefinition,
  fieldTypes,
  type Group,
} from '../../src/modules/forms/index.ts'

const label = (text: string) => ({ vi: text, en: text })
type FieldInput = Partial<Field> & Pick<Field, 'key' | 'label' | 'type'>

const options = ['red', 'green', 'blue'].map((value) => ({ value, label: label(value) }))

/** A field of any type; conditions read the fields named. */
const fieldOf = (key: string, before: readonly string[]): fc.Arbitrary<FieldInput> =>
  fc
    .record({
      type: fc.constantFrom(...fieldTypes),
      required: fc.oneof({ weight: 3, arbitrary: fc.boolean() }, conditionOn(before)),
      visible: fc.option(conditionOn(before), { freq: 4, nil: undefined }),
      asWritten: fc.option(fc.boolean(), { nil: undefined }),
      tense: fc.option(fc.constantFrom('past' as const, 'future' as const), { freq: 8, nil: undefined }),
    })
    .map(({ type, visible, asWritten, tense, ...rest }) => ({
      ...{ key, label: label(key), type, ...rest },
      ...(visible !== undefined && { visible }),
      ...(asWritten !== undefined && { asWritten }),
      ...(tense !== undefined && { tense }),
      ...(type === 'enum' && { options }),
      ...(type === 'computed' && { value: before.length ? `is defined(${before[0]})` : '1 + 1' }),
    }))

const conditionOn = (keys: readonly string[]): fc.Arbitrary<string> =>
  keys.length === 0
    ? fc.constant('channel = null')
    : fc
        .tuple(fc.constantFrom(...keys), fc.constantFrom(...keys), fc.integer({ min: 0, max: 5 }))
        .map(
          ([a, b, kind]) =>
            [
              `is defined(${a})`,
              `not(is defined(${a})) or is defined(${b})`,
              `${a} = ${b}`,
              `${a} > 3`,
              `contains(string(${a}), "a")`,
              `if is defined(${a}) then ${b} != null else true`,
            ][kind] as string,
        )

/** Fields in order; each may read those before it. */
function fieldsOf(prefix: string, count: number, outside: readonly string[]): fc.Arbitrary<FieldInput[]> {
  const keys = Array.from({ length: count }, (_, i) => `${prefix}${i}`)
  return fc.tuple(...keys.map((key, i) => fieldOf(key, [...outside, ...keys.slice(0, i)])))
}

const groupOf = (key: string, outside: readonly string[]): fc.Arbitrary<object> =>
  fc.oneof(
    fieldsOf(`${key}x`, 3, outside).map((fields) => ({ key, fields })),
    fc
      .record({
        fields: fieldsOf(`${key}r`, 2, outside),
        inner: fc.option(fieldsOf(`${key}i`, 2, [...outside, `${key}r0`])),
        min: fc.integer({ min: 0, max: 1 }),
      })
      .map(({ fields, inner, min }) => ({
        ...{ key, fields, repeat: { min, max: 3 } },
        ...(inner && { groups: [{ key: `${key}in`, repeat: { min: 0, max: 2 }, fields: inner }] }),
      })),
  )

/** Definitions that compile: every type, lists, lists in rows, conditions across groups. */
export const randomForm: fc.Arbitrary<FormDefinition> = fieldsOf('a', 4, []).chain((fields) => {
  const keys = fields.map(({ key }) => key)
  return fc
    .record({ second: groupOf('b', keys), third: groupOf('c', keys), rule: conditionOn(keys) })
    .map(({ second, third, rule }) => ({
      key: 'random',
      version: 1,
      procedureCode: '1.001193',
      title: label('R'),
      legalForm: { name: null, setBy: 'x' },
      validFrom: '2026-07-01',
      validTo: null,
      assurance: { vi: '', en: '', version: 1 },
      pages: [
        { key: 'one', title: label('1'), groups: [{ key: 'a', fields }] },
        { key: 'two', title: label('2'), groups: [second, third] },
      ],
      rules: [
        { key: 'rule', when: rule, message: label('R'), fields: [keys[0] as string], severity: 'warning' },
      ],
    })) as fc.Arbitrary<never>
})

const text = fc.constantFrom('An', 'Trần Văn Bách', 'a b', 'Xã Hoa Sen', ' x ', 'A'.repeat(40))
const day = fc.constantFrom('2026-11-20', '20/11/2026', '1990-01-02', '1/2/1957', '2030-05-06')
const id12 = fc.constantFrom('099195000001', '099 195 000002')
const phone = fc.constantFrom('+84912345601', '0912 345 601', '+4915112345678')
const place = fc.record(
  {
    communeCode: fc.constantFrom('S9001', '00001'),
    detail: text,
    written: text,
    countryCode: fc.constant('VN'),
  },
  { requiredKeys: ['communeCode'] },
)
const fileId = '0198a5e2-7c1a-7000-8000-000000000001'
const paper = fc.oneof(
  fc.record({ kind: fc.constant('id'), number: fc.constant('099195000001') }),
  fc.record({
    kind: fc.constant('passport'),
    number: fc.constant('C1234567'),
    issuedOn: day,
    issuedBy: text,
  }),
)

/** A value that fits the type, mostly; as people type it or in its normal form. */
export const valueFor = ({ type }: Pick<Field, 'type'>): fc.Arbitrary<unknown> => {
  const values: Record<Field['type'], fc.Arbitrary<unknown>> = {
    name: fc.constantFrom('An', ' Trần  Văn Bách ', 'H’Hen Niê', 'Y-Blô'),
    date: day,
    'partial-date': fc.oneof(day, fc.constantFrom('1957', '5/1957', '1957-05')),
    time: fc.constantFrom('07:42', '7h42', '742'),
    int: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom('12', '1.500')),
    text,
    longtext: fc.oneof(text, fc.constant('một\nhai')),
    enum: fc.constantFrom('red', 'green', 'blue'),
    bool: fc.boolean(),
    id12,
    'identity-paper': paper,
    address: place,
    agency: fc.record({ code: fc.constant('H99.12'), name: text }),
    phone,
    email: fc.constantFrom('a@b.vn', 'Ten.Ho+x@thu.gov.vn'),
    money: fc.oneof(fc.integer({ min: 0, max: 9_000_000 }), fc.constant('1.500.000 đ')),
    area: fc.constantFrom(12, 45.5, '164,5 m²', 0.01),
    length: fc.constantFrom(1.2, -0.45, '11.4'),
    file: fc.constantFrom([{ fileId, name: 'a.pdf' }], []),
    country: fc.constantFrom('VN', 'JP'),
    ethnic: fc.constantFrom('01', '02'),
    computed: fc.constant('nobody types this'),
    copies: fc.integer({ min: 0, max: 50 }),
    delivery: fc.constantFrom(
      { way: 'collect' },
      { way: 'post', receiver: 'An', phone: '0912345601', address: 'Số 1' },
    ),
    person: fc.record(
      { fullName: text, dateOfBirth: day, personalId: id12 },
      { requiredKeys: ['fullName', 'dateOfBirth'] },
    ),
    organisation: fc.record(
      {
        name: text,
        code: fc.constantFrom('0101234567', '0101234567001', '099195000001'),
        address: place,
        legalRepresentative: fc.record({ fullName: fc.constant('Lò Thị Mai'), personalId: id12 }),
        phone,
      },
      { requiredKeys: ['name', 'code', 'address', 'legalRepresentative'] },
    ),
    'land-plot': fc.record(
      {
        plotNumber: fc.constant('12'),
        mapSheet: fc.constant('5'),
        address: place,
        area: fc.constantFrom(120.5, '120,5'),
      },
      { requiredKeys: ['plotNumber', 'mapSheet', 'address'] },
    ),
    vehicle: fc.record({
      kind: fc.constantFrom('car', 'motorbike'),
      plate: fc.constantFrom('51F-123.45', '29-h1 123.45'),
    }),
    signature: fc.record(
      { name: fc.constant('Trần Văn Bách'), signedAt: fc.constant('2026-11-20T02:00:00Z') },
      { requiredKeys: ['name'] },
    ),
  }
  return values[type]
}

/** Answers to a form: most fields answered, some not. */
export function answersTo({ pages }: FormDefinition): fc.Arbitrary<Answers> {
  const groups = pages.flatMap((page) => page.groups)
  const parts = groups.map((group) =>
    group.repeat ? rowsOf(group).map((rows): Answers => ({ [group.key]: rows })) : cellsOf(group.fields),
  )
  return fc.tuple(...parts).map((all) => Object.assign({}, ...all))
}

const cellsOf = (fields: readonly Field[]): fc.Arbitrary<Answers> =>
  fc.tuple(...fields.map((field) => fc.option(valueFor(field), { freq: 7, nil: undefined }))).map((values) =>
    Object.fromEntries(
      values.flatMap((value, i) => {
        const field = fields[i] as Field
        return value === undefined || field.type === 'computed' ? [] : [[field.key, value]]
      }),
    ),
  )

function rowsOf(group: Pick<Group, 'fields' | 'repeat' | 'groups'>): fc.Arbitrary<Answers[]> {
  const inner = (group.groups ?? []).map((one) => rowsOf(one).map((rows): Answers => ({ [one.key]: rows })))
  const row = fc.tuple(cellsOf(group.fields), ...inner).map((all) => Object.assign({}, ...all) as Answers)
  return fc.array(row, { maxLength: group.repeat?.max ?? 1 })
}
