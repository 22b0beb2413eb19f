import type { Outcome } from '../../../kernel/errors.ts'
import { NoWayOn } from '../../processes/index.ts'
import { knownYear } from './known-year.ts'

/**
 * Makes a decision. Dates in a year that nobody published, and a process that finds no way on, become refusals that
 * leave the dossier where it is.
 */
export function orRefusal<T>(decide: () => Outcome<T>): Outcome<T> {
  try {
    return knownYear(decide) as Outcome<T>
  } catch (error) {
    if (error instanceof NoWayOn) return error.refusal
    throw error
  }
}
