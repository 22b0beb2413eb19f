import { findMessage, messages } from 'motcua/kernel/i18n'
import { fieldKinds, fieldTypes } from 'motcua/modules/forms'
import { type FormDraft, placesOf, usesOf } from 'motcua/modules/forms/editing'
import { expect, test } from 'vitest'
import { formJson, formKeys } from '../../../../test/builders/packages.ts'
import { partsOfType, readyField, readyKey, readyQuestions, registerFacts, typeGroups } from './dictionary'
import {
  clashLines,
  factName,
  nameOf,
  optionValue,
  outlineOf,
  problemPlace,
  ruleFields,
  shapeText,
  sourceName,
  textProblem,
  usageText,
  whereText,
} from './form-builder.view'

const t = messages('vi')
const words = { vi: t, en: messages('en') }
const birth: FormDraft = formJson('birth-registration')
const copies: FormDraft = formJson('certified-copies')
const outline = (draft: FormDraft, more: Partial<Parameters<typeof outlineOf>[1]> = {}) =>
  outlineOf(draft, { problems: [], closed: new Set(), t, locale: 'vi', ...more })

test.each(formKeys)('the outline of %s has every page, group and question once, in order', (key) => {
  const draft: FormDraft = formJson(key)
  const lines = outline(draft)
  const places = lines.filter(({ is }) => ['page', 'group', 'field'].includes(is))
  expect(places.length).toBe([...placesOf(draft)].length)
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
  for (const { no, of } of places) expect(no).toBeLessThanOrEqual(of)
})

test('closed pages keep their questions to themselves, and problems stand at their question', () => {
  const closed = new Set(['em-be'])
  const problems = [{ id: 'me/mother/mother.fullName', severity: 'error' as const, text: 'x' }]
  const lines = outline(birth, { closed, problems })
  expect(lines.some(({ id }) => id.startsWith('em-be/'))).toBe(false)
  expect(lines.find(({ id }) => id === 'em-be')).toMatchObject({ open: false, name: 'Em bé' })
  expect(lines.find(({ id }) => id === problems[0]!.id)).toMatchObject({ errors: 1, known: true })
})

test.each([
  ['pages.1', 'em-be'],
  ['pages.1.title.en', 'em-be'],
  ['pages.1.groups.0', 'em-be/child'],
  ['pages.1.groups.0.fields.0.label.en', 'em-be/child/child.fullName'],
  ['child.sex', 'em-be/child/child.sex'],
  ['child', 'em-be/child'],
  ['em-be', 'em-be'],
  ['rules.1', 'rule:motherAge'],
  ['motherAge', 'rule:motherAge'],
  ['nowhere', 'form'],
  ['pages.99.groups.1', 'form'],
  ['', 'form'],
])('a problem at “%s” leads to %s', (at, id) => {
  expect(problemPlace(birth, at)).toBe(id)
})

test('columns of lists are found by their whole path', () => {
  const list = [...placesOf(copies)].find(({ group, field }) => group === 'originals' && field)!
  expect(problemPlace(copies, `originals.${list.field}`)).toBe(`${list.page}/originals/${list.field}`)
})

test('where a moved question stands is said', () => {
  expect(whereText(birth, 'em-be/child/child.fullName', t, 'vi')).toContain('thứ 1 trên 8')
  expect(whereText(birth, 'em-be', t, 'vi')).toBe('Nay ở Cả mẫu khai, thứ 2 trên 6.')
})

test('conditions read the answers of the form, and in rows the columns of the list too', () => {
  const paths = ruleFields(birth, t, 'vi').map(({ path }) => path)
  expect(paths).toContain('requester.relation')
  expect(paths).toContain('mother.identityPaper.number')
  expect(paths).toContain('delivery.way')
  const list = [...placesOf(copies)].find(({ group, field }) => group === 'originals' && field)!
  expect(ruleFields(copies, t, 'vi', list).map(({ path }) => path)).toContain(list.field)
  expect(ruleFields(copies, t, 'vi').map(({ path }) => path)).not.toContain(list.field)
})

