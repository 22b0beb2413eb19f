import type { Db, Queryable } from '../../kernel/db.ts'
import type { ProcedureVersion } from '../catalogue/index.ts'
import {
  type AddedTemplate,
  addTemplateVersions,
  takeTemplatesBack,
  templatesInForce,
} from '../documents/index.ts'
import type { Contents } from './contents.ts'

/** The printed papers that a procedure lays out itself on a date of law. */
export const templatesOf = (db: Db, code: string, on: string): Promise<unknown[]> =>
  templatesInForce(db.pool, code, on)

/** Publishes the printed papers of an edition; gives which became a new version. */
export const publishTemplates = (
  tx: Queryable,
  { contents, edition, by, at }: { contents: Contents; edition: ProcedureVersion; by: string; at: Date },
): Promise<AddedTemplate[]> =>
  addTemplateVersions(tx, edition.procedureCode, contents.templates, { validFrom: edition.validFrom, by, at })

/** Takes the printed papers of a withdrawn edition back. */
export const withdrawTemplates = (
  tx: Queryable,
  { procedureCode, added, at }: { procedureCode: string; added: readonly AddedTemplate[]; at: Date },
): Promise<void> => takeTemplatesBack(tx, procedureCode, added, at)
