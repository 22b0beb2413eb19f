import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFRawStream,
} from 'pdf-lib'
import sharp from 'sharp'
import { faxAsTiff } from './fax-picture.ts'
import { type Matrix, placementOf, readScanPage } from './scan-page.ts'

/** Why a PDF is not taken as the capture of a paper. */
export type NotAScan = 'damaged' | 'encrypted' | 'not-a-scan' | 'too-many-pages'

const mostPages = 200

/**
 * The pages of a PDF as a scanner writes it: each is one picture, with at most invisible recognised text over it. They
 * come upright: the way the picture is laid and the rotation of the page both count. A PDF with drawn content is no
 * capture of a paper, and may look different elsewhere; it is refused.
 */
export async function scannedPages(content: Uint8Array): Promise<Buffer[] | NotAScan> {
  const pdf = await PDFDocument.load(content, { updateMetadata: false, ignoreEncryption: true }).catch(
    () => undefined,
  )
  if (pdf === undefined) return 'damaged'
  if (pdf.isEncrypted) return 'encrypted'
  try {
    const pages = pdf.getPages()
    if (pages.length > mostPages) return 'too-many-pages'
    const pictures: Buffer[] = []
    for (const page of pages) {
      const picture = await pictureOf(page)
      if (picture === undefined) return 'not-a-scan'
      pictures.push(picture)
    }
    return pictures.length > 0 ? pictures : 'damaged'
  } catch {
    return 'damaged'
  }
}

async function pictureOf(page: PDFPage): Promise<Buffer | undefined> {
  if (hasMarks(page)) return undefined
  const found = readScanPage(contentOf(page))
  const image = found && imageNamed(page, found.image)
  const decoded = image && (await decode(image))
  if (found === undefined || decoded === undefined) return undefined
  return upright(decoded, found.matrix, page.getRotation().angle)
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

/** The picture as PNG or JPEG, as it is stored, not turned yet; undefined for kinds that scanners do not write. */
async function decode(image: PDFRawStream): Promise<Buffer | undefined> {
  const { dict } = image
  const filter = only(dict.lookup(PDFName.of('Filter')))
  const parameters = only(dict.lookup(PDFName.of('DecodeParms')))
  const options = parameters instanceof PDFDict ? parameters : undefined
  const [width, height] = [numberOf(dict, 'Width'), numberOf(dict, 'Height')]
  if (!(filter instanceof PDFName) || !width || !height) return undefined
  const turned = isTurnedOver(dict)
  switch (filter.decodeText()) {
    case 'DCTDecode':
      return turned ? undefined : Buffer.from(image.contents)
    case 'CCITTFaxDecode': {
      if (numberOf(options, 'K') !== -1) return undefined
      const blackIsOne = options?.lookup(PDFName.of('BlackIs1'))?.toString() === 'true'
      return sharp(faxAsTiff(image.contents, { width, height, inverted: blackIsOne !== turned }))
        .png()
        .toBuffer()
    }
    case 'FlateDecode': {
      const bits = numberOf(dict, 'BitsPerComponent')
      const channels = channelsOf(dict)
      if (bits !== 8 || channels === undefined || turned || (numberOf(options, 'Predictor') ?? 1) !== 1)
        return undefined
      const raw = decodePDFRawStream(image).decode()
      if (raw.length < width * height * channels) return undefined
      return sharp(raw.subarray(0, width * height * channels), { raw: { width, height, channels } })
        .png()
        .toBuffer()
    }
    default:
      return undefined
  }
}

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

// Faxes have more dots across than down: the shape on the page counts, not that of the dots.
async function upright(picture: Buffer, matrix: Matrix, rotation: number): Promise<Buffer | undefined> {
  const placed = placementOf(matrix)
  if (placed === undefined) return undefined
  const { width, height } = await sharp(picture).metadata()
  const shape = placed.width / placed.height
  const isStretched = Math.abs(width / height / shape - 1) > 0.02
  const shaped = isStretched
    ? await sharp(picture)
        .resize(width, Math.max(1, Math.round(width / shape)), { fit: 'fill' })
        .toBuffer()
    : picture
  const turn = (((placed.turn + rotation) % 360) + 360) % 360
  if (turn === 0 && !placed.mirrored) return shaped
  const mirrored = placed.mirrored ? await sharp(shaped).flop().toBuffer() : shaped
  return sharp(mirrored).rotate(turn).toBuffer()
}