test('sources and uses are said in words', () => {
  expect(sourceName('POP.Me.DanToc', birth, t, 'vi')).toBe(
    'Dân tộc của mẹ (Cơ sở dữ liệu quốc gia về dân cư)',
  )
  expect(sourceName('ANS.requester.fullName', birth, t, 'vi')).toBe(
    'Câu trả lời “Họ, chữ đệm, tên của anh/chị”',
  )
  expect(sourceName('XYZ.La', birth, t, 'vi')).toBe('Mã nguồn XYZ.La')
  const place = [...placesOf(birth)].find(({ field }) => field === 'child.fullName')!
  expect(usesOf(birth, place).map((use) => usageText(birth, use, t, 'vi'))).toContain(
    'quy tắc “Tên dài hơn 25 chữ: nhiều giấy tờ không đủ chỗ. Anh/chị xem lại giúp.”',
  )
  expect(nameOf(birth, 'gone/x/y', t, 'vi')).toBe('(chưa có lời)')
})

test('every kind of answer stands in one part of the dictionary, with words', () => {
  const listed = typeGroups.flatMap(([, types]) => types)
  expect(listed.toSorted()).toEqual([...fieldTypes].toSorted())
})

test('the parts of composite answers are those of the forms, with words', () => {
  for (const type of fieldTypes) {
    expect([...(partsOfType[type] ?? [])], type).toEqual([...(fieldKinds[type].parts ?? [])])
    for (const part of partsOfType[type] ?? [])
      expect(findMessage('vi', `forms.${type}.${part}`), part).toBeTruthy()
  }
})

test('every fact and every ready-made question has words in both languages', () => {
  for (const [register, paths] of registerFacts)
    for (const path of paths)
      for (const locale of ['vi', 'en'] as const)
        expect(factName(register, path, words[locale], locale), `${register}.${path}`).toBeTruthy()
  const facts = new Set(
    registerFacts.flatMap(([register, paths]) => paths.map((path) => `${register}.${path}`)),
  )
  for (const ready of readyQuestions) {
    const field = readyField(ready, readyKey(ready), words)
    expect(field.label.en).not.toContain('formBuilder')
    for (const source of field.sources ?? []) expect(facts).toContain(source)
  }
})

test('values of options come from their words', () => {
  expect(optionValue('Người được ủy quyền', [])).toBe('nguoi-duoc-uy-quyen')
  expect(optionValue('Người', ['nguoi', 'nguoi-2'])).toBe('nguoi-3')
  expect(optionValue('???', [])).toBe('lua-chon')
})

test('two sides of one question differ member by member', () => {
  const lines = clashLines(
    { label: { vi: 'A', en: 'a' }, type: 'text' },
    { label: { vi: 'B', en: 'b' }, type: 'text', min: 3 },
    t,
    'vi',
  )
  expect(lines.map(({ name, mine, theirs }) => [name, mine, theirs])).toEqual([
    ['câu hỏi', 'A', 'B'],
    ['thiết lập khác', '–', '3'],
  ])
})

test.each([
  ['{', 'dòng 1'],
  ['[]', 'Chưa phải mẫu khai'],
  ['{"title": {"vi": "a", "en": "b"}}', '“key”'],
])('a typed text that is no form is explained: %s', (text, said) => {
  expect(textProblem(text, t)).toContain(said)
})

test.each([
  ['pages.0.groups.1.fields', 'Nhóm này chưa có câu hỏi'],
  ['pages.0.groups.1.groups.0.fields', 'Nhóm này chưa có câu hỏi'],
  ['pages.3.groups', 'Trang này chưa có nhóm'],
  ['rules.2.fields', 'Chưa chọn câu hỏi'],
])('what is not whole at %s is said in words', (at, said) => {
  expect(shapeText(at, t)).toContain(said)
})

test('missing words are told by the check of words, other paths as they are', () => {
  expect(shapeText('pages.0.title.en', t)).toBeNull()
  expect(shapeText('pages.0.groups.0.fields.0.type', t)).toBeUndefined()
})
