import type { Db, Queryable } from '../../kernel/db.ts'
import type { ProcedureVersion } from '../catalogue/index.ts'
import type { Contents } from './contents.ts'

/** The printed papers that a procedure lays out itself on a date of law. */
export async function templatesOf(_db: Db, _code: string, _on: string): Promise<unknown[]> {
  return []
}

/** Publishes the printed papers of an edition. */
export async function publishTemplates(
  _tx: Queryable,
  _published: { contents: Contents; edition: ProcedureVersion; by: string; at: Date },
): Promise<void> {}

/** Takes the printed papers of a withdrawn edition back. */
export async function withdrawTemplates(
  _tx: Queryable,
  _withdrawn: { procedureCode: string; validFrom: string; at: Date },
): Promise<void> {}
