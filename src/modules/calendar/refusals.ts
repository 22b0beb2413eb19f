import { refusal } from '../../kernel/errors.ts'

/** One thing to mend in a year of days off: where, and what. */
export interface YearProblem {
  field: string
  code: string
  params?: Record<string, string | number>
}

/** Everything that this module can refuse. */
export const refusals = {
  invalidYear: (d: { problems: YearProblem[] }) => refusal('invalid', 'calendar.invalid-year', d),
  unknownTerritory: (d: { territory: string }) => refusal('not-found', 'calendar.unknown-territory', d),
  publishedMeanwhile: (d: { territory: string; year: number }) =>
    refusal('conflict', 'calendar.published-meanwhile', d),
}
