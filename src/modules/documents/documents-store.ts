import type { Queryable } from '../../kernel/db.ts'
import { isId } from '../../kernel/ids.ts'
import type { Place } from '../signatures/index.ts'
import type { SignatureCheck } from './intake/signature-check.ts'

export type ScanState = 'not-configured' | 'waiting' | 'clean' | 'infected'

/** Whether nothing keeps a file from being opened: it was scanned, or nobody scans here. */
export const mayBeOpened = ({ scanState }: { scanState: ScanState }): boolean =>
  scanState === 'clean' || scanState === 'not-configured'

/** `none` was taken in before files were converted; `kept` is a PDF that stays as it is. */
export type Conversion = 'none' | 'waiting' | 'done' | 'kept' | 'failed'

/** Letters of a PDF: `none` is no scan, or nothing was read on it. */
export type Reading = 'waiting' | 'read' | 'none'

/** Whose a file is, for the door that lets people open it: a person, a draft, a dossier, an authority… */
export interface Owner {
  kind: string
  id: string
}

export interface StoredFile {
  fileId: string
  sha256: string
  /** Copy for looking at, of pictures; the original is kept as handed in. */
  viewSha256: string | null
  /** Bytes. */
  size: number
  mediaType: string
  name: string
  owner: Owner
  purpose: string
  scanState: ScanState
  createdAt: string
  conversion: Conversion
  /** The PDF/A that readers see beside the original. */
  convertedSha256: string | null
  pages: number | null
  textLayer: boolean
  /** Why its letters were not read, where they should have been. */
  textProblem?: string | null
  /** Whether the letters of a PDF were read; null where nobody reads them. */
  reading?: Reading | null
  /** Why there is no PDF/A: code of a message. */
  conversionProblem: string | null
  /** What was noticed in a PDF that is kept as it is. */
  notes: string[]
  /** Name of the malware that was found. */
  malware: string | null
  /** Its signatures as they were found at receipt; null when it has none. */
  signatureCheck?: SignatureCheck | null
}

/** One digital signature on a paper, as it is told to whoever asks who signed. */
export interface PaperSignature {
  field: string
  /** Who decided, who initialled or signed before, or the authority's seal. */
  role: 'signer' | 'seal' | 'initial' | 'second'
  name: string
  /** The lines above the name: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH". */
  capacity: string[]
  at: string
  level: string
  certificateSha256: string
}

export type DocumentStatus = 'valid' | 'replaced' | 'revoked'

export interface IssuedDocument {
  id: string
  dossierId: string
  dossierCode: string
  kind: string
  cause: string
  number: string
  title: string
  sha256: string
  size: number
  /** What the file claims: `PDF/A-2a`. */
  standard: string
  verifyCode: string
  issuedAt: string
  authorityCode: string
  authorityName: string
  signerName: string
  status: DocumentStatus
  statusReason: string | null
  replacedBy: string | null
  sample: boolean
  /** Who signed the file itself, oldest first; nobody when it was only printed. */
  signatures: PaperSignature[]
  /** Where the seal of a slip stands; absent where a seal comes with signatures, or none does. */
  sealPlace?: Place | null
  sealedAt?: string | null
  /** The slip as it was before its seal. */
  printedSha256?: string | null
}

const fileColumns = `file_id as "fileId", sha256, view_sha256 as "viewSha256", size, media_type as "mediaType", name,
  jsonb_build_object('kind', owner_kind, 'id', owner_id) as owner, purpose, scan_state as "scanState",
  created_at as "createdAt", conversion, converted_sha256 as "convertedSha256", pages, text_layer as "textLayer",
  text_problem as "textProblem", reading, conversion_problem as "conversionProblem", notes, malware,
  signature_check as "signatureCheck"`

const documentColumns = `id, dossier_id as "dossierId", dossier_code as "dossierCode", kind, cause, number, title,
  sha256, size, standard, verify_code as "verifyCode", issued_at as "issuedAt", authority_code as "authorityCode",
  authority_name as "authorityName", signer_name as "signerName", status, status_reason as "statusReason",
  replaced_by as "replacedBy", sample, signatures, seal_place as "sealPlace", sealed_at as "sealedAt",
  printed_sha256 as "printedSha256"`

