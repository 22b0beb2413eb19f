import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import {
  dict,
  name,
  type PdfDict,
  PdfRef,
  PdfStream,
  PdfText,
  type PdfValue,
  writeValue,
} from './pdf-values.ts'
import { lastStartXref, type PdfFile } from './read-pdf.ts'

/**
 * What one writing adds to a file (ISO 32000-1, 7.5.6). The bytes before it stay as they are, so earlier signatures
 * keep covering what they covered.
 */
export class Increment {
  readonly file: PdfFile
  private readonly changed = new Map<number, PdfValue>()
  private next: number

  constructor(file: PdfFile) {
    this.file = file
    this.next = file.size
  }

  add(value: PdfValue): PdfRef {
    const ref = new PdfRef(this.next++)
    this.changed.set(ref.num, value)
    return ref
  }

  set(ref: PdfRef, value: PdfValue): void {
    this.changed.set(ref.num, value)
  }

  /** The value as this increment leaves it. */
  get(ref: PdfRef): PdfValue {
    return this.changed.get(ref.num) ?? this.file.get(ref.num)
  }

  resolve(value: PdfValue | undefined): PdfValue {
    return value instanceof PdfRef ? this.get(value) : (value ?? null)
  }

  /** A copy of a dictionary object that may be changed and will be written. */
  edit(ref: PdfRef): PdfDict {
    const value = this.get(ref)
    if (!(value instanceof Map)) throw new Error(`object ${ref.num} is no dictionary`)
    const copy = new Map(value)
    this.changed.set(ref.num, copy)
    return copy
  }

  /** The whole file with the increment, and where the objects of the increment begin. */
  bytes(): { pdf: Uint8Array; offsets: Map<number, number> } {
    const { bytes } = this.file
    const last = bytes[bytes.length - 1]
    const parts: Uint8Array[] = [bytes]
    let at = bytes.length
    const put = (part: Uint8Array) => {
      parts.push(part)
      at += part.length
    }
    if (last !== 10 && last !== 13) put(Buffer.from('\n'))
    const offsets = new Map<number, number>()
    for (const [num, value] of [...this.changed].sort(([a], [b]) => a - b)) {
      offsets.set(num, at)
      put(Buffer.from(`${num} 0 obj\n`, 'latin1'))
      put(writeValue(value))
      put(Buffer.from('\nendobj\n', 'latin1'))
    }
    const start = at
    put(this.crossReferences(offsets, start))
    put(Buffer.from(`startxref\n${start}\n%%EOF\n`, 'latin1'))
    return { pdf: Buffer.concat(parts), offsets }
  }

  private crossReferences(offsets: Map<number, number>, start: number): Uint8Array {
    const { trailer, sections } = this.file
    const base = dict({
      Size: this.next,
      Root: trailer.get('Root'),
      Info: trailer.get('Info'),
      ID: this.identifier(),
      Prev: lastStartXref(this.file.bytes),
    })
    if (sections[0]!.kind === 'table') {
      const table = `xref\n${runsOf([...offsets.keys()])
        .map((run) => tableRun(run, offsets))
        .join('')}trailer\n`
      return Buffer.concat([Buffer.from(table, 'latin1'), writeValue(base), Buffer.from('\n')])
    }
    const own = this.next
    offsets.set(own, start)
    base.set('Size', own + 1)
    const runs = runsOf([...offsets.keys()])
    const rows = runs
      .flat()
      .map((num) => Buffer.from(`01${offsets.get(num)!.toString(16).padStart(10, '0')}0000`, 'hex'))
    const stream = new PdfStream(
      new Map([
        ...base,
        ...dict({
          Type: name('XRef'),
          W: [1, 5, 2],
          Index: runs.flatMap((run) => [run[0]!, run.length]),
          Filter: name('FlateDecode'),
        }),
      ]),
      deflateSync(Buffer.concat(rows)),
    )
    return Buffer.concat([
      Buffer.from(`${own} 0 obj\n`, 'latin1'),
      writeValue(stream),
      Buffer.from('\nendobj\n'),
    ])
  }

  // The first part stays for the life of the file, the second tells writings apart (14.4).
  private identifier(): PdfValue {
    const known = this.file.array(this.file.trailer.get('ID'))
    const second = createHash('sha256')
      .update(this.file.bytes.subarray(-4096))
      .update(String(this.file.bytes.length))
    const fresh = new PdfText(second.digest().subarray(0, 16), true)
    const first = known?.[0] instanceof PdfText ? new PdfText(known[0].bytes, true) : fresh
    return [first, fresh]
  }
}

function runsOf(numbers: number[]): number[][] {
  const runs: number[][] = []
  for (const num of numbers.sort((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run && run.at(-1) === num - 1) run.push(num)
    else runs.push([num])
  }
  return runs
}

const tableRun = (run: number[], offsets: Map<number, number>): string =>
  `${run[0]} ${run.length}\n${run.map((num) => `${String(offsets.get(num)).padStart(10, '0')} 00000 n\r\n`).join('')}`
