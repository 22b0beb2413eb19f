import { createHash } from 'node:crypto'
import type { Certificate } from '../cms/certificate.ts'
import { oids } from '../cms/oids.ts'
import { checkRaw, digestNames } from '../cms/raw-signature.ts'
import { readSignedData, type SignedContent } from '../cms/read-signed-data.ts'
import { isBound, readTimeStamp, type TimeStamp } from '../cms/read-time-stamp.ts'
import type { SignatureDoor } from '../door.ts'
import { PdfError } from '../pdf/read-values.ts'
import { patiently } from '../pki/patience.ts'
import type {
  Level,
  ProblemCode,
  RevocationSource,
  SignatureFinding,
  SignatureReport,
  TrustedAuthority,
  Verdict,
} from '../types.ts'
import { checkChain } from './check-chain.ts'
import { judgeLaterChanges } from './later-changes.ts'
import { hasRest, type Revision, readRevisions } from './read-revisions.ts'
import { type FoundSignature, readSignatures } from './read-signatures.ts'
import { type Material, readSecurityStore } from './security-store.ts'
import { whatChanged } from './what-changed.ts'

/** What a check needs of the door; evidence is kept where the door keeps it. */
export type CheckDoor = Pick<SignatureDoor, 'revocation' | 'trusted'> &
  Partial<Pick<SignatureDoor, 'keepEvidence'>>

/** Findings that leave a signature valid, and are said beside it. */
const notes: ReadonlySet<ProblemCode> = new Set(['revocation-unknown', 'timestamp-missing', 'field-added'])

/** Checks every signature of a PDF (EN 319 102-1 in short) and keeps what was found. */
export async function verifyPdf(
  door: CheckDoor,
  bytes: Uint8Array,
  { at }: { at: Date },
): Promise<SignatureReport> {
  const report = await check(door, bytes, at)
  await door.keepEvidence?.({ checked: report })
  return report
}

async function check(door: CheckDoor, bytes: Uint8Array, now: Date): Promise<SignatureReport> {
  const head = {
    kind: 'pdf' as const,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    checkedAt: now.toISOString(),
  }
  try {
    const revisions = readRevisions(bytes)
    const found = readSignatures(bytes, revisions)
    const problems: ProblemCode[] = found.length > 0 && hasRest(bytes, revisions) ? ['not-covered'] : []
    const material = readSecurityStore(revisions.at(-1)!.view)
    const signed = found.filter(({ type }) => type === 'signature').map((one) => one.signed?.number ?? -1)
    const coveredTo = Math.max(-1, ...signed)
    const file: CheckedFile = {
      bytes,
      revisions,
      coveredTo,
      material,
      trusted: await door.trusted(),
      now,
      revocation: patiently(door.revocation),
    }
    const stamps = await Promise.all(
      found.filter(({ type }) => type === 'document-timestamp').map((one) => checkStamp(file, one)),
    )
    const signatures = await Promise.all(
      found.map((one) =>
        one.type === 'document-timestamp'
          ? stamps.find(({ found }) => found === one)!.finding
          : checkSignature(file, one, stamps),
      ),
    )
    return { ...head, signatures, verdict: verdictOf(signatures, problems), problems }
  } catch (error) {
    if (!(error instanceof PdfError)) throw error
    const code =
      error.code === 'encrypted' || error.code === 'too-complex' ? error.code : ('unreadable' as ProblemCode)
    return { ...head, signatures: [], verdict: 'invalid', problems: [code] }
  }
}

export function verdictOf(
  signatures: readonly SignatureFinding[],
  problems: readonly ProblemCode[],
): Verdict {
  if (problems.length > 0) return 'invalid'
  if (!signatures.some(({ kind }) => kind === 'signature'))
    return signatures.length > 0 ? 'invalid' : 'unsigned'
  const all = signatures.flatMap((one) => one.problems)
  if (all.some((code) => !notes.has(code))) return 'invalid'
  return all.length > 0 ? 'valid-with-notes' : 'valid'
}

interface CheckedFile {
  bytes: Uint8Array
  revisions: readonly Revision[]
  /** Number of the last writing that somebody signed. */
  coveredTo: number
  material: Material
  trusted: readonly TrustedAuthority[]
  now: Date
  revocation: RevocationSource
}

interface CheckedStamp {
  found: FoundSignature
  finding: SignatureFinding
  /** Undefined when it proves nothing. */
  at: Date | undefined
}

