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
  paperName: string
  requester: string
  pages: number
  feeVnd: number | null
  fileId: string
  sha256: string
  size: number
  officerId: string
  signerName: string
  signerTitle: string
  vaultItemId: string | null
  certifiedAt: string
}

export async function insertCertification(tx: Queryable, line: Certification): Promise<void> {
  await tx.query(
    `insert into dossiers.certification (id, authority, year, n, dossier_id, dossier_code, source, paper_name, requester,
       pages, fee_vnd, file_id, sha256, size, officer_id, signer_name, signer_title, vault_item_id, certified_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      ...[line.id, line.authority, line.year, line.n, line.dossierId, line.dossierCode, line.source],
      ...[line.paperName, line.requester, line.pages, line.feeVnd, line.fileId, line.sha256, line.size],
      ...[line.officerId, line.signerName, line.signerTitle, line.vaultItemId, line.certifiedAt],
    ],
  )
}

const columns = `id, authority, year, n, dossier_id as "dossierId", dossier_code as "dossierCode", source,
  paper_name as "paperName", requester, pages, fee_vnd::int as "feeVnd", file_id as "fileId", sha256, size::int as size,
  officer_id as "officerId", signer_name as "signerName", signer_title as "signerTitle",
  vault_item_id as "vaultItemId", certified_at as "certifiedAt"`

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

/** What an authority certified on some days, the last one included, in the order of the book. */
export async function readCertifications(
  db: Queryable,
  { authority, from, to, limit }: { authority: string; from: string; to: string; limit: number },
): Promise<Certification[]> {
  const { rows } = await db.query(
    `select ${columns} from dossiers.certification
     where authority = $1 and (certified_at at time zone 'Asia/Ho_Chi_Minh')::date between $2 and $3
     order by year, n limit $4`,
    [authority, from, to, limit],
  )
  return rows.map(toLine)
}

/** Number and volume as the statement and the book print them. */
export const certificationNumber = ({ n }: Pick<Certification, 'n'>): string => String(n).padStart(5, '0')
/** Electronic copies have a volume of their own each year beside that of paper copies. */
export const certificationVolume = ({ year }: Pick<Certification, 'year'>): string => `02/${year}`
