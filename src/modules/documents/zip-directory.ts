import type { HeldFile } from '../../kernel/files.ts'

export interface ZipEntry {
  name: string
  compressed: number
  uncompressed: number
  encrypted: boolean
  /** How it is packed: 0 not at all, 8 deflated. */
  method: number
  /** Where its own head begins in the file. */
  offset: number
}

/** What the central directory says, or why it cannot be believed. Nothing is inflated. */
export type ZipDirectory = { entries: ZipEntry[] } | 'damaged' | 'bomb'

const endSize = 22
const endMark = 0x06054b50
const entryMark = 0x02014b50
const entryLimit = 5_000
const directoryLimit = 8_000_000
const totalLimit = 1_000_000_000
const freeTotal = 50_000_000
const ratioLimit = 150

/** Reads the central directory of a zip and judges what it would unpack to. */
export async function readZipDirectory(file: Pick<HeldFile, 'size' | 'read'>): Promise<ZipDirectory> {
  const tailStart = Math.max(0, file.size - endSize - 0xffff)
  const tail = await file.read(tailStart, file.size - tailStart)
  const end = findEnd(tail)
  if (end === undefined) return 'damaged'
  const count = tail.readUInt16LE(end + 10)
  const size = tail.readUInt32LE(end + 12)
  const offset = tail.readUInt32LE(end + 16)
  // Zip64 exists for more than 65,535 entries or 4 GB: no paper of a dossier needs it.
  if (count > entryLimit || size > directoryLimit || offset === 0xffffffff) return 'bomb'
  if (offset + size > tailStart + end) return 'damaged'
  const entries = readEntries(await file.read(offset, size), count)
  if (entries === undefined) return 'damaged'
  return isBomb(entries, file.size) ? 'bomb' : { entries }
}

function findEnd(tail: Buffer): number | undefined {
  for (let at = tail.length - endSize; at >= 0; at--) {
    if (tail.readUInt32LE(at) === endMark && at + endSize + tail.readUInt16LE(at + 20) === tail.length)
      return at
  }
  return undefined
}

function readEntries(directory: Buffer, count: number): ZipEntry[] | undefined {
  const entries: ZipEntry[] = []
  let at = 0
  while (entries.length < count) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== entryMark) return undefined
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      compressed: directory.readUInt32LE(at + 20),
      uncompressed: directory.readUInt32LE(at + 24),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      method: directory.readUInt16LE(at + 10),
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

function isBomb(entries: ZipEntry[], fileSize: number): boolean {
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressed, 0)
  const packed = entries.reduce((sum, entry) => sum + entry.compressed, 0)
  // Entries that share bytes claim more compressed data than the file has.
  if (packed > fileSize || unpacked > totalLimit) return true
  return unpacked > freeTotal && unpacked / fileSize > ratioLimit
}
