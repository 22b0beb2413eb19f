import type { Contents } from '../contents.ts'
import { type Finding, findingsOf } from './finding.ts'
import { askedThoughKnown, formFindings, type KnownQuestions, moreQuestions } from './form-checks.ts'
import { abolishedFindings, comparedWithBefore, procedureFindings } from './procedure-checks.ts'
import { processFindings } from './process-checks.ts'
import { reachOf } from './reach.ts'
import { referenceFindings, ruleFindings } from './reference-checks.ts'
import { tableFindings } from './table-checks.ts'
import { templateFindings } from './template-checks.ts'
import { wordsFindings } from './words-checks.ts'

export type { AbolishedPaper } from './abolished-papers.ts'
export { abolishedPapers } from './abolished-papers.ts'
export type { Finding } from './finding.ts'
export { findingText } from './finding-text.ts'
export { type KnownQuestions, knownQuestions } from './form-checks.ts'

/** What a draft is held against; looked up by the caller. */
export interface CheckFacts {
  /** The day of law from which it is to hold, `YYYY-MM-DD`. */
  on: string
  /** What other forms take from registers. */
  known?: KnownQuestions
  /** Names of the result templates that can be printed; null: any. */
  templates?: ReadonlySet<string> | null
  /** The file of a process that another calls. */
  called?: (key: string) => Promise<string | undefined>
}

/** Everything to look at in a draft before a second person does, worst first. `before` is what is in force. */
export async function checkChange(input: {
  before: Contents | null
  after: Contents
  facts: CheckFacts
}): Promise<Finding[]> {
  const found: Finding[] = []
  for await (const finding of findings(input)) found.push(finding)
  const rank = { error: 0, warning: 1, hint: 2 }
  return found.toSorted((a, b) => rank[a.severity] - rank[b.severity])
}

async function* findings({
  before,
  after,
  facts,
}: Parameters<typeof checkChange>[0]): AsyncGenerator<Finding> {
  const { procedure, form, tests = [], templates = [] } = after
  const reach = reachOf(form)
  if (procedure) {
    yield* procedureFindings(procedure, { templates: facts.templates ?? null })
    yield* comparedWithBefore(before?.procedure ?? null, procedure)
  }
  yield* abolishedFindings(after, facts.on)
  yield* referenceFindings(after, reach)
  if (form) {
    yield* formFindings(form, reach)
    yield* askedThoughKnown(form, facts.known ?? new Map())
    yield* moreQuestions(before?.form ?? null, form)
  }
  yield* ruleFindings(after, reach)
  yield* tableFindings(after)
  yield* wordsFindings(after, before)
  yield* processFindings(after, facts.called ?? (async () => undefined))
  yield* templateFindings(templates)
  if (tests.length === 0) yield findingsOf('tests')('warning', '', 'no-tests')
}
