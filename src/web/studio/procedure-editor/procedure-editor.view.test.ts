import { messageKeys } from 'motcua/kernel/i18n'
import { ProcedureVersion } from 'motcua/modules/catalogue'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { formJson, procedureJsons, reference } from '../../../../test/builders/packages'
import { type FieldSpec, optionSets, sections } from './procedure-editor.spec'
import {
  answersOf,
  freshItem,
  idOf,
  inserted,
  linesOf,
  moved,
  problemAt,
  problemsIn,
  recordIn,
  titleOf,
  valueAt,
  withValue,
} from './procedure-editor.view'
import { problemsOf } from './source'

const draft = { name: 'A', cases: [{ code: '1', fees: [] }, { code: '2' }], more: { kept: true } }

describe('changing a draft', () => {
  test('puts a value in its place and keeps everything else', () => {
    expect(withValue(draft, ['cases', 1, 'code'], '3')).toEqual({
      ...draft,
      cases: [draft.cases[0], { code: '3' }],
    })
    expect(withValue(draft, ['more', 'fresh'], 1)).toEqual({ ...draft, more: { kept: true, fresh: 1 } })
    expect(withValue(draft, ['more', 'kept'], undefined)).toEqual({ ...draft, more: {} })
    expect(Object.keys(withValue(draft, ['name'], 'B') as object)).toEqual(Object.keys(draft))
  })

  test('never reaches inherited members', () => {
    expect(valueAt(draft, ['constructor', 'name'])).toBeUndefined()
    expect(valueAt(draft, ['__proto__'])).toBeUndefined()
  })

  test('moves an item by one place, and not beyond the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
    expect(inserted(['a', 'c'], 1, 'b')).toEqual(['a', 'b', 'c'])
  })

  test('gives new items keys that are free', () => {
    expect(freshItem({ code: '' }, 'cases', [{ code: '1.000001.02' }], '1.000001')).toEqual({
      code: '1.000001.03',
    })
    expect(freshItem({ key: '' }, 'components', [], '1.000001')).toEqual({ key: 'giay-1' })
  })

  test('names an item by the first of its titles that says something', () => {
    expect(titleOf({ name: { vi: ' ' }, code: 'x' }, ['name.vi', 'code'])).toBe('x')
    expect(titleOf({}, ['name'])).toBe('')
  })
})

test('a problem stands at its own place and is counted for those around it', () => {
  const problems = [{ path: ['cases', 0, 'fees', 1, 'amountVnd'], text: 'x' }]
  expect(problemAt(problems, ['cases', 0])).toBeUndefined()
  expect(problemsIn(problems, ['cases', 0])).toHaveLength(1)
  expect(problemsIn(problems, ['cases', 1])).toHaveLength(0)
  expect(idOf(problems[0]!.path)).toBe('f-cases-0-fees-1-amountVnd')
})

function* specsIn(
  fields: readonly FieldSpec[],
  at: string[],
): Generator<{ path: string[]; spec: FieldSpec }> {
  for (const spec of fields) {
    const path = [...at, spec.key]
    yield { path, spec }
    if ('fields' in spec) yield* specsIn(spec.fields, path)
  }
}
const all = sections.flatMap(({ fields }) => [...specsIn(fields, [])])

describe('the table of fields', () => {
  test('every field, hint and choice has its words in both languages', () => {
    for (const locale of ['vi', 'en'] as const) {
      const keys = new Set(messageKeys(locale))
      const has = (kind: string, path: string[]) =>
        path.some((_, from) => keys.has(`procedureEditor.${kind}.${path.slice(from).join('_')}`))
      for (const { path, spec } of all) {
        expect(has('field', path), path.join('.')).toBe(true)
        if (spec.hint) expect(has('hint', path), path.join('.')).toBe(true)
      }
      for (const [set, values] of Object.entries(optionSets))
        for (const value of values)
          expect(keys.has(`procedureEditor.option.${set}.${value}`), `${set} ${value}`).toBe(true)
      for (const { id } of sections) expect(keys.has(`procedureEditor.section.${id}`)).toBe(true)
    }
  })

  test('offers exactly the values that the schema knows', () => {
    const json = JSON.stringify(z.toJSONSchema(ProcedureVersion, { io: 'input', unrepresentable: 'any' }))
    const sorted = (values: readonly string[]) => JSON.stringify([...values].sort())
    const known = new Set(
      [...json.matchAll(/"enum":(\[[^\]]*\])/g)].map(([, list]) => sorted(JSON.parse(list!))),
    )
    for (const [set, values] of Object.entries(optionSets)) expect(known.has(sorted(values)), set).toBe(true)
  })

  test('what is new in a list lacks words only', () => {
    const lists = all.filter(({ spec }) => spec.is === 'list' || spec.is === 'object')
    for (const { spec } of lists) {
      if (!('fresh' in spec) || !('fields' in spec)) continue
      for (const { key } of spec.fields) expect(Object.keys(spec.fresh as object), spec.key).toContain(key)
    }
  })
})

