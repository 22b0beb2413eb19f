import { describe, expect, test } from 'vitest'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import {
  type Answers,
  compileForm,
  evaluateForm,
  formPageView,
  jsonSchemaOf,
  problemText,
  readPage,
  resolveAddresses,
  reviewView,
  validateAnswers,
} from './index.ts'

const label = (text: string) => ({ vi: text, en: text })
type Definition = Parameters<typeof compileForm>[0]
type GroupInput = Definition['pages'][number]['groups'][number]
type RuleInput = NonNullable<Definition['rules']>[number]

const definition = (groups: GroupInput[], rules: RuleInput[] = []): Definition => ({
  key: 'household',
  version: 1,
  procedureCode: '1.001193',
  title: label('Hộ'),
  legalForm: { name: null, setBy: 'Thử' },
  validFrom: '2026-07-01',
  assurance: { vi: 'Đúng', en: 'True', version: 1 },
  pages: [{ key: 'ho', title: label('Hộ'), groups }],
  rules,
})
const household: GroupInput[] = [
  {
    key: 'about',
    fields: [
      { key: 'school', label: label('Có trường?'), type: 'bool' },
      { key: 'total', label: label('Tổng học phí'), type: 'computed', value: 'sum(members.paid)' },
    ],
  },
  {
    key: 'members',
    title: label('Thành viên'),
    repeat: { min: 0, max: 20 },
    fields: [
      { key: 'name', label: label('Tên'), type: 'name', required: true },
      { key: 'age', label: label('Tuổi'), type: 'int' },
      {
        key: 'paid',
        label: label('Học phí'),
        type: 'computed',
        value: 'if age >= 18 then sum(children.fee) else 0',
      },
    ],
    groups: [
      {
        key: 'children',
        title: label('Con'),
        visible: 'age >= 18',
        repeat: { min: 0, max: 10 },
        fields: [
          { key: 'name', label: label('Tên con'), type: 'name', required: true },
          { key: 'years', label: label('Tuổi con'), type: 'int', required: 'school' },
          { key: 'grade', label: label('Lớp'), type: 'text', visible: 'school and years >= 6 and age > 20' },
          { key: 'fee', label: label('Tiền'), type: 'computed', value: 'if years >= 6 then 100 else 0' },
        ],
      },
    ],
  },
]
const rules: RuleInput[] = [
  {
    key: 'tooOld',
    within: 'members.children',
    when: 'years >= age',
    message: label('Con phải ít tuổi hơn'),
    fields: ['years'],
    severity: 'error',
  },
  {
    key: 'manyChildren',
    within: 'members',
    when: 'count(children) > 2',
    message: label('Nhiều con'),
    fields: ['name'],
    severity: 'warning',
  },
]
const compiled = accepted(compileForm(definition(household, rules)))
const family: Answers = {
  school: true,
  members: [
    {
      name: 'An',
      age: 40,
      children: [
        { name: 'Bé', years: 7, grade: '2A' },
        { name: 'Bi', years: 3 },
      ],
    },
    { name: 'Lan', age: 10, children: [{ name: 'Hidden' }] },
  ],
}
const codes = (answers: Answers) =>
  validateAnswers(compiled, answers).problems.map(({ field, code }) => `${field} ${code}`)

