import {
  decodePDFRawStream,
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFRawStream,
} from 'pdf-lib'
import type { Fax, Flate } from './packed-picture.ts'
import { type Matrix, readScanPage } from './scan-page.ts'

/*
 * This unpacks whatever a stranger's PDF says is packed, as much as it says: it runs in a contained process only
 * (`take-scan-apart.ts`).
 */

/** Why a PDF is not taken as the capture of a paper. */
export type NotAScan = 'damaged' | 'encrypted' | 'not-a-scan' | 'too-many-pages' | 'too-much'

/** How the picture of a page is packed. */
export type Packing = { kind: 'jpeg' } | ({ kind: 'fax' } & Fax) | ({ kind: 'flate' } & Flate)

/** A page of a scan: its one picture as it is stored, and how it lies. */
export interface ScanPart {
  packing: Packing
  matrix: Matrix
  /** Degrees clockwise that a reader turns the page by. */
  rotation: number
  packed: Uint8Array
}

/** Most pages of the capture of a paper. */
const mostPages = 200

/** The pages of a scan, or of the first so many pages of it; longer ones are only refused when all are wanted. */
export async function scanParts(content: Uint8Array, first?: number): Promise<ScanPart[] | NotAScan> {
  const options = { updateMetadata: false, ignoreEncryption: true, parseSpeed: ParseSpeeds.Fastest }
  const pdf = await PDFDocument.load(content, options).catch(() => undefined)
  if (pdf === undefined) return 'damaged'
  if (pdf.isEncrypted) return 'encrypted'
  try {
    const pages = pdf.getPages()
    if (first === undefined && pages.length > mostPages) return 'too-many-pages'
    const parts: ScanPart[] = []
    for (const page of pages.slice(0, first)) {
      const part = partOf(page)
      if (part === undefined) return 'not-a-scan'
      parts.push(part)
    }
    return parts.length > 0 ? parts : 'damaged'
  } catch {
    return 'damaged'
  }
}

function partOf(page: PDFPage): ScanPart | undefined {
  if (hasMarks(page)) return undefined
  const found = readScanPage(contentOf(page))
  const image = found && imageNamed(page, found.image)
  const packing = image && packingOf(image)
  if (packing === undefined) return undefined
  return { packing, matrix: found!.matrix, rotation: page.getRotation().angle, packed: image!.contents }
}

// Notes, stamps and fields lie over the picture and would be lost; links lie over nothing.
function hasMarks(page: PDFPage): boolean {
  const marks = page.node.Annots()?.asArray() ?? []
  return marks.some((mark) => {
    const dict = page.doc.context.lookup(mark)
    return !(dict instanceof PDFDict) || dict.lookup(PDFName.of('Subtype')) !== PDFName.of('Link')
  })
}

function contentOf(page: PDFPage): string {
  const contents = page.node.Contents()
  const streams = contents instanceof PDFArray ? contents.asArray() : contents ? [contents] : []
  return streams
    .map((each) => page.doc.context.lookup(each))
    .filter((each) => each instanceof PDFRawStream)
    .map((each) => Buffer.from(decodePDFRawStream(each).decode()).toString('latin1'))
    .join('\n')
}

function imageNamed(page: PDFPage, name: string): PDFRawStream | undefined {
  const images = page.node.Resources()?.lookup(PDFName.of('XObject'))
  const image = images instanceof PDFDict ? images.lookup(PDFName.of(name)) : undefined
  if (!(image instanceof PDFRawStream)) return undefined
  const { dict } = image
  const isPlain = ['SMask', 'Mask', 'OC', 'Alternates'].every((key) => !dict.has(PDFName.of(key)))
  return isPlain && dict.lookup(PDFName.of('Subtype')) === PDFName.of('Image') ? image : undefined
}

const textOf = (dict: PDFDict, key: string) => {
  const value = dict.lookup(PDFName.of(key))
  return value instanceof PDFName ? value.decodeText() : undefined
}
const numberOf = (dict: PDFDict | undefined, key: string) => {
  const value = dict?.lookup(PDFName.of(key))
  return value instanceof PDFNumber ? value.asNumber() : undefined
}

/** The only one of an array, or what stands alone. */
function only(value: unknown): unknown {
  if (!(value instanceof PDFArray)) return value
  return value.size() === 1 ? value.lookup(0) : undefined
}

/** How a picture is packed; undefined for kinds that scanners do not write. */
function packingOf({ dict }: PDFRawStream): Packing | undefined {
  const filter = only(dict.lookup(PDFName.of('Filter')))
  const parameters = only(dict.lookup(PDFName.of('DecodeParms')))
  const options = parameters instanceof PDFDict ? parameters : undefined
  const [width, height] = [numberOf(dict, 'Width'), numberOf(dict, 'Height')]
  if (!(filter instanceof PDFName) || !isLength(width) || !isLength(height)) return undefined
  const turned = isTurnedOver(dict)
  switch (filter.decodeText()) {
    case 'DCTDecode':
      return turned ? undefined : { kind: 'jpeg' }
    case 'CCITTFaxDecode': {
      if (numberOf(options, 'K') !== -1) return undefined
      const blackIsOne = options?.lookup(PDFName.of('BlackIs1'))?.toString() === 'true'
      return { kind: 'fax', width, height, inverted: blackIsOne !== turned }
    }
    case 'FlateDecode': {
      const bits = numberOf(dict, 'BitsPerComponent')
      const channels = channelsOf(dict)
      if (bits !== 8 || channels === undefined || turned || (numberOf(options, 'Predictor') ?? 1) !== 1)
        return undefined
      return { kind: 'flate', width, height, channels }
    }
    default:
      return undefined
  }
}

const isLength = (value: number | undefined): value is number =>
  value !== undefined && Number.isInteger(value) && value > 0 && value < 100_000

const isTurnedOver = (dict: PDFDict) => {
  const decode = dict.lookup(PDFName.of('Decode'))
  return decode instanceof PDFArray && decode.lookup(0) instanceof PDFNumber && `${decode.lookup(0)}` === '1'
}

function channelsOf(dict: PDFDict): 1 | 3 | undefined {
  const plain = textOf(dict, 'ColorSpace')
  if (plain === 'DeviceRGB') return 3
  if (plain === 'DeviceGray') return 1
  const space = dict.lookup(PDFName.of('ColorSpace'))
  if (!(space instanceof PDFArray)) return undefined
  const kind = space.lookup(0)
  if (!(kind instanceof PDFName)) return undefined
  if (kind.decodeText() === 'CalRGB') return 3
  if (kind.decodeText() === 'CalGray') return 1
  const profile = space.size() > 1 ? space.lookup(1) : undefined
  const n = profile instanceof PDFRawStream ? numberOf(profile.dict, 'N') : undefined
  return kind.decodeText() === 'ICCBased' && (n === 1 || n === 3) ? n : undefined
}
