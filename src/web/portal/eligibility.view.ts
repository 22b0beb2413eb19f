import { type Locale, messages } from 'motcua/kernel/i18n'
import {
  answerTo,
  type EligibilityQuestion,
  evaluateEligibility,
  type ProcedureVersion,
} from 'motcua/modules/catalogue'
import type { FormDefinition } from 'motcua/modules/forms'
import { dateText } from '../ui/format'

/** What is asked now; the answer is posted under `name`. */
interface Asked {
  key: string
  name: string
  question: string
  help: string | null
  type: EligibilityQuestion['type']
  options: { value: string; label: string }[]
  /** Sent, and not understood. */
  unanswered: boolean
  /** What was typed then: it stays in the boxes. */
  typed: { text: string; day: string; month: string; year: string }
}

export interface EligibilityView {
  code: string
  title: string
  /** Which question of how many at most. */
  no: number
  of: number
  answered: { key: string; question: string; answer: string; change: string }[]
  /** Answers so far, to be sent along. */
  given: { name: string; value: string }[]
  asked: Asked | null
  outcome:
    | { can: true; begin: string }
    | { can: false; text: string; instead: string | null; other: Other | null }
    | null
}

interface Other {
  href: string
  title: string
}

const prefix = 'c.'
const carried = 'tra-loi.'

/** The answers of an address: one value a question; dates may come in three parts. */
export function answersIn(questions: readonly EligibilityQuestion[], search: URLSearchParams) {
  return Object.fromEntries(
    questions.flatMap((question): [string, string][] => {
      const said = search.get(prefix + question.key) ?? dayIn(search, prefix + question.key)
      return said === null || answerTo(question, said) === null ? [] : [[question.key, said]]
    }),
  )
}

function dayIn(search: URLSearchParams, name: string): string | null {
  const [day, month, year] = ['day', 'month', 'year'].map(
    (part) => search.get(`${name}.${part}`)?.trim() ?? '',
  )
  if (!day || !month || !year || ![day, month, year].every((part) => /^\d{1,4}$/.test(part))) return null
  return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** The page of the questions before sign-in: the next question, or what comes of the answers. */
export function eligibilityView(
  version: ProcedureVersion,
  search: URLSearchParams,
  { today, locale, others }: { today: string; locale: Locale; others: ReadonlyMap<string, string> },
): EligibilityView {
  const { eligibility: questions, procedureCode: code } = version
  const answers = answersIn(questions, search)
  const state = evaluateEligibility(questions, answers, today)
  const path = `/thu-tuc/${code}/co-duoc-khong`
  const before: [string, string][] = []
  const answered = state.answered.map((question) => {
    const change = `${path}?${new URLSearchParams(before)}`
    before.push([prefix + question.key, answers[question.key] as string])
    return {
      ...{ key: question.key, question: question.question[locale], change },
      answer: answerText(question, answers[question.key] as string, locale),
    }
  })
  return {
    ...{ code, title: locale === 'en' ? version.plainNameEn : version.plainName, answered },
    no: state.answered.length + (state.outcome === 'asking' ? 1 : 0),
    of: questions.length,
    given: before.map(([name, value]) => ({ name, value })),
    asked: state.outcome === 'asking' ? askedOf(state.question, search, locale) : null,
    outcome: outcomeOf(state, { code, answers, others, locale }),
  }
}

function askedOf(question: EligibilityQuestion, search: URLSearchParams, locale: Locale): Asked {
  const { key, type } = question
  const t = messages(locale)
  const yesNo = (['yes', 'no'] as const).map((value) => ({ value, label: t(`eligibility.${value}`) }))
  const options = question.options.map(({ value, label }) => ({ value, label: label[locale] }))
  return {
    ...{
      key,
      type,
      name: prefix + key,
      question: question.question[locale],
      help: question.help?.[locale] ?? null,
    },
    options: type === 'yes-no' ? yesNo : options,
    unanswered: search.get('hoi') === key,
    typed: {
      ...{ text: typedIn(search, prefix + key), day: typedIn(search, `${prefix}${key}.day`) },
      ...{ month: typedIn(search, `${prefix}${key}.month`), year: typedIn(search, `${prefix}${key}.year`) },
    },
  }
}

const typedIn = (search: URLSearchParams, name: string) => (search.get(name) ?? '').slice(0, 20)

function answerText(question: EligibilityQuestion, answer: string, locale: Locale): string {
  if (question.type === 'date') return dateText(answer)
  if (question.type === 'yes-no') return messages(locale)(`eligibility.${answer === 'yes' ? 'yes' : 'no'}`)
  return question.options.find(({ value }) => value === answer)?.label[locale] ?? answer
}

interface OutcomeFacts {
  code: string
  answers: Record<string, string>
  others: ReadonlyMap<string, string>
  locale: Locale
}

function outcomeOf(
  state: ReturnType<typeof evaluateEligibility>,
  { code, answers, others, locale }: OutcomeFacts,
): EligibilityView['outcome'] {
  if (state.outcome === 'asking') return null
  if (state.outcome === 'can') {
    const along = state.answered.map(({ key }) => [carried + key, answers[key] as string])
    return { can: true, begin: `/thu-tuc/${code}/nop?${new URLSearchParams(along)}` }
  }
  const { text, instead, procedureCode } = state.stop
  const title = procedureCode === null ? undefined : others.get(procedureCode)
  return {
    ...{ can: false, text: text[locale], instead: instead?.[locale] ?? null },
    other:
      procedureCode !== null && title !== undefined ? { href: `/thu-tuc/${procedureCode}`, title } : null,
  }
}

/** What was answered before sign-in and the form asks as well, as its fields keep it; everything else is left out. */
export function carriedAnswers(
  { eligibility }: ProcedureVersion,
  definition: FormDefinition,
  search: URLSearchParams,
): Record<string, unknown> {
  const fields = new Map(
    definition.pages
      .flatMap(({ groups }) => groups.filter(({ repeat }) => !repeat).flatMap((group) => group.fields))
      .map((field) => [field.key, field]),
  )
  const found = eligibility.flatMap((question): [string, unknown][] => {
    const field = fields.get(question.key)
    const value = answerTo(question, search.get(carried + question.key))
    if (!field || value === null) return []
    const types = { choice: 'enum', 'yes-no': 'bool', number: 'int', date: 'date' } as const
    if (field.type !== types[question.type]) return []
    const isOffered = field.type !== 'enum' || field.options?.some((option) => option.value === value)
    return isOffered ? [[field.key, value]] : []
  })
  return Object.fromEntries(found)
}
