import { createHash } from 'node:crypto'
import * as asn1js from 'asn1js'
import {
  type AlgorithmIdentifier,
  BasicOCSPResponse,
  type CertID,
  CertificateRevocationList,
  OCSPResponse,
} from 'pkijs'
import { type Certificate, readCertificate, saysIssuedBy } from './certificate.ts'
import { isSignedBy } from './chain.ts'
import { oids } from './oids.ts'
import { checkRaw } from './raw-signature.ts'
import { exact } from './read-signed-data.ts'

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
  signed: { bytes: Uint8Array; algorithm: AlgorithmIdentifier; signature: Uint8Array }
  certificates: Certificate[]
  answers: {
    id: CertID
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

function isAbout(id: CertID, certificate: Certificate, issuer: Certificate): boolean {
  const hash = hashNames[id.hashAlgorithm.algorithmId]
  if (!hash) return false
  const equals = (value: asn1js.OctetString, bytes: Uint8Array) =>
    Buffer.compare(Buffer.from(value.getValue()), createHash(hash).update(bytes).digest()) === 0
  return (
    serialOf(id.serialNumber) === certificate.serial &&
    equals(id.issuerNameHash, issuer.subject) &&
    equals(id.issuerKeyHash, issuer.keyBits)
  )
}

const serialOf = (serial: asn1js.Integer): string =>
  Buffer.from(serial.valueBlock.valueHexView)
    .toString('hex')
    .replace(/^(00)+(?=.)/, '')

function readOcsp(der: Uint8Array): Ocsp {
  const response = OCSPResponse.fromBER(exact(der))
  if (response.responseBytes?.responseType !== oids.ocspBasic) throw new Error('no basic answer')
  const basic = BasicOCSPResponse.fromBER(response.responseBytes.response.getValue())
  const { tbsResponseData } = basic
  return {
    signed: {
      bytes: new Uint8Array(tbsResponseData.tbsView),
      algorithm: basic.signatureAlgorithm,
      signature: new Uint8Array(basic.signature.valueBlock.valueHexView),
    },
    certificates: (basic.certs ?? []).map((one) => readCertificate(new Uint8Array(one.toSchema().toBER()))),
    producedAt: tbsResponseData.producedAt,
    answers: tbsResponseData.responses.map((one) => ({
      id: one.certID,
      ...stateOf(one.certStatus),
      from: one.thisUpdate,
      to: one.nextUpdate,
    })),
  }
}

// CertStatus is a choice by tag: [0] good, [1] revoked with its time, [2] unknown.
function stateOf(status: asn1js.BaseBlock): {
  state: 'good' | 'revoked' | 'unknown'
  revokedAt: Date | undefined
} {
  const tag = status.idBlock.tagNumber
  if (tag === 0) return { state: 'good', revokedAt: undefined }
  if (tag !== 1) return { state: 'unknown', revokedAt: undefined }
  const [time] = (status as asn1js.Constructed).valueBlock.value
  return { state: 'revoked', revokedAt: time instanceof asn1js.GeneralizedTime ? time.toDate() : new Date(0) }
}

interface Crl {
  signed: { bytes: Uint8Array; algorithm: AlgorithmIdentifier; signature: Uint8Array }
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
  const list = CertificateRevocationList.fromBER(exact(der))
  return {
    signed: {
      bytes: new Uint8Array(list.tbsView),
      algorithm: list.signatureAlgorithm,
      signature: new Uint8Array(list.signatureValue.valueBlock.valueHexView),
    },
    issuer: new Uint8Array(list.issuer.toSchema().toBER()),
    from: list.thisUpdate.value,
    to: list.nextUpdate?.value,
    revoked: new Map(
      (list.revokedCertificates ?? []).map((one) => [
        serialOf(one.userCertificate),
        one.revocationDate.value,
      ]),
    ),
    hasUnknownCritical: (list.crlExtensions?.extensions ?? []).some(
      (one) => one.critical && !understood.has(one.extnID),
    ),
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
    value = read(der)
  } catch {
    value = undefined
  }
  kept.set(key, value)
  return value
}
