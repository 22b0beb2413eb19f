import { type Answers, nestAnswers, resultOf } from './condition.ts'
import type { LinkedBranch } from './linked.ts'

/** What the expressions of a linked group may read. */
export interface GroupFacts {
  /** Answers of the group's form. */
  answers: Answers
  /** What was drafted for the results of earlier branches, by branch. */
  results?: Readonly<Record<string, Answers>>
  /** The date of law, `YYYY-MM-DD`. */
  today: string
}

/** Whether a group with these answers has this branch. */
export const isWanted = ({ when }: Pick<LinkedBranch, 'when'>, facts: GroupFacts): boolean =>
  when === null || resultOf(when, contextOf(facts), { today: facts.today }) === true

/**
 * The form of a branch filled from the group: each field by its own expression over `answers` and `results`; what an
 * expression cannot say is left out.
 */
export function branchAnswers({ answers }: Pick<LinkedBranch, 'answers'>, facts: GroupFacts): Answers {
  const context = contextOf(facts)
  const said = Object.entries(answers).map(
    ([field, text]) => [field, resultOf(text, context, { today: facts.today })] as const,
  )
  return Object.fromEntries(said.filter(([, value]) => value !== null && value !== undefined))
}

// FEEL reads a hyphen as a minus: a branch `health-card` is `results.healthCard` there.
function contextOf({ answers, results = {} }: GroupFacts): Record<string, unknown> {
  const nested = nestAnswers(answers)
  const drafted = Object.entries(results).map(([key, draft]) => [inFeel(key), nestAnswers(draft)])
  return { ...nested, answers: nested, results: Object.fromEntries(drafted) }
}

const inFeel = (key: string) => key.replace(/-([a-z0-9])/g, (_, first: string) => first.toUpperCase())