describe('a list inside the rows of a list', () => {
  test('its conditions see its own row, the row around it and the whole form', () => {
    const { pages } = evaluateForm(compiled, family)
    const shown = pages[0]?.fields.filter(({ visible, key }) => visible && key === 'grade')
    expect(shown?.map(({ path }) => path)).toEqual(['members[0].children[0].grade'])
  })

  test('what is computed in rows can be read further out', () => {
    const { answers } = validateAnswers(compiled, family)
    expect(answers).toEqual({
      school: true,
      total: 100,
      members: [
        {
          name: 'An',
          age: 40,
          paid: 100,
          children: [
            { name: 'Bé', years: 7, grade: '2A', fee: 100 },
            { name: 'Bi', years: 3, fee: 0 },
          ],
        },
        { name: 'Lan', age: 10, paid: 0 },
      ],
    })
  })

  test('problems name the cell by its path and are told in its words', () => {
    expect(codes({ members: [{ name: 'An', age: 20, children: [{ years: 'x', extra: 1 }] }] })).toEqual([
      'members[0].children[0].name forms.required',
      'members[0].children[0].years forms.number-invalid',
      'members[0].children[0].extra forms.unknown-field',
    ])
    const problem = { field: 'members[0].children[0].name', code: 'forms.required', params: {} }
    expect(problemText(compiled, problem, 'vi')).toBe('Nhập tên con')
  })

  test('rules hold in each row and blame its cell', () => {
    const children = [
      { name: 'Bé', years: 50 },
      { name: 'Bi', years: 1 },
      { name: 'Bo', years: 2 },
    ]
    const { problems, warnings } = validateAnswers(compiled, { members: [{ name: 'An', age: 40, children }] })
    expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'members[0].children[0].years forms.rule.tooOld',
    ])
    expect(warnings.map(({ field }) => field)).toEqual(['members[0].name'])
  })

  test('what was typed is normalised in rows of rows, and asked again', () => {
    const { problems, answers } = validateAnswers(compiled, {
      members: [{ name: ' An  Nhỏ ', age: '40', children: [{ name: 'Bé', years: '7' }] }],
    })
    expect(problems).toEqual([])
    expect(answers.members).toEqual([
      { name: 'An Nhỏ', age: 40, paid: 100, children: [{ name: 'Bé', years: 7, fee: 100 }] },
    ])
  })

  test('too many rows, and what is no list, are told where they stand', () => {
    const children = Array.from({ length: 11 }, () => ({ name: 'Bé' }))
    expect(codes({ members: [{ name: 'An', age: 40, children }] })).toContain(
      'members[0].children forms.rows-many',
    )
    expect(codes({ members: [{ name: 'An', age: 40, children: 'x' }] })).toContain(
      'members[0].children forms.rows-invalid',
    )
  })

  test('a hidden list asks nothing, not even for rows', () => {
    const [about, members] = household
    const hidden = { ...members, visible: 'school', repeat: { min: 1, max: 3 } } as GroupInput
    const form = accepted(compileForm(definition([about as GroupInput, hidden])))
    expect(validateAnswers(form, { school: false }).problems).toEqual([])
    expect(validateAnswers(form, { school: true }).problems).toMatchObject([{ code: 'forms.rows-few' }])
  })

  test('the review numbers rows of rows', () => {
    const { sections } = reviewView(compiled, { answers: family, origins: {}, locale: 'vi' })
    expect(sections[0]?.rows.map((row) => row.label)).toContain('Tên con (1.2)')
  })

  test('the JSON Schema says lists in lists', () => {
    const schema = jsonSchemaOf(compiled) as never as {
      properties: { members: { items: { properties: Record<string, { maxItems: number }> } } }
    }
    expect(schema.properties.members.items.properties.children?.maxItems).toBe(10)
  })
})

describe('a page without JavaScript', () => {
  const post = (fields: Record<string, string | string[]>, answers: Answers = {}) => {
    const form = new FormData()
    for (const [name, values] of Object.entries(fields))
      for (const value of [values].flat()) form.append(name, value)
    return readPage(compiled, 'ho', form, { answers, origins: {} })
  }

  test('draws lists in rows with names that it reads back', () => {
    const view = formPageView(compiled, 'ho', { answers: family, origins: {}, locale: 'vi' })
    const inner = view.groups[1]?.rows?.[0]?.groups?.[0]
    expect(inner).toMatchObject({ key: 'members[0].children', title: 'Con', canAdd: true })
    expect(inner?.rows?.[1]?.fields[0]?.inputs[0]?.name).toBe('members[0].children[1].name')
    expect(view.groups[1]?.rows?.[1]?.groups).toBeUndefined()
  })

  test('takes rows of rows, adds and removes them', () => {
    const members = [{ name: 'An', age: 40 }]
    const added = post({ _action: 'add:members[0].children' }, { members })
    expect(added.answers.members).toEqual([{ name: 'An', age: 40, children: [{}] }])
    const name = 'members[0].children[0].name'
    const rows = { _rows: ['members[0]', 'members[0].children[0]'], _asked: name, [name]: ' Bé' }
    const filled = post(rows, added.answers)
    expect(filled.answers.members).toEqual([{ name: 'An', age: 40, children: [{ name: 'Bé' }] }])
    expect(filled.unknown).toEqual([])
    const removed = post({ _action: 'remove:members[0].children[0]' }, filled.answers)
    expect(removed.answers.members).toEqual(members)
    expect(members).toEqual([{ name: 'An', age: 40 }])
  })

  test.each(['add:members[7].children', 'add:about', 'remove:members[x]', 'add:__proto__', 'remove:'])(
    'a button that nobody drew does nothing: %s',
    (action) => {
      expect(post({ _action: action }, family).answers).toEqual(family)
    },
  )
})

const problemsOf = (outcome: ReturnType<typeof compileForm>) =>
  isRefusal(outcome)
    ? (outcome.details as { problems: { code: string; at: string }[] }).problems.map(
        ({ at, code }) => `${at} ${code}`,
      )
    : []

