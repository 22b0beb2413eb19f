import fc from 'fast-check'
import { isRefusal } from '../../src/kernel/errors.ts'
import { type Answers, type CompiledForm, compileForm, type Field } from '../../src/modules/forms/index.ts'

/** A form nobody would write, with answers nobody would give: what must be judged alike wherever it is judged. */
export interface RandomCase {
  compiled: CompiledForm
  answers: Answers
  context: { today: string; channel: 'online' | 'direct'; caseCode: string }
}

const types = [
  'text',
  'name',
  'int',
  'money',
  'area',
  'bool',
  'enum',
  'date',
  'partial-date',
  'time',
  'id12',
  'phone',
  'email',
  'identity-paper',
  'address',
  'delivery',
  'ethnic',
  'country',
  'computed',
] as const
type Type = (typeof types)[number]

interface Known {
  path: string
  type: Type
}

const both = (text: string) => ({ vi: text, en: text })
const literal = (type: Type): string =>
  type === 'bool' ? 'true' : type === 'date' ? 'date("2020-05-17")' : isNumber(type) ? '7' : '"b"'
const isNumber = (type: Type) => type === 'int' || type === 'money' || type === 'area'

/** A condition over fields that stand before, lists included. */
const condition = (known: readonly Known[], lists: readonly string[]): fc.Arbitrary<string> => {
  const over = known.filter(({ type }) => type !== 'address' && type !== 'delivery')
  if (over.length === 0) return fc.constantFrom('channel = "online"', 'true', 'today() > date("2020-01-01")')
  const one = fc
    .constantFrom(...over)
    .chain(({ path, type }) =>
      fc.constantFrom(
        `${path} = ${literal(type)}`,
        `${path} != ${literal(type)}`,
        `is defined(${path})`,
        `not(is defined(${path}))`,
        `${path} in [${literal(type)}]`,
        isNumber(type) ? `${path} > 3 and ${path} <= 40` : `string length(string(${path})) > 2`,
        type === 'date' ? `years between(${path}, today()) >= 18` : `${path} = null`,
        ...lists.flatMap((list) => [`count(${list}) > 1`, `some row in ${list} satisfies row.amount > 5`]),
      ),
    )
  return fc.oneof(
    { weight: 4, arbitrary: one },
    { weight: 1, arbitrary: fc.tuple(one, one).map(([a, b]) => `(${a}) and (${b})`) },
    { weight: 1, arbitrary: fc.tuple(one, one).map(([a, b]) => `(${a}) or not(${b})`) },
  )
}

const computedOver = (known: readonly Known[], lists: readonly string[]): fc.Arbitrary<string> => {
  const numbers = known.filter(({ type }) => isNumber(type)).map(({ path }) => path)
  const texts = known.filter(({ type }) => type === 'text' || type === 'name').map(({ path }) => path)
  return fc.constantFrom(
    'today()',
    'if channel = "online" then 1 else 2',
    ...lists.flatMap((list) => [`sum(${list}.amount)`, `max(${list}.amount)`]),
    ...numbers.flatMap((path) => [`${path} * 1.1 + 0.2`, `amount in words(${path})`, `floor(${path} / 3)`]),
    ...texts.flatMap((path) => [`upper case(${path})`, `"«" + ${path} + "»"`]),
  )
}

const optionsOf = (offered: string | undefined) =>
  ['a', 'b', 'c'].map((value) => ({
    ...{ value, label: both(value) },
    ...(offered !== undefined && value === 'b' && { when: offered }),
  }))

const field = (
  key: string,
  known: readonly Known[],
  lists: readonly string[],
): fc.Arbitrary<Partial<Field>> =>
  fc
    .record({
      type: fc.constantFrom(...types),
      required: fc.oneof(fc.boolean(), condition(known, lists)),
      visible: fc.option(condition(known, lists), { nil: undefined }),
      value: computedOver(known, lists),
      tense: fc.constantFrom(undefined, 'past' as const),
      offered: fc.option(condition(known, lists), { nil: undefined }),
    })
    .map(({ type, visible, value, tense, required, offered }) => ({
      key,
      type,
      label: both(key),
      required,
      ...(visible !== undefined && { visible }),
      ...(type === 'computed' && { value }),
      ...(type === 'date' && tense && { tense }),
      ...(type === 'enum' && { options: optionsOf(offered) }),
      ...(isNumber(type) && { min: 1, max: 50 }),
    }))

/** Fields one after the other, each asking only about those before it, so that none waits for itself. */
function fields(
  keys: readonly string[],
  known: readonly Known[],
  lists: readonly string[],
): fc.Arbitrary<Partial<Field>[]> {
  return keys.reduce<fc.Arbitrary<Partial<Field>[]>>(
    (before, key) =>
      before.chain((done) =>
        field(key, [...known, ...done.map((one) => ({ path: one.key!, type: one.type as Type }))], lists).map(
          (one) => [...done, one],
        ),
      ),
    fc.constant([]),
  )
}

const amount = { key: 'amount', type: 'int' as const, label: both('amount'), required: true, max: 1_000 }
const knownOf = (list: readonly Partial<Field>[]): Known[] =>
  list.map((one) => ({ path: one.key!, type: one.type as Type }))

