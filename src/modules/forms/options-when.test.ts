import { describe, expect, test } from 'vitest'
import { accepted } from '../../kernel/errors.ts'
import { compileForm } from './compile-form.ts'
import { evaluateForm } from './evaluate-form.ts'
import { formPageView } from './form-page-view.ts'
import { jsonSchemaOf } from './json-schema.ts'
import { validateAnswers } from './validate-answers.ts'

const both = (text: string) => ({ vi: text, en: text })
const option = (value: string, when?: string) => ({ value, label: both(value), ...(when && { when }) })
const choice = (key: string, options: object[], more = {}) => ({
  ...{ key, type: 'enum', label: both(key), required: true, options },
  ...more,
})

const compiled = accepted(
  compileForm({
    ...{ key: 'choices', version: 1, procedureCode: '1.001193', title: both('Mẫu'), validFrom: '2026-07-01' },
    ...{ legalForm: { name: null, setBy: 'Mẫu' }, assurance: { vi: '', en: '', version: 1 } },
    pages: [
      {
        key: 'p',
        title: both('P'),
        groups: [
          {
            key: 'g',
            fields: [
              { key: 'age', type: 'int', label: both('Tuổi'), required: true },
              choice('paper', [option('birth', 'age < 14'), option('card', 'age >= 14'), option('passport')]),
            ],
          },
          {
            key: 'members',
            repeat: { min: 0, max: 3 },
            fields: [
              { key: 'years', type: 'int', label: both('Tuổi') },
              choice('role', [option('child', 'years < age'), option('other')], { required: false }),
            ],
          },
        ],
      },
    ],
  } as never),
)

const codesOf = (answers: object) =>
  validateAnswers(compiled, answers as never).problems.map(({ field, code }) => [field, code])

const closedIn = (answers: object) =>
  Object.fromEntries(
    evaluateForm(compiled, answers as never).pages.flatMap(({ fields }) =>
      fields.flatMap(({ path, closed }) => (closed ? [[path, closed]] : [])),
    ),
  )

describe('a choice that is offered under a condition', () => {
  test('is closed unless the condition holds, in rows by the row', () => {
    expect(closedIn({ age: 10 })).toEqual({ paper: ['card'] })
    expect(closedIn({ age: 20, members: [{ years: 3 }, { years: 30 }] })).toEqual({
      paper: ['birth'],
      'members[1].role': ['child'],
    })
    expect(closedIn({})).toEqual({ paper: ['birth', 'card'] })
  })

  test('is refused by name when it was chosen all the same, and is no answer then', () => {
    expect(codesOf({ age: 20, paper: 'birth' })).toEqual([['paper', 'forms.choice-closed']])
    expect(validateAnswers(compiled, { age: 20, paper: 'birth' }).answers).toEqual({ age: 20 })
    expect(codesOf({ age: 20, paper: 'card' })).toEqual([])
    expect(codesOf({ age: '13', paper: 'birth' })).toEqual([])
    expect(codesOf({ age: 20, paper: 'passport', members: [{ years: 30, role: 'child' }] })).toEqual([
      ['members[0].role', 'forms.choice-closed'],
    ])
  })

  test('is not drawn, or drawn closed where a script may open it; what was chosen stays to be seen', () => {
    const drawn = (answers: object, live: boolean) =>
      formPageView(compiled, 'p', { answers: answers as never, origins: {}, locale: 'vi', live })
        .groups[0]?.fields.find(({ key }) => key === 'paper')
        ?.inputs[0]?.options?.map(({ value, closed }) => (closed ? `(${value})` : value))
    expect(drawn({ age: 10 }, false)).toEqual(['birth', 'passport'])
    expect(drawn({ age: 10 }, true)).toEqual(['birth', '(card)', 'passport'])
    expect(drawn({ age: 20, paper: 'birth' }, true)).toEqual(['birth', 'card', 'passport'])
  })

  test('stands in the JSON Schema, which says so', () => {
    const { properties } = jsonSchemaOf(compiled) as { properties: Record<string, object> }
    expect(properties.paper).toMatchObject({
      enum: ['birth', 'card', 'passport'],
      $comment: 'Offered under a condition: birth, card',
    })
  })
})
