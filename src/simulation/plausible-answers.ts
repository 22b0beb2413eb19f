import { type CompiledForm, evaluateForm, type Field, type FieldState } from '../modules/forms/index.ts'
import { type SimulatedPerson, simulatePerson } from './people.ts'
import type { Random } from './random.ts'

export interface Setting {
  applicant: SimulatedPerson
  /** Authority that settles it, and its commune. */
  authority: { code: string; name: string }
  communeCode: string
  /** Date of law of the filing. */
  today: string
  random: Random
}

const rounds = 3

/**
 * Fills a form as a person might: what is visible and required, of the right type, in a few rounds because
 * an answer can open further questions.
 */
export function plausibleAnswers(form: CompiledForm, setting: Setting): Record<string, unknown> {
  const answers: Record<string, unknown> = {}
  for (let round = 0; round < rounds; round++) {
    const open = evaluateForm(form, answers, { today: setting.today }).pages.flatMap((page) =>
      page.fields.filter(isOpen),
    )
    if (open.length === 0) break
    for (const state of open) write(answers, state, plausible(state.field, setting))
  }
  return answers
}

const isOpen = ({ visible, required, field, value }: FieldState) =>
  visible && value === undefined && (required || (field.origin !== 'asked' && field.origin !== 'computed'))

function write(answers: Record<string, unknown>, { field, group, row }: FieldState, value: unknown): void {
  if (value === undefined) return
  if (row === undefined) {
    answers[field.key] = value
    return
  }
  answers[group.key] ??= []
  const rows = answers[group.key] as Record<string, unknown>[]
  rows[row] = { ...rows[row], [field.key]: value }
}

function plausible(field: Field, setting: Setting): unknown {
  const { applicant, random, today } = setting
  const own = /^(requester|owner|applicant)\./.test(field.key)
  const person = own
    ? applicant
    : simulatePerson(random, { year: Number(today.slice(0, 4)), youngest: 20, oldest: 70 })
  switch (field.type) {
    case 'name':
      return person.name
    case 'date':
      return field.key.endsWith('dateOfBirth') && own
        ? applicant.dateOfBirth
        : daysBefore(today, random.whole(3, 40))
    case 'partial-date':
      return person.dateOfBirth
    case 'id12':
      return person.personalId
    case 'identity-paper':
      return { kind: 'id', number: person.personalId }
    case 'address':
      return {
        communeCode: setting.communeCode,
        detail: `Số ${random.whole(1, 180)}, ngõ ${random.whole(1, 40)}`,
      }
    case 'agency':
      return setting.authority
    case 'enum':
      return field.options?.[0]?.value
    case 'bool':
      return false
    case 'ethnic':
      return '01'
    case 'country':
      return 'VN'
    case 'phone':
      return undefined
    case 'copies':
    case 'int':
      return Math.max(field.min ?? 1, random.whole(1, 3))
    case 'area':
    case 'length':
      return Math.max(field.min ?? 1, random.whole(4, 90))
    case 'money':
      return random.whole(50, 900) * 1_000_000
    case 'time':
      return '08:30'
    case 'delivery':
      return { way: random.chance(0.6) ? 'electronic' : 'collect' }
    case 'text':
    case 'longtext':
      return 'Theo giấy tờ đã nộp'
    default:
      return undefined
  }
}

function daysBefore(date: string, days: number): string {
  return Temporal.PlainDate.from(date).subtract({ days }).toString()
}
