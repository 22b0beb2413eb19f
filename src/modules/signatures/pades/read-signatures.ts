import { type PdfDict, PdfText, readText } from '../pdf/pdf-values.ts'
import { type Field, readFields } from './fields.ts'
import type { Revision } from './read-revisions.ts'

/** A signature as it stands in a file, before anything is believed. */
export interface FoundSignature {
  field: string
  subFilter: string
  type: 'signature' | 'document-timestamp'
  /** Decoded contents, with the zeros behind them. */
  contents: Uint8Array
  /** Undefined when it does not cover all of a revision but the contents. */
  range: { from: number; to: number; end: number } | undefined
  /** The revision it covers; undefined when it ends elsewhere. */
  signed: Revision | undefined
  claimedAt: Date | undefined
}

/**
 * All signatures of a file, in the order of what they cover. A signature that a later revision took away is found as
 * well: it is looked for in every revision.
 */
export function readSignatures(bytes: Uint8Array, revisions: readonly Revision[]): FoundSignature[] {
  const found = new Map<string, FoundSignature>()
  for (const { view } of revisions.toReversed()) {
    for (const field of readFields(view)) {
      if (field.type !== 'Sig' || !field.isFilled) continue
      const value = view.dict(field.dict.get('V'))
      if (!value) continue
      const range = view.array(value.get('ByteRange'))?.map((one) => view.number(one) ?? -1) ?? []
      const key = `${field.name} ${range.join(' ')}`
      if (!found.has(key)) found.set(key, describe(bytes, revisions, field, value, range, view))
    }
  }
  return [...found.values()].sort((a, b) => (a.range?.end ?? 0) - (b.range?.end ?? 0))
}

function describe(
  bytes: Uint8Array,
  revisions: readonly Revision[],
  field: Field,
  value: PdfDict,
  stated: number[],
  view: Revision['view'],
): FoundSignature {
  const held = view.resolve(value.get('Contents'))
  const contents = held instanceof PdfText ? held.bytes : new Uint8Array()
  const range = rangeOf(bytes, stated, contents)
  const subFilter = view.nameOf(value.get('SubFilter')) ?? ''
  return {
    field: field.name,
    subFilter,
    type: subFilter === 'ETSI.RFC3161' ? 'document-timestamp' : 'signature',
    contents,
    range,
    signed: range && revisions.find(({ eof, end }) => range.end >= eof && range.end <= end),
    claimedAt: dateOf(readText(view.resolve(value.get('M')))),
  }
}

/** The gap of a range must be the hexadecimal contents of this very signature, and nothing else. */
function rangeOf(bytes: Uint8Array, stated: number[], contents: Uint8Array): FoundSignature['range'] {
  const [start, from, to, length] = stated as [number, number, number, number]
  if (stated.length !== 4 || start !== 0 || !stated.every((one) => Number.isInteger(one) && one >= 0))
    return undefined
  if (from >= to || to + length > bytes.length || contents.length === 0) return undefined
  if (bytes[from] !== 0x3c || bytes[to - 1] !== 0x3e || to - from !== contents.length * 2 + 2)
    return undefined
  const gap = Buffer.from(bytes.subarray(from + 1, to - 1)).toString('latin1')
  if (!/^[0-9a-fA-F]*$/.test(gap) || Buffer.compare(Buffer.from(gap, 'hex'), contents) !== 0) return undefined
  return { from, to, end: to + length }
}

/** `D:YYYYMMDDHHmmSS+07'00'` (ISO 32000-1, 7.9.4); undefined for what is none. */
export function dateOf(text: string | undefined): Date | undefined {
  const parts = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?'?)?/.exec(text ?? '')
  if (!parts) return undefined
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    sign,
    zh = '00',
    zm = '00',
  ] = parts
  const zone = sign ? `${sign}${zh}:${zm}` : 'Z'
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
