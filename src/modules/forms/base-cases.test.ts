import { describe, expect, test } from 'vitest'
import { formJson, reference } from '../../../test/builders/packages.ts'
import { accepted } from '../../kernel/errors.ts'
import {
  type Answers,
  accountFacts,
  burden,
  compileForm,
  dataRegisters,
  type Origins,
  prefill,
  registersFor,
  statedCounts,
  submittedAnswers,
  unavailable,
  validateAnswers,
} from './index.ts'

interface BaseCase {
  formKey: string
  personalId: string
  email?: string
  typed: Answers
  expected: Record<'K' | 'P' | 'D' | 'A' | 'N', number>
  asksAlone: number
  extraAlone?: number
}

/** One row of the counts of the legal forms, and where ours asks more. */
interface PaperForm extends Record<'K' | 'P' | 'D' | 'A' | 'N' | 'paper' | 'asksAlone', number> {
  form: string
  procedureCode: string
  beyond?: { N: number; why: string }
}

const { today, cases, paperForms } = reference('demonstration/base-cases') as {
  today: string
  cases: BaseCase[]
  paperForms: PaperForm[]
}
const citizens = reference('demonstration/registers').people
const accounts = reference('demonstration/accounts').citizens as {
  name: string
  personalId: string
  dateOfBirth: string
  phone: string
  email?: string
}[]

const formOf = (key: string) => accepted(compileForm(formJson(key)))
const accountOf = ({ personalId, email }: BaseCase) => {
  const known = accounts.find((account) => account.personalId === personalId)
  if (!known) throw new Error(`no account ${personalId}`)
  return accountFacts({ email, ...known, phone: `+84${known.phone.slice(1)}` })
}

/** Fills page after page as a person would: what a later source needs is typed before. */
async function file(base: BaseCase, answering: boolean, also: Answers = {}) {
  const compiled = formOf(base.formKey)
  const known = await registersFor(base.personalId, [dataRegisters(citizens)])
  const registers = answering
    ? known
    : Object.fromEntries(Object.keys(known).map((key) => [key, unavailable]))
  const account = accountOf(base)
  let state: { answers: Answers; origins: Origins } = prefill(compiled, { account, registers, today })
  const typed = { ...base.typed, ...also }
  for (const page of compiled.definition.pages) {
    const keys = page.groups.flatMap((group) => [group.key, ...group.fields.map((field) => field.key)])
    const mine = Object.fromEntries(
      Object.entries(typed).filter(([key]) => keys.includes(key) && state.origins[key]?.state !== 'given'),
    )
    state = prefill(compiled, { account, registers, today, ...state, answers: { ...state.answers, ...mine } })
  }
  return { compiled, ...state }
}

/** A form states a row once; the paper has a line for each, such as three periods of residence. */
const lettersOfFurtherRows = ({ formKey, typed }: BaseCase) =>
  formOf(formKey)
    .definition.pages.flatMap((page) => page.groups)
    .flatMap(({ key, repeat, fields }) => {
      const further = repeat ? (typed[key] as unknown[] | undefined)?.slice(1) : undefined
      return (further ?? []).flatMap(() =>
        fields.flatMap(({ count }) => (count && count !== 'C' ? [count] : [])),
      )
    })

describe.each(cases)('the base case of $formKey', (base) => {
  test('states the counts of the legal form', () => {
    const { C, ...stated } = statedCounts(formOf(base.formKey))
    for (const letter of lettersOfFurtherRows(base)) stated[letter] += 1
    if (base.formKey !== 'certified-copies') expect(stated).toEqual(base.expected)
    expect(C).toBeGreaterThanOrEqual(0)
  })

  test('is complete and asks only what nobody knows', async () => {
    const { compiled, answers, origins } = await file(base, true)
    expect(validateAnswers(compiled, answers, { today }).problems).toEqual([])
    const {
      known: K,
      prefilled: P,
      dropped: D,
      asked: A,
      onlineOnly: N,
    } = burden(compiled, answers, origins, { today })
    expect({ K, P, D, A, N }).toEqual(base.expected)
  })

  test('can be filed when every register is silent', async () => {
    const { compiled, answers } = await file(base, true)
    const typed = submittedAnswers(compiled, answers, { today })
    const alone = await file(base, false, typed)
    expect(validateAnswers(compiled, alone.answers, { today }).problems).toEqual([])
    expect(burden(compiled, alone.answers, alone.origins, { today }).asks).toBe(
      base.asksAlone + (base.extraAlone ?? 0),
    )
  })
})

test.each(paperForms)('$form ($procedureCode) is measured as the legal form counts', (row) => {
  const base = cases.find(({ formKey }) => formJson(formKey).procedureCode === row.procedureCode)!
  const more = row.beyond?.N ?? 0
  const { K, P, D, A, N } = base.expected
  expect({ K, P, D, A, N: N - more, asksAlone: base.asksAlone - more }).toEqual({
    K: row.K,
    P: row.P,
    D: row.D,
    A: row.A,
    N: row.N,
    asksAlone: row.asksAlone,
  })
  expect(K + P + D + A).toBe(row.paper)
})

test('the seventeen forms ask 114 of 390 questions when registers answer, and 229 when none does', () => {
  const sum = (of: (row: PaperForm) => number) => paperForms.reduce((total, row) => total + of(row), 0)
  expect([paperForms.length, sum(({ paper }) => paper)]).toEqual([17, 390])
  expect(sum(({ A, N }) => A + N)).toBe(114)
  expect(sum(({ asksAlone }) => asksAlone)).toBe(229)
})

test('what the form drops can still be looked up for the result paper', async () => {
  const base = cases.find(({ formKey }) => formKey === 'birth-registration') as BaseCase
  const { compiled, answers, origins } = await file(base, true)
  const registers = await registersFor(base.personalId, [dataRegisters(citizens)])
  const looked = prefill(compiled, {
    account: accountOf(base),
    registers,
    today,
    answers,
    origins,
    includeHidden: true,
  })
  expect(looked.answers).toMatchObject({ 'mother.ethnicGroup': '01', 'father.nationality': 'VN' })
  expect(looked.answers['father.residence']).toMatchObject({ communeCode: 'S9001' })
})
