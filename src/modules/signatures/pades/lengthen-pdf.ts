import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { readSignedData } from '../cms/read-signed-data.ts'
import { tokenChain } from '../cms/read-time-stamp.ts'
import type { SignatureDoor } from '../door.ts'
import { refusals } from '../refusals.ts'
import type { Level } from '../types.ts'
import { addDocumentTimeStamp } from './document-time-stamp.ts'
import { readRevisions } from './read-revisions.ts'
import { type FoundSignature, readSignatures } from './read-signatures.ts'
import { addSecurityStore, gatherMaterial } from './security-store.ts'

type LengthenDoor = Pick<SignatureDoor, 'timeStamps' | 'revocation' | 'trusted'>

/**
 * Gives a signed paper what it lacks to be checked for long (EN 319 142-1, 6.3): a time stamp over everything where a
 * signature has none of its own, the material of every chain, and for B-LTA one more stamp over both. The paper stays as
 * it is and everything is written behind it. Refuses when a service does not answer or a certificate was revoked.
 */
export async function lengthenPdf(
  door: LengthenDoor,
  pdf: Uint8Array,
  wanted: Level,
): Promise<Outcome<Uint8Array>> {
  if (!door.timeStamps) return refusals.timestampDown()
  const stamped = needsStamp(signaturesOf(pdf)) ? await addDocumentTimeStamp(pdf, door.timeStamps) : pdf
  if (isRefusal(stamped) || wanted === 'B-T') return stamped
  const found = signaturesOf(stamped)
  const trusted = (await door.trusted()).map(({ certificate }) => certificate)
  const material = await gatherMaterial(found.flatMap(chainsOf), trusted, door.revocation)
  if (!material) return refusals.revocationUnknown()
  if (material === 'revoked') return refusals.revoked()
  const last = found.findLast(({ type }) => type === 'signature')!
  const stored = addSecurityStore(stamped, last.contents, material)
  return wanted === 'B-LT' ? stored : addDocumentTimeStamp(stored, door.timeStamps)
}

const signaturesOf = (pdf: Uint8Array): FoundSignature[] => readSignatures(pdf, readRevisions(pdf))

/** Whether a signature has neither a time stamp of its own nor one over it. */
function needsStamp(found: readonly FoundSignature[]): boolean {
  const lastStamp = found.findLastIndex(({ type }) => type === 'document-timestamp')
  return found.some(
    ({ type, contents }, i) =>
      type === 'signature' && i > lastStamp && readSignedData(contents)?.timeStampToken === undefined,
  )
}

/** Chains that a check follows: of who signed and of the clocks, each with its own certificate first. */
function chainsOf({ type, contents }: FoundSignature): Uint8Array[][] {
  if (type === 'document-timestamp') return [tokenChain(contents)]
  const read = readSignedData(contents)
  if (!read?.signer) return []
  const { signer, certificates, timeStampToken } = read
  const rest = certificates.filter(({ sha256 }) => sha256 !== signer.sha256).map(({ der }) => der)
  return [[signer.der, ...rest], ...(timeStampToken ? [tokenChain(timeStampToken)] : [])]
}
