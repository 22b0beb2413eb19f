import { type Certificate, readCertificate } from './certificate.ts'
import { oids } from './oids.ts'
import {
  type Algorithm,
  algorithmIn,
  hexOf,
  inside,
  type Node,
  octetsOf,
  oidOf,
  only,
  Parts,
  readFirst,
  tags,
  timeOf,
} from './read-der.ts'

/** A CMS signature (RFC 5652), read: one signer, as PAdES wants. */
export interface SignedContent {
  certificates: Certificate[]
  signer: Certificate | undefined
  /** DER of the signed attributes as a SET, which is what was signed. */
  signedBytes: Uint8Array | undefined
  digestAlgorithm: string
  signatureAlgorithm: Algorithm
  messageDigest: Uint8Array | undefined
  contentType: string | undefined
  contentInside: Uint8Array | undefined
  contentInsideType: string
  signingTime: Date | undefined
  /** The hash that binds the signer's certificate, with its algorithm. */
  boundTo: { algorithm: string; hash: Uint8Array } | undefined
  timeStampToken: Uint8Array | undefined
  signature: Uint8Array
}

/** Reads a container; undefined for what is none, holds several signers, or has bytes behind it that are no padding. */
export function readSignedData(der: Uint8Array): SignedContent | undefined {
  try {
    const { node, rest } = readFirst(der)
    if (rest.some((byte) => byte !== 0)) return undefined
    const content = new Parts(node)
    if (oidOf(content.take()) !== oids.signedData) return undefined
    return contentOf(new Parts(only(content.take(0xa0))))
  } catch {
    return undefined
  }
}

function contentOf(data: Parts): SignedContent | undefined {
  data.take(tags.integer)
  data.take(tags.set)
  const encapsulated = new Parts(data.take())
  const type = oidOf(encapsulated.take())
  const held = encapsulated.maybe(0xa0)
  const certificates = data.maybe(0xa0)
  data.maybe(0xa1)
  const signers = inside(data.take(tags.set))
  if (signers.length !== 1) return undefined
  const info = signerIn(new Parts(signers[0]))
  const all = (certificates ? inside(certificates) : [])
    // Other kinds of certificates have tags of their own.
    .filter(({ tag }) => tag === tags.sequence)
    .map(({ whole }) => readCertificate(whole))
  return {
    ...info.facts,
    certificates: all,
    signer: all.find(info.isSigner),
    contentInside: held && octetsOf(only(held)),
    contentInsideType: type,
  }
}

function signerIn(parts: Parts) {
  parts.take(tags.integer)
  const who = parts.take()
  const digestAlgorithm = algorithmIn(parts.take()).name
  const signed = parts.maybe(0xa0)
  const signatureAlgorithm = algorithmIn(parts.take())
  const signature = octetsOf(parts.take())
  const unsigned = parts.maybe(0xa1)
  const value = attributesIn(signed)
  const digest = value(oids.messageDigest)
  const contentType = value(oids.contentType)
  const time = value(oids.signingTime)
  return {
    isSigner: isBy(who),
    facts: {
      ...{ digestAlgorithm, signatureAlgorithm, signature },
      signedBytes: signed && asSet(signed),
      messageDigest: digest && octetsOf(digest),
      contentType: contentType && oidOf(contentType),
      signingTime: time && timeOf(time),
      boundTo: bindingOf(value(oids.signingCertificateV2), value(oids.signingCertificate)),
      timeStampToken: attributesIn(unsigned)(oids.timeStampToken)?.whole,
    },
  }
}

/** The value of an attribute that stands once with one value; anything else says nothing. */
function attributesIn(node: Node | undefined): (type: string) => Node | undefined {
  const all = (node ? inside(node) : []).map((one) => {
    const parts = new Parts(one)
    return { type: oidOf(parts.take()), values: inside(parts.take(tags.set)) }
  })
  return (type) => {
    const found = all.filter((one) => one.type === type)
    return found.length === 1 && found[0]!.values.length === 1 ? found[0]!.values[0] : undefined
  }
}

// What is signed is the SET, not the implicit tag that stands in its place (5.4).
function asSet(node: Node): Uint8Array {
  const copy = Buffer.from(node.whole)
  copy[0] = tags.set
  return copy
}

function isBy(who: Node): (certificate: Certificate) => boolean {
  if (who.tag === 0x80) {
    const keyId = Buffer.from(who.content).toString('hex')
    return ({ subjectKeyId }) => subjectKeyId === keyId
  }
  const parts = new Parts(who)
  const [issuer, serial] = [parts.take().whole, hexOf(parts.take())]
  return (one) => one.serial === serial && Buffer.compare(one.issuer, issuer) === 0
}

/** The first certificate of ESS signing-certificate (v1 by SHA-1, v2 by what it says; RFC 5035). */
function bindingOf(v2: Node | undefined, v1: Node | undefined): SignedContent['boundTo'] {
  const first = (node: Node) => new Parts(inside(new Parts(node).take())[0])
  if (v2) {
    const id = first(v2)
    const stated = id.maybe(tags.sequence)
    return { algorithm: stated ? algorithmIn(stated).name : oids.sha256, hash: id.take(tags.octets).content }
  }
  return v1 && { algorithm: oids.sha1, hash: first(v1).take(tags.octets).content }
}
