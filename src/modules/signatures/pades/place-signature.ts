import { createHash } from 'node:crypto'
import { zoned } from '../../../kernel/time.ts'
import { type PdfDict, type PdfRef, RawPdf, textString, writeValue } from '../pdf/pdf-values.ts'
import type { Increment } from '../pdf/write-increment.ts'

/** A file that waits for its signature: what it covers is fixed, its contents are still zeros. */
export interface Placed {
  pdf: Buffer
  /** SHA-256 of everything but the contents. */
  digest: Uint8Array
  seal(contents: Uint8Array): Uint8Array
}

export interface SignatureDictionary {
  type: 'Sig' | 'DocTimeStamp'
  subFilter: 'ETSI.CAdES.detached' | 'ETSI.RFC3161'
  /** Bytes kept free for the signature. */
  room: number
  signedAt?: Date
  name?: string
  reason?: string
}

const rangeMark = '/ByteRange [0 '
const contentsMark = '/Contents <'
// Room for three offsets of files up to a terabyte.
const rangeRoom = 40

/** Writes the increment with an empty signature as the value of a field, and fixes what the signature covers. */
export function placeSignature(increment: Increment, field: PdfRef, value: SignatureDictionary): Placed {
  const ref = increment.add(new RawPdf(dictionaryText(value)))
  const widget: PdfDict = increment.edit(field)
  widget.set('V', ref)
  const written = increment.bytes()
  const pdf = Buffer.from(written.pdf)
  const object = written.offsets.get(ref.num)!
  const from = pdf.indexOf(contentsMark, object) + contentsMark.length - 1
  const to = from + 2 + value.room * 2
  const range = `${from} ${to} ${pdf.length - to}]`
  pdf.write(range.padEnd(rangeRoom + 1), pdf.indexOf(rangeMark, object) + rangeMark.length, 'latin1')
  const covered = createHash('sha256').update(pdf.subarray(0, from)).update(pdf.subarray(to))
  return {
    pdf,
    digest: covered.digest(),
    seal(contents) {
      if (contents.length > value.room) throw new Error('the signature is larger than the room kept for it')
      const sealed = Buffer.from(pdf)
      sealed.write(Buffer.from(contents).toString('hex'), from + 1, 'latin1')
      return sealed
    },
  }
}

function dictionaryText(value: SignatureDictionary): string {
  const text = (key: string, content: string | undefined) =>
    content ? `/${key} ${Buffer.from(writeValue(textString(content))).toString('latin1')}\n` : ''
  return [
    `<</Type /${value.type}\n/Filter /Adobe.PPKLite\n/SubFilter /${value.subFilter}\n`,
    value.signedAt ? `/M (${pdfDate(value.signedAt)})\n` : '',
    text('Name', value.name),
    text('Reason', value.reason),
    `${rangeMark}${' '.repeat(rangeRoom)}]\n`,
    `${contentsMark}${'0'.repeat(value.room * 2)}>>>`,
  ].join('')
}

/** An instant as PDF writes it, in the time of Hà Nội. */
export function pdfDate(instant: Date): string {
  const digits = zoned(instant).toPlainDateTime().toString({ smallestUnit: 'second' }).replace(/\D/g, '')
  return `D:${digits}+07'00'`
}
