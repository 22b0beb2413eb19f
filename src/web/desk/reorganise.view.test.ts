import { expect, test } from 'vitest'
import { linesView, standingOf } from './reorganise.view'
import { formProblems, problemText, readReorganiseForm, requestOf } from './reorganise-form.view'

const facts = { parentCode: 'H99', authorityKind: 'commune' }

function posted(fields: Record<string, string>, from: string[] = []): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  for (const code of from) form.append('from', code)
  return form
}

const paper = {
  ...{
    number: '15/NQ',
    issuedOn: '2026-11-20',
    issuedBy: 'HĐND',
    title: 'Sắp xếp',
    effectiveOn: '2026-12-01',
  },
}

test('a merger into a new commune states the commune by its short name', () => {
  const fields = {
    ...paper,
    kind: 'merge',
    into: 'new',
    'code-0': 'H99.60',
    'shortName-0': 'Xã Mới',
    'commune-0': 'S9060',
  }
  expect(requestOf(readReorganiseForm(posted(fields, ['H99.13', 'H99.14'])), facts)).toMatchObject({
    ...paper,
    grants: 'end',
    lines: [
      {
        ...{ kind: 'merge', from: ['H99.13', 'H99.14'], into: 'H99.60' },
        authority: {
          ...{ code: 'H99.60', name: 'Ủy ban nhân dân xã Mới', shortName: 'Xã Mới', kind: 'commune' },
          commune: { code: 'S9060', name: 'Mới', fullName: 'Xã Mới', kind: 'Xã' },
        },
      },
    ],
  })
})

test('a merger into one that stands begins nothing', () => {
  const values = readReorganiseForm(posted({ kind: 'merge', into: 'H99.12' }, ['H99.13']))
  expect(requestOf(values, facts)).toMatchObject({ lines: [{ into: 'H99.12', authority: null }] })
})

test('a split states who takes which unit, which procedures and everything else', () => {
  const fields = {
    ...{
      kind: 'split',
      'code-1': 'H99.61',
      'shortName-1': 'Xã Một',
      'code-2': 'H99.62',
      'shortName-2': 'Xã Hai',
    },
    ...{ rest: '1', 'unit:justice': '2', 'unit:land': 'rest', 'procedures-2': '2.000815, 1.001193' },
  }
  const values = readReorganiseForm(posted(fields, ['H99.13']))
  expect(requestOf(values, facts)).toMatchObject({
    lines: [
      { kind: 'begin', authority: { code: 'H99.61' } },
      { kind: 'begin', authority: { code: 'H99.62' } },
      {
        ...{ kind: 'split', from: 'H99.13', into: ['H99.61', 'H99.62'], rest: 'H99.61' },
        rules: [{ to: 'H99.62', units: ['justice'], procedures: ['2.000815', '1.001193'] }],
      },
    ],
  })
  const smaller = readReorganiseForm(posted({ ...fields, rest: 'self' }, ['H99.13']))
  expect(requestOf(smaller, facts)).toMatchObject({
    lines: [{}, {}, { into: ['H99.13', 'H99.61', 'H99.62'], rest: 'H99.13' }],
  })
})

test('each problem leads to the field that mends it, and is said once', () => {
  const found = formProblems(
    [
      { line: 0, field: 'into', code: 'not-understood' },
      { line: 0, field: 'code', code: 'needed' },
      { line: 0, field: 'name', code: 'needed' },
      { line: 0, field: 'shortName', code: 'needed' },
      { line: null, field: 'effectiveOn', code: 'before-issue' },
    ],
    'merge',
    'vi',
  )
  expect(found.map(({ href }) => href)).toEqual(['#code-0', '#shortName-0', '#effectiveOn'])
})

test('roles and days in a problem are words', () => {
  const params = { code: 'H99.61', role: 'reception' }
  expect(problemText({ line: 0, field: 'officers', code: 'role-unheld', params }, 'vi')).toContain(
    'tiếp nhận',
  )
  const ended = { line: 0, field: 'from', code: 'ended-before', params: { code: 'H99.90', on: '2026-06-30' } }
  expect(problemText(ended, 'vi')).toContain('30/06/2026')
})

test('lines are sentences with names and codes, and a division without a main successor says so', () => {
  const { lines } = linesView(
    [
      { kind: 'end', authority: 'H99.13', successor: null },
      { kind: 'split', from: 'H99.14', into: ['H99.12', 'H99.13'], rules: [], rest: null },
    ],
    { 'H99.13': 'Xã Bến Gỗ', 'H99.14': 'Xã Mai Thượng' },
    'vi',
  )
  expect(lines[0]!.text).toBe('Kết thúc Xã Bến Gỗ (H99.13)')
  expect(lines[1]!.text).toBe('Tách Xã Mai Thượng (H99.14) thành H99.12 và Xã Bến Gỗ (H99.13)')
  expect(lines[1]!.notes[0]).toContain('không tự đoán')
})

test('an applied decision is done when its dossiers have followed', () => {
  expect(standingOf({ state: 'applied', followedAt: null })).toBe('moving')
  expect(standingOf({ state: 'applied', followedAt: '2026-12-01T00:00:00Z' })).toBe('applied')
})
