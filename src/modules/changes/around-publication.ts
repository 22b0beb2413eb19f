import type { Queryable } from '../../kernel/db.ts'
import { catalogueChanged, forgetVersions } from '../catalogue/index.ts'
import { forgetForms } from '../forms/index.ts'
import { forgetProcesses } from '../processes/index.ts'
import type { ChangeParts } from './acting.ts'

/* What publishing and taking back have in common. */

/** Editions of one procedure change one after the other. */
export const lockEditions = (tx: Queryable, code: string) =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`changes:${code}`])

/** Everything that this process remembers of procedures, forms and processes is read again. */
export async function forgetAll({ db, wake }: ChangeParts): Promise<void> {
  forgetVersions(db)
  forgetForms(db)
  forgetProcesses(db)
  await catalogueChanged(db)
  wake?.()
}
