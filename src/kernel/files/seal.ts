import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyRing } from './key-ring.ts'
import { FilesProblem, problems } from './problems.ts'

/*
 * How content lies at rest: a head of 256 bytes, then pieces of 64 KiB, each under AES-256-GCM with a key of this
 * content alone. That key stands in the head, wrapped under a key of the ring and bound to the name (SHA-256) of the
 * content, so content cannot change places. The nonce of a piece is its number and whether it is the last: pieces
 * cannot be moved, doubled or cut off. The head has two slots, so that a new wrapping never overwrites the only one.
 */

const mark = Buffer.from('MCSEAL1\n')
export const headLength = 256
const slotLength = 76
const slots = [mark.length, mark.length + slotLength] as const
const pieceLength = 65_536
const tagLength = 16
const sealedPiece = pieceLength + tagLength

/** Bytes of content in a sealed file of so many bytes. */
export function contentSize(sealedSize: number): number {
  const body = sealedSize - headLength
  return body - Math.ceil(body / sealedPiece) * tagLength
}

export const isSealed = (head: Uint8Array): boolean =>
  head.length >= headLength && mark.equals(head.subarray(0, mark.length))

/** Seals content as it arrives; the head comes last, because it names the content. */
export class Sealer {
  readonly #key: Buffer
  readonly #ring: KeyRing
  #waiting: Uint8Array[] = []
  #length = 0
  #index: number

  /** Goes on behind `index` pieces that lie sealed under `key` already, or begins under a new key. */
  constructor(ring: KeyRing, { key, index } = { key: randomBytes(32) as Buffer, index: 0 }) {
    this.#ring = ring
    this.#key = key
    this.#index = index
  }

  /** The pieces that are whole now; the last bytes wait, since the last piece is marked. */
  push(chunk: Uint8Array): Buffer[] {
    this.#waiting.push(chunk)
    this.#length += chunk.byteLength
    if (this.#length <= pieceLength) return []
    const all = Buffer.concat(this.#waiting, this.#length)
    const sealed: Buffer[] = []
    let at = 0
    for (; all.length - at > pieceLength; at += pieceLength)
      sealed.push(...this.#seal(all.subarray(at, at + pieceLength), false))
    // A copy: the few bytes that wait would otherwise keep all of them in memory.
    this.#waiting = [Buffer.from(all.subarray(at))]
    this.#length = all.length - at
    return sealed
  }

  end(): Buffer[] {
    return this.#seal(Buffer.concat(this.#waiting, this.#length), true)
  }

  /** The head of content of this name. */
  head(name: string): Buffer {
    const head = Buffer.alloc(headLength)
    mark.copy(head)
    wrapped(this.#ring, this.#key, name).copy(head, slots[0])
    return head
  }

  #seal(piece: Uint8Array, last: boolean): Buffer[] {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#index++, last))
    const sealed = cipher.update(piece)
    cipher.final()
    return [sealed, cipher.getAuthTag()]
  }
}

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce[0] = last ? 1 : 0
  nonce.writeBigUInt64BE(BigInt(index), 4)
  return nonce
}

function wrapped(ring: KeyRing, key: Buffer, sha256: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', ring.keys.get(ring.current)!, nonce)
  cipher.setAAD(Buffer.from(sha256))
  const name = Buffer.alloc(16)
  name.write(ring.current, 'latin1')
  return Buffer.concat([name, nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
}

const noteMark = Buffer.from('MCNOTE1\n')

/** A few words under the current key, bound to what they are about. */
export function sealNote(text: string, about: string, { current, keys }: KeyRing): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keys.get(current)!, nonce)
  cipher.setAAD(Buffer.from(`note:${about}`))
  const sealed = Buffer.concat([cipher.update(text), cipher.final()])
  const name = Buffer.alloc(16)
  name.write(current, 'latin1')
  return Buffer.concat([noteMark, name, nonce, sealed, cipher.getAuthTag()])
}

/** The words of a note; undefined when they were changed, are about something else, or their key is gone. */
export function openNote(note: Buffer, about: string, ring: KeyRing): string | undefined {
  const at = noteMark.length
  const key = ring.keys.get(note.toString('latin1', at, at + 16).replace(/\0+$/, ''))
  if (!key || note.length < at + 44 || !noteMark.equals(note.subarray(0, at))) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, note.subarray(at + 16, at + 28))
  decipher.setAAD(Buffer.from(`note:${about}`))
  decipher.setAuthTag(note.subarray(-16))
  try {
    return Buffer.concat([decipher.update(note.subarray(at + 28, -16)), decipher.final()]).toString()
  } catch {
    return undefined
  }
}

/** Names of the keys under which the content's own key is wrapped. */
function namesIn(head: Buffer): string[] {
  return slots.map((at) => head.toString('latin1', at, at + 16).replace(/\0+$/, ''))
}

/** The content's own key. Throws `FilesProblem` when no key of the ring opens it. */
export function keyOf(head: Buffer, sha256: string, ring: KeyRing | undefined): Buffer {
  const names = namesIn(head)
  for (const [i, name] of names.entries()) {
    const key = ring?.keys.get(name)
    const opened = key && unwrap(head.subarray(slots[i], slots[i]! + slotLength), key, sha256)
    if (opened) return opened
  }
  throw new FilesProblem(problems.wrongKey({ sha256, keys: names.filter(Boolean) }))
}

function unwrap(slot: Buffer, key: Buffer, sha256: string): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, slot.subarray(16, 28))
  decipher.setAAD(Buffer.from(sha256))
  decipher.setAuthTag(slot.subarray(60))
  try {
    return Buffer.concat([decipher.update(slot.subarray(28, 60)), decipher.final()])
  } catch {
    return undefined
  }
}

