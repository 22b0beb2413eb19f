import { feelOf, sentenceOf, type Test } from 'motcua/kernel/feel/index'
import { messages } from 'motcua/kernel/i18n'
import { describe, expect, test } from 'vitest'
import {
  aboutAnother,
  againstFor,
  comparedBy,
  isUnfinished,
  opsFor,
  othersOf,
  sampleContext,
  strangePaths,
  subjectOf,
  subjectsOf,
  withAll,
  withTests,
} from './rule-editor.view'

const t = messages('vi')
const fields = [
  { path: 'relation', label: 'Quan hệ', type: 'enum', options: [{ value: 'self', label: 'Bản thân' }] },
  { path: 'child.dateOfBirth', label: 'Ngày sinh', type: 'date' },
  { path: 'deathOn', label: 'Ngày mất', type: 'date' },
  { path: 'members', label: 'Người cùng đi', type: 'list' },
  { path: 'insured', label: 'Có bảo hiểm', type: 'bool' },
]
const subjects = subjectsOf(fields, t)
const find = (key: string) => {
  const found = subjects.find((each) => each.key === key)
  if (!found) throw new Error(key)
  return found
}

test('dates and groups can be asked as figures too', () => {
  expect(subjects.map(({ key }) => key)).toEqual([
    ...fields.map(({ path }) => path),
    ...['years:child.dateOfBirth', 'months:child.dateOfBirth', 'days:child.dateOfBirth'],
    ...['years:deathOn', 'months:deathOn', 'days:deathOn'],
    'count:members',
  ])
  expect(find('days:deathOn').label).toBe('Số ngày từ “Ngày mất” đến nay')
})

test('a question that the form does not have stays in its sentence', () => {
  const strange: Test = { path: 'gone', of: 'years', op: 'more', value: 3 }
  expect(subjectOf(strange, subjects, t)).toMatchObject({ key: 'years:gone', kind: 'number' })
})

describe('comparisons', () => {
  test.each([
    ['relation', ['is', 'is-not', 'one-of', 'none-of', 'filled', 'empty']],
    ['days:deathOn', ['is', 'is-not', 'less', 'at-most', 'more', 'at-least']],
    ['members', ['filled', 'empty']],
    ['insured', ['is', 'filled', 'empty']],
  ])('fit the type of %s', (key, ops) => {
    expect(opsFor(find(key), ops[0] as Test['op'])).toEqual(ops)
  })

  test('the one in use is offered even when it fits badly', () => {
    expect(opsFor(find('members'), 'is')).toContain('is')
  })

  test('a date may be compared with today and with other dates, an option only with a value', () => {
    const born = find('child.dateOfBirth')
    expect(othersOf(born, subjects).map(({ path }) => path)).toEqual(['deathOn'])
    expect(againstFor(born, 'less', othersOf(born, subjects))).toEqual(['value', 'answer', 'today'])
    expect(againstFor(find('relation'), 'is', [])).toEqual(['value'])
  })
})

describe('changing a test', () => {
  test('another question keeps the comparison only where it makes sense', () => {
    const given: Test = { path: 'relation', op: 'one-of', value: ['self'] }
    expect(aboutAnother(given, find('insured'), fields[4])).toEqual({
      path: 'insured',
      op: 'is',
      value: true,
    })
    expect(aboutAnother(given, find('count:members'), fields[3])).toEqual({
      ...{ path: 'members', of: 'count', op: 'is', value: null },
    })
  })

  test('another comparison carries the value over', () => {
    const given: Test = { path: 'relation', op: 'is', value: 'self' }
    const listed = comparedBy(given, 'one-of', find('relation'), fields[0])
    expect(listed.value).toEqual(['self'])
    expect(comparedBy(listed, 'is-not', find('relation'), fields[0]).value).toBe('self')
    expect(comparedBy(listed, 'filled', find('relation'), fields[0]).value).toBe(null)
  })

  test('what is not filled in yet is said', () => {
    expect(isUnfinished({ path: 'deathOn', op: 'less', value: { date: '' } }, find('deathOn'))).toBe(true)
    expect(isUnfinished({ path: 'deathOn', of: 'days', op: 'less', value: null }, find('days:deathOn'))).toBe(
      true,
    )
    expect(isUnfinished({ path: 'deathOn', op: 'empty', value: null }, find('deathOn'))).toBe(false)
    expect(isUnfinished({ path: 'relation', op: 'one-of', value: [] }, find('relation'))).toBe(true)
  })
})

test('groups say the opposite of the sentence, and an emptied group is gone', () => {
  const sentence = sentenceOf('insured = true and (relation = "self" or relation = "other")')
  const whole = { all: true, tests: [], groups: [], ...sentence }
  expect(feelOf(withAll(whole, false))).toBe('insured = true or (relation = "self" and relation = "other")')
  expect(withTests(whole, 0, () => []).groups).toEqual([])
})

test('names that the form does not have are found', () => {
  expect(strangePaths(['child', 'child.dateOfBirth.year', 'mother.name'], fields)).toEqual(['mother.name'])
})

test('sample answers never reach outside', () => {
  const context = sampleContext({ 'child.sex': 'nam', '__proto__.polluted': true, 'a.constructor.b': 1 })
  expect(context.child).toEqual({ sex: 'nam' })
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  expect(Object.getPrototypeOf(context)).toBe(Object.prototype)
})
