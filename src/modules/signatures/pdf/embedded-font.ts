import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { deflateSync } from 'node:zlib'
import { dict, name, type PdfRef, PdfStream, PdfText, type PdfValue } from './pdf-values.ts'
import { type Face, missingIn, readFace, type Subset, subsetOf } from './true-type.ts'
import type { Increment } from './write-increment.ts'

const require = createRequire(import.meta.url)
let face: Face | undefined

/** Tinos has the widths of Times New Roman, the face of administrative documents (NĐ 30/2020, annex I). */
const tinos = (): Face =>
  (face ??= readFace(
    readFileSync(require.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf')),
  ))

/** Characters of a text that cannot be drawn: PDF/A allows no missing glyph. */
export const undrawable = (text: string): string[] => missingIn(tinos(), text.normalize('NFC'))

/** A font that an increment brings with it, cut down to the characters it draws. */
export interface EmbeddedFont {
  ref: PdfRef
  /** The operand of `Tj`. */
  encode(text: string): string
  /** In points. */
  widthOf(text: string, size: number): number
}

interface Made {
  subset: Subset
  file: Uint8Array
  toUnicode: Uint8Array
  tag: string
}

// Papers of one signer need the same letters again and again.
const made = new Map<string, Made>()
const mostMade = 500

export function embedFont(increment: Increment, texts: readonly string[]): EmbeddedFont {
  const characters = [...new Set([...texts.join('').normalize('NFC')])].sort()
  const { subset, file, toUnicode, tag } = madeOf(characters.join(''))
  const baseFont = name(`${tag}+Tinos-Regular`)
  const descendant = increment.add(
    dict({
      Type: name('Font'),
      Subtype: name('CIDFontType2'),
      BaseFont: baseFont,
      CIDSystemInfo: dict({ Registry: ascii('Adobe'), Ordering: ascii('Identity'), Supplement: 0 }),
      FontDescriptor: increment.add(descriptor(baseFont, increment, file)),
      DW: 0,
      W: [0, subset.widths],
      CIDToGIDMap: name('Identity'),
    }),
  )
  const ref = increment.add(
    dict({
      Type: name('Font'),
      Subtype: name('Type0'),
      BaseFont: baseFont,
      Encoding: name('Identity-H'),
      DescendantFonts: [descendant],
      ToUnicode: increment.add(new PdfStream(dict({ Filter: name('FlateDecode') }), toUnicode)),
    }),
  )
  const numbers = (text: string) => [...text.normalize('NFC')].map((one) => subset.glyphs.get(one) ?? 0)
  return {
    ref,
    encode: (text) => `<${numbers(text).map(hex4).join('')}>`,
    widthOf: (text, size) =>
      (numbers(text).reduce((sum, glyph) => sum + subset.widths[glyph]!, 0) * size) / 1000,
  }
}

function madeOf(characters: string): Made {
  const known = made.get(characters)
  if (known) return known
  const subset = subsetOf(tinos(), characters)
  const fresh = {
    subset,
    file: deflateSync(subset.file),
    toUnicode: deflateSync(Buffer.from(unicodeMap(subset), 'latin1')),
    tag: tagOf(characters),
  }
  if (made.size >= mostMade) made.delete(made.keys().next().value!)
  made.set(characters, fresh)
  return fresh
}

function descriptor(fontName: PdfValue, increment: Increment, file: Uint8Array): PdfValue {
  const { ascent, descent, box, unitsPerEm } = tinos()
  const scaled = (units: number) => Math.round((units * 1000) / unitsPerEm)
  return dict({
    Type: name('FontDescriptor'),
    FontName: fontName,
    Flags: 4,
    FontBBox: box.map(scaled),
    ItalicAngle: 0,
    Ascent: scaled(ascent),
    Descent: scaled(descent),
    CapHeight: 662,
    StemV: 80,
    FontFile2: increment.add(new PdfStream(dict({ Filter: name('FlateDecode') }), file)),
  })
}

const ascii = (text: string) => new PdfText(Buffer.from(text, 'latin1'))
const hex4 = (value: number) => value.toString(16).padStart(4, '0')

function unicodeMap({ glyphs }: Subset): string {
  const pairs = [...glyphs].map(([character, glyph]) => `<${hex4(glyph)}> <${utf16(character)}>`)
  const blocks = Array.from({ length: Math.ceil(pairs.length / 100) }, (_, i) =>
    pairs.slice(i * 100, i * 100 + 100),
  )
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks.map((block) => `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`),
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n')
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex')

// Six capitals that tell subsets apart (9.6.4).
function tagOf(characters: string): string {
  let sum = 7
  for (const character of characters) sum = (sum * 31 + character.codePointAt(0)!) % 308_915_776
  return Array.from({ length: 6 }, (_, i) => String.fromCharCode(65 + (Math.floor(sum / 26 ** i) % 26))).join(
    '',
  )
}
