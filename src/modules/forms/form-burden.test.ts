import { describe, expect, test } from 'vitest'
import { formJson, formKeys, packagedText, reference } from '../../../test/builders/packages.ts'
import { accepted } from '../../kernel/errors.ts'
import {
  type CountedPaper,
  compareBurden,
  compileForm,
  type FormDefinition,
  fieldTypes,
  figuresOf,
  formBurden,
  secondsFor,
} from './index.ts'

const definitionOf = (key: string): FormDefinition => accepted(compileForm(formJson(key))).definition
const papersOf = (key: string): CountedPaper[] => JSON.parse(packagedText(`${key}/procedure.json`)).components
const { cases } = reference('demonstration/base-cases') as {
  cases: { formKey: string; typed: Record<string, unknown>; expected: Record<string, number> }[]
}

describe.each(cases.filter(({ formKey }) => formKey !== 'certified-copies'))(
  'the burden of $formKey',
  ({ formKey, typed, expected }) => {
    test('counts as its base case does, from the definition alone', () => {
      const rows = Object.fromEntries(
        Object.entries(typed).flatMap(([key, value]) => (Array.isArray(value) ? [[key, value.length]] : [])),
      )
      const found = formBurden(definitionOf(formKey), papersOf(formKey), rows)
      const { known: K, prefilled: P, dropped: D, asked: A, onlineOnly: N } = found
      expect({ K, P, D, A, N }).toEqual(expected)
      expect(found.asks).toBe(A + N)
    })

    test('is summed up in figures that make up the paper form', () => {
      const found = formBurden(definitionOf(formKey), papersOf(formKey))
      const { always, filled, sometimes, onlineOnly } = figuresOf(found)
      expect(always + filled + found.dropped).toBe(found.paper)
      expect([always + onlineOnly, sometimes]).toEqual([found.asks, found.conditional])
    })

    test('asks at least a fifth less than the paper', () => {
      const { fewer, paper } = formBurden(definitionOf(formKey), papersOf(formKey))
      if (paper > 0) expect(fewer).toBeGreaterThanOrEqual(0.2)
    })
  },
)

test('the birth form is five questions and no paper, in some minutes', () => {
  expect(formBurden(definitionOf('birth-registration'), papersOf('birth-registration'))).toMatchObject({
    paper: 33,
    asks: 5,
    papersReused: 4,
    fewer: 28 / 33,
  })
})

test('every shipped form has a burden', () => {
  for (const key of formKeys) expect(formBurden(definitionOf(key), []).minutes).toBeGreaterThan(0)
})

test('every type takes some time, but what is worked out takes none', () => {
  for (const type of fieldTypes) expect(secondsFor[type] > 0, type).toBe(type !== 'computed')
})

describe('papers of the base case', () => {
  const paper = (more: object) => ({
    ...{ mode: 'submit' as const, required: true, condition: null, replacedBy: null, group: null },
    ...{ declaration: false },
    ...more,
  })
  const counts = (...papers: object[]) => {
    const { papersAsked, papersReused } = formBurden({ pages: [] }, papers.map(paper))
    return [papersAsked, papersReused]
  }
  test.each([
    ['the declaration is no paper', [{ declaration: true }], [0, 0]],
    ['what is submitted or shown is asked', [{}, { mode: 'show' }], [2, 0]],
    ['what a register stands for is reused', [{ replacedBy: 'HEALTH' }, { mode: 'lookup' }], [0, 2]],
    [
      'notes, options and conditions lie outside',
      [{ mode: 'note' }, { required: false }, { condition: 'a' }],
      [0, 0],
    ],
    ['one of a group is enough', [{ group: 'a' }, { group: 'a' }, { group: 'a', replacedBy: 'CIV' }], [0, 1]],
  ])('%s', (_, papers, expected) => {
    expect(counts(...papers)).toEqual(expected)
  })
})

describe('compared with the version before', () => {
  const before = { definition: definitionOf('birth-registration'), papers: papersOf('birth-registration') }
  const changed = structuredClone(before)
  const group = changed.definition.pages[1]?.groups[0] as { fields: object[] }
  group.fields.push({ key: 'child.weight', label: { vi: 'Cân nặng', en: 'Weight' }, type: 'int', count: 'N' })

  test('one more question is one more, with its name', () => {
    const { more, changes } = compareBurden(before, changed)
    expect(more).toMatchObject({ asks: 1, papers: 0 })
    expect(changes).toEqual([
      { key: 'child.weight', label: { vi: 'Cân nặng', en: 'Weight' }, before: null, after: 'N' },
    ])
    expect(compareBurden(changed, before).more?.asks).toBe(-1)
  })

  test('the same is no change, and a first version has nothing before it', () => {
    expect(compareBurden(before, before)).toMatchObject({ changes: [], more: { asks: 0, minutes: 0 } })
    expect(compareBurden(null, before)).toMatchObject({ before: null, more: null, changes: [] })
  })
})
