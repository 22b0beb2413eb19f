import { refusal } from '../../kernel/errors.ts'
import type { ProcessProblem } from './compiled-process.ts'

/** One thing to mend in what was stated beside the model: which field, and a key of `processPage.problem`. */
export interface StatementProblem {
  field: 'validFrom' | 'decisionNumber' | 'decisionOn' | 'reason' | 'xml' | 'seen'
  code: string
  params?: Record<string, string | number>
}

/** What publishing and withdrawing refuse. */
export const refusals = {
  notYours: () => refusal('forbidden', 'processPage.not-yours'),
  invalid: (d: { problems: StatementProblem[] }) => refusal('invalid', 'processPage.invalid', d),
  notPublishable: (problems: ProcessProblem[]) =>
    refusal('invalid', 'processes.not-runnable', { count: problems.length, problems }),
  meanwhile: () => refusal('conflict', 'processPage.meanwhile'),
  alreadyPublished: (d: { version: number }) => refusal('conflict', 'processPage.same-as', d),
  unknown: () => refusal('not-found', 'processPage.unknown'),
  inForce: () => refusal('conflict', 'processPage.in-force'),
  alreadyWithdrawn: () => refusal('conflict', 'processPage.already-withdrawn'),
}