export async function insertFile(db: Queryable, file: StoredFile): Promise<void> {
  await db.query(
    `insert into documents.stored_file (file_id, sha256, view_sha256, size, media_type, name, owner_kind, owner_id,
       purpose, scan_state, created_at, conversion, notes, signature_check, reading)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      file.fileId,
      file.sha256,
      file.viewSha256,
      file.size,
      file.mediaType,
      file.name,
      file.owner.kind,
      file.owner.id,
      file.purpose,
      file.scanState,
      file.createdAt,
      file.conversion,
      file.notes,
      file.signatureCheck ?? null,
      file.reading ?? null,
    ],
  )
}

export async function findFiles(db: Queryable, fileIds: readonly string[]): Promise<StoredFile[]> {
  const { rows } = await db.query(
    `select ${fileColumns} from documents.stored_file where file_id = any($1::uuid[]) order by created_at, file_id`,
    [fileIds],
  )
  return rows.map(toFile)
}

/** Says what an upload that its owner sent beforehand is for; undefined when it is not theirs or was taken before. */
export async function claimUpload(
  db: Queryable,
  fileId: string,
  { owner, purpose }: { owner: Owner; purpose: string },
): Promise<StoredFile | undefined> {
  const { rows } = await db.query(
    `update documents.stored_file set purpose = $4
     where file_id = $1 and owner_kind = $2 and owner_id = $3 and purpose = 'upload' returning ${fileColumns}`,
    [fileId, owner.kind, owner.id, purpose],
  )
  return rows[0] && toFile(rows[0])
}

/**
 * The next number of a register. Call it in the transaction that writes what is numbered: a roll-back gives the
 * number back, so the register has no gaps; others who number in the same register wait for that transaction.
 */
export async function takeNumber(
  tx: Queryable,
  register: { authorityCode: string; register: string; year: number },
): Promise<number> {
  const { rows } = await tx.query(
    `insert into documents.register_number as r (authority_code, register, year, last) values ($1, $2, $3, 1)
     on conflict (authority_code, register, year) do update set last = r.last + 1
     returning last`,
    [register.authorityCode, register.register, register.year],
  )
  return rows[0].last
}

export async function insertDocument(tx: Queryable, document: IssuedDocument): Promise<void> {
  await tx.query(
    `insert into documents.issued_document (id, dossier_id, dossier_code, kind, cause, number, title, sha256, size,
       standard, verify_code, issued_at, authority_code, authority_name, signer_name, sample, signatures,
       seal_place)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      document.id,
      document.dossierId,
      document.dossierCode,
      document.kind,
      document.cause,
      document.number,
      document.title,
      document.sha256,
      document.size,
      document.standard,
      document.verifyCode,
      document.issuedAt,
      document.authorityCode,
      document.authorityName,
      document.signerName,
      document.sample,
      JSON.stringify(document.signatures),
      document.sealPlace ? JSON.stringify(document.sealPlace) : null,
    ],
  )
}

type Cause = { dossierId: string; kind: string; cause: string }

/** Keeps others from issuing for the same cause until the transaction ends. */
export async function lockCause(tx: Queryable, { dossierId, kind, cause }: Cause): Promise<void> {
  const key = `documents ${dossierId} ${kind} ${cause}`
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key])
}

export async function findByCause(
  db: Queryable,
  { dossierId, kind, cause }: Cause,
): Promise<IssuedDocument | undefined> {
  return findDocument(db, 'dossier_id = $1 and kind = $2 and cause = $3', [dossierId, kind, cause])
}

/** The document behind a verification code; letters may come in lower case and with spaces or dashes. */
export async function findByVerifyCode(db: Queryable, code: string): Promise<IssuedDocument | undefined> {
  const typed = code.toUpperCase().replace(/[\s-]/g, '')
  if (!/^[2-9A-Z]{8,40}$/.test(typed)) return undefined
  return findDocument(db, 'verify_code = $1', [typed])
}

export async function findDocumentById(db: Queryable, id: string): Promise<IssuedDocument | undefined> {
  return isId(id) ? findDocument(db, 'id = $1', [id]) : undefined
}