describe('a definition is refused when', () => {
  const list = (fields: object[], more: object = {}): GroupInput =>
    ({ key: 'rows', repeat: { min: 0, max: 10 }, fields, ...more }) as GroupInput
  const cell = (key: string, more: object = {}) => ({ key, label: label(key), type: 'int', ...more })
  const sum = (key: string, value: string) => cell(key, { type: 'computed', value })
  const form = (fields: object[]): GroupInput => ({ key: 'g', fields }) as GroupInput
  const inner = (fields: object[], more: object = {}) => ({
    key: 'inner',
    repeat: { min: 0, max: 10 },
    fields,
    ...more,
  })

  test.each<[string, GroupInput[], string]>([
    ['cells wait for each other', [list([sum('a', 'b + 1'), sum('b', 'a + 1')])], 'rows.a forms.circular'],
    [
      'a form and its rows wait for each other',
      [form([sum('total', 'sum(rows.part)')]), list([cell('n'), sum('part', 'n * total')])],
      'total forms.circular',
    ],
    [
      'they wait through a quantifier',
      [
        form([sum('any', 'some r in rows satisfies r.part > 1')]),
        list([sum('part', 'if any then 1 else 2')]),
      ],
      'any forms.circular',
    ],
    [
      'a row and the list inside it wait for each other',
      [list([sum('all', 'sum(inner.x)')], { groups: [inner([sum('x', 'all + 1')])] })],
      'rows.all forms.circular',
    ],
    [
      'a list inside waits for the form that waits for it',
      [form([sum('t', 'count(rows.inner.x)')]), list([cell('n')], { groups: [inner([sum('x', 't + n')])] })],
      't forms.circular',
    ],
    ['a column stands twice', [list([cell('a'), cell('a')])], 'rows.a forms.key-twice'],
    [
      'a list has the name of a column',
      [list([cell('inner')], { groups: [inner([cell('x')])] })],
      'rows.inner forms.key-twice',
    ],
    [
      'a group in a row is not repeated',
      [list([cell('a')], { groups: [{ key: 'inner', fields: [cell('x')] }] })],
      'rows.inner forms.group-not-repeated',
    ],
    [
      'lists in lists are too long together',
      [
        list([cell('a')], {
          repeat: { min: 0, max: 500 },
          groups: [inner([cell('x')], { repeat: { min: 0, max: 500 } })],
        }),
      ],
      'rows.inner forms.many-rows',
    ],
    [
      'a table holds lists',
      [list([cell('a')], { layout: 'table', groups: [inner([cell('x')])] })],
      'rows forms.table-nested',
    ],
    ['a table has files', [list([cell('a', { type: 'file' })], { layout: 'table' })], 'a forms.table-column'],
    [
      'a part is unknown',
      [form([cell('a', { type: 'person', parts: ['shoeSize'] })])],
      'a forms.unknown-part',
    ],
  ])('%s', (_, groups, problem) => {
    expect(problemsOf(compileForm(definition(groups)))).toContain(problem)
  })

  test('lists would stand three deep', () => {
    const deep = inner([cell('x')], { groups: [inner([cell('y')])] })
    expect(isRefusal(compileForm(definition([list([cell('a')], { groups: [deep] })])))).toBe(true)
  })

  test('a rule holds in rows that are not there, or blames no column', () => {
    const rule = { key: 'r', when: 'a > 1', message: label('R'), severity: 'error' as const }
    const tried = (within: string, fields: string[]) =>
      problemsOf(compileForm(definition([list([cell('a')])], [{ ...rule, within, fields }])))
    expect(tried('rows', ['a'])).toEqual([])
    expect(tried('other', ['a'])).toContain('r forms.unknown-group')
    expect(tried('rows', ['b'])).toContain('r forms.unknown-field')
  })
})

test('rows may ask how many rows there are, and say more than the form of the same name', () => {
  const form = accepted(
    compileForm(
      definition([
        { key: 'g', fields: [{ key: 'who.name', label: label('A'), type: 'text' }] },
        {
          key: 'rows',
          repeat: { min: 0, max: 5 },
          fields: [
            { key: 'who.age', label: label('B'), type: 'int' },
            { key: 'share', label: label('C'), type: 'computed', value: '100 / count(rows)' },
            { key: 'said', label: label('D'), type: 'computed', value: 'who.name + string(who.age)' },
          ],
        },
      ]),
    ),
  )
  const { answers, evaluation } = validateAnswers(form, {
    'who.name': 'An',
    rows: [{ 'who.age': 3 }, { 'who.age': 4 }],
  })
  expect(answers.rows).toEqual([
    { 'who.age': 3, share: 50, said: 'An3' },
    { 'who.age': 4, share: 50, said: 'An4' },
  ])
  expect(evaluation.context).toMatchObject({ who: { name: 'An' } })
})

test('addresses are found inside organisations and in rows of rows', async () => {
  const form = accepted(
    compileForm(
      definition([
        { key: 'g', fields: [{ key: 'employer', label: label('Đơn vị'), type: 'organisation' }] },
        {
          key: 'members',
          repeat: { min: 0, max: 5 },
          fields: [{ key: 'name', label: label('Tên'), type: 'name' }],
          groups: [
            {
              key: 'homes',
              repeat: { min: 0, max: 5 },
              fields: [{ key: 'at', label: label('Ở'), type: 'address' }],
            },
          ],
        },
      ]),
    ),
  )
  const typed = { written: 'hoa sen' }
  const found = {
    ...{ code: 'S9001', name: 'Hoa Sen', fullName: 'Phường Hoa Sen' },
    ...{ provinceCode: 'S9', provinceName: 'Tỉnh Sông Mai', sample: true },
  }
  const { answers } = await resolveAddresses(
    form,
    'ho',
    { employer: { name: 'A', address: { ...typed } }, members: [{ homes: [{ at: { ...typed } }] }] },
    async () => [found],
  )
  const place = { communeCode: 'S9001', provinceCode: 'S9' }
  expect(answers).toMatchObject({ employer: { address: place }, members: [{ homes: [{ at: place }] }] })
})
