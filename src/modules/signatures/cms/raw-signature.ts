import { constants, type KeyObject, type SignKeyObjectInput, sign, verify } from 'node:crypto'
import { oids } from './oids.ts'
import { type Algorithm, algorithmIn, hexOf, inside, only } from './read-der.ts'
import { type Der, nothing, oid, sequence } from './write-der.ts'

export const digestNames: Record<string, string> = {
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
}

export const sha256Algorithm: Der = sequence(oid(oids.sha256))

/** The algorithm that our signatures state for a key: always with SHA-256. */
export const algorithmOf = (key: KeyObject): Der =>
  key.asymmetricKeyType === 'ec' ? sequence(oid(oids.ecdsaSha256)) : sequence(oid(oids.rsaSha256), nothing())

/** A raw signature with SHA-256: ECDSA in DER, RSA by PKCS#1 v1.5. */
export const signBytes = (key: KeyObject, bytes: Uint8Array): Uint8Array => sign('sha256', bytes, key)

const plain: Record<string, string> = {
  [oids.rsaSha256]: 'sha256',
  [oids.rsaSha384]: 'sha384',
  [oids.rsaSha512]: 'sha512',
  [oids.ecdsaSha256]: 'sha256',
  [oids.ecdsaSha384]: 'sha384',
  [oids.ecdsaSha512]: 'sha512',
}

export type RawVerdict = 'good' | 'wrong' | 'weak-algorithm'

/**
 * Whether a raw signature is by a key. SHA-1, MD5 and RSA below 2048 bits prove nothing any more; what we do not know
 * counts as weak too. `digest` is what the signer's information states, for algorithms that name none.
 */
export function checkRaw(
  algorithm: Algorithm,
  key: KeyObject,
  bytes: Uint8Array,
  signature: Uint8Array,
  digest?: string,
): RawVerdict {
  const bits = key.asymmetricKeyDetails?.modulusLength
  if (bits !== undefined && bits < 2048) return 'weak-algorithm'
  const how = readable(() => howTo(algorithm, digest))
  const wanted = algorithm.name.startsWith('1.2.840.10045') ? 'ec' : 'rsa'
  if (!how) return 'weak-algorithm'
  if (!key.asymmetricKeyType?.startsWith(wanted)) return 'wrong'
  try {
    return verify(how.hash, bytes, { key, ...how.padding }, signature) ? 'good' : 'wrong'
  } catch {
    return 'wrong'
  }
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

interface How {
  hash: string
  padding: Partial<Pick<SignKeyObjectInput, 'padding' | 'saltLength'>>
}

function howTo({ name, parameters }: Algorithm, digest?: string): How | undefined {
  const hash = plain[name] ?? (name === oids.rsaEncryption ? digestNames[digest ?? ''] : undefined)
  if (hash) return { hash, padding: {} }
  if (name !== oids.rsaPss || !parameters) return undefined
  // Without stated hash it is SHA-1 (RFC 4055, 3.1), which is refused.
  const stated = new Map(inside(parameters).map((part) => [part.tag, only(part)]))
  const [hashPart, saltPart] = [stated.get(0xa0), stated.get(0xa2)]
  const pss = hashPart && digestNames[algorithmIn(hashPart).name]
  if (!pss) return undefined
  const saltLength = saltPart ? Number.parseInt(hexOf(saltPart), 16) : 20
  return { hash: pss, padding: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } }
}

/** Whether a signer really gave a signature of these bytes by its key, with SHA-256. */
export function checkOwnSignature(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify('sha256', bytes, key, signature)
  } catch {
    return false
  }
}
