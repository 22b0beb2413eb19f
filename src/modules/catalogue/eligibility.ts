import { z } from 'zod'
import { type Answers, holds, nestAnswers, resultOf } from './condition.ts'
import { Feel, Text, TwoLanguages } from './version-parts.ts'

const Key = z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*){0,5}$/)

/** Why a person cannot use the procedure, and what to do instead. */
export const EligibilityStop = z.object({
  when: Feel,
  text: TwoLanguages,
  instead: TwoLanguages.nullable().default(null),
  /** The procedure that fits instead. */
  procedureCode: z
    .string()
    .regex(/^\d\.\d{6}$/)
    .nullable()
    .default(null),
})

/**
 * A question asked before sign-in, so that nobody fills in a form in vain. `key` names the answer in FEEL; when the
 * form has a field of this key, the answer is carried into the filing.
 */
export const EligibilityQuestion = z
  .object({
    key: Key,
    question: TwoLanguages,
    help: TwoLanguages.nullable().default(null),
    type: z.enum(['choice', 'yes-no', 'number', 'date']).default('choice'),
    options: z
      .array(z.object({ value: Text, label: TwoLanguages }))
      .max(30)
      .default([]),
    /** Asked only when this holds of the answers before. */
    when: Feel.nullable().default(null),
    stop: EligibilityStop.nullable().default(null),
  })
  .refine(({ type, options }) => type !== 'choice' || options.length >= 2, {
    error: 'a choice offers at least two options',
    path: ['options'],
  })
export type EligibilityQuestion = z.infer<typeof EligibilityQuestion>

export const Eligibility = z
  .array(EligibilityQuestion)
  .max(20)
  .check(({ value, issues }) => {
    const keys = value.map(({ key }) => key)
    for (const [index, key] of keys.entries()) {
      if (keys.indexOf(key) === index) continue
      issues.push({ code: 'custom', input: value, path: [index, 'key'], message: `${key} is asked twice` })
    }
  })

/** How far a person is: the next question, or whether they can use the procedure. */
export type EligibilityState =
  | { outcome: 'asking'; question: EligibilityQuestion; answered: EligibilityQuestion[] }
  | { outcome: 'can'; answered: EligibilityQuestion[] }
  | {
      outcome: 'cannot'
      because: EligibilityQuestion
      stop: NonNullable<EligibilityQuestion['stop']>
      answered: EligibilityQuestion[]
    }

/**
 * Walks the questions in order with the answers given so far: each is asked when its condition holds, and the first
 * stop that holds ends it. Answers to questions that are not asked are not looked at. `today` is the date of law.
 */
export function evaluateEligibility(
  questions: readonly EligibilityQuestion[],
  given: Answers,
  today: string,
): EligibilityState {
  const answers: Record<string, unknown> = {}
  const answered: EligibilityQuestion[] = []
  for (const question of questions) {
    if (!holds(question.when, { answers, today })) continue
    const value = answerTo(question, given[question.key])
    if (value === null) return { outcome: 'asking', question, answered }
    answers[question.key] = value
    answered.push(question)
    const { stop } = question
    if (stop && resultOf(stop.when, nestAnswers(answers), { today }) === true)
      return { outcome: 'cannot', because: question, stop, answered }
  }
  return { outcome: 'can', answered }
}

const mostOfNumber = 1_000_000_000

/** An answer as FEEL reads it; null when it is none: an unknown option, no date, no whole number. */
export function answerTo(
  { type, options }: EligibilityQuestion,
  given: unknown,
): string | number | boolean | null {
  switch (type) {
    case 'choice':
      return options.find(({ value }) => value === given)?.value ?? null
    case 'yes-no':
      return yesOrNo.get(given) ?? null
    case 'number': {
      const number = typeof given === 'string' && /^\d{1,10}$/.test(given.trim()) ? Number(given) : given
      return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= mostOfNumber
        ? number
        : null
    }
    case 'date':
      return z.iso.date().safeParse(given).data ?? null
    default:
      return type satisfies never
  }
}

const yesOrNo = new Map<unknown, boolean>([
  [true, true],
  ['yes', true],
  [false, false],
  ['no', false],
])
