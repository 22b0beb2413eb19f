import {
  type CompiledForm,
  evaluateForm,
  type Field,
  type FieldState,
  fieldsOf,
  validateAnswers,
} from '../modules/forms/index.ts'
import { type SimulatedPerson, simulatePerson } from './people.ts'
import type { Random } from './random.ts'
import { stories } from './stories.ts'

export interface Setting {
  applicant: SimulatedPerson
  /** Authority that settles it, and its commune. */
  authority: { code: string; name: string }
  communeCode: string
  /** Date of law of the filing. */
  today: string
  channel: 'online' | 'direct' | 'post'
  random: Random
}

const rounds = 3

/**
 * Fills a form as a person might. The story of the form says what belongs together (a newborn, its parents and their
 * ages); whatever else is required is filled by its type, in a few rounds because an answer can open questions.
 */
export function plausibleAnswers(form: CompiledForm, setting: Setting): Record<string, unknown> {
  const { today, channel } = setting
  const answers = stories[form.definition.key]?.(setting) ?? {}
  for (let round = 0; round < rounds; round++) {
    const open = evaluateForm(form, answers, { today, channel }).pages.flatMap((page) =>
      page.fields.filter(isOpen),
    )
    if (open.length === 0) break
    for (const state of open) write(answers, state, plausible(state.field, setting))
  }
  return validateAnswers(form, answers, { today, channel }).answers
}

const described = ['mother', 'father', 'subject', 'deceased'] as const

/** What registers would say of people whom the form only asks to name: the paper prints it. */
export function plausibleKnown(
  form: CompiledForm,
  answers: Record<string, unknown>,
  { communeCode }: Setting,
) {
  const keys = new Set(fieldsOf(form.definition).map(({ field }) => field.key))
  const known: Record<string, unknown> = {}
  for (const who of described) {
    const paper =
      answers[`${who}.identityPaper`] ?? (who === 'subject' ? answers['requester.identityPaper'] : undefined)
    const number = (paper as { number?: string } | undefined)?.number
    if (number === undefined) continue
    // Digit four of a personal number: century and sex.
    const sex = Number(number[3]) % 2 === 1 ? 'female' : 'male'
    const facts = { sex, ethnicGroup: '01', nationality: 'VN', residence: { communeCode } }
    for (const [fact, value] of Object.entries(facts))
      if (keys.has(`${who}.${fact}`) && answers[`${who}.${fact}`] === undefined)
        known[`${who}.${fact}`] = value
  }
  return Object.keys(known).length > 0 ? known : undefined
}

// Lists inside rows are left as the story of the form tells them.
const isOpen = ({ visible, required, value, outer }: FieldState) =>
  visible && required && value === undefined && outer === undefined

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
  const { random, today } = setting
  const person = simulatePerson(random, { year: Number(today.slice(0, 4)), youngest: 20, oldest: 70 })
  switch (field.type) {
    case 'name':
      return person.name
    case 'date':
    case 'partial-date':
      return field.tense === 'future'
        ? daysAfter(today, random.whole(3, 40))
        : daysAfter(today, -random.whole(3, 40))
    case 'id12':
      return person.personalId
    case 'identity-paper':
      return { kind: 'id', number: person.personalId }
    case 'address':
      return { communeCode: setting.communeCode, detail: `Số ${random.whole(1, 180)}` }
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
      return `+8490000${random.whole(1000, 9999)}`
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

function daysAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}
