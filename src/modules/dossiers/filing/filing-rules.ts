import type { Db } from '../../../kernel/db.ts'
import type { Outcome } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { findVersion, type ProcedureVersion } from '../../catalogue/index.ts'
import { type FormVersion, findForm } from '../../forms/index.ts'
import { findProcess, type ProcessVersion } from '../../processes/index.ts'
import { refusals } from '../refusals.ts'

/** The editions of the rules in force when a dossier is received; it keeps them for life. */
export interface Rules {
  version: ProcedureVersion
  form: FormVersion
  process: ProcessVersion
}

/** Looks up the editions in force at an instant; refuses what is not known or not filed here. */
export async function loadRules(db: Db, procedureCode: string, now: Date): Promise<Outcome<Rules>> {
  const on = dateOfLaw(now)
  const version = await findVersion(db, procedureCode, on)
  if (version === undefined) return refusals.unknownProcedure({ procedureCode })
  const [form, process] = await Promise.all([
    findForm(db, version.formKey, { on }),
    findProcess(db, version.processKey, on),
  ])
  if (form === undefined || process === undefined) return refusals.notFiledHere({ procedureCode })
  return { version, form, process }
}

/** Whether the procedure is between state bodies (thủ tục hành chính nội bộ): officers file it, nobody else. */
export const isInternal = ({ version }: Pick<Rules, 'version'>): boolean => version.kind === 'internal'
