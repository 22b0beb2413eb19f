import fc from 'fast-check'
import type { Cell } from 'motcua/kernel/feel/decision-table'
import { messages } from 'motcua/kernel/i18n'
import { describe, expect, test } from 'vitest'
import {
  answersFor,
  type Column,
  cellBy,
  columnsFor,
  columnsIn,
  type Draft,
  draftOf,
  howOf,
  howsFor,
  listedIn,
  movedColumn,
  movedRow,
  numberIn,
  problemsIn,
  ranges,
  textOf,
  unfinishedIn,
  withCell,
  withColumn,
  withGives,
  withoutColumn,
  withoutRow,
  withRow,
} from './rule-table.view'

const t = messages('vi')
const fields = [
  {
    ...{ path: 'channel', label: 'Cách nộp', type: 'enum' },
    options: [
      { value: 'online', label: 'Trực tuyến' },
      { value: 'direct', label: 'Trực tiếp' },
    ],
  },
  { path: 'born', label: 'Ngày sinh', type: 'date' },
  { path: 'home', label: 'Nơi cư trú', type: 'address' },
  { path: 'paper', label: 'Giấy tờ', type: 'identity-paper' },
  { path: 'name', label: 'Họ tên', type: 'name' },
]
const drafted = (text: string): Draft => {
  const draft = draftOf(text)
  if (!draft) throw new Error(text)
  return draft
}
const columnOf = (input: string): Column => {
  const found = columnsFor(fields, t).find((column) => column.input === input)
  if (!found) throw new Error(input)
  return found
}

describe('an expression as a table', () => {
  test.each(['', '8000', 'home.communeCode', '[home.communeCode, birth.communeCode]', '"X"', 'true'])(
    '“%s” is the same in every case',
    (text) => {
      const draft = drafted(text)
      expect(draft.inputs).toEqual([])
      expect(textOf(draft) ?? '').toBe(text)
    },
  )

  test.each(['pages * 2', 'if a + 1 = 2 then 1 else 2', 'if ('])('%s is none', (text) => {
    expect(draftOf(text)).toBe(null)
  })
})

describe('writing a table', () => {
  const first = withColumn(drafted(''), 'channel')

  test('the first question brings the first row, the last takes the rows with it', () => {
    expect(first.rules).toEqual([{ when: [null], gives: null }])
    expect(textOf(withoutColumn(first, 0))).toBe(null)
    expect(withColumn(first, 'channel')).toBe(first)
  })

  test('what held in every case holds in all other cases', () => {
    const draft = withGives(withColumn(drafted('home.communeCode'), 'channel'), 0, {
      path: 'work.communeCode',
    })
    expect(textOf(draft)).toBe('if true then work.communeCode else home.communeCode')
  })

  test('rows and columns move with what stands in them, and not beyond the ends', () => {
    const draft = drafted(
      'if channel = "online" then 1 else if days between(born, today()) > 60 then 2 else 3',
    )
    expect(textOf(movedRow(draft, 0, 1))).toBe(
      'if days between(born, today()) > 60 then 2 else if channel = "online" then 1 else 3',
    )
    expect(movedRow(draft, 0, 1).nos).toEqual([1, 0])
    expect(movedRow(draft, 1, 1)).toEqual(draft)
    const turned = movedColumn(draft, 0, 1)
    expect(turned.inputs).toEqual(['days:born', 'channel'])
    expect(textOf(turned)).toBe(textOf(draft))
    expect(movedColumn(turned, 0, -1)).toEqual(turned)
    expect(textOf(withoutRow(draft, 0))).toBe('if days between(born, today()) > 60 then 2 else 3')
  })

  test('a new row stands where it is wanted, with a number of its own', () => {
    const draft = withRow(drafted('if channel = "online" then 1 else 3'), 0)
    expect(draft.nos).toEqual([1, 0])
    expect(draft.rules[0]).toEqual({ when: [null], gives: null })
  })

  test('a row that is not there is not written', () => {
    expect(withCell(first, 5, 0, null)).toBe(first)
    expect(withGives(first, 5, 1)).toBe(first)
  })
})

describe('columns', () => {
  test('are questions and the figures made from them, by their kind', () => {
    expect(columnOf('channel').kind).toBe('choice')
    expect(columnOf('days:born')).toMatchObject({ kind: 'number', isFigure: true })
    expect(columnOf('born').kind).toBe('presence')
    expect(columnOf('name').kind).toBe('text')
  })

  test('a question that the form does not have keeps its name', () => {
    const text =
      'if gone > 3 then 1 else if home.communeCode = "S9001" then 2 else if is defined(other) then 3 else 4'
    expect(columnsIn(drafted(text), fields, t)).toMatchObject([
      { input: 'gone', label: 'gone', kind: 'number' },
      { input: 'home.communeCode', label: 'xã trong câu “Nơi cư trú”', kind: 'text' },
      { input: 'other', kind: 'presence' },
    ])
  })
})

