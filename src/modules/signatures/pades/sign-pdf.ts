import { createHash, randomUUID } from 'node:crypto'
import { isRefusal, type Outcome, type Refusal } from '../../../kernel/errors.ts'
import { type Certificate, readCertificate } from '../cms/certificate.ts'
import { oids } from '../cms/oids.ts'
import { checkOwnSignature } from '../cms/raw-signature.ts'
import { tokenChain } from '../cms/read-time-stamp.ts'
import { signedAttributes, signedData } from '../cms/write-signed-data.ts'
import type { Later, RememberedRequest, SignatureDoor } from '../door.ts'
import { inTime } from '../in-time.ts'
import { refusals } from '../refusals.ts'
import type { Authorisation, Evidence, Level, Signed, Signer, Signing } from '../types.ts'
import { addDocumentTimeStamp, timeStampRoom } from './document-time-stamp.ts'
import { layOutSigning } from './lay-out-signing.ts'
import { type Placed, placeSignature } from './place-signature.ts'
import { addSecurityStore, gatherMaterial } from './security-store.ts'

/** Signs one paper. The answer of a request that was asked before is the same paper, with the same signature. */
export async function signPdf(
  door: SignatureDoor,
  signing: Signing,
  authorisation: Authorisation = {},
): Promise<Outcome<Signed>> {
  for await (const signed of signMany(door, [signing], authorisation)) return signed
  throw new Error('no answer to one request')
}

// What one call of a remote service may carry.
const mostAtOnce = 50

/** Signs a batch with one authorisation; answers come in the order of the list, and one failure stops no other. */
export async function* signMany(
  door: SignatureDoor,
  list: readonly Signing[],
  authorisation: Authorisation = {},
): AsyncGenerator<Outcome<Signed>> {
  for (let at = 0; at < list.length; ) {
    const { signerId } = list[at]!
    let end = at + 1
    while (end < list.length && end - at < mostAtOnce && list[end]!.signerId === signerId) end++
    yield* signChunk(door, signerId, list.slice(at, end), authorisation)
    at = end
  }
}

interface Prepared {
  id: string
  signing: Signing
  chain: readonly Uint8Array[]
  certificate: Certificate
  placed: Placed
  attributes: Uint8Array
  sha256: Uint8Array
  remembered: Uint8Array | null
}

async function* signChunk(
  door: SignatureDoor,
  signerId: string,
  list: readonly Signing[],
  authorisation: Authorisation,
): AsyncGenerator<Outcome<Signed>> {
  const signer = await door.findSigner(signerId)
  if (isRefusal(signer)) return yield* list.map(() => signer)
  const chain = await signer.certificates()
  const ids = list.map(({ requestId }) => requestId ?? randomUUID())
  const requests = await door.requests.open(ids, signerId, list[0]!.now)
  const prepared = await Promise.all(list.map((signing, i) => prepare(signing, ids[i]!, requests[i]!, chain)))
  const failed = await ask(
    door,
    signer,
    prepared.filter((one): one is Prepared => !isRefusal(one)),
    authorisation,
    list[0]!.now,
  )
  for (const one of prepared) yield isRefusal(one) ? one : (failed ?? (await complete(door, one)))
}

async function prepare(
  signing: Signing,
  id: string,
  request: RememberedRequest,
  chain: readonly Uint8Array[],
): Promise<Outcome<Prepared>> {
  const certificate = readCertificate(chain[0]!)
  // The time of the first asking: the same request must cover the same bytes.
  const now = request.askedAt
  if (now < certificate.from || now > certificate.to)
    return refusals.certificateNotValid({
      from: certificate.from.toISOString(),
      to: certificate.to.toISOString(),
    })
  const laidOut = await layOutSigning(signing)
  if (isRefusal(laidOut)) return laidOut
  const size = chain.reduce((sum, der) => sum + der.length, 0)
  const placed = placeSignature(laidOut.increment, laidOut.field, {
    ...{ type: 'Sig', subFilter: 'ETSI.CAdES.detached', signedAt: now, name: certificate.commonName },
    reason: signing.reason,
    room: size + 2_000 + (signing.level === 'B-B' ? 0 : timeStampRoom),
  })
  const attributes = signedAttributes(placed.digest, certificate.der)
  const sha256 = createHash('sha256').update(attributes).digest()
  if (request.sha256 && Buffer.compare(request.sha256, sha256) !== 0) return refusals.requestDiffers()
  const stable = { ...signing, now }
  return {
    id,
    signing: stable,
    chain,
    certificate,
    placed,
    attributes,
    sha256,
    remembered: request.signature,
  }
}

