import { expect, test } from 'vitest'
import { formJson } from '../../../test/builders/packages.ts'
import { accepted } from '../../kernel/errors.ts'
import {
  addField,
  addPage,
  addRule,
  changeField,
  type FieldPlace,
  type FormDraft,
  findField,
  moveField,
  placesOf,
  removeAt,
} from './edit-form.ts'
import { mergeForms } from './merge-forms.ts'

const { version, validFrom, validTo, ...base } = formJson('birth-registration')
const text = (vi: string) => ({ vi, en: vi })
const at = (draft: FormDraft, key: string) =>
  [...placesOf(draft)].find(({ field }) => field === key) as FieldPlace
const sex = at(base, 'child.sex')
const relabelled = (draft: FormDraft, key: string, vi: string) =>
  accepted(changeField(draft, at(draft, key), { label: text(vi) }))

test('nothing changed gives the same form', () => {
  expect(mergeForms({ base, mine: base, theirs: base })).toEqual({ merged: base, clashes: [] })
})

test('what only one of the two touched is taken over from both', () => {
  const mine = accepted(
    addField(
      relabelled(base, 'child.sex', 'A'),
      sex,
      { key: 'child.x', label: text('x'), type: 'text' },
      'child.sex',
    ),
  )
  const theirs = accepted(
    removeAt(relabelled(base, 'child.fullName', 'B'), at(base, 'child.ethnicGroup'), { anyway: true }),
  )
  const { merged, clashes } = mergeForms({ base, mine, theirs })
  expect(clashes).toEqual([])
  expect(findField(merged, sex)?.label.vi).toBe('A')
  expect(findField(merged, at(merged, 'child.fullName'))?.label.vi).toBe('B')
  expect(at(merged, 'child.ethnicGroup')).toBeUndefined()
  const keys = [...placesOf(merged)].map(({ field }) => field)
  expect(keys.indexOf('child.x')).toBe(keys.indexOf('child.sex') + 1)
})

test('what both changed is a clash, mine unless chosen otherwise', () => {
  const forms = { base, mine: relabelled(base, 'child.sex', 'A'), theirs: relabelled(base, 'child.sex', 'B') }
  const { merged, clashes } = mergeForms(forms)
  expect(clashes).toMatchObject([
    { id: 'field:child.sex', is: 'field', mine: { label: { vi: 'A' } }, theirs: { label: { vi: 'B' } } },
  ])
  expect(merged).toEqual(forms.mine)
  expect(mergeForms(forms, { 'field:child.sex': 'theirs' }).merged).toEqual(forms.theirs)
})

test('one removes what the other changes: a clash, and a removed page comes back with what stays', () => {
  const mine = relabelled(base, 'child.sex', 'A')
  const theirs = accepted(removeAt(base, { page: sex.page }, { anyway: true }))
  const { merged, clashes } = mergeForms({ base, mine, theirs })
  expect(clashes).toMatchObject([{ id: 'field:child.sex', theirs: null }])
  expect(findField(merged, sex)?.label.vi).toBe('A')
  expect(mergeForms({ base, mine, theirs }, { 'field:child.sex': 'theirs' }).merged).toEqual(theirs)
})

test('moves of one, pages and rules of the other', () => {
  const mine = accepted(moveField(base, sex, { page: 'nguoi-di-khai', group: 'requester', index: 0 }))
  const rule = {
    key: 'r',
    when: 'true',
    message: text('r'),
    fields: ['child.sex'],
    severity: 'error' as const,
  }
  const page = { key: 'them', title: text('Thêm'), groups: [{ key: 'them', fields: [] }] }
  const theirs = accepted(addRule(accepted(addPage(base, page, 'nguoi-di-khai')), rule))
  const { merged, clashes } = mergeForms({ base, mine, theirs })
  expect(clashes).toEqual([])
  expect(at(merged, 'child.sex').page).toBe('nguoi-di-khai')
  expect(merged.pages[1]!.key).toBe('them')
  expect(merged.rules?.some(({ key }) => key === 'r')).toBe(true)
})
