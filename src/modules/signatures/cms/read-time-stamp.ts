import { createHash } from 'node:crypto'
import type { Certificate } from './certificate.ts'
import { oids } from './oids.ts'
import { checkRaw, digestNames } from './raw-signature.ts'
import { algorithmIn, octetsOf, Parts, readWhole, tags, timeOf } from './read-der.ts'
import { readSignedData, type SignedContent } from './read-signed-data.ts'

export interface TimeStamp {
  at: Date
  /** The hash it stamps, and by which algorithm. */
  algorithm: string
  hash: Uint8Array
  authority: Certificate
  certificates: Certificate[]
}

/** Certificates in a token, its authority's first. */
export function tokenChain(token: Uint8Array): Uint8Array[] {
  const read = readSignedData(token)
  if (!read?.signer) return []
  const rest = read.certificates.filter(({ sha256 }) => sha256 !== read.signer!.sha256)
  return [read.signer, ...rest].map(({ der }) => der)
}

/**
 * Reads a token of RFC 3161 and checks that it is whole: signed by an authority for time stamping alone, over this
 * content. Whether the authority is believed is asked of its chain. Undefined for what is wrong.
 */
export function readTimeStamp(token: Uint8Array): TimeStamp | undefined {
  const read = readSignedData(token)
  if (!read?.signer || !read.contentInside || read.contentInsideType !== oids.tstInfo) return undefined
  if (!isWhole(read, read.contentInside) || !isForStamps(read.signer)) return undefined
  try {
    const info = new Parts(readWhole(read.contentInside))
    info.take(tags.integer)
    info.take(tags.oid)
    const imprint = new Parts(info.take())
    info.take(tags.integer)
    return {
      at: timeOf(info.take(tags.generalizedTime)),
      algorithm: algorithmIn(imprint.take()).name,
      hash: octetsOf(imprint.take()),
      authority: read.signer,
      certificates: read.certificates,
    }
  } catch {
    return undefined
  }
}

const isForStamps = ({ extendedKeyUsage }: Certificate): boolean =>
  extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === oids.timeStamping

/** Whether a container's attributes fit its content, its certificate and its signature. */
export function isWhole(read: SignedContent, content: Uint8Array): boolean {
  const name = digestNames[read.digestAlgorithm]
  if (!name || !read.signer || !read.signedBytes || !read.messageDigest) return false
  const digest = createHash(name).update(content).digest()
  if (Buffer.compare(digest, read.messageDigest) !== 0) return false
  if (read.contentType !== read.contentInsideType || !isBound(read)) return false
  const { signatureAlgorithm } = read
  return (
    checkRaw(
      signatureAlgorithm,
      read.signer.publicKey,
      read.signedBytes,
      read.signature,
      read.digestAlgorithm,
    ) === 'good'
  )
}

const hashNames: Record<string, string> = { ...digestNames, [oids.sha1]: 'sha1' }

/** Whether the signed attributes name the certificate that signed. */
export function isBound({ boundTo, signer }: SignedContent): boolean {
  const name = boundTo && hashNames[boundTo.algorithm]
  if (!name || !signer) return false
  return Buffer.compare(createHash(name).update(signer.der).digest(), boundTo.hash) === 0
}
