import type { Queryable } from '../../../kernel/db.ts'

/** A line of the book of certified electronic copies. */
export interface Certification {
  id: string
  authority: string
  year: number
  n: number
  dossierId: string
  dossierCode: string
  source: string
  /** What was captured; null in lines from before originals were kept one by one. */
  originalId: string | null
  paperName: string
  requester: string
  pages: number
  copies: number
  feeVnd: number | null
  fileId: string
  sha256: string
  size: number
  verifyCode: string | null
  officerId: string
  signerName: string
  signerTitle: string
  vaultItemId: string | null
  note: string | null
  certifiedAt: string
}

export async function insertCertification(tx: Queryable, line: Certification): Promise<void> {
  await tx.query(
    `insert into dossiers.certification (id, authority, year, n, dossier_id, dossier_code, source, original_id,
       paper_name, requester, pages, copies, fee_vnd, file_id, sha256, size, verify_code, officer_id, signer_name,
       signer_title, vault_item_id, note, certified_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
    [
      ...[line.id, line.authority, line.year, line.n, line.dossierId, line.dossierCode, line.source],
      ...[line.originalId, line.paperName, line.requester, line.pages, line.copies, line.feeVnd, line.fileId],
      ...[line.sha256, line.size, line.verifyCode, line.officerId, line.signerName, line.signerTitle],
      ...[line.vaultItemId, line.note, line.certifiedAt],
    ],
  )
}

const columns = `id, authority, year, n, dossier_id as "dossierId", dossier_code as "dossierCode", source,
  original_id as "originalId", paper_name as "paperName", requester, pages, copies, fee_vnd::int as "feeVnd",
  file_id as "fileId", sha256, size::int as size, verify_code as "verifyCode", officer_id as "officerId",
  signer_name as "signerName", signer_title as "signerTitle", vault_item_id as "vaultItemId", note,
  certified_at as "certifiedAt"`

const toLine = (row: Omit<Certification, 'certifiedAt'> & { certifiedAt: Date }): Certification => ({
  ...row,
  certifiedAt: row.certifiedAt.toISOString(),
})

export async function certificationsOf(db: Queryable, dossierId: string): Promise<Certification[]> {
  const { rows } = await db.query(
    `select ${columns} from dossiers.certification where dossier_id = $1 order by year, n`,
    [dossierId],
  )
  return rows.map(toLine)
}

export interface BookFilter {
  authority: string
  /** Dates of law, both included. */
  from: string
  to: string
  /** Words of the paper's name, the requester's, a number or the code of a dossier. */
  words?: string
  /** Who signed, by name. */
  signer?: string
  limit: number
}

const dayIn = `(certified_at at time zone 'Asia/Ho_Chi_Minh')::date`
const found = `authority = $1 and ${dayIn} between $2 and $3
  and ($4 = '' or position(lower($4) in lower(paper_name || ' ' || requester || ' ' || dossier_code)) > 0
    or ltrim($4, '0') = n::text)
  and ($5 = '' or signer_name = $5)`
const parameters = ({ authority, from, to, words = '', signer = '' }: BookFilter) => [
  ...[authority, from, to, words.trim(), signer],
]

/** What an authority certified on some days, the last one included, in the order of the book. */
export async function readCertifications(db: Queryable, filter: BookFilter): Promise<Certification[]> {
  const { rows } = await db.query(
    `select ${columns} from dossiers.certification where ${found} order by year, n limit $6`,
    [...parameters(filter), filter.limit],
  )
  return rows.map(toLine)
}

/** Sums of the same lines, however many, and who signed in those days. */
export async function sumCertifications(
  db: Queryable,
  filter: BookFilter,
): Promise<{ lines: number; pages: number; feeVnd: number; signers: string[] }> {
  const [sums, signers] = await Promise.all([
    db.query(
      `select count(*)::int as lines, coalesce(sum(pages), 0)::int as pages, coalesce(sum(fee_vnd), 0)::float8 as "feeVnd"
       from dossiers.certification where ${found}`,
      parameters(filter),
    ),
    db.query(
      `select distinct signer_name as name from dossiers.certification
       where authority = $1 and ${dayIn} between $2 and $3 order by 1 limit 50`,
      [filter.authority, filter.from, filter.to],
    ),
  ])
  return { ...sums.rows[0], signers: signers.rows.map(({ name }) => name) }
}

/** Number and volume as the statement and the book print them. */
export const certificationNumber = ({ n }: Pick<Certification, 'n'>): string => String(n).padStart(5, '0')
/** Electronic copies have a volume of their own each year beside that of paper copies. */
export const certificationVolume = ({ year }: Pick<Certification, 'year'>): string => `02/${year}`