describe('cells', () => {
  const days = columnOf('days:born')
  test.each(['any', 'equal', ...ranges] as const)('“%s” of a figure is chosen and seen again', (how) => {
    expect(howOf(cellBy(how, null, days))).toBe(how)
    expect(howsFor(days, 'any')).toContain(how)
  })

  test.each(['filled', 'empty', 'none-of', 'one-of'] as const)('“%s” of a choice is seen again', (how) => {
    expect(howOf(cellBy(how, null, columnOf('channel')))).toBe(how)
  })

  test('figures made from answers are never listed, but what is written is shown', () => {
    expect(howsFor(days, 'any')).not.toContain('one-of')
    expect(howsFor(days, 'filled')).toContain('filled')
  })

  test('values are carried over to another comparison', () => {
    const from: Cell = { is: 'range', from: { value: 60, included: true }, to: null }
    expect(cellBy('less', from, days)).toEqual({
      is: 'range',
      from: null,
      to: { value: 60, included: false },
    })
    expect(cellBy('equal', from, days)).toEqual({ is: 'in', values: [60] })
    expect(cellBy('between', { is: 'in', values: [7] }, days)).toMatchObject({
      from: { value: 7 },
      to: { value: 7 },
    })
    expect(cellBy('one-of', { is: 'in', values: ['online'] }, columnOf('channel'))).toEqual({
      ...{ is: 'in', values: ['online'] },
    })
  })

  test('what is typed with commas is a list, and what is no figure is missing', () => {
    expect(listedIn('a, b ,,', { kind: 'text' })).toEqual(['a', 'b'])
    expect(listedIn('1, 2', { kind: 'number' })).toEqual([1, 2])
    expect(numberIn(' ')).toBeNaN()
  })
})

describe('what is said beside the table', () => {
  test('cells and results that are not filled in, also after it was saved so', () => {
    const draft = withCell(
      withColumn(drafted(''), 'days:born'),
      0,
      0,
      cellBy('more', null, columnOf('days:born')),
    )
    for (const each of [draft, drafted(textOf(draft) as string)])
      expect(unfinishedIn(each, { mayBeNothing: false })).toEqual([
        { row: 0, column: 0 },
        { row: 0, column: null },
      ])
    expect(unfinishedIn(draft, { mayBeNothing: true })).toHaveLength(1)
  })

  test('gaps only where nothing stands in', () => {
    const draft = drafted('if channel = "online" then 1 else null')
    expect(problemsIn(draft, fields, { standsIn: false })).toMatchObject([{ kind: 'gap' }])
    expect(problemsIn(draft, fields, { standsIn: true })).toEqual([])
    expect(problemsIn(withGives(draft, null, 2), fields, { standsIn: false })).toEqual([])
  })
})

test('results may be communes of addresses, numbers of papers, or answers of some types', () => {
  expect(answersFor('place', fields)).toEqual([
    { value: 'home.communeCode', label: 'xã trong câu “Nơi cư trú”' },
  ])
  expect(answersFor('answer', fields, ['identity-paper', 'name']).map(({ value }) => value)).toEqual([
    'paper.number',
    'name',
  ])
  expect(answersFor('money', fields)).toEqual([])
})

type Act = (draft: Draft) => Draft
const place = fc.nat({ max: 4 })
const by = fc.constantFrom(-1 as const, 1 as const)
const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom('channel', 'days:born', 'name').map(
    (input): Act =>
      (draft) =>
        withColumn(draft, input),
  ),
  place.map(
    (column): Act =>
      (draft) =>
        column < draft.inputs.length ? withoutColumn(draft, column) : draft,
  ),
  place.map(
    (row): Act =>
      (draft) =>
        draft.inputs.length > 0 ? withRow(draft, Math.min(row, draft.rules.length)) : draft,
  ),
  place.map(
    (row): Act =>
      (draft) =>
        withoutRow(draft, row),
  ),
  fc.tuple(place, by).map(
    ([row, step]): Act =>
      (draft) =>
        movedRow(draft, row, step),
  ),
  fc.tuple(place, by).map(
    ([column, step]): Act =>
      (draft) =>
        movedColumn(draft, column, step),
  ),
  fc.tuple(place, fc.nat({ max: 9 })).map(
    ([row, gives]): Act =>
      (draft) =>
        withGives(draft, row, gives),
  ),
  fc.tuple(place, place, fc.constantFrom('any', 'equal', 'less', 'between')).map(
    ([row, column, how]): Act =>
      (draft) => {
        const [input] = [draft.inputs[column]]
        if (input === undefined) return draft
        const isFigure = input === 'days:born'
        if (!isFigure && how !== 'any' && how !== 'equal') return draft
        return withCell(
          draft,
          row,
          column,
          cellBy(how as 'any', { is: 'in', values: [isFigure ? 3 : 'online'] }, columnOf(input)),
        )
      },
  ),
)

test('whatever is done to a table, its expression is the same table again', () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 25 }), (done) => {
      const draft = done.reduce((at, act) => act(at), drafted(''))
      expect(new Set(draft.nos).size).toBe(draft.rules.length)
      const text = textOf(draft)
      expect(textOf(drafted(text ?? ''))).toBe(text)
      for (const { when } of draft.rules) expect(when).toHaveLength(draft.inputs.length)
    }),
    { numRuns: 300 },
  )
})
