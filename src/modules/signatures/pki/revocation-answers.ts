import { createHash, type KeyObject } from 'node:crypto'
import { OCSPRequest } from 'pkijs'
import { readCertificate } from '../cms/certificate.ts'
import { oids } from '../cms/oids.ts'
import { algorithmOf, signBytes } from '../cms/raw-signature.ts'
import {
  bitString,
  type Der,
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  time,
} from '../cms/write-der.ts'

/** A certificate that ended before its time. */
export interface Revocation {
  serial: string
  at: string
}

interface Holder {
  certificate: Uint8Array
  key: KeyObject
}

const hourMs = 3_600_000

/** A list of revoked certificates (RFC 5280, 5), valid for a week. */
export function writeCrl(issuer: Holder, revoked: readonly Revocation[], now: Date): Uint8Array {
  const algorithm = algorithmOf(issuer.key)
  const entries = revoked.map(({ serial, at }) => sequence(integer(bytesOf(serial)), time(new Date(at))))
  const { subject, subjectKeyId } = readCertificate(issuer.certificate)
  const body = sequence(
    integer(1),
    algorithm,
    subject,
    time(now),
    time(new Date(now.getTime() + 7 * 24 * hourMs)),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    explicit(
      0,
      sequence(
        sequence(oid(oids.authorityKeyIdentifier), octets(sequence(implicit(0, bytesOf(subjectKeyId!))))),
        sequence(oid(oids.crlNumber), octets(integer(Math.floor(now.getTime() / 1000)))),
      ),
    ),
  )
  return sequence(body, algorithm, bitString(signBytes(issuer.key, body)))
}

/** What an OCSP request asks: certificates by hashes of their issuer and serial number. */
export interface CertId {
  der: Uint8Array
  issuerKeyHash: string
  hash: string
  serial: string
}

/** Reads a request (RFC 6960, 4.1); throws for what is none. */
export function readOcspRequest(der: Uint8Array): { asked: CertId[]; nonce: Uint8Array | undefined } {
  const request = OCSPRequest.fromBER(Buffer.from(der))
  const nonce = request.tbsRequest.requestExtensions?.find(({ extnID }) => extnID === oids.ocspNonce)
  return {
    asked: request.tbsRequest.requestList.slice(0, 20).map(({ reqCert }) => ({
      der: new Uint8Array(reqCert.toSchema().toBER()),
      hash: reqCert.hashAlgorithm.algorithmId,
      issuerKeyHash: hex(reqCert.issuerKeyHash.valueBlock.valueHexView),
      serial: hex(reqCert.serialNumber.valueBlock.valueHexView).replace(/^(00)+(?=.)/, ''),
    })),
    nonce: nonce && new Uint8Array(nonce.extnValue.valueBlock.valueHexView),
  }
}

/** The identity of a certificate in OCSP: by SHA-1, which is what every responder knows. */
export function certIdOf(certificate: Uint8Array, issuer: Uint8Array): Der {
  const [one, above] = [readCertificate(certificate), readCertificate(issuer)]
  return sequence(
    sequence(oid(oids.sha1), nothing()),
    octets(sha1(above.subject)),
    octets(sha1(above.keyBits)),
    integer(one.serialBytes),
  )
}

export const ocspRequest = (certificate: Uint8Array, issuer: Uint8Array): Der =>
  sequence(sequence(sequence(sequence(certIdOf(certificate, issuer)))))

export type OcspState = { state: 'good' | 'unknown' } | { state: 'revoked'; at: Date }

/** A signed answer of the responder (RFC 6960, 4.2), good for a day. */
export function writeOcspResponse(
  responder: Holder,
  answers: { certId: Der; status: OcspState }[],
  now: Date,
  nonce?: Uint8Array,
): Uint8Array {
  const until = new Date(now.getTime() + 24 * hourMs)
  const single = answers.map(({ certId, status }) =>
    sequence(certId, statusOf(status), generalizedTime(now), explicit(0, generalizedTime(until))),
  )
  const extensions = nonce ? [explicit(1, sequence(sequence(oid(oids.ocspNonce), octets(nonce))))] : []
  const data = sequence(
    explicit(1, readCertificate(responder.certificate).subject),
    generalizedTime(now),
    sequence(...single),
    ...extensions,
  )
  const basic = sequence(
    data,
    algorithmOf(responder.key),
    bitString(signBytes(responder.key, data)),
    explicit(0, sequence(responder.certificate)),
  )
  return sequence(enumerated(0), explicit(0, sequence(oid(oids.ocspBasic), octets(basic))))
}

/** The answer to what cannot be read: malformedRequest. */
export const malformedOcsp = (): Uint8Array => sequence(enumerated(1))

const statusOf = (status: OcspState): Der => {
  if (status.state === 'revoked') return explicit(1, generalizedTime(status.at))
  return implicit(status.state === 'good' ? 0 : 2, new Uint8Array())
}

const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest()
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string) => Buffer.from(text.length % 2 ? `0${text}` : text, 'hex')
