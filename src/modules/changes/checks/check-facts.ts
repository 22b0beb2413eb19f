import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { listVersions } from '../../catalogue/index.ts'
import { findForm } from '../../forms/index.ts'
import { publicationFacts } from '../../processes/index.ts'
import type { ProcedureChange } from '../change.ts'
import { baseContents, draftFormOf, effectiveParts } from '../effective-parts.ts'
import type { Finding } from './finding.ts'
import { type KnownQuestions, knownQuestions } from './form-checks.ts'
import { checkChange } from './index.ts'

/**
 * Everything to look at in a change before a second person does. A procedure that ends is not checked: nothing of it
 * will run.
 */
export async function findingsOfChange(db: Db, change: ProcedureChange, now: Date): Promise<Finding[]> {
  if (change.kind === 'abolish') return []
  const on = dateOfLaw(now)
  const [before, after, known, { called }] = await Promise.all([
    change.base.procedure === null ? null : baseContents(db, change),
    effectiveParts(db, change),
    questionsInForce(db, on, change.code),
    publicationFacts(db, now),
  ])
  return checkChange({ before, after, facts: { on, known, called } })
}

/** What forms in force on a date of law ask, those of one procedure left out. */
export async function questionsInForce(db: Db, on: string, except: string): Promise<KnownQuestions> {
  const versions = (await listVersions(db, on)).filter(({ procedureCode }) => procedureCode !== except)
  const forms = await Promise.all(versions.map(({ formKey }) => findForm(db, formKey, { on })))
  return knownQuestions(forms.flatMap((form) => (form ? [draftFormOf(form.compiled.definition)] : [])))
}