/** A document time stamp: whole, over its revision, by an authority that is believed. */
async function checkStamp(file: CheckedFile, found: FoundSignature): Promise<CheckedStamp> {
  const problems = new Set<ProblemCode>(rangeProblems(found))
  const stamp = readTimeStamp(found.contents)
  if (!stamp) problems.add('timestamp-wrong')
  const isOver =
    stamp !== undefined && found.range !== undefined && stampsDigest(file.bytes, found.range, stamp)
  if (stamp && !isOver) problems.add('altered')
  const chain = stamp && (await chainOfStamp(file, stamp))
  if (chain && chain.state !== 'trusted') problems.add(chain.state)
  if (chain?.state === 'trusted' && !chain.isKnown) problems.add('revocation-unknown')
  const { later, changes } = laterOf(file, found, problems)
  const finding: SignatureFinding = {
    ...emptyFinding(found, file.bytes),
    ...certificateFacts(stamp?.authority),
    signedAt: stamp?.at.toISOString() ?? null,
    timestamp: stamp ? { at: stamp.at.toISOString(), authority: stamp.authority.commonName } : null,
    integrity: isOver,
    chain: chain?.state ?? 'unknown-issuer',
    revocation: chain?.revocation ?? { by: null, at: null },
    ...{ laterChanges: later, changes },
    problems: [...problems],
  }
  const proves = finding.problems.every((code) => notes.has(code))
  return { found, finding, at: proves ? stamp?.at : undefined }
}

async function checkSignature(
  file: CheckedFile,
  found: FoundSignature,
  stamps: readonly CheckedStamp[],
): Promise<SignatureFinding> {
  const problems = new Set<ProblemCode>(rangeProblems(found))
  const { later, changes } = laterOf(file, found, problems)
  const empty = { ...emptyFinding(found, file.bytes), laterChanges: later, changes }
  if (!formats.has(found.subFilter)) return { ...empty, problems: ['unsupported-format'] }
  const content = readSignedData(found.contents)
  if (!content?.signer) return { ...empty, problems: [...problems, 'bad-container'] }
  for (const problem of signatureProblems(file.bytes, found, content)) problems.add(problem)
  const integrity = !['altered', 'wrong-signature', 'weak-algorithm', 'bad-range', 'bad-container'].some(
    (code) => problems.has(code as ProblemCode),
  )
  const stamp = await stampOfSignature(file, content, problems)
  const covering = stamps.filter(
    (one) => one.at && (one.found.signed?.number ?? -1) > (found.signed?.number ?? 0),
  )
  const proven = stamp?.at ?? earliest(covering)
  if (!proven) problems.add('timestamp-missing')
  const chain = await checkChain({
    ...{ leaf: content.signer, pool: content.certificates, ...common(file) },
    at: proven ?? file.now,
    isProven: proven !== undefined,
  })
  if (chain.state !== 'trusted') problems.add(chain.state)
  else if (!chain.isKnown) problems.add('revocation-unknown')
  if (!isForSigning(content.signer)) problems.add('not-for-signing')
  const isLasting = proven !== undefined && chain.isKnown && chain.isEmbedded
  return {
    ...empty,
    ...certificateFacts(content.signer),
    signedAt: (proven ?? found.claimedAt ?? content.signingTime)?.toISOString() ?? null,
    timestamp: stamp
      ? { at: stamp.at.toISOString(), authority: stamp.authority.commonName }
      : (covering[0]?.finding.timestamp ?? null),
    // The first stamp says when, in the signature or over it; one more over the material is for long.
    level: levelOf(found, content, { isLasting, stamps: covering.length + (stamp ? 1 : 0) }),
    integrity,
    chain: chain.state,
    revocation: chain.revocation,
    problems: [...problems],
  }
}

const formats = new Set(['ETSI.CAdES.detached', 'adbe.pkcs7.detached'])

const common = ({ trusted, material, revocation, now }: CheckedFile) => ({
  ...{ trusted, material, revocation, now },
})

const earliest = (stamps: readonly CheckedStamp[]): Date | undefined =>
  stamps.map(({ at }) => at!).sort((a, b) => a.getTime() - b.getTime())[0]

function rangeProblems({ range, signed }: FoundSignature): ProblemCode[] {
  if (!range) return ['bad-range']
  return signed ? [] : ['not-a-revision']
}

function laterOf(file: CheckedFile, { signed }: FoundSignature, problems: Set<ProblemCode>) {
  if (!signed) return { later: 'not-allowed' as const, changes: [] }
  const { verdict, notes, offence } = judgeLaterChanges(signed, file.revisions, file.coveredTo)
  for (const note of notes) problems.add(note)
  if (verdict !== 'not-allowed') return { later: verdict, changes: [] }
  problems.add('changed-after-signing')
  return { later: verdict, changes: offence ? whatChanged(offence) : [] }
}

