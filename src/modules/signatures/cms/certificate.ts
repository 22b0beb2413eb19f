import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { type AlgorithmIdentifier, Certificate as Parsed } from 'pkijs'
import { oids } from './oids.ts'

/** What the checks need of an X.509 certificate, read once. */
export interface Certificate {
  der: Uint8Array
  sha256: string
  /** DER of the names, which is what is compared. */
  subject: Uint8Array
  issuer: Uint8Array
  serial: string
  /** Big-endian bytes of the serial number. */
  serialBytes: Uint8Array
  commonName: string
  organisation: string | null
  issuerName: string
  from: Date
  to: Date
  publicKey: KeyObject
  /** Bits of the key itself, as OCSP hashes them. */
  keyBits: Uint8Array
  isAuthority: boolean
  pathLength: number | undefined
  /** First byte of the key usage: digitalSignature 0x80, nonRepudiation 0x40, keyCertSign 0x04, cRLSign 0x02. */
  keyUsage: number | undefined
  extendedKeyUsage: readonly string[] | undefined
  subjectKeyId: string | undefined
  authorityKeyId: string | undefined
  ocspUrls: readonly string[]
  crlUrls: readonly string[]
  hasUnknownCritical: boolean
  noCheck: boolean
  signed: { bytes: Uint8Array; algorithm: AlgorithmIdentifier; signature: Uint8Array }
}

const known = new Map<string, Certificate>()
const mostKnown = 2000

/** Reads a certificate; throws for what is none. Those of the same officers come again and again, so they are kept. */
export function readCertificate(der: Uint8Array): Certificate {
  const sha256 = createHash('sha256').update(der).digest('hex')
  const found = known.get(sha256)
  if (found) return found
  const read = parse(der, sha256)
  if (known.size >= mostKnown) known.delete(known.keys().next().value!)
  known.set(sha256, read)
  return read
}

const understood = new Set<string>([
  oids.basicConstraints,
  oids.keyUsage,
  oids.extendedKeyUsage,
  oids.subjectKeyIdentifier,
  oids.authorityKeyIdentifier,
  oids.crlDistributionPoints,
  oids.authorityInfoAccess,
  '2.5.29.17',
  '2.5.29.32',
])

// biome-ignore lint/suspicious/noExplicitAny: pkijs leaves the values of extensions and names untyped
type Loose = any

function parse(der: Uint8Array, sha256: string): Certificate {
  const parsed = Parsed.fromBER(Buffer.from(der))
  const native = new X509Certificate(der)
  const extensions = new Map(parsed.extensions?.map((one) => [one.extnID, one]))
  const value = (id: string): Loose => extensions.get(id)?.parsedValue
  const basic = value(oids.basicConstraints)
  const usage = value(oids.keyUsage)
  const serialBytes = new Uint8Array(parsed.serialNumber.valueBlock.valueHexView)
  return {
    der,
    sha256,
    subject: new Uint8Array(parsed.subject.toSchema().toBER()),
    issuer: new Uint8Array(parsed.issuer.toSchema().toBER()),
    serial: Buffer.from(serialBytes)
      .toString('hex')
      .replace(/^(00)+(?=.)/, ''),
    serialBytes,
    commonName: nameOf(parsed.subject, oids.commonName) ?? nameOf(parsed.subject, oids.organization) ?? '',
    organisation: nameOf(parsed.subject, oids.organization) ?? null,
    issuerName: nameOf(parsed.issuer, oids.commonName) ?? nameOf(parsed.issuer, oids.organization) ?? '',
    from: parsed.notBefore.value,
    to: parsed.notAfter.value,
    publicKey: native.publicKey,
    keyBits: new Uint8Array(parsed.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView),
    isAuthority: basic?.cA === true,
    pathLength: typeof basic?.pathLenConstraint === 'number' ? basic.pathLenConstraint : undefined,
    keyUsage: usage ? (usage.valueBlock.valueHexView[0] ?? 0) : undefined,
    extendedKeyUsage: value(oids.extendedKeyUsage)?.keyPurposes,
    subjectKeyId: hexOf(value(oids.subjectKeyIdentifier)),
    authorityKeyId: hexOf(value(oids.authorityKeyIdentifier)?.keyIdentifier),
    ocspUrls: accessUrls(value(oids.authorityInfoAccess), oids.ocsp),
    crlUrls: crlUrlsOf(value(oids.crlDistributionPoints)),
    hasUnknownCritical: [...extensions.values()].some((one) => one.critical && !understood.has(one.extnID)),
    noCheck: extensions.has(oids.ocspNoCheck),
    signed: {
      bytes: new Uint8Array(parsed.tbsView),
      algorithm: parsed.signatureAlgorithm,
      signature: new Uint8Array(parsed.signatureValue.valueBlock.valueHexView),
    },
  }
}

const nameOf = (of: Loose, type: string): string | undefined =>
  of.typesAndValues.findLast((one: Loose) => one.type === type)?.value.valueBlock.value

const hexOf = (value: Loose): string | undefined =>
  value?.valueBlock ? Buffer.from(value.valueBlock.valueHexView).toString('hex') : undefined

const isUrl = (text: unknown): text is string => typeof text === 'string' && /^https?:\/\//.test(text)

const accessUrls = (value: Loose, method: string): string[] =>
  (value?.accessDescriptions ?? [])
    .filter((one: Loose) => one.accessMethod === method)
    .map((one: Loose) => one.accessLocation.value)
    .filter(isUrl)

const crlUrlsOf = (value: Loose): string[] =>
  (value?.distributionPoints ?? [])
    .flatMap((point: Loose) => (Array.isArray(point.distributionPoint) ? point.distributionPoint : []))
    .map((one: Loose) => one.value)
    .filter(isUrl)

/** Whether a certificate says of itself that it is under another one. */
export const saysIssuedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  Buffer.compare(certificate.issuer, issuer.subject) === 0 &&
  (certificate.authorityKeyId === undefined ||
    issuer.subjectKeyId === undefined ||
    certificate.authorityKeyId === issuer.subjectKeyId)
