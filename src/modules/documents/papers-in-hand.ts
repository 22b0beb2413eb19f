import type { Queryable } from '../../kernel/db.ts'
import { newId, newSecret } from '../../kernel/ids.ts'
import type { PaperSignature } from './documents-store.ts'
import { verifyCodeLength } from './issue-document.ts'
import type { OpenPlaces } from './render-slip.ts'

/** A paper between layout and issue: `prepared` nobody signed yet, `void` came to nothing. */
export interface PaperInHand {
  id: string
  dossierId: string
  kind: string
  basis: string
  verifyCode: string
  places: OpenPlaces
  preparedSha256: string
  sha256: string
  signatures: PaperSignature[]
  state: 'prepared' | 'signed' | 'issued' | 'void'
  madeAt: string
}

const columns = `id, dossier_id as "dossierId", kind, basis, verify_code as "verifyCode", places,
  prepared_sha256 as "preparedSha256", sha256, signatures, state, made_at as "madeAt"`

/** The paper laid out on this basis, whatever became of it. */
export async function findPaperInHand(
  db: Queryable,
  { dossierId, kind, basis }: Pick<PaperInHand, 'dossierId' | 'kind' | 'basis'>,
): Promise<PaperInHand | undefined> {
  const { rows } = await db.query(
    `select ${columns} from documents.paper_in_hand where dossier_id = $1 and kind = $2 and basis = $3`,
    [dossierId, kind, basis],
  )
  return rows[0] && toPaper(rows[0])
}

/** The paper with this id. */
export async function readPaperInHand(db: Queryable, id: string): Promise<PaperInHand | undefined> {
  const { rows } = await db.query(`select ${columns} from documents.paper_in_hand where id = $1`, [id])
  return rows[0] && toPaper(rows[0])
}

/** A code for a paper that is still to be laid out: its QR stands on it before anybody signs. */
export const newVerifyCode = (): string => newSecret(verifyCodeLength)

/**
 * Keeps a paper as it was laid out, or as those who signed it before left it. Who comes second with the same basis
 * gets the first one's paper.
 */
export async function keepPaperInHand(
  db: Queryable,
  paper: Pick<
    PaperInHand,
    'dossierId' | 'kind' | 'basis' | 'verifyCode' | 'places' | 'sha256' | 'signatures'
  >,
  now: Date,
): Promise<PaperInHand> {
  await db.query(
    `insert into documents.paper_in_hand
       (id, dossier_id, kind, basis, verify_code, places, prepared_sha256, sha256, signatures, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9) on conflict (dossier_id, kind, basis) do nothing`,
    [
      newId(now.getTime()),
      paper.dossierId,
      paper.kind,
      paper.basis,
      paper.verifyCode,
      JSON.stringify(paper.places),
      paper.sha256,
      JSON.stringify(paper.signatures),
      now,
    ],
  )
  return (await findPaperInHand(db, paper))!
}

/**
 * Writes down that somebody signed: the file with the signature takes the place of the one before, and a signature of
 * the place of one in the same field. False when the paper changed meanwhile or may not be signed any more.
 */
export async function recordSignature(
  db: Queryable,
  paper: Pick<PaperInHand, 'id' | 'sha256'>,
  signed: { sha256: string; signature: PaperSignature },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update documents.paper_in_hand set sha256 = $3, state = 'signed', signatures = (
       select coalesce(jsonb_agg(each), '[]') from jsonb_array_elements(signatures) each
       where each->>'field' <> $5) || $4::jsonb
     where id = $1 and sha256 = $2 and state in ('prepared', 'signed')`,
    [...[paper.id, paper.sha256, signed.sha256, JSON.stringify([signed.signature])], signed.signature.field],
  )
  return rowCount === 1
}

/** Ends the time in hand: the paper was issued, or no act that was decided rests on it. */
export async function closePaperInHand(db: Queryable, id: string, state: 'issued' | 'void'): Promise<void> {
  await db.query(
    `update documents.paper_in_hand set state = $2 where id = $1 and state in ('prepared', 'signed')`,
    [id, state],
  )
}

/** Papers that people signed and nobody has sealed yet, oldest first. */
export async function papersAwaitingSeal(
  db: Queryable,
): Promise<Pick<PaperInHand, 'id' | 'dossierId' | 'kind'>[]> {
  const { rows } = await db.query(
    `select id, dossier_id as "dossierId", kind from documents.paper_in_hand
     where state = 'signed' order by made_at limit 5000`,
  )
  return rows
}

const toPaper = (row: PaperInHand & { madeAt: Date | string }): PaperInHand => ({
  ...row,
  madeAt: new Date(row.madeAt).toISOString(),
})