function* signatureProblems(
  bytes: Uint8Array,
  found: FoundSignature,
  content: SignedContent,
): Generator<ProblemCode> {
  const hash = digestNames[content.digestAlgorithm]
  if (!hash) return yield 'weak-algorithm'
  if (!content.signedBytes || !content.messageDigest || content.contentType !== oids.data)
    return yield 'bad-container'
  // Contents inside a detached signature would be a second paper.
  if (content.contentInside) yield 'bad-container'
  if (found.range) {
    const digest = digestOf(bytes, found.range, hash)
    if (Buffer.compare(digest, content.messageDigest) !== 0) yield 'altered'
  }
  const { signatureAlgorithm, signer, signedBytes, signature, digestAlgorithm } = content
  const raw = checkRaw(signatureAlgorithm, signer!.publicKey, signedBytes, signature, digestAlgorithm)
  if (raw !== 'good') yield raw === 'wrong' ? 'wrong-signature' : raw
  if (found.subFilter.startsWith('ETSI') || content.boundTo)
    if (!isBound(content)) yield 'certificate-not-bound'
}

const digestOf = (
  bytes: Uint8Array,
  range: { from: number; to: number; end: number },
  hash: string,
): Uint8Array =>
  createHash(hash).update(bytes.subarray(0, range.from)).update(bytes.subarray(range.to, range.end)).digest()

function stampsDigest(
  bytes: Uint8Array,
  range: { from: number; to: number; end: number },
  stamp: TimeStamp,
): boolean {
  const hash = digestNames[stamp.algorithm]
  return hash !== undefined && Buffer.compare(digestOf(bytes, range, hash), stamp.hash) === 0
}

/** The time stamp of a signature, if it has one that proves something. */
async function stampOfSignature(
  file: CheckedFile,
  content: SignedContent,
  problems: Set<ProblemCode>,
): Promise<TimeStamp | undefined> {
  if (!content.timeStampToken) return undefined
  const stamp = readTimeStamp(content.timeStampToken)
  const hash = stamp && digestNames[stamp.algorithm]
  const fits = hash && Buffer.compare(createHash(hash).update(content.signature).digest(), stamp.hash) === 0
  const chain = fits ? await chainOfStamp(file, stamp) : undefined
  if (chain?.state === 'trusted') return stamp
  problems.add('timestamp-wrong')
  return undefined
}

const chainOfStamp = (file: CheckedFile, stamp: TimeStamp) =>
  checkChain({
    ...{ leaf: stamp.authority, pool: stamp.certificates, ...common(file) },
    at: stamp.at,
    isProven: true,
  })

function emptyFinding(found: FoundSignature, bytes: Uint8Array): SignatureFinding {
  return {
    ...{ field: found.field, kind: found.type, ...certificateFacts(undefined) },
    ...{ signedAt: found.claimedAt?.toISOString() ?? null, timestamp: null, level: null, integrity: false },
    covers: found.range?.end === bytes.length ? 'whole' : 'earlier revision',
    ...{ chain: 'unknown-issuer', revocation: { by: null, at: null }, laterChanges: 'none', changes: [] },
    problems: [],
  }
}

const certificateFacts = (certificate: Certificate | undefined) => ({
  signerName: certificate?.commonName ?? '',
  organisation: certificate?.organisation ?? null,
  issuer: certificate?.issuerName ?? '',
  serial: certificate?.serial ?? '',
})

function levelOf(
  found: FoundSignature,
  content: SignedContent,
  { isLasting, stamps }: { isLasting: boolean; stamps: number },
): Level | null {
  if (found.subFilter !== 'ETSI.CAdES.detached' || !content.boundTo) return null
  if (stamps === 0) return 'B-B'
  if (!isLasting) return 'B-T'
  return stamps > 1 ? 'B-LTA' : 'B-LT'
}

const signingUsage = 0xc0
/** Purposes that certificates of people and organisations who sign carry. */
const signingPurposes = new Set([
  oids.documentSigning,
  oids.emailProtection,
  '1.3.6.1.5.5.7.3.2',
  '2.5.29.37.0',
  '1.2.840.113583.1.1.5',
  '1.3.6.1.4.1.311.10.3.12',
])

/** Whether a certificate is of somebody who signs, and not of a server, a responder or a clock. */
export const isForSigning = ({ isAuthority, keyUsage, extendedKeyUsage }: Certificate): boolean =>
  !isAuthority &&
  (keyUsage === undefined || (keyUsage & signingUsage) !== 0) &&
  (extendedKeyUsage === undefined || extendedKeyUsage.some((purpose) => signingPurposes.has(purpose)))
