import { createHash } from 'node:crypto'
import { type Certificate, readCertificate } from './certificate.ts'
import { oids } from './oids.ts'
import { algorithmOf, sha256Algorithm } from './raw-signature.ts'
import { type Der, explicit, integer, octets, oid, sequence, setOf } from './write-der.ts'

const attribute = (type: string, value: Der): Der => sequence(oid(type), setOf(value))

/**
 * The attributes that are signed (EN 319 122-1 for PAdES): type, digest, and the signing certificate, so that no other
 * certificate of the same key can be put in its place. The time claimed stands in the PDF, not here.
 */
export function signedAttributes(digest: Uint8Array, signer: Uint8Array, type: string = oids.data): Der {
  const hash = createHash('sha256').update(signer).digest()
  return setOf(
    attribute(oids.contentType, oid(type)),
    attribute(oids.messageDigest, octets(digest)),
    attribute(oids.signingCertificateV2, sequence(sequence(sequence(octets(hash))))),
  )
}

/** A CMS SignedData (RFC 5652) around a raw signature of `signedAttributes`. */
export function signedData(parts: {
  attributes: Der
  signature: Uint8Array
  /** The signer's first. */
  chain: readonly Uint8Array[]
  content?: { type: string; bytes: Uint8Array }
  unsigned?: { type: string; value: Der }[]
}): Der {
  const signer = readCertificate(parts.chain[0]!)
  const { content } = parts
  const encapsulated = content
    ? sequence(oid(content.type), explicit(0, octets(content.bytes)))
    : sequence(oid(oids.data))
  const body = sequence(
    integer(content && content.type !== oids.data ? 3 : 1),
    setOf(sha256Algorithm),
    encapsulated,
    constructedImplicit(0, setOf(...parts.chain)),
    setOf(signerInfo(signer, parts)),
  )
  return sequence(oid(oids.signedData), explicit(0, body))
}

function signerInfo(
  signer: Certificate,
  parts: { attributes: Der; signature: Uint8Array; unsigned?: { type: string; value: Der }[] },
): Der {
  const unsigned = (parts.unsigned ?? []).map(({ type, value }) => attribute(type, value))
  return sequence(
    integer(1),
    sequence(signer.issuer, integer(signer.serialBytes)),
    sha256Algorithm,
    constructedImplicit(0, parts.attributes),
    algorithmOf(signer.publicKey),
    octets(parts.signature),
    ...(unsigned.length > 0 ? [constructedImplicit(1, setOf(...unsigned))] : []),
  )
}

/** A SET OF under an implicit tag: the same bytes with another first one. */
function constructedImplicit(tag: number, set: Der): Der {
  const copy = Buffer.from(set)
  copy[0] = 0xa0 | tag
  return copy
}