/** What to write where, so that the current key opens this head; nothing when it does already. */
export function rewrap(
  head: Buffer,
  sha256: string,
  ring: KeyRing,
): { offset: number; bytes: Buffer }[] | undefined {
  const names = namesIn(head)
  if (names.includes(ring.current) && names.filter(Boolean).length === 1) return undefined
  const key = keyOf(head, sha256, ring)
  const kept = names[0] === ring.current ? 0 : 1
  // The old slot is emptied only once the new one is on disk.
  return [
    { offset: slots[kept]!, bytes: wrapped(ring, key, sha256) },
    { offset: slots[1 - kept]!, bytes: Buffer.alloc(slotLength) },
  ]
}

/** Which bytes of the sealed file hold a part of the content. */
export function sealedSpan(sealedSize: number, range: { start: number; end: number }) {
  const first = Math.floor(range.start / pieceLength)
  const last = Math.floor(range.end / pieceLength)
  return {
    first,
    start: headLength + first * sealedPiece,
    end: Math.min(headLength + (last + 1) * sealedPiece, sealedSize) - 1,
    /** Number of the last piece of the whole content. */
    lastOfAll: Math.max(0, Math.ceil((sealedSize - headLength) / sealedPiece) - 1),
  }
}

/** Opens sealed pieces that arrive in order, and gives the wanted part. Throws `FilesProblem` on a changed byte. */
export async function* unsealed(
  sealed: AsyncIterable<Uint8Array>,
  opening: {
    key: Buffer
    sha256: string
    first: number
    lastOfAll: number
    range: { start: number; end: number }
  },
): AsyncGenerator<Buffer> {
  const { key, sha256, first, lastOfAll, range } = opening
  let index = first
  for await (const piece of pieces(sealed)) {
    const plain = openPiece(piece, key, nonceOf(index, index === lastOfAll))
    if (plain === undefined) throw new FilesProblem(problems.damaged({ sha256 }))
    const at = index * pieceLength
    index++
    const from = Math.max(0, range.start - at)
    const to = Math.min(plain.length, range.end - at + 1)
    if (to > from) yield plain.subarray(from, to)
  }
  if (range.end >= range.start && index * pieceLength <= range.end && index <= lastOfAll)
    throw new FilesProblem(problems.damaged({ sha256 }))
}

/** Opens pieces of content that has not ended; throws `FilesProblem` where one is not whole. */
export async function* wholePieces(sealed: AsyncIterable<Uint8Array>, key: Buffer): AsyncGenerator<Buffer> {
  let index = 0
  for await (const piece of pieces(sealed)) {
    const plain = piece.length === sealedPiece ? openPiece(piece, key, nonceOf(index++, false)) : undefined
    if (plain === undefined) throw new FilesProblem(problems.damaged({ sha256: '' }))
    yield plain
  }
}

async function* pieces(sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = []
  let length = 0
  for await (const chunk of sealed) {
    waiting.push(chunk)
    length += chunk.byteLength
    if (length < sealedPiece) continue
    const all = Buffer.concat(waiting, length)
    let at = 0
    for (; all.length - at >= sealedPiece; at += sealedPiece) yield all.subarray(at, at + sealedPiece)
    waiting = [all.subarray(at)]
    length = all.length - at
  }
  if (length > 0) yield Buffer.concat(waiting, length)
}

function openPiece(piece: Buffer, key: Buffer, nonce: Buffer): Buffer | undefined {
  if (piece.length < tagLength) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAuthTag(piece.subarray(piece.length - tagLength))
  try {
    const plain = decipher.update(piece.subarray(0, -tagLength))
    decipher.final()
    return plain
  } catch {
    return undefined
  }
}
