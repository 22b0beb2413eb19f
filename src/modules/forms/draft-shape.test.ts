import { expect, test } from 'vitest'
import { formJson, formKeys } from '../../../test/builders/packages.ts'
import { isDraft, readDraft, readDraftText } from './draft-shape.ts'

test.each(formKeys)('%s is a form', (key) => {
  expect(isDraft(readDraft(formJson(key)))).toBe(true)
})

const without = (path: (string | number)[], value?: unknown) => {
  const copy = structuredClone(formJson('birth-registration'))
  const last = path.at(-1)!
  const parent = path.slice(0, -1).reduce((of, name) => of[name], copy)
  parent[last] = value
  return copy
}

test.each([
  [null, '.'],
  [[], '.'],
  ['text', '.'],
  [{}, 'title'],
  [without(['title'], { vi: 1 }), 'title'],
  [without(['pages'], []), 'pages'],
  [without(['pages', 1], null), 'pages.1'],
  [without(['pages', 1, 'groups'], 'x'), 'pages.1.groups'],
  [without(['pages', 1, 'groups', 0, 'fields', 2], {}), 'pages.1.groups.0.fields.2'],
  [without(['pages', 1, 'groups', 0, 'fields', 2, 'label'], 'x'), 'pages.1.groups.0.fields.2.label'],
  [without(['pages', 1, 'groups', 0, 'fields', 2, 'options'], [null]), 'pages.1.groups.0.fields.2.options'],
  [without(['pages', 1, 'groups', 0, 'fields', 2, 'sources'], [3]), 'pages.1.groups.0.fields.2.sources'],
  [without(['rules', 0, 'fields'], 'child'), 'rules.0'],
])('what is no form says where (%#)', (value, at) => {
  expect(readDraft(value)).toEqual({ at })
})

test('a text that is no JSON says the line', () => {
  expect(readDraftText('{\n"a": 1\n"b": 2}')).toEqual({ line: 3 })
  expect(readDraftText('')).toEqual({ line: 1 })
  expect(readDraftText('{\n"title": 3}')).toEqual({ at: 'title' })
})
