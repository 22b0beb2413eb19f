import { expect, test } from 'vitest'
import { formJson } from '../../../test/builders/packages.ts'
import { accepted } from '../../kernel/errors.ts'
import { compileForm, validateAnswers } from './index.ts'

const form = accepted(compileForm(formJson('certified-copies')))
const most = 20

test('no more rows are worked out than may be given, however many are sent', () => {
  const { problems, evaluation } = validateAnswers(form, {
    originals: Array.from({ length: 50_000 }, () => ({})),
  })
  const rows = new Set(evaluation.pages.flatMap((page) => page.fields.map(({ row }) => row)))
  expect(rows.has(most)).toBe(true)
  expect(rows.has(most + 1)).toBe(false)
  expect(problems).toContainEqual({ field: 'originals', code: 'forms.rows-many', params: { max: most } })
  expect(problems.length).toBeLessThan(500)
})

test('names that are no questions are refused without listing each of a hundred thousand', () => {
  const strange = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, 1]))
  const inRow = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`c${i}`, 1]))
  for (const answers of [strange, { originals: [inRow] }]) {
    const unknown = validateAnswers(form, answers).problems.filter(
      ({ code }) => code === 'forms.unknown-field',
    )
    expect(unknown.length).toBeGreaterThan(0)
    expect(unknown.length).toBeLessThanOrEqual(most)
  }
})

test('names of the language itself are no questions', () => {
  const answers = JSON.parse(
    '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
  )
  const { problems, answers: kept } = validateAnswers(form, answers)
  expect(problems.filter(({ code }) => code === 'forms.unknown-field')).toHaveLength(2)
  expect(kept).toEqual({})
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})
