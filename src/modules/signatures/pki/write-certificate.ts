import { createHash, type KeyObject } from 'node:crypto'
import { readCertificate } from '../cms/certificate.ts'
import { oids } from '../cms/oids.ts'
import { algorithmOf, signBytes } from '../cms/raw-signature.ts'
import {
  bitString,
  boolean,
  type Der,
  explicit,
  implicit,
  integer,
  octets,
  oid,
  printable,
  sequence,
  setOf,
  time,
  utf8,
} from '../cms/write-der.ts'

export interface Name {
  commonName: string
  organisation?: string
  title?: string
  /** Code of the officer or the authority. */
  serialNumber?: string
}

export type Purpose = 'authority' | 'signing' | 'time-stamping' | 'ocsp'

export interface CertificateRequest {
  subject: Name
  publicKey: KeyObject
  serial: Uint8Array
  from: Date
  to: Date
  purpose: Purpose
  /** Undefined for one that signs itself. */
  issuer?: { certificate: Uint8Array; key: KeyObject }
  /** The key of one that signs itself. */
  key?: KeyObject
  urls?: { ocsp: string; crl: string; issuer: string }
  pathLength?: number
}

/** An X.509 certificate (RFC 5280) of the demonstration's authorities. */
export function writeCertificate(request: CertificateRequest): Uint8Array {
  const key = request.issuer?.key ?? request.key!
  const subject = nameOf(request.subject)
  const issuer = request.issuer ? readCertificate(request.issuer.certificate).subject : subject
  const algorithm = algorithmOf(key)
  const body = sequence(
    explicit(0, integer(2)),
    integer(request.serial),
    algorithm,
    issuer,
    sequence(time(request.from), time(request.to)),
    subject,
    request.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensionsOf(request))),
  )
  return sequence(body, algorithm, bitString(signBytes(key, body)))
}

function nameOf(name: Name): Der {
  const part = (type: string, value: Der | undefined) => (value ? [setOf(sequence(oid(type), value))] : [])
  const text = (value: string | undefined) => (value === undefined ? undefined : utf8(value))
  return sequence(
    ...part(oids.country, printable('VN')),
    ...part(oids.organization, text(name.organisation)),
    ...part(oids.title, text(name.title)),
    ...part(oids.serialNumber, name.serialNumber ? printable(name.serialNumber) : undefined),
    ...part(oids.commonName, utf8(name.commonName)),
  )
}

const extension = (id: string, value: Der, critical = false): Der =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value))

// Bits of the key usage, with the unused ones at the end.
const usages: Record<Purpose, Der> = {
  authority: bitString(Uint8Array.of(0x06), 1),
  signing: bitString(Uint8Array.of(0xc0), 6),
  'time-stamping': bitString(Uint8Array.of(0xc0), 6),
  ocsp: bitString(Uint8Array.of(0x80), 7),
}

function extensionsOf(request: CertificateRequest): Der[] {
  const { purpose, urls } = request
  const own = keyIdentifier(request.publicKey)
  const above = request.issuer ? keyIdentifier(readCertificate(request.issuer.certificate).publicKey) : own
  const isAuthority = purpose === 'authority'
  const basic = isAuthority
    ? sequence(boolean(true), ...(request.pathLength === undefined ? [] : [integer(request.pathLength)]))
    : sequence()
  return [
    extension(oids.basicConstraints, basic, true),
    extension(oids.keyUsage, usages[purpose], true),
    extension(oids.subjectKeyIdentifier, octets(own)),
    extension(oids.authorityKeyIdentifier, sequence(implicit(0, above))),
    ...(purpose === 'time-stamping'
      ? [extension(oids.extendedKeyUsage, sequence(oid(oids.timeStamping)), true)]
      : []),
    ...(purpose === 'signing'
      ? [extension(oids.extendedKeyUsage, sequence(oid(oids.documentSigning), oid(oids.emailProtection)))]
      : []),
    ...(purpose === 'ocsp'
      ? [
          extension(oids.extendedKeyUsage, sequence(oid(oids.ocspSigning))),
          extension(oids.ocspNoCheck, Uint8Array.of(5, 0)),
        ]
      : []),
    ...(urls && request.issuer ? accessOf(urls) : []),
  ]
}

const urlName = (text: string): Der => implicit(6, Buffer.from(text, 'latin1'))

const accessOf = (urls: { ocsp: string; crl: string; issuer: string }): Der[] => [
  extension(
    oids.authorityInfoAccess,
    sequence(
      sequence(oid(oids.ocsp), urlName(urls.ocsp)),
      sequence(oid(oids.caIssuers), urlName(urls.issuer)),
    ),
  ),
  extension(oids.crlDistributionPoints, sequence(sequence(explicit(0, explicit(0, urlName(urls.crl)))))),
]

/** SHA-1 of the key's bits, which is only a name here (RFC 5280, 4.2.1.2). */
function keyIdentifier(key: KeyObject): Uint8Array {
  const spki = key.export({ type: 'spki', format: 'der' })
  return createHash('sha1').update(bitsOf(spki)).digest()
}

// SubjectPublicKeyInfo ends with the bit string; its header says how long.
function bitsOf(spki: Buffer): Buffer {
  const skip = (at: number): { from: number; length: number } => {
    const first = spki[at + 1]!
    if (first < 0x80) return { from: at + 2, length: first }
    const size = first & 0x7f
    return { from: at + 2 + size, length: spki.readUIntBE(at + 2, size) }
  }
  const outer = skip(0)
  const algorithm = skip(outer.from)
  const bits = skip(algorithm.from + algorithm.length)
  return spki.subarray(bits.from + 1, bits.from + bits.length)
}
