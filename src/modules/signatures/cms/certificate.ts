import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { oids } from './oids.ts'
import {
  type Algorithm,
  algorithmIn,
  bitsOf,
  extensionsIn,
  hexOf,
  inside,
  type Node,
  oidOf,
  only,
  Parts,
  readWhole,
  tags,
  textOf,
  timeOf,
} from './read-der.ts'

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
  signed: { bytes: Uint8Array; algorithm: Algorithm; signature: Uint8Array }
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

const explicitTag = (number: number) => 0xa0 | number

function parse(given: Uint8Array, sha256: string): Certificate {
  // A copy: what is kept must not keep the whole paper it came in.
  const der = new Uint8Array(given)
  const whole = new Parts(readWhole(der))
  const body = whole.take(tags.sequence)
  const algorithm = algorithmIn(whole.take())
  const signature = bitsOf(whole.take())
  const parts = new Parts(body)
  parts.maybe(explicitTag(0))
  const serial = parts.take(tags.integer)
  const inner = parts.take(tags.sequence)
  const [issuer, days, subject, key] = [parts.take(), new Parts(parts.take()), parts.take(), parts.take()]
  const [from, to] = [timeOf(days.take()), timeOf(days.take())]
  const extensions = extensionsIn(
    parts.rest().flatMap((one) => (one.tag === explicitTag(3) ? [only(one)] : []))[0],
  )
  const value = (id: string): Node | undefined => {
    const found = extensions.get(id)
    return found && readWhole(found.value)
  }
  // The algorithm stands twice, inside and outside what is signed; two that differ are somebody's trick.
  if (Buffer.compare(inner.whole, new Parts(readWhole(der)).rest()[1]!.whole) !== 0)
    throw new Error('two algorithms')
  const basic = basicOf(value(oids.basicConstraints))
  return {
    der,
    sha256,
    subject: subject.whole,
    issuer: issuer.whole,
    serial: hexOf(serial),
    serialBytes: serial.content,
    commonName: nameIn(subject, oids.commonName) ?? nameIn(subject, oids.organization) ?? '',
    organisation: nameIn(subject, oids.organization) ?? null,
    issuerName: nameIn(issuer, oids.commonName) ?? nameIn(issuer, oids.organization) ?? '',
    from,
    to,
    publicKey: new X509Certificate(der).publicKey,
    keyBits: bitsOf(inside(key)[1]!),
    ...basic,
    keyUsage: usageOf(value(oids.keyUsage)),
    extendedKeyUsage: purposesOf(value(oids.extendedKeyUsage)),
    subjectKeyId: hexIn(value(oids.subjectKeyIdentifier)),
    authorityKeyId: hexIn(value(oids.authorityKeyIdentifier), 0x80),
    ocspUrls: accessUrls(value(oids.authorityInfoAccess), oids.ocsp),
    crlUrls: crlUrlsOf(value(oids.crlDistributionPoints)),
    hasUnknownCritical: [...extensions].some(([id, { isCritical }]) => isCritical && !understood.has(id)),
    noCheck: extensions.has(oids.ocspNoCheck),
    signed: { bytes: body.whole, algorithm, signature },
  }
}

function basicOf(node: Node | undefined): Pick<Certificate, 'isAuthority' | 'pathLength'> {
  if (!node) return { isAuthority: false, pathLength: undefined }
  const parts = new Parts(node)
  const isAuthority = parts.maybe(tags.boolean)?.content[0] === 0xff
  const length = parts.maybe(tags.integer)
  return { isAuthority, pathLength: length && Number.parseInt(hexOf(length), 16) }
}

const usageOf = (node: Node | undefined): number | undefined => node && (bitsOf(node)[0] ?? 0)

const purposesOf = (node: Node | undefined): string[] | undefined => node && inside(node).map(oidOf)

/** The last value of a kind in a name: the most particular. */
function nameIn(name: Node, type: string): string | undefined {
  const pairs = inside(name)
    .flatMap(inside)
    .map((pair) => new Parts(pair))
  let found: string | undefined
  for (const pair of pairs) if (oidOf(pair.take()) === type) found = textOf(pair.take()) ?? found
  return found
}

// A key identifier is octets, or the first part of a sequence.
function hexIn(node: Node | undefined, part?: number): string | undefined {
  const held = part === undefined ? node : node && inside(node).find(({ tag }) => tag === part)
  return held && Buffer.from(held.content).toString('hex')
}

const uriTag = 0x86
const urlsIn = (nodes: Node[]): string[] =>
  nodes
    .filter(({ tag }) => tag === uriTag)
    .map(({ content }) => Buffer.from(content).toString('latin1'))
    .filter((text) => /^https?:\/\//.test(text))

const accessUrls = (node: Node | undefined, method: string): string[] =>
  (node ? inside(node) : [])
    .map(inside)
    .flatMap(([kind, place]) => (kind && place && oidOf(kind) === method ? urlsIn([place]) : []))

const crlUrlsOf = (node: Node | undefined): string[] =>
  (node ? inside(node) : [])
    .flatMap((point) => inside(point).filter(({ tag }) => tag === explicitTag(0)))
    .flatMap((name) => inside(name).filter(({ tag }) => tag === explicitTag(0)))
    .flatMap((full) => urlsIn(inside(full)))

/** Whether a certificate says of itself that it is under another one. */
export const saysIssuedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  Buffer.compare(certificate.issuer, issuer.subject) === 0 &&
  (certificate.authorityKeyId === undefined ||
    issuer.subjectKeyId === undefined ||
    certificate.authorityKeyId === issuer.subjectKeyId)
