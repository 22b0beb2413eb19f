import type { SubmissionInput } from '../../src/modules/dossiers/index.ts'
import {
  type Answers,
  accountFacts,
  type CompiledForm,
  dataRegisters,
  type Origins,
  prefill,
  registersFor,
} from '../../src/modules/forms/index.ts'
import type { Person } from '../../src/modules/identity/index.ts'
import { reference } from './packages.ts'

interface BaseCase {
  formKey: string
  personalId: string
  email?: string
  typed: Answers
}

interface Citizen {
  subject: string
  name: string
  personalId: string
  dateOfBirth: string
  phone: string
  email?: string
}

const cases = reference('demonstration/base-cases').cases as BaseCase[]
const citizens = reference('demonstration/registers').people
const accounts = reference('demonstration/accounts').citizens as Citizen[]

/** The forms that have a base case: real procedures filled in as a real family would. */
export const baseForms = cases.map(({ formKey }) => formKey)

/** The invented citizen who files a base case, as signed in. */
export function theCitizenOf(formKey: string, personId = '0199d000-0000-7000-8000-000000000001'): Person {
  const { name, personalId, dateOfBirth, phone, email } = accountOf(caseOf(formKey))
  return {
    kind: 'person',
    personId,
    name,
    personalId,
    dateOfBirth,
    phone,
    ...(email && { email }),
    assurance: 2,
    organisations: [],
  }
}

/** The answers of a base case: what the registers give and what the person types. */
export async function answersOf(compiled: CompiledForm, today: string): Promise<Answers> {
  const base = caseOf(compiled.definition.key)
  const account = accountFacts({ ...accountOf(base), ...(base.email && { email: base.email }) })
  const registers = await registersFor(base.personalId, [dataRegisters(citizens)])
  let state: { answers: Answers; origins: Origins } = prefill(compiled, { account, registers, today })
  for (const page of compiled.definition.pages) {
    const keys = page.groups.flatMap((group) => [group.key, ...group.fields.map((field) => field.key)])
    const mine = Object.fromEntries(
      Object.entries(base.typed).filter(
        ([key]) => keys.includes(key) && state.origins[key]?.state !== 'given',
      ),
    )
    state = prefill(compiled, { account, registers, today, ...state, answers: { ...state.answers, ...mine } })
  }
  return state.answers
}

interface Filing {
  today: string
  receiving?: { code: string; name: string }
}

/** A complete submission of a base case at an authority; papers are added by who has files. */
export async function aSubmissionOf(
  compiled: CompiledForm,
  { today, receiving = { code: 'H99.12', name: 'Ủy ban nhân dân phường Hoa Sen' } }: Filing,
): Promise<SubmissionInput> {
  const answers = await answersOf(compiled, today)
  const { procedureCode } = compiled.definition
  // Where the form works the authority out from an address, the address says it.
  if (asksOf(compiled, 'computed')) return { procedureCode, answers, papers: [] }
  if (answers.receivingAgency !== undefined) answers.receivingAgency = receiving
  return { procedureCode, receiving: receiving.code, answers, papers: [] }
}

const asksOf = ({ definition }: CompiledForm, type: string) =>
  definition.pages
    .flatMap(({ groups }) => groups.flatMap(({ fields }) => fields))
    .some((field) => field.key === 'receivingAgency' && field.type === type)

function caseOf(formKey: string): BaseCase {
  const found = cases.find((base) => base.formKey === formKey)
  if (!found) throw new Error(`no base case for ${formKey}`)
  return found
}

function accountOf({ personalId }: BaseCase): Citizen {
  const found = accounts.find((account) => account.personalId === personalId)
  if (!found) throw new Error(`no account ${personalId}`)
  return { ...found, phone: `+84${found.phone.slice(1)}` }
}
