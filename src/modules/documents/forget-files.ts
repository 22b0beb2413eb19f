import type { Queryable } from '../../kernel/db.ts'

/** The files that were made for one purpose. */
export async function filesFor(db: Queryable, purpose: string): Promise<string[]> {
  const { rows } = await db.query('select file_id as id from documents.stored_file where purpose = $1', [
    purpose,
  ])
  return rows.map(({ id }) => id)
}

/**
 * Forgets files: nobody opens them any more. Gives the hashes of everything they consisted of, for whoever takes out
 * of the store what nobody else needs.
 */
export async function forgetFiles(tx: Queryable, fileIds: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query(
    `delete from documents.stored_file where file_id = any ($1::uuid[])
     returning array_remove(array[sha256, view_sha256, converted_sha256], null) as hashes`,
    [fileIds],
  )
  return [...new Set(rows.flatMap(({ hashes }) => hashes as string[]))]
}
