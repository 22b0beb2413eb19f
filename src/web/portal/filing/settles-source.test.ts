import { openDatabase } from 'motcua/kernel/db'
import { isRefusal } from 'motcua/kernel/errors'
import { listAuthorities } from 'motcua/modules/directory'
import { loadRules } from 'motcua/modules/dossiers'
import { afterAll, expect, test } from 'vitest'
import { theCitizenOf } from '../../../../test/builders/a-filing.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import type { Filing } from './filing-source'
import { settlesView, withRuled } from './settles-source'

const today = '2026-11-20'
const { url } = await testDatabase({ reference: true })
const db = openDatabase(url, { role: 'motcua_app', max: 2 })
afterAll(() => db.close())

/** As much of a filing as the rule of competence reads. */
async function filingOf(code: string, answers: Record<string, unknown>, receiving?: string) {
  const rules = await loadRules(db, code, new Date(`${today}T03:00:00Z`))
  if (isRefusal(rules)) throw new Error(rules.code)
  const agencies = await listAuthorities(db, { kinds: [rules.version.executing.kind], on: today })
  return {
    page: { app: { db, registers: [] }, locale: 'en' },
    person: theCitizenOf('driver-licence'),
    rules,
    form: rules.form.compiled,
    answers,
    agencies,
    receiving,
    today,
  } as unknown as Filing
}

test.each([
  ['the police of the province', '3.000347', {}, 'H99.10'],
  ['the land registry', '1.115668', { 'plot.address': { communeCode: 'S9002' } }, 'H99.05.01'],
  [
    'the one department with a unit for it',
    '2.000591',
    { 'business.address': { communeCode: 'S9001' } },
    'H99.05',
  ],
])('nobody is asked to choose %s', async (_, code, answers, competent) => {
  const filing = await withRuled(await filingOf(code, answers))
  expect(filing.receiving).toBe(competent)
  expect(await settlesView(filing)).toMatchObject({ why: expect.any(String), warning: null })
})

test('what the person chose stays, and without a place nobody is guessed', async () => {
  expect((await withRuled(await filingOf('3.000347', {}, 'H99.10.01'))).receiving).toBe('H99.10.01')
  expect((await withRuled(await filingOf('1.115668', {}))).receiving).toBeUndefined()
})
