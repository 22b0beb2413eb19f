import type { KeyObject } from 'node:crypto'
import { createHash } from 'node:crypto'
import { TimeStampReq } from 'pkijs'
import { oids } from '../cms/oids.ts'
import { sha256Algorithm, signBytes } from '../cms/raw-signature.ts'
import {
  bitString,
  boolean,
  type Der,
  generalizedTime,
  integer,
  octets,
  oid,
  sequence,
} from '../cms/write-der.ts'
import { signedAttributes, signedData } from '../cms/write-signed-data.ts'

interface Holder {
  /** The authority's own certificate first. */
  chain: readonly Uint8Array[]
  key: KeyObject
}

/** Policy of the demonstration's time stamps: an arc for examples. */
const policy = '1.3.6.1.4.1.99999.1'

/** A time-stamp token (RFC 3161) over a SHA-256 hash. */
export function writeTimeStamp(
  holder: Holder,
  stamp: { sha256: Uint8Array; serial: Uint8Array; now: Date; nonce?: Uint8Array },
): Uint8Array {
  const info = sequence(
    integer(1),
    oid(policy),
    sequence(sha256Algorithm, octets(stamp.sha256)),
    integer(stamp.serial),
    generalizedTime(stamp.now),
    sequence(integer(1)),
    ...(stamp.nonce ? [integer(stamp.nonce)] : []),
  )
  const digest = createHash('sha256').update(info).digest()
  const attributes = signedAttributes(digest, holder.chain[0]!, oids.tstInfo)
  return signedData({
    attributes,
    signature: signBytes(holder.key, attributes),
    chain: holder.chain,
    content: { type: oids.tstInfo, bytes: info },
  })
}

/** Reads a request over HTTP; undefined for what is none or hashes by something else. */
export function readTimeStampRequest(
  der: Uint8Array,
): { sha256: Uint8Array; nonce: Uint8Array | undefined } | undefined {
  try {
    const { messageImprint, nonce } = TimeStampReq.fromBER(Buffer.from(der))
    const hash = new Uint8Array(messageImprint.hashedMessage.valueBlock.valueHexView)
    if (messageImprint.hashAlgorithm.algorithmId !== oids.sha256 || hash.length !== 32) return undefined
    return { sha256: hash, nonce: nonce && new Uint8Array(nonce.valueBlock.valueHexView) }
  } catch {
    return undefined
  }
}

/** The request for a stamp, with the certificate asked for. */
export const timeStampRequest = (sha256: Uint8Array, nonce: Uint8Array): Der =>
  sequence(integer(1), sequence(sha256Algorithm, octets(sha256)), integer(nonce), boolean(true))

export const grantedResponse = (token: Uint8Array): Der => sequence(sequence(integer(0)), token)
/** Rejection with the bit for a wrong request (badDataFormat) or a wrong hash (badAlg). */
export const rejectedResponse = (): Der => sequence(sequence(integer(2), bitString(Uint8Array.of(0x80), 7)))
