import { createHash, X509Certificate } from 'node:crypto'
import sharp from 'sharp'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import type { Outcome } from '../../kernel/errors.ts'
import { type Certificate, readCertificate } from './cms/certificate.ts'
import { refusals } from './refusals.ts'
import { recordAct, type SignerAct, trustAuthority } from './signatures-store.ts'

/** Who changes means of signing; whether they may is told by the caller. */
export interface ChangedBy {
  officerId: string
  name: string
}

/** Largest picture of a signature or a seal, in bytes. */
export const largestImage = 200 * 1024
const largestSide = 2000
const largestCertificate = 64 * 1024

const statements = {
  chosen: `update signatures.signer set settings = settings || jsonb_build_object('chosenAt', $2::text)
    where id = $1 and state <> 'ended'`,
  tried: `update signatures.signer set settings = settings || jsonb_build_object('triedAt', $2::text)
    where id = $1 and kind = 'csc' and state = 'active'`,
  locked:
    "update signatures.signer set state = 'locked' where id = $1 and state = 'active' and $2::text <> ''",
  unlocked: `update signatures.signer set state = 'active', wrong_pins = 0
    where id = $1 and state = 'locked' and $2::text <> ''`,
  ended: `update signatures.signer set state = 'ended', ended_at = $2::timestamptz
    where id = $1 and state <> 'ended'`,
  image: `update signatures.signer set settings = settings || jsonb_build_object('image', $2::text)
    where id = $1 and state <> 'ended'`,
} satisfies Partial<Record<SignerAct['act'], string>>

type Change = Exclude<keyof typeof statements, 'image'>

/** Chooses, tries, locks, unlocks or ends a means of signing, and writes down who did; refuses what does not stand so. */
export const changeSigner = (
  db: Db,
  { id, act, by }: { id: string; act: Change; by: ChangedBy },
  now: Date,
): Promise<Outcome<void>> => change(db, { id, act, by, value: now.toISOString() }, now)

/** Gives a means of signing its picture: a PNG, looked at and written anew so that nothing else comes with it. */
export async function giveImage(
  db: Db,
  { id, bytes, by }: { id: string; bytes: Uint8Array; by: ChangedBy },
  now: Date,
): Promise<Outcome<void>> {
  const png = await cleanPng(bytes)
  if (png === undefined) return refusals.badImage()
  return change(db, { id, act: 'image', by, value: png.toString('base64') }, now)
}

function change(
  db: Db,
  { id, act, by, value }: { id: string; act: keyof typeof statements; by: ChangedBy; value: string },
  now: Date,
): Promise<Outcome<void>> {
  return inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query(statements[act], [id, value])
    if (rowCount !== 1) return refusals.noSuchSigner()
    await recordAct(tx as Queryable, { subject: id, act, details: {}, ...by }, now)
    return undefined
  })
}

async function cleanPng(bytes: Uint8Array): Promise<Buffer | undefined> {
  if (bytes.length === 0 || bytes.length > largestImage) return undefined
  try {
    const { format, width, height } = await sharp(bytes, { limitInputPixels: largestSide ** 2 }).metadata()
    if (format !== 'png' || width > largestSide || height > largestSide) return undefined
    return await sharp(bytes, { limitInputPixels: largestSide ** 2 })
      .png()
      .toBuffer()
  } catch {
    return undefined
  }
}

/** Believes a certification authority from a day on; the same certificate again changes its name and days. */
export async function trustCertificate(
  db: Db,
  asked: { bytes: Uint8Array; name: string; from: string; to: string | null; by: ChangedBy },
  now: Date,
): Promise<Outcome<Certificate>> {
  const certificate = authorityIn(asked.bytes)
  if (certificate === undefined || certificate.to <= now) return refusals.badCertificate()
  const { name, from, to, by } = asked
  if (to !== null && to < from) return refusals.badDays()
  await inTransaction(db, async (tx) => {
    const trusted = { name, certificate: certificate.der, validFrom: from, validTo: to }
    await trustAuthority(tx, { ...trusted, addedBy: by.officerId }, now)
    const details = { name, from, ...(to && { to }) }
    await recordAct(tx, { subject: certificate.sha256, act: 'trusted', details, ...by }, now)
  })
  return certificate
}

/** Believes an authority through a day and no longer. */
export function endTrust(
  db: Db,
  { sha256, on, by }: { sha256: string; on: string; by: ChangedBy },
  now: Date,
): Promise<Outcome<void>> {
  return inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query(
      `update signatures.trusted_authority set valid_to = $2
       where sha256 = $1 and valid_from <= $2::date and (valid_to is null or valid_to > $2::date)`,
      [Buffer.from(sha256, 'hex'), on],
    )
    if (rowCount !== 1) return refusals.badDays()
    await recordAct(tx, { subject: sha256, act: 'trust-ended', details: { to: on }, ...by }, now)
    return undefined
  })
}

/** A certificate of an authority, in DER or PEM; undefined for anything else. */
function authorityIn(bytes: Uint8Array): Certificate | undefined {
  if (bytes.length > largestCertificate) return undefined
  try {
    const found = readCertificate(new Uint8Array(new X509Certificate(bytes).raw))
    return found.isAuthority ? found : undefined
  } catch {
    return undefined
  }
}

export const certificateHash = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex')
