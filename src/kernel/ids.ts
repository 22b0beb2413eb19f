import { randomBytes, randomFillSync, randomInt } from 'node:crypto'

/**
 * A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits.
 * Time order keeps the newest rows of an index together.
 */
export function newId(nowMs: number = Date.now()): string {
  return uuidV7(nowMs, randomPooled(10))
}

const pool = Buffer.alloc(4096)
let used = pool.length

/** Random bytes out of a pool: asking the system costs more than anything else in making an id. */
export function randomPooled(size: number): Buffer {
  if (size > pool.length) return randomBytes(size)
  if (used + size > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const taken = Buffer.from(pool.subarray(used, used + size))
  // Nothing that was given out stays behind in memory.
  pool.fill(0, used, used + size)
  used += size
  return taken
}

/** The UUIDv7 of an instant and ten given bytes: lets a seeded run repeat itself. */
export function uuidV7(ms: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(ms, 0, 6)
  bytes.set(random, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A UUIDv4 of sixteen given bytes. */
export function uuidV4(random: Uint8Array): string {
  const bytes = Buffer.from(random)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Whether a text from outside has the shape of an id; others need not be asked for, and the database cannot be. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** Letters and digits that are not mistaken for one another when read aloud or from paper. */
export const secretAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A random code for people to copy: `length` characters, five bits each. */
export function newSecret(length: number): string {
  return Array.from({ length }, () => secretAlphabet[randomInt(secretAlphabet.length)]).join('')
}

/** A random URL-safe token of `bytes` bytes, for links nobody should guess. */
export function newToken(bytes = 24): string {
  return randomBytes(bytes).toString('base64url')
}
