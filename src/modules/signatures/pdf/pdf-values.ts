/** Values of a PDF file (ISO 32000-1, 7.3), and how they are written. */
export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfText
  | PdfRef
  | PdfStream
  | RawPdf
  | PdfDict
  | PdfValue[]

export type PdfDict = Map<string, PdfValue>

export class PdfName {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** A string of bytes; `hex` only says how it is written. */
export class PdfText {
  readonly bytes: Uint8Array
  readonly hex: boolean
  constructor(bytes: Uint8Array, hex = false) {
    this.bytes = bytes
    this.hex = hex
  }
}

export class PdfRef {
  readonly num: number
  readonly gen: number
  constructor(num: number, gen = 0) {
    this.num = num
    this.gen = gen
  }
}

/** A dictionary with bytes, as they lie in the file (encoded by its `Filter`). */
export class PdfStream {
  readonly dict: PdfDict
  readonly bytes: Uint8Array
  constructor(dict: PdfDict, bytes: Uint8Array) {
    this.dict = dict
    this.bytes = bytes
  }
}

/** Text written as it is: for values whose place in the file must be known beforehand. */
export class RawPdf {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export const name = (text: string): PdfName => new PdfName(text)
export const dict = (entries: Record<string, PdfValue | undefined>): PdfDict =>
  new Map(Object.entries(entries).filter((entry): entry is [string, PdfValue] => entry[1] !== undefined))

/** A text string (7.9.2.2): UTF-16 with its mark wherever ASCII does not suffice. */
export function textString(text: string): PdfText {
  if (/^[\x20-\x7e]*$/.test(text)) return new PdfText(Buffer.from(text, 'latin1'))
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  return new PdfText(utf16, true)
}

/** The text of a text string, or undefined for what is none. */
export function readText(value: PdfValue | undefined): string | undefined {
  if (!(value instanceof PdfText)) return undefined
  const bytes = Buffer.from(value.bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return bytes.length % 2 === 0 ? bytes.subarray(2).swap16().toString('utf16le') : undefined
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8')
  return bytes.toString('latin1')
}

/** Writes a value; streams are written with their length. */
export function writeValue(value: PdfValue): Uint8Array {
  if (value instanceof PdfStream) {
    const head = new Map(value.dict).set('Length', value.bytes.length)
    return Buffer.concat([
      Buffer.from(`${textOf(head)}\nstream\n`, 'latin1'),
      value.bytes,
      Buffer.from('\nendstream', 'latin1'),
    ])
  }
  return Buffer.from(textOf(value), 'latin1')
}

function textOf(value: PdfValue): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return numberText(value)
  if (value instanceof PdfName) return nameText(value.name)
  if (value instanceof PdfText) return value.hex ? hexText(value.bytes) : literalText(value.bytes)
  if (value instanceof PdfRef) return `${value.num} ${value.gen} R`
  if (value instanceof RawPdf) return value.text
  if (value instanceof PdfStream) throw new Error('a stream stands only as an object of its own')
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`
  return `<<${[...value].map(([key, entry]) => `${nameText(key)} ${textOf(entry)}`).join('\n')}>>`
}

const numberText = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(4).replace(/\.?0+$/, '')

const nameText = (text: string): string =>
  `/${Buffer.from(text, 'latin1')
    .toString('latin1')
    .replace(/[^!-~]|[#()<>[\]{}/%]/g, (c) => `#${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}`

const hexText = (bytes: Uint8Array): string => `<${Buffer.from(bytes).toString('hex')}>`

const literalText = (bytes: Uint8Array): string =>
  `(${Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\\()]/g, '\\$&')
    .replace(/[^ -~]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)})`