/** Asks the signer for what is not remembered; gives why nothing came, if nothing came. */
async function ask(
  door: SignatureDoor,
  signer: Signer,
  prepared: Prepared[],
  authorisation: Authorisation,
  now: Date,
): Promise<Refusal | undefined> {
  const wanted = prepared.filter(({ remembered }) => remembered === null)
  if (wanted.length === 0) return undefined
  await door.requests.asking(wanted)
  const requestId = wanted.length === 1 ? wanted[0]!.id : idOfMany(wanted.map(({ id }) => id))
  const signatures = await signer.sign(
    wanted.map(({ attributes, sha256 }) => ({ bytes: attributes, sha256 })),
    authorisation,
    requestId,
  )
  if (isRefusal(signatures)) return signatures
  const fits = wanted.every(
    ({ certificate, attributes }, i) =>
      signatures[i] !== undefined && checkOwnSignature(certificate.publicKey, attributes, signatures[i]),
  )
  if (!fits) return refusals.providerRefused({ provider: signer.label, why: 'wrong-signature' })
  for (const [i, one] of wanted.entries()) one.remembered = signatures[i]!
  await door.requests.answered(
    wanted.map(({ id, remembered }) => ({ id, signature: remembered! })),
    now,
  )
  return undefined
}

async function complete(door: SignatureDoor, prepared: Prepared): Promise<Outcome<Signed>> {
  const made = await sealed(door, prepared)
  if (isRefusal(made)) return made
  const evidence = evidenceOf(prepared, made)
  await door.keepEvidence({ made: evidence })
  return { pdf: made.pdf, evidence }
}

/** A paper with its signature, and how far it came. */
interface Made {
  pdf: Uint8Array
  level: Level
}

async function sealed(door: SignatureDoor, prepared: Prepared): Promise<Outcome<Made>> {
  const { later } = door
  const wanted = prepared.signing.level
  if (wanted === 'B-B') return shortest(prepared)
  if (!door.timeStamps) return refusals.timestampDown()
  if (!later) return stepwise(door, prepared, wanted, () => {})
  const before = hashOf(prepared.signing.pdf)
  // What it is signed over lacks stamps: both get them together.
  const overShort = await later.isShort(before)
  const made = await patiently(door, later, prepared, overShort ? 'B-T' : wanted)
  if (isRefusal(made)) return made
  if (overShort || made.level !== wanted)
    await later.ask({ sha256: hashOf(made.pdf), wanted, instead: overShort ? before : null })
  return made
}

/** As far as the services let it come in time; without them it is a signature all the same. */
async function patiently(
  door: SignatureDoor,
  later: Later,
  prepared: Prepared,
  wanted: Level,
): Promise<Outcome<Made>> {
  let reached = shortest(prepared)
  if (later.resting()) return reached
  const made = await inTime(
    stepwise(door, prepared, wanted, (step) => {
      reached = step
    }),
    later.withinMs,
  )
  if (made !== undefined && !(isRefusal(made) && made.kind === 'unavailable')) return made
  if (made === undefined || made.code === 'signatures.timestamp-down') later.wasSilent()
  return { ...reached }
}

async function stepwise(
  door: SignatureDoor,
  prepared: Prepared,
  wanted: Level,
  onStep: (made: Made) => void,
): Promise<Outcome<Made>> {
  const { remembered, chain, placed } = prepared
  const token = await door.timeStamps!(createHash('sha256').update(remembered!).digest())
  if (isRefusal(token)) return token
  const contents = contentsOf(prepared, [{ type: oids.timeStampToken, value: token }])
  const stamped: Made = { pdf: placed.seal(contents), level: 'B-T' }
  onStep(stamped)
  if (wanted === 'B-T') return stamped
  const trusted = (await door.trusted()).map(({ certificate }) => certificate)
  const material = await gatherMaterial([chain, tokenChain(token)], trusted, door.revocation)
  if (!material) return refusals.revocationUnknown()
  if (material === 'revoked') return refusals.revoked()
  const stored: Made = { pdf: addSecurityStore(stamped.pdf, contents, material), level: 'B-LT' }
  if (wanted === 'B-LT') return stored
  onStep(stored)
  const pdf = await addDocumentTimeStamp(stored.pdf, door.timeStamps!)
  return isRefusal(pdf) ? pdf : { pdf, level: 'B-LTA' }
}

const contentsOf = (
  { attributes, remembered, chain }: Prepared,
  unsigned: { type: string; value: Uint8Array }[],
) => signedData({ attributes, signature: remembered!, chain, unsigned })

const shortest = (prepared: Prepared): Made => ({
  pdf: prepared.placed.seal(contentsOf(prepared, [])),
  level: 'B-B',
})

const hashOf = (pdf: Uint8Array): string => createHash('sha256').update(pdf).digest('hex')

function evidenceOf({ certificate, signing }: Prepared, { pdf, level }: Made): Evidence {
  return {
    sha256: hashOf(pdf),
    signerId: signing.signerId,
    level,
    certificateSha256: certificate.sha256,
    signerName: certificate.commonName,
    issuer: certificate.issuerName,
    serial: certificate.serial,
    signedAt: signing.now.toISOString(),
    timestampAt: level === 'B-B' ? null : signing.now.toISOString(),
  }
}

/** Asked again in the same company, a batch has the same id. */
const idOfMany = (ids: string[]): string =>
  createHash('sha256')
    .update(ids.join('\n'))
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5')
