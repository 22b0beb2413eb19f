import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { embedFont } from '../pdf/embedded-font.ts'
import { dict, name, type PdfDict, type PdfRef, PdfStream } from '../pdf/pdf-values.ts'
import type { Increment } from '../pdf/write-increment.ts'
import type { Appearance } from '../types.ts'

/** Annex I of NĐ 30/2020: Times New Roman, upright, 10 points, black. */
const textSize = 10
const leading = 1.2
const mostPixels = 4_000_000

/** An image ready to be put into a PDF: colours, and what shines through. */
export interface DrawnImage {
  width: number
  height: number
  colours: Uint8Array
  alpha: Uint8Array
}

const kept = new Map<string, DrawnImage>()
const mostKept = 200

/** Reads a PNG; undefined for what is none. The same few images come with every paper, so they are kept. */
export async function readImage(png: Uint8Array): Promise<DrawnImage | undefined> {
  const key = createHash('sha256').update(png).digest('base64')
  const known = kept.get(key)
  if (known) return known
  const read = await decode(png)
  if (!read) return undefined
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!)
  kept.set(key, read)
  return read
}

async function decode(png: Uint8Array): Promise<DrawnImage | undefined> {
  try {
    const image = sharp(png, { limitInputPixels: mostPixels })
    if ((await image.metadata()).format !== 'png') return undefined
    const { data, info } = await image
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const pixels = info.width * info.height
    const colours = Buffer.alloc(pixels * 3)
    const alpha = Buffer.alloc(pixels)
    for (let i = 0; i < pixels; i++) {
      data.copy(colours, i * 3, i * 4, i * 4 + 3)
      alpha[i] = data[i * 4 + 3]!
    }
    return {
      width: info.width,
      height: info.height,
      colours: deflateSync(colours),
      alpha: deflateSync(alpha),
    }
  } catch {
    return undefined
  }
}

function addImage(increment: Increment, image: DrawnImage): PdfRef {
  const common = { Type: name('XObject'), Subtype: name('Image'), Width: image.width, Height: image.height }
  const encoded = { BitsPerComponent: 8, Filter: name('FlateDecode') }
  const mask = increment.add(
    new PdfStream(dict({ ...common, ColorSpace: name('DeviceGray'), ...encoded }), image.alpha),
  )
  return increment.add(
    new PdfStream(dict({ ...common, ColorSpace: name('DeviceRGB'), SMask: mask, ...encoded }), image.colours),
  )
}

/** A form of a size with content; without content it is the empty appearance that PDF/A wants of a field. */
export function addForm(
  increment: Increment,
  size: { width: number; height: number },
  content = '',
  resources: PdfDict = dict({}),
): PdfRef {
  const entries = dict({
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: [0, 0, size.width, size.height],
    Resources: resources,
  })
  return increment.add(new PdfStream(entries, Buffer.from(content, 'latin1')))
}

/** What is seen of a signature: the image as large as fits, with lines over and below it, or lines alone from the top. */
export function addAppearance(
  increment: Increment,
  size: { width: number; height: number },
  { above = [], lines, role }: Appearance,
  image: DrawnImage | undefined,
): PdfRef {
  const [over, under] = [above, lines].map((each) => each.filter((line) => line.trim() !== '')) as [
    string[],
    string[],
  ]
  const texts = [...over, ...under]
  const font = texts.length > 0 ? embedFont(increment, texts) : undefined
  const picture = image && addImage(increment, image)
  const heightOf = (some: string[]) =>
    picture ? Math.min(some.length * textSize * leading, size.height / 2) : 0
  const [top, bottom] = [heightOf(over), heightOf(under)]
  const parts: string[] = []
  if (image && picture) parts.push(drawImage(image, { ...size, height: size.height - top }, bottom))
  if (font) {
    const widest = Math.max(...texts.map((line) => font.widthOf(line, textSize)))
    const room = Math.min(1, size.width / widest, size.height / (texts.length * textSize * leading))
    const fitted = Math.max(4, textSize * room)
    const centred = role === 'signer' || role === 'seal'
    const write = (some: string[], from: number) =>
      some.map((line, i) => {
        const x = centred ? (size.width - font.widthOf(line, fitted)) / 2 : 0
        const y = from - fitted * (0.9 + i * leading)
        return `BT 0 g /F1 ${round(fitted)} Tf 1 0 0 1 ${round(x)} ${round(y)} Tm ${font.encode(line)} Tj ET`
      })
    parts.push(...write(over, size.height), ...write(under, picture ? bottom : size.height - top))
  }
  const resources = dict({
    Font: font && dict({ F1: font.ref }),
    XObject: picture && dict({ Im1: picture }),
  })
  return addForm(increment, size, parts.join('\n'), resources)
}

function drawImage(image: DrawnImage, size: { width: number; height: number }, below: number): string {
  const scale = Math.min(size.width / image.width, (size.height - below) / image.height)
  const [width, height] = [image.width * scale, image.height * scale]
  const [x, y] = [(size.width - width) / 2, below + (size.height - below - height) / 2]
  return `q ${round(width)} 0 0 ${round(height)} ${round(x)} ${round(y)} cm /Im1 Do Q`
}

/** The value of a text field, on its base line. */
export function addFieldText(
  increment: Increment,
  size: { width: number; height: number },
  text: string,
  fontSize: number,
): PdfRef {
  const font = embedFont(increment, [text])
  const fitted = Math.min(fontSize, (fontSize * size.width) / Math.max(1, font.widthOf(text, fontSize)))
  const y = (size.height - fitted) / 2 + fitted * 0.22
  const content = `/Tx BMC q BT 0 g /F1 ${round(fitted)} Tf 1 0 0 1 0 ${round(y)} Tm ${font.encode(text)} Tj ET Q EMC`
  return addForm(increment, size, content, dict({ Font: dict({ F1: font.ref }) }))
}

/** Words across a page that say what it is not. */
export function addWatermark(
  increment: Increment,
  size: { width: number; height: number },
  text: string,
): PdfRef {
  const font = embedFont(increment, [text])
  const fitted = (Math.min(size.width, size.height) * 0.9) / font.widthOf(text, 1)
  const half = font.widthOf(text, fitted) / 2
  const turn = Math.SQRT1_2
  const [x, y] = [size.width / 2 - half * turn, size.height / 2 - half * turn]
  const content = `q /Through gs 0.75 g BT /F1 ${round(fitted)} Tf ${turn.toFixed(4)} ${turn.toFixed(4)} -${turn.toFixed(4)} ${turn.toFixed(4)} ${round(x)} ${round(y)} Tm ${font.encode(text)} Tj ET Q`
  // What stands below stays readable.
  const through = dict({ Through: dict({ Type: name('ExtGState'), BM: name('Multiply') }) })
  return addForm(increment, size, content, dict({ Font: dict({ F1: font.ref }), ExtGState: through }))
}

const round = (value: number): string => String(Math.round(value * 1000) / 1000)
