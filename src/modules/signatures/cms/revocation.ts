import { createHash } from 'node:crypto'
import { type Certificate, readCertificate, saysIssuedBy } from './certificate.ts'
import { isSignedBy } from './chain.ts'
import { oids } from './oids.ts'
import { checkRaw } from './raw-signature.ts'
import {
  type Algorithm,
  algorithmIn,
  bitsOf,
  DerError,
  extensionsIn,
  hexOf,
  inside,
  type Node,
  octetsOf,
  oidOf,
  only,
  Parts,
  readWhole,
  tags,
  timeOf,
} from './read-der.ts'

/** What an answer says of one certificate. */
export interface Standing {
  state: 'good' | 'revoked'
  revokedAt: Date | undefined
  by: 'ocsp' | 'crl'
  /** When it was said, and until when it holds. */
  from: Date
  to: Date | undefined
}

interface Ocsp {
  signed: { bytes: Uint8Array; algorithm: Algorithm; signature: Uint8Array }
  certificates: Certificate[]
  answers: {
    id: CertId
    state: 'good' | 'revoked' | 'unknown'
    revokedAt: Date | undefined
    from: Date
    to: Date | undefined
  }[]
  producedAt: Date
}

/** What an OCSP answer (RFC 6960) says of a certificate; undefined when it is about another one or not by whom it should. */
export function ocspStanding(
  der: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
): Standing | undefined {
  const read = remember(ocsps, der, readOcsp)
  const answer = read?.answers.find(({ id }) => isAbout(id, certificate, issuer))
  if (!read || !answer || answer.state === 'unknown') return undefined
  const isBy = (one: Certificate) =>
    checkRaw(read.signed.algorithm, one.publicKey, read.signed.bytes, read.signed.signature) === 'good'
  const responder = [
    issuer,
    ...read.certificates.filter((one) => mayAnswer(one, issuer, read.producedAt)),
  ].find(isBy)
  if (!responder) return undefined
  return { state: answer.state, revokedAt: answer.revokedAt, by: 'ocsp', from: answer.from, to: answer.to }
}

/** A responder that the issuer itself named. */
const mayAnswer = (responder: Certificate, issuer: Certificate, at: Date): boolean =>
  responder.extendedKeyUsage?.includes(oids.ocspSigning) === true &&
  saysIssuedBy(responder, issuer) &&
  at >= responder.from &&
  at <= responder.to &&
  isSignedBy(responder, issuer)

const hashNames: Record<string, string> = { [oids.sha1]: 'sha1', [oids.sha256]: 'sha256' }

interface CertId {
  hash: string
  issuerName: Uint8Array
  issuerKey: Uint8Array
  serial: string
}

function isAbout(id: CertId, certificate: Certificate, issuer: Certificate): boolean {
  const hash = hashNames[id.hash]
  if (!hash || id.serial !== certificate.serial) return false
  const equals = (value: Uint8Array, bytes: Uint8Array) =>
    Buffer.compare(value, createHash(hash).update(bytes).digest()) === 0
  return equals(id.issuerName, issuer.subject) && equals(id.issuerKey, issuer.keyBits)
}

const inTag = (number: number) => 0xa0 | number

function readOcsp(der: Uint8Array): Ocsp {
  const response = new Parts(readWhole(der))
  if (response.take(tags.enumerated).content[0] !== 0) throw new DerError('no answer')
  const held = new Parts(only(response.take(inTag(0))))
  if (oidOf(held.take()) !== oids.ocspBasic) throw new DerError('no basic answer')
  const basic = new Parts(readWhole(octetsOf(held.take())))
  const data = basic.take(tags.sequence)
  const [algorithm, signature] = [algorithmIn(basic.take()), bitsOf(basic.take())]
  const certificates = basic.maybe(inTag(0))
  const parts = new Parts(data)
  parts.maybe(inTag(0))
  parts.take()
  return {
    signed: { bytes: data.whole, algorithm, signature },
    certificates: certificates ? inside(only(certificates)).map(({ whole }) => readCertificate(whole)) : [],
    producedAt: timeOf(parts.take()),
    answers: inside(parts.take()).map(answerIn),
  }
}