describe('everything that a procedure says', () => {
  // Given by publication, by the province, or with the change itself.
  const notHere = [
    'version',
    'validFrom',
    'validTo',
    'announcement',
    'procedureCode',
    'formKey',
    'processKey',
  ]
  const names = all.map(({ path }) => path.join('.'))
  const isWhole = (path: string) =>
    all.some(({ path: own, spec }) => own.join('.') === path && !('fields' in spec))

  function* said(value: unknown, at: string): Generator<string> {
    if (isWhole(at)) return
    if (Array.isArray(value)) for (const each of value) yield* said(each, at)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) {
        const path = at === '' ? key : `${at}.${key}`
        if (key === 'override' || notHere.includes(path)) continue
        // One limit a channel.
        yield* path.endsWith('channelLimits') ? [path] : [path, ...said(each, path)]
      }
    }
  }

  test.each(procedureJsons.map((json) => [json.procedureCode, json] as const))('%s is offered', (_, json) => {
    const paths = new Set(said(ProcedureVersion.parse(json), ''))
    expect([...paths].filter((path) => !names.includes(path))).toEqual([])
  })
})

test('names and what is said of each are lines, and lines are them', () => {
  const record = { 'child.fullName': 'answers.child.fullName', kind: 'if a = 1 then "x" else "y"' }
  expect(recordIn(linesOf(record))).toEqual(record)
  expect(recordIn('a\n = b\n__proto__ = c\n\n')).toEqual({ a: '' })
  expect(linesOf(null)).toBe('')
})

describe('problems in words', () => {
  const group = reference('packages/linked-business/procedure')
  test.each<[(string | number)[], unknown, RegExp]>([
    [['linked', 'branches', 1, 'after'], ['strange'], /không có trong nhóm/],
    [['linked', 'branches', 0, 'after'], ['tax'], /không chờ/],
    [['linked', 'branches', 0, 'lead'], false, /lo cho cả nhóm/],
    [['linked', 'branches', 1, 'answers', 'a.b'], 'if (', /Điều kiện/],
    [['statusAuthority'], [{ stage: 'intake', system: 'X Y', source: '' }], /dạng/],
    [['counts', 'copies'], 3, /Chưa điền/],
    [['doubts'], [{ field: '', confidence: 'U', note: 'x' }], /Chưa điền/],
    [['cases', 0, 'limit', 'addition'], { days: 0, reason: 'x', communes: ['S9001'] }, /quá nhỏ/],
    [['cases', 0, 'fees', 0, 'amountRule'], 'if a', /Điều kiện/],
    [['routing', 0, 'kind'], 'ministry', /Chưa điền/],
  ])('%j as %j is said at its place', (path, value, words) => {
    const problems = problemsOf(withValue(group, path, value), 'vi')
    expect(problems.map(({ text }) => text).join(' ')).toMatch(words)
  })

  const procedure = reference('packages/marriage-registration/procedure')

  test('a shipped procedure has none', () => {
    expect(problemsOf(procedure, 'vi')).toEqual([])
  })

  test.each<[(string | number)[], unknown, RegExp]>([
    [['name'], '', /Chưa điền/],
    [['cases', 0, 'limit', 'amount'], 'ba', /Chưa điền/],
    [['cases', 0, 'when'], 'a >', /Điều kiện/],
    [['components', 0, 'key'], 'Giấy tờ', /dạng/],
    [['receivingKinds'], [], /ít nhất một/],
    [['level'], 'full', /toàn trình/],
    [['parties'], 'one', /người thứ hai/],
  ])('%j as %j is said at its place', (path, value, words) => {
    const problems = problemsOf(withValue(procedure, path, value), 'vi')
    const near = problems.find(({ text }) => words.test(text))
    expect(near, JSON.stringify(problems)).toBeDefined()
  })

  test('a draft that is nothing yet is no breakdown', () => {
    expect(problemsOf({}, 'vi').length).toBeGreaterThan(10)
  })
})

test('conditions may read the questions of the form, the rows of lists, the channel and what officers record', () => {
  const fields = answersOf(formJson('temporary-residence'), (key) => key, 'vi')
  const paths = fields.map(({ path }) => path)
  expect(paths).toContain('channel')
  expect(paths).toContain('feeExemption')
  expect(fields.find(({ path }) => path === 'members')?.type).toBe('list')
  expect(answersOf({ pages: 'x' }, (key) => key, 'vi').length).toBe(5)
})
