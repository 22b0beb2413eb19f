import type { Queryable } from '../../../kernel/db.ts'

/** Which of some files dossiers hold: as papers, as scans of an officer, or named in answers. Drafts hold nothing. */
export async function filesHeld(db: Queryable, fileIds: readonly string[]): Promise<Set<string>> {
  if (fileIds.length === 0) return new Set()
  const { rows } = await db.query(
    `select f.file_id as id from documents.stored_file f where f.file_id = any ($1::uuid[]) and (
       exists (select from dossiers.paper p where p.file_id = f.file_id)
       or exists (select from dossiers.scan s where s.file_id = f.file_id)
       or exists (select from dossiers.digitised_paper g where g.file_id = f.file_id or f.file_id = any (g.source_files))
       or exists (
         select from dossiers.party y join dossiers.private x on x.dossier_id = y.dossier_id
         where f.owner_kind = 'person' and y.person_id = f.owner_id
           and jsonb_path_exists(x.content, '$.**.fileId ? (@ == $f)', jsonb_build_object('f', f.file_id))))`,
    [fileIds],
  )
  return new Set(rows.map(({ id }) => id))
}
