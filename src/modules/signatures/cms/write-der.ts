/*
 * Writes ASN.1 in DER (X.690): what is signed must have one form only, and the same input always the same bytes.
 * Reading is left to pkijs.
 */
export type Der = Uint8Array

const element = (tag: number, content: Uint8Array): Der => {
  const { length } = content
  if (length < 128) return Buffer.concat([Uint8Array.of(tag, length), content])
  const hex = length.toString(16)
  const size = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
  return Buffer.concat([Uint8Array.of(tag, 0x80 | size.length), size, content])
}

export const sequence = (...parts: Der[]): Der => element(0x30, Buffer.concat(parts))
/** SET OF: in the order of their bytes, as DER wants. */
export const setOf = (...parts: Der[]): Der => element(0x31, Buffer.concat(parts.toSorted(Buffer.compare)))
export const octets = (bytes: Uint8Array): Der => element(0x04, bytes)
export const bitString = (bytes: Uint8Array, unused = 0): Der =>
  element(0x03, Buffer.concat([Uint8Array.of(unused), bytes]))
export const nothing = (): Der => element(0x05, new Uint8Array())
export const boolean = (value: boolean): Der => element(0x01, Uint8Array.of(value ? 0xff : 0))
export const enumerated = (value: number): Der => element(0x0a, Uint8Array.of(value))
export const utf8 = (text: string): Der => element(0x0c, Buffer.from(text, 'utf8'))
export const printable = (text: string): Der => element(0x13, Buffer.from(text, 'latin1'))
/** `[n]` around whole elements. */
export const explicit = (tag: number, ...parts: Der[]): Der => element(0xa0 | tag, Buffer.concat(parts))
/** `[n]` in place of the tag of a primitive. */
export const implicit = (tag: number, content: Uint8Array): Der => element(0x80 | tag, content)

/** An integer of a number, or of big-endian bytes that are not negative. */
export function integer(value: number | Uint8Array): Der {
  let bytes = typeof value === 'number' ? bytesOf(value) : Buffer.from(value)
  while (bytes.length > 1 && bytes[0] === 0 && bytes[1]! < 0x80) bytes = bytes.subarray(1)
  return element(0x02, bytes[0]! >= 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes)
}

export function oid(text: string): Der {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  return element(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)))
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
export function time(instant: Date): Der {
  const digits = instant.toISOString().replace(/[-:T]|\.\d+/g, '')
  return instant.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(digits.slice(2), 'latin1'))
    : element(0x18, Buffer.from(digits, 'latin1'))
}

export const generalizedTime = (instant: Date): Der =>
  element(0x18, Buffer.from(instant.toISOString().replace(/[-:T]|\.\d+/g, ''), 'latin1'))

function bytesOf(value: number): Buffer {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
}

function base128(value: number): number[] {
  const groups = [value & 0x7f]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    groups.unshift((rest & 0x7f) | 0x80)
  return groups
}
