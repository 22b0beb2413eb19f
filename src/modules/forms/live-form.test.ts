import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseOf, randomCase } from '../../../test/builders/a-random-form.ts'
import { formJson, formKeys } from '../../../test/builders/packages.ts'
import { accepted } from '../../kernel/errors.ts'
import { type CompiledForm, compileForm } from './compile-form.ts'
import { evaluateForm } from './evaluate-form.ts'
import { liveForm } from './live-form.ts'

const shipped = formKeys.map((key) => accepted(compileForm(formJson(key))))

/** What a page says of itself, from the whole form or from what is sent to the browser. */
function saidOf(compiled: CompiledForm, pageKey: string, answers: object, context: object) {
  const { pages, problems } = evaluateForm(compiled, answers as never, context)
  const here = pages.find(({ key }) => key === pageKey)
  const keys = new Set(here?.fields.map(({ path }) => path))
  return {
    pages: pages.map(({ key, visible }) => [key, visible]),
    lists: here?.lists.map(({ group, shown }) => [group.key, shown]),
    fields: here?.fields.map(({ path, visible, required, value, closed }) => ({
      ...{ path, visible, required, value, closed },
    })),
    problems: problems.flatMap(({ field, code }) => (keys.has(field) ? [[field, code]] : [])),
  }
}

test('what is cut away changes nothing that a page says: random forms', () => {
  fc.assert(
    fc.property(randomCase, ({ compiled, answers, context }) => {
      for (const { key } of compiled.definition.pages) {
        const live = liveForm(compiled, [key], { answers, locale: 'vi', ...context })
        const sent = JSON.parse(JSON.stringify(live)) as typeof live
        const cut = saidOf(sent.compiled, key, sent.answers, sent.context)
        expect(cut).toEqual(JSON.parse(JSON.stringify(saidOf(compiled, key, answers, context))))
      }
    }),
    { numRuns: 200 },
  )
})

test.each(shipped.map((compiled) => [compiled.definition.key, compiled] as const))(
  'and of %s',
  (_, compiled) => {
    fc.assert(
      fc.property(caseOf(compiled), ({ answers, context }) => {
        for (const { key } of compiled.definition.pages) {
          const live = liveForm(compiled, [key], { answers, locale: 'vi', ...context })
          const cut = saidOf(live.compiled, key, live.answers, live.context)
          expect(JSON.stringify(cut)).toBe(JSON.stringify(saidOf(compiled, key, answers, context)))
        }
      }),
      { numRuns: 5 },
    )
  },
)

test('a page carries neither answers that it never reads nor where values come from', () => {
  const compiled = accepted(compileForm(formJson('household-business')))
  const answers = { 'capital.amountVnd': 5, 'owner.fullName': 'NGUYỄN VĂN A' }
  const live = liveForm(compiled, ['von'], { answers, locale: 'vi', today: '2026-11-22' })
  expect(live.answers).toEqual({ 'capital.amountVnd': 5 })
  expect(JSON.stringify(live)).not.toContain('sources":["')
})

test('a page carries the texts of its own language only', () => {
  const compiled = accepted(compileForm(formJson('birth-registration')))
  const live = JSON.stringify(liveForm(compiled, ['em-be'], { answers: {}, locale: 'en' }))
  expect(live).toContain('Date of birth of the child')
  expect(live).not.toContain('Ngày sinh')
})