function answerIn(node: Node): Ocsp['answers'][number] {
  const parts = new Parts(node)
  const id = new Parts(parts.take())
  const certId = {
    hash: algorithmIn(id.take()).name,
    issuerName: octetsOf(id.take()),
    issuerKey: octetsOf(id.take()),
    serial: hexOf(id.take()),
  }
  const status = stateOf(parts.take())
  const from = timeOf(parts.take())
  const to = parts.maybe(inTag(0))
  return { id: certId, ...status, from, to: to && timeOf(only(to)) }
}

// CertStatus is a choice by tag: [0] good, [1] revoked with its time, [2] unknown.
function stateOf(status: Node): Pick<Ocsp['answers'][number], 'state' | 'revokedAt'> {
  if (status.tag === 0x80) return { state: 'good', revokedAt: undefined }
  if (status.tag !== inTag(1)) return { state: 'unknown', revokedAt: undefined }
  return { state: 'revoked', revokedAt: timeOf(inside(status)[0]!) }
}

interface Crl {
  signed: { bytes: Uint8Array; algorithm: Algorithm; signature: Uint8Array }
  issuer: Uint8Array
  from: Date
  to: Date | undefined
  revoked: Map<string, Date>
  hasUnknownCritical: boolean
}

const crlSigning = 0x02
/** Extensions of lists that may be critical and change nothing for us. Lists of parts are not used. */
const understood = new Set<string>([oids.crlNumber, oids.authorityKeyIdentifier])

/** What a list of revoked certificates (RFC 5280, 5) says of one; undefined when it is another authority's. */
export function crlStanding(
  der: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
): Standing | undefined {
  const list = remember(crls, der, readCrl)
  if (!list || list.hasUnknownCritical || Buffer.compare(list.issuer, issuer.subject) !== 0) return undefined
  if (issuer.keyUsage !== undefined && (issuer.keyUsage & crlSigning) === 0) return undefined
  const { algorithm, bytes, signature } = list.signed
  if (checkRaw(algorithm, issuer.publicKey, bytes, signature) !== 'good') return undefined
  const revokedAt = list.revoked.get(certificate.serial)
  return { state: revokedAt ? 'revoked' : 'good', revokedAt, by: 'crl', from: list.from, to: list.to }
}

function readCrl(der: Uint8Array): Crl {
  const list = new Parts(readWhole(der))
  const body = list.take(tags.sequence)
  const [algorithm, signature] = [algorithmIn(list.take()), bitsOf(list.take())]
  const parts = new Parts(body)
  parts.maybe(tags.integer)
  parts.take()
  const issuer = parts.take().whole
  const from = timeOf(parts.take())
  const to = parts.maybe(tags.utcTime, tags.generalizedTime)
  const entries = parts.maybe(tags.sequence)
  const held = parts.maybe(inTag(0))
  const extensions = extensionsIn(held && only(held))
  const revoked = (entries ? inside(entries) : []).map((one) => {
    const entry = new Parts(one)
    return [hexOf(entry.take()), timeOf(entry.take())] as const
  })
  return {
    signed: { bytes: body.whole, algorithm, signature },
    ...{ issuer, from, to: to && timeOf(to), revoked: new Map(revoked) },
    hasUnknownCritical: [...extensions].some(([id, { isCritical }]) => isCritical && !understood.has(id)),
  }
}

const ocsps = new Map<string, Ocsp | undefined>()
const crls = new Map<string, Crl | undefined>()
const mostKept = 500

/** Reads once what comes again; undefined for what cannot be read. */
function remember<T>(
  kept: Map<string, T | undefined>,
  der: Uint8Array,
  read: (der: Uint8Array) => T,
): T | undefined {
  const key = createHash('sha256').update(der).digest('base64')
  if (kept.has(key)) return kept.get(key)
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!)
  let value: T | undefined
  try {
    // A copy: what is kept must not keep the whole paper it came in.
    value = read(new Uint8Array(der))
  } catch {
    value = undefined
  }
  kept.set(key, value)
  return value
}