const definition = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.boolean())
  .chain(([many, more, nested]) =>
    fields(
      Array.from({ length: many }, (_, i) => `a.f${i}`),
      [],
      [],
    ).chain((first) => {
      const known = knownOf(first)
      return fc
        .record({
          cells: fields(['c1', 'c2', 'c3'], known, []),
          inner: fields(['d1', 'd2'], known, []),
          last: fields(
            Array.from({ length: more }, (_, i) => `b${i}`),
            known,
            ['rows'],
          ),
          pageVisible: fc.option(condition(known, []), { nil: undefined }),
          groupVisible: fc.option(condition(known, []), { nil: undefined }),
          rules: fc.array(condition(known, ['rows']), { maxLength: 3 }),
          within: condition([{ path: 'amount', type: 'int' }, ...known], []),
        })
        .map((parts) => definitionOf({ first, nested, ...parts }))
    }),
  )

interface Parts {
  first: Partial<Field>[]
  cells: Partial<Field>[]
  inner: Partial<Field>[]
  last: Partial<Field>[]
  pageVisible: string | undefined
  groupVisible: string | undefined
  rules: string[]
  within: string
  nested: boolean
}

function definitionOf({
  first,
  cells,
  inner,
  last,
  pageVisible,
  groupVisible,
  rules,
  within,
  nested,
}: Parts) {
  const rows = {
    key: 'rows',
    repeat: { min: 0, max: 5 },
    ...(groupVisible && { visible: groupVisible }),
    fields: [amount, ...cells],
    ...(nested && { groups: [{ key: 'inner', repeat: { min: 0, max: 3 }, fields: inner }] }),
  }
  const rule = (when: string, key: string) => ({ key, when, message: both(key), severity: 'error' as const })
  return {
    key: 'random',
    version: 1,
    procedureCode: '1.000001',
    title: both('Random'),
    legalForm: { name: null, setBy: 'nobody' },
    validFrom: '2026-01-01',
    pages: [
      { key: 'one', title: both('One'), groups: [{ key: 'first', fields: first }, rows] },
      {
        key: 'two',
        title: both('Two'),
        ...(pageVisible && { visible: pageVisible }),
        groups: [{ key: 'last', fields: last }],
      },
    ],
    rules: [
      ...rules.map((when, i) => ({ ...rule(when, `rule${i}`), fields: [first[0]!.key!, last[0]!.key!] })),
      { ...rule(within, 'inRows'), within: 'rows', fields: ['amount'] },
    ],
    assurance: { ...both('I promise'), version: 1 },
  }
}

const texts = fc.constantFrom(
  '',
  ' ',
  'b',
  'Nguyễn  Văn',
  'a@b.vn',
  '0912 345 601',
  '012345678901',
  '2020-05-17',
  '17/5/2020',
  '5/1957',
  '7h05',
  '1.500.000',
  '45,5',
  'x'.repeat(400),
  '\u0000',
  'e\u0302\u0323',
)
const value = fc.oneof(
  { weight: 5, arbitrary: texts },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(0, 7, 12, 3.14, -1, true, false, null, 1e21, 'a', 'VN', '01'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      { kind: 'id', number: '012345678901' },
      { kind: 'passport', number: 'B1' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      { communeCode: 'S9001' },
      { way: 'post', receiver: 'A' },
      [],
      {},
      [1],
      { written: 'Hoa Sen' },
    ),
  },
)

/** Answers for any form: some fit, some do not. */
function answersFor({ definition: form }: CompiledForm): fc.Arbitrary<Answers> {
  const record = (keys: readonly string[]) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] })
  const plain = form.pages.flatMap(({ groups }) =>
    groups.flatMap((group) => (group.repeat ? [] : group.fields.map(({ key }) => key))),
  )
  const lists = form.pages.flatMap(({ groups }) => groups.filter(({ repeat }) => repeat))
  const rowsOf = (group: (typeof lists)[number]): fc.Arbitrary<unknown> => {
    const cells = record(group.fields.map(({ key }) => key))
    const inner = (group.groups ?? []).map((one) =>
      fc
        .array(record(one.fields.map(({ key }) => key)), { maxLength: 4 })
        .map((rows) => [one.key, rows] as const),
    )
    const row = fc
      .tuple(cells, ...inner)
      .map(([own, ...others]) => ({ ...own, ...Object.fromEntries(others as []) }))
    return fc.array(row, { maxLength: 7 })
  }
  return fc
    .tuple(record(plain), ...lists.map((group) => rowsOf(group).map((rows) => [group.key, rows] as const)))
    .map(([own, ...rows]) => ({ ...own, ...Object.fromEntries(rows as []) }) as Answers)
}

const context = fc.record({
  today: fc.constantFrom('2026-11-22', '2024-02-29'),
  channel: fc.constantFrom('online' as const, 'direct' as const),
  caseCode: fc.constantFrom('one', 'two'),
})

/** Random forms with random answers. */
export const randomCase: fc.Arbitrary<RandomCase> = definition
  .map((input) => compileForm(input as never))
  .filter((compiled) => !isRefusal(compiled))
  .chain((compiled) => caseOf(compiled as CompiledForm))

/** Random answers to one form. */
export const caseOf = (compiled: CompiledForm): fc.Arbitrary<RandomCase> =>
  fc.record({ compiled: fc.constant(compiled), answers: answersFor(compiled), context })
