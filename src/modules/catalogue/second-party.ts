import { type Answers, nestAnswers, resultOf } from './condition.ts'
import type { ProcedureVersion } from './procedure-version.ts'

/** What a form says about the person who files together with the applicant; not checked yet. */
export interface StatedParty {
  name: unknown
  personalId: unknown
  phone: unknown
}

/** Who the second person of a procedure of two is, by the answers; null for a procedure of one. */
export function secondPartyOf(version: ProcedureVersion, answers: Answers): StatedParty | null {
  if (version.secondParty === null) return null
  const context = nestAnswers(answers)
  const read = (text: string | null) => (text === null ? null : resultOf(text, context))
  const { name, personalId, phone } = version.secondParty
  return { name: read(name), personalId: read(personalId), phone: read(phone) }
}
