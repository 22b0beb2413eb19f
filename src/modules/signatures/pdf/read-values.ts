import { type PdfDict, PdfName, PdfRef, PdfText, type PdfValue } from './pdf-values.ts'

/** A file that is not what it says: turned into a refusal at the module's door. */
export class PdfError extends Error {
  override name = 'PdfError'
  readonly code: 'not-a-pdf' | 'damaged' | 'encrypted' | 'too-complex'
  constructor(code: PdfError['code'], message: string) {
    super(message)
    this.code = code
  }
}

// Deeper nesting serves nobody but who wants to exhaust the stack.
const deepest = 100
const isSpace = (c: number | undefined) => c === 32 || c === 10 || c === 13 || c === 9 || c === 12 || c === 0
const isDelimiter = (c: number) =>
  c === 40 ||
  c === 41 ||
  c === 60 ||
  c === 62 ||
  c === 91 ||
  c === 93 ||
  c === 123 ||
  c === 125 ||
  c === 47 ||
  c === 37
const isRegular = (c: number | undefined): c is number => c !== undefined && !isSpace(c) && !isDelimiter(c)
const isDigit = (c: number | undefined): c is number => c !== undefined && c >= 48 && c <= 57

/** Reads values one after the other from bytes (ISO 32000-1, 7.2 and 7.3). */
export class ValueReader {
  readonly bytes: Uint8Array
  at: number
  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  skipSpace(): void {
    const { bytes } = this
    for (;;) {
      while (isSpace(bytes[this.at])) this.at++
      if (bytes[this.at] !== 37) return
      while (this.at < bytes.length && bytes[this.at] !== 10 && bytes[this.at] !== 13) this.at++
    }
  }

  /** Takes a keyword if it stands here. */
  take(word: string): boolean {
    this.skipSpace()
    for (let i = 0; i < word.length; i++) if (this.bytes[this.at + i] !== word.charCodeAt(i)) return false
    if (isRegular(this.bytes[this.at + word.length])) return false
    this.at += word.length
    return true
  }

  expect(word: string): void {
    if (!this.take(word)) throw this.wrong(`“${word}” expected`)
  }

  integer(): number {
    this.skipSpace()
    const from = this.at
    while (isDigit(this.bytes[this.at])) this.at++
    if (from === this.at || this.at - from > 15) throw this.wrong('number expected')
    return Number(
      Buffer.from(this.bytes.buffer, this.bytes.byteOffset + from, this.at - from).toString('latin1'),
    )
  }

  value(depth = 0): PdfValue {
    if (depth > deepest) throw new PdfError('too-complex', 'nested too deep')
    this.skipSpace()
    const c = this.bytes[this.at]
    if (c === undefined) throw this.wrong('the file ends')
    if (c === 47) return new PdfName(this.nameText())
    if (c === 40) return this.literal()
    if (c === 91) return this.array(depth)
    if (c === 60) return this.bytes[this.at + 1] === 60 ? this.dictionary(depth) : this.hexString()
    if (isDigit(c) || c === 43 || c === 45 || c === 46) return this.numberOrRef()
    if (this.take('true')) return true
    if (this.take('false')) return false
    if (this.take('null')) return null
    throw this.wrong('no value')
  }

  private array(depth: number): PdfValue[] {
    this.at++
    const values: PdfValue[] = []
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.at] === 93) {
        this.at++
        return values
      }
      values.push(this.value(depth + 1))
    }
  }

  private dictionary(depth: number): PdfDict {
    this.at += 2
    const entries: PdfDict = new Map()
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.at] === 62 && this.bytes[this.at + 1] === 62) {
        this.at += 2
        return entries
      }
      if (this.bytes[this.at] !== 47) throw this.wrong('key expected')
      const key = this.nameText()
      const value = this.value(depth + 1)
      // Readers differ on which of two entries counts: a file that says a thing twice is not signed and not believed.
      if (entries.has(key)) throw this.wrong(`key “${key}” stands twice`)
      if (value !== null) entries.set(key, value)
    }
  }

  private nameText(): string {
    this.at++
    let text = ''
    for (let c = this.bytes[this.at]; isRegular(c); c = this.bytes[this.at]) {
      const hex = c === 35 ? Number.parseInt(latin1(this.bytes, this.at + 1, this.at + 3), 16) : Number.NaN
      text += String.fromCharCode(Number.isNaN(hex) ? c : hex)
      this.at += Number.isNaN(hex) ? 1 : 3
    }
    return text
  }

  private numberOrRef(): number | PdfRef {
    const from = this.at
    while (isRegular(this.bytes[this.at])) this.at++
    const text = latin1(this.bytes, from, this.at)
    if (!/^[+-]*\d*\.?\d*(-\d+)?$/.test(text)) throw this.wrong('number expected')
    if (/^\d{1,10}$/.test(text)) {
      const ref = this.restOfRef(Number(text))
      if (ref) return ref
    }
    const value = Number(text)
    return Number.isNaN(value) ? 0 : value
  }

  private restOfRef(num: number): PdfRef | undefined {
    const back = this.at
    this.skipSpace()
    if (isDigit(this.bytes[this.at])) {
      const gen = this.integer()
      if (this.take('R')) return new PdfRef(num, gen)
    }
    this.at = back
    return undefined
  }

  private hexString(): PdfText {
    const end = this.bytes.indexOf(62, this.at)
    if (end < 0) throw this.wrong('string without end')
    const digits = latin1(this.bytes, this.at + 1, end).replace(/[\s\0]+/g, '')
    if (/[^0-9a-fA-F]/.test(digits)) throw this.wrong('no hexadecimal digit')
    this.at = end + 1
    return new PdfText(Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex'), true)
  }

  private literal(): PdfText {
    const out: number[] = []
    let open = 0
    for (this.at++; ; this.at++) {
      let c = this.bytes[this.at]
      if (c === undefined) throw this.wrong('string without end')
      if (c === 41 && open-- === 0) break
      if (c === 40) open++
      if (c === 92) {
        const escaped = this.escape()
        if (escaped === undefined) continue
        c = escaped
      }
      out.push(c)
    }
    this.at++
    return new PdfText(Uint8Array.from(out))
  }

  // Leaves `at` on the last character of the escape.
  private escape(): number | undefined {
    const c = this.bytes[++this.at]
    if (c === 13 && this.bytes[this.at + 1] === 10) this.at++
    if (c === 10 || c === 13) return undefined
    const octal = /^[0-7]{1,3}/.exec(latin1(this.bytes, this.at, this.at + 3))?.[0]
    if (octal) {
      this.at += octal.length - 1
      return Number.parseInt(octal, 8) & 0xff
    }
    return c === undefined ? undefined : (escapes[c] ?? c)
  }

  wrong(what: string): PdfError {
    return new PdfError('damaged', `${what} at ${this.at}`)
  }
}

const escapes: Record<number, number> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 }

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'latin1',
    from,
    Math.min(to, bytes.length),
  )