/** Papers with one of these contents, the first named content first. */
export async function documentsByContent(
  db: Queryable,
  hashes: readonly string[],
): Promise<IssuedDocument[]> {
  const { rows } = await db.query(
    `select ${documentColumns} from documents.issued_document
     where sha256 = any($1::text[]) or printed_sha256 = any($1::text[])
     order by coalesce(array_position($1::text[], sha256), array_position($1::text[], printed_sha256)),
       issued_at desc limit 100`,
    [hashes],
  )
  return rows.map(toDocument)
}

/** All papers issued in a dossier, oldest first. */
export async function documentsOfDossier(db: Queryable, dossierId: string): Promise<IssuedDocument[]> {
  const { rows } = await db.query(
    `select ${documentColumns} from documents.issued_document where dossier_id = $1 order by issued_at, id`,
    [dossierId],
  )
  return rows.map(toDocument)
}

/**
 * Marks a paper as replaced, by another or by one that is still to be printed; naming the other later is possible
 * once. False when nothing changed: it was revoked, or is named already.
 */
export async function markReplaced(db: Queryable, id: string, replacedBy: string | null): Promise<boolean> {
  const { rowCount } = await db.query(
    `update documents.issued_document set status = 'replaced', replaced_by = $2::uuid
     where id = $1 and (status = 'valid' or (status = 'replaced' and replaced_by is null and $2::uuid is not null))`,
    [id, replacedBy],
  )
  return rowCount === 1
}

/**
 * Takes slips that wait for their seal, oldest first, or one of them; who took them has a minute. Others get none that
 * somebody is at.
 */
export async function claimUnsealed(
  db: Queryable,
  { id = null, most, now }: { id?: string | null; most: number; now: Date },
): Promise<IssuedDocument[]> {
  const { rows } = await db.query(
    `update documents.issued_document set sealing_since = $1::timestamptz where id in (
       select id from documents.issued_document
       where seal_place is not null and sealed_at is null and ($2::uuid is null or id = $2)
         and (sealing_since is null or sealing_since < $1::timestamptz - interval '1 minute')
       order by issued_at limit $3 for update skip locked)
     returning ${documentColumns}`,
    [now, id, most],
  )
  return rows.map(toDocument).toSorted((a, b) => a.issuedAt.localeCompare(b.issuedAt))
}

/** Writes down that a slip is sealed: its content is the sealed file from now on. */
export async function markSealed(
  db: Queryable,
  { id, sha256: printed }: Pick<IssuedDocument, 'id' | 'sha256'>,
  { sha256, size, seal, now }: { sha256: string; size: number; seal: PaperSignature; now: Date },
): Promise<IssuedDocument | undefined> {
  const { rows } = await db.query(
    `update documents.issued_document set printed_sha256 = sha256, sha256 = $3, size = $4, signatures = $5,
       sealed_at = $6, sealing_since = null
     where id = $1 and sha256 = $2 and sealed_at is null returning ${documentColumns}`,
    [id, printed, sha256, size, JSON.stringify([seal]), now],
  )
  return rows[0] && toDocument(rows[0])
}

/** Marks a paper as revoked for a reason that anybody may read; false when it was not valid any more. */
export async function markRevoked(db: Queryable, id: string, reason: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update documents.issued_document set status = 'revoked', status_reason = $2 where id = $1 and status = 'valid'`,
    [id, reason],
  )
  return rowCount === 1
}

async function findDocument(
  db: Queryable,
  where: string,
  values: string[],
): Promise<IssuedDocument | undefined> {
  const { rows } = await db.query(
    `select ${documentColumns} from documents.issued_document where ${where}`,
    values,
  )
  return rows[0] && toDocument(rows[0])
}

type Row<T extends object> = Omit<T, 'createdAt' | 'issuedAt' | 'sealedAt'> & {
  createdAt?: Date
  issuedAt?: Date
  sealedAt?: Date | null
}

const toFile = (row: Row<StoredFile>): StoredFile => ({ ...row, createdAt: row.createdAt!.toISOString() })
const toDocument = (row: Row<IssuedDocument>): IssuedDocument => ({
  ...row,
  issuedAt: row.issuedAt!.toISOString(),
  sealedAt: row.sealedAt?.toISOString() ?? null,
})
