import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { accepted } from '../../src/kernel/errors.ts'
import { compileForm, evaluateForm, validateAnswers } from '../../src/modules/forms/index.ts'
import { caseOf, type RandomCase, randomCase } from '../builders/a-random-form.ts'
import { formJson, formKeys } from '../builders/packages.ts'
import { theBrowser } from './browser.ts'

// The script that people's browsers load, from the running server, under its content security policy.
const script = '/enhance/form.js'

const browser = await theBrowser()
let page: Page
const broken: string[] = []

beforeAll(async () => {
  page = await browser.newPage()
  page.on('console', (message) => message.type() === 'error' && broken.push(message.text()))
  page.on('pageerror', (error) => broken.push(String(error)))
  await page.goto(inject('journeyServer').baseUrl)
})

type Door = { evaluateForm: typeof evaluateForm; validateAnswers: typeof validateAnswers }

/** Everything that is said of a case, as text: equal texts are equal to the letter. Runs on both sides. */
function judge({ evaluateForm, validateAnswers }: Door, { compiled, answers, context }: RandomCase): string {
  const { pages, problems, warnings, computed } = evaluateForm(compiled, answers, context)
  const states = pages.map(({ key, visible, fields, lists }) => ({
    key,
    visible,
    lists: lists.map(({ group, shown }) => [group.key, shown]),
    fields: fields.map((state) => [state.path, state.visible, state.required, state.value, state.closed]),
  }))
  const whole = validateAnswers(compiled, answers, context)
  const draft = validateAnswers(compiled, answers, { ...context, partial: true, pageKey: pages[0]!.key })
  const said = [whole.problems, whole.warnings, whole.answers, draft.problems]
  return JSON.stringify({ states, problems, warnings, computed, said })
}

async function expectAlike(cases: RandomCase[]): Promise<void> {
  const here = cases.map((each) => judge({ evaluateForm, validateAnswers }, each))
  // As text: an expression that the browser is told runs under any policy, a function made in the page does not.
  const there = await page.evaluate(`(async () => {
    const door = await import(${JSON.stringify(script)})
    return ${JSON.stringify(cases)}.map((each) => (${judge})(door, each))
  })()`)
  expect(there).toEqual(here)
}

describe('server and browser judge a form alike', () => {
  test('random forms with random answers', async () => {
    const cases = fc.asyncProperty(fc.array(randomCase, { minLength: 1, maxLength: 20 }), expectAlike)
    await fc.assert(cases, { numRuns: 30 })
  })

  test('the forms that are shipped, with random answers', async () => {
    const shipped = formKeys.map((key) => accepted(compileForm(formJson(key))))
    const cases = fc.asyncProperty(fc.tuple(...shipped.map(caseOf)), expectAlike)
    await fc.assert(cases, { numRuns: 3 })
  })

  test('and nothing of it breaks the policy of the page', () => {
    expect(broken).toEqual([])
  })
})
