import { endBefore, takeBack } from '../../kernel/dated-versions.ts'
import type { Queryable } from '../../kernel/db.ts'
import type { CompiledForm } from './compile-form.ts'

const forms = { table: 'forms.form_version', key: 'key' }

/** Stores a compiled form as a version of its key and ends the one before it the day before. */
export async function addFormVersion(
  tx: Queryable,
  compiled: CompiledForm,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  const { definition } = compiled
  const { key, version, procedureCode, validFrom, validTo } = definition
  const replacedTo = await endBefore(tx, forms, key, validFrom)
  await tx.query(
    `insert into forms.form_version (key, version, procedure_code, definition, compiled, valid_from, valid_to,
       published_at, published_by, replaced_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[key, version, procedureCode, JSON.stringify(definition), JSON.stringify(compiled)],
      ...[validFrom, validTo, at, by, replacedTo],
    ],
  )
}

/** Takes a version back: the one before it goes on. */
export async function takeFormBack(
  tx: Queryable,
  { key, version, at }: { key: string; version: number; at: Date },
): Promise<void> {
  await takeBack(tx, forms, { value: key, version, at })
}

/** The procedures whose form stands or stood under a key. */
export async function ownersOfForm(db: Queryable, key: string): Promise<string[]> {
  const { rows } = await db.query<{ owner: string }>(
    'select distinct procedure_code as owner from forms.form_version where key = $1',
    [key],
  )
  return rows.map(({ owner }) => owner)
}
