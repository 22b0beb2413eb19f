import type { Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { findFiles, type IssuedDocument, type Owner, type StoredFile } from './documents-store.ts'
import { cleanFileName } from './file-name.ts'
import { refusals } from './refusals.ts'

interface Reference {
  owner: Owner
  purpose: string
  now: Date
}

/**
 * A file of its own for content that the store has already: the same bytes for another owner or purpose, without a
 * second copy. Refuses a file that is not there, or that carried malware.
 */
export async function referToFile(
  db: Queryable,
  fileId: string,
  { owner, purpose, now }: Reference,
): Promise<Outcome<StoredFile>> {
  const [file] = await findFiles(db, [fileId])
  if (file === undefined) return refusals.fileNotFound()
  if (file.scanState === 'infected') return refusals.fileQuarantined()
  const fresh = {
    file_id: newId(now.getTime()),
    owner_kind: owner.kind,
    owner_id: owner.id,
    purpose,
    created_at: now,
  }
  // Whatever else is known of the content is known of the reference.
  await db.query(
    `insert into documents.stored_file
     select (jsonb_populate_record(f, $2)).* from documents.stored_file f where f.file_id = $1`,
    [fileId, JSON.stringify(fresh)],
  )
  return found(db, fresh.file_id)
}

/** The same for a paper that was issued: we made it ourselves, so nobody else's content is in it. */
export async function referToDocument(
  db: Queryable,
  document: Pick<IssuedDocument, 'title' | 'sha256' | 'size'>,
  { owner, purpose, now }: Reference,
): Promise<Outcome<StoredFile>> {
  const name = cleanFileName(`${document.title.slice(0, 150)}.pdf`)
  if (isRefusal(name)) return name
  const fileId = newId(now.getTime())
  await db.query(
    `insert into documents.stored_file (file_id, sha256, size, media_type, name, owner_kind, owner_id, purpose,
       scan_state, created_at)
     values ($1, $2, $3, 'application/pdf', $4, $5, $6, $7, 'clean', $8)`,
    [fileId, document.sha256, document.size, name, owner.kind, owner.id, purpose, now],
  )
  return found(db, fileId)
}

async function found(db: Queryable, fileId: string): Promise<StoredFile> {
  const [file] = await findFiles(db, [fileId])
  if (file === undefined) throw new Error(`file ${fileId} was not written`)
  return file
}
