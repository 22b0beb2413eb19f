import type { Queryable } from '../../../kernel/db.ts'

/** A paper of a dossier that an officer compared with the original and signed. */
export interface DigitisedPaper {
  id: string
  dossierId: string
  component: string
  /** Hash of the hashes of the scanned files, in their order. */
  source: string
  sourceFiles: string[]
  fileId: string
  sha256: string
  size: number
  pages: number
  paperCode: string | null
  fields: Record<string, string>
  officerId: string
  authority: string
  signerName: string
  certificate: string
  evidenceId: string | null
  vaultItemId: string | null
  signedAt: string
}

/** A file that was scanned for a component and waits for its data and signature. */
export interface Scan {
  fileId: string
  component: string
}

/** Adds a signed copy; false when the same scan was signed already. */
export async function insertDigitised(tx: Queryable, paper: DigitisedPaper): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into dossiers.digitised_paper (id, dossier_id, component, source, source_files, file_id, sha256, size, pages,
       paper_code, fields, officer_id, authority, signer_name, certificate, evidence_id, vault_item_id, signed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict (dossier_id, component, source) do nothing`,
    [
      ...[paper.id, paper.dossierId, paper.component, paper.source, paper.sourceFiles, paper.fileId],
      ...[paper.sha256, paper.size, paper.pages, paper.paperCode, paper.fields, paper.officerId],
      ...[paper.authority, paper.signerName, paper.certificate, paper.evidenceId, paper.vaultItemId],
      paper.signedAt,
    ],
  )
  return rowCount === 1
}

export async function digitisedOf(db: Queryable, dossierId: string): Promise<DigitisedPaper[]> {
  const { rows } = await db.query({
    name: 'dossiers.digitised',
    text: 'select * from dossiers.digitised_paper where dossier_id = $1 order by signed_at, id',
    values: [dossierId],
  })
  return rows.map((row) => ({
    id: row.id,
    dossierId: row.dossier_id,
    component: row.component,
    source: row.source,
    sourceFiles: row.source_files,
    fileId: row.file_id,
    sha256: row.sha256,
    size: Number(row.size),
    pages: row.pages,
    paperCode: row.paper_code,
    fields: row.fields,
    officerId: row.officer_id,
    authority: row.authority,
    signerName: row.signer_name,
    certificate: row.certificate,
    evidenceId: row.evidence_id,
    vaultItemId: row.vault_item_id,
    signedAt: row.signed_at.toISOString(),
  }))
}

export async function insertScan(
  db: Queryable,
  scan: Scan & { dossierId: string; officerId: string; now: Date },
): Promise<void> {
  await db.query(
    `insert into dossiers.scan (file_id, dossier_id, component, scanned_by, scanned_at) values ($1, $2, $3, $4, $5)
     on conflict (file_id) do nothing`,
    [scan.fileId, scan.dossierId, scan.component, scan.officerId, scan.now],
  )
}

/** Takes a scan back: it was of the wrong paper, or not readable. */
export async function dropScan(db: Queryable, dossierId: string, fileId: string, now: Date): Promise<void> {
  await db.query(
    'update dossiers.scan set dropped_at = $3 where dossier_id = $1 and file_id = $2 and dropped_at is null',
    [dossierId, fileId, now],
  )
}

export async function scansOf(db: Queryable, dossierId: string): Promise<Scan[]> {
  const { rows } = await db.query(
    `select file_id, component from dossiers.scan where dossier_id = $1 and dropped_at is null
     order by scanned_at, file_id`,
    [dossierId],
  )
  return rows.map((row) => ({ fileId: row.file_id, component: row.component }))
}

/** Whether a file is a scan or a signed copy of this dossier. */
export async function holdsScan(db: Queryable, dossierId: string, fileId: string): Promise<boolean> {
  const { rows } = await db.query(
    `select 1 from dossiers.digitised_paper where dossier_id = $1 and file_id = $2
     union all select 1 from dossiers.scan where dossier_id = $1 and file_id = $2
     union all select 1 from dossiers.certification where dossier_id = $1 and file_id = $2
     union all select 1 from dossiers.captured_original where dossier_id = $1 and pages @> $3 limit 1`,
    [dossierId, fileId, JSON.stringify([{ fileId }])],
  )
  return rows.length > 0
}
