import type { Outcome } from '../../../kernel/errors.ts'
import { ImpossibleClockFacts, MissingCalendarYear } from '../../calendar/index.ts'
import { refusals } from '../refusals.ts'

/** Runs a computation of dates; a year without a published calendar, or facts that are none, become a refusal. */
export function knownYear<T>(compute: () => T): Outcome<T> {
  try {
    return compute()
  } catch (error) {
    if (error instanceof ImpossibleClockFacts) return refusals.clockImpossible({ fact: error.fact })
    if (!(error instanceof MissingCalendarYear)) throw error
    return refusals.calendarMissing({ year: error.year, territory: error.territory })
  }
}
