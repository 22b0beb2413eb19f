import { isRefusal } from '../../../kernel/errors.ts'
import { compileFeel, pathsOf } from '../../../kernel/feel/index.ts'
import type { Contents } from '../contents.ts'
import { type Finding, findingsOf } from './finding.ts'
import { answerKeys, answerOf } from './placed.ts'
import { impossible } from './possible.ts'
import { type Reach, treeIn } from './reach.ts'

/** Facts that officers record beside the form, and what is always known of a filing. */
export const givenFacts = [
  ...['channel', 'caseCode', 'today'],
  ...['feeExemption', 'verificationNeeded', 'manyOrComplex', 'filing', 'construction.kind'],
]

interface Read {
  at: string
  text: string
  /** A condition, which should be able to hold; else a value. */
  condition: boolean
}

const found = findingsOf('procedure')

/** Rules of the procedure that read answers: everything they read must be asked, and they must be able to hold. */
export function* referenceFindings({ procedure, form }: Contents, reach: Reach): Generator<Finding> {
  const keys = new Set([...answerKeys(form), ...givenFacts])
  for (const { at, text, condition } of textsIn(procedure)) {
    const tree = compileFeel(text)
    if (isRefusal(tree)) {
      yield found('error', at, 'rule-unreadable', { text })
      continue
    }
    const missing = pathsOf(tree).filter((path) => !isKnown(path, keys))
    for (const path of missing) yield found('error', at, 'unknown-answer', { path, text })
    if (!condition || missing.length > 0) continue
    const why = impossible([tree], reach.facts)
    if (why)
      yield found('warning', at, `never-holds-${why.why}`, {
        text,
        question: reach.labelOf(why.path),
        value: why.value,
      })
  }
  for (const [name, path] of Object.entries(procedure?.counts ?? {}))
    if (path && !isKnown(path, keys)) yield found('error', 'counts', 'unknown-answer', { path, text: name })
}

// A path may also stop above an answer: `child` is whatever is said of the child.
const isKnown = (path: string, keys: ReadonlySet<string>) =>
  answerOf(path, keys) !== undefined || [...keys].some((key) => key.startsWith(`${path}.`))

function* textsIn(procedure: Contents['procedure'] | undefined): Generator<Read> {
  const rule = (at: string, text: unknown, condition = true): Read[] =>
    typeof text === 'string' && text !== '' ? [{ at, text, condition }] : []
  for (const [i, each] of (procedure?.cases ?? []).entries()) {
    yield* rule(`cases.${i}`, each.when)
    for (const [j, fee] of (each.fees ?? []).entries()) {
      yield* rule(`cases.${i}.fees.${j}`, fee.rule)
      yield* rule(`cases.${i}.fees.${j}`, fee.amountRule, false)
      yield* rule(`cases.${i}.fees.${j}`, fee.exemption?.when)
    }
  }
  for (const [i, each] of (procedure?.components ?? []).entries()) {
    yield* rule(`components.${i}`, each.condition)
    yield* rule(`components.${i}`, each.lookedUpWhen)
  }
  for (const [i, each] of (procedure?.routing ?? []).entries()) {
    yield* rule(`routing.${i}`, each.when)
    yield* rule(`routing.${i}`, each.territory, false)
  }
  const second = procedure?.secondParty
  for (const text of [second?.name, second?.personalId, second?.phone])
    yield* rule('secondParty', text, false)
}

/** Rules of the form itself that can never speak. */
export function* ruleFindings({ form }: Contents, reach: Reach): Generator<Finding> {
  const make = findingsOf('form')
  for (const [i, rule] of (form?.rules ?? []).entries()) {
    const tree = treeIn(rule.when)
    const why = tree && impossible([tree], reach.facts)
    if (why)
      yield make('warning', `rules.${i}`, `never-holds-${why.why}`, {
        text: rule.message?.vi ?? rule.key,
        question: reach.labelOf(why.path),
        value: why.value,
      })
  }
}
