import { buffer } from 'node:stream/consumers'
import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { findFiles, type OpenedFile } from '../documents/index.ts'
import { type CheckDoor, evidenceOf, type SignatureReport, verifyPdf } from '../signatures/index.ts'
import type { VaultItem } from './vault-item.ts'

/** What the signatures on a paper are worth: as they are found now, and when they were first looked at. */
export interface ItemCheck {
  report: SignatureReport
  /** When the paper was checked on its way in; null when nobody did. */
  receivedAt: string | null
}

/** Papers are far smaller than this; a larger file is not read whole for a page. */
const mostBytes = 32 * 1024 * 1024

/** Checks the signatures of a PDF of the vault; undefined for what cannot bear any, or cannot be read. */
export async function checkItem(
  { db, check, now }: { db: Db; check: CheckDoor; now: Date },
  item: VaultItem,
  open: () => Promise<Outcome<OpenedFile>>,
): Promise<ItemCheck | undefined> {
  if (item.sha256 === null || item.mediaType !== 'application/pdf' || (item.size ?? 0) > mostBytes)
    return undefined
  const opened = await open()
  if (isRefusal(opened)) return undefined
  const { trusted, revocation } = check
  const report = await verifyPdf({ trusted, revocation }, await buffer(opened.stream), { at: now })
  return { report, receivedAt: await receivedAt(db, item) }
}

async function receivedAt(db: Db, { sha256, fileId }: VaultItem): Promise<string | null> {
  const found = (await evidenceOf(db, sha256!)).filter((each) => 'checked' in each)
  if (found.length > 0) return found.at(-1)!.at
  const [file] = fileId === null ? [] : await findFiles(db.pool, [fileId])
  return file?.signatureCheck?.at ?? null
}
