import sharp, { type Metadata, type Sharp } from 'sharp'
import { type Box, type GreyPicture, sheetIn, skewOf } from './straighten.ts'

/** More than any scanner or phone makes; what is above is meant to exhaust us. */
export const pixelLimit = 120_000_000
const pageLimit = 200
/** A4 at 300 dots per inch. */
const [shortSide, longSide] = [2480, 3508]

/** One page, upright, on white, at most 300 dots per inch of A4, without what phones write into photos. */
export interface PicturePage {
  jpeg: Buffer
  width: number
  height: number
}

export type UnusablePicture = 'too-many-pixels' | 'too-many-pages' | 'damaged'

/** Reads what a picture is by its head alone. */
export async function pictureHead(content: Buffer): Promise<Metadata | UnusablePicture> {
  try {
    const head = await sharp(content, { limitInputPixels: false }).metadata()
    const pages = head.pages ?? 1
    // Animated pictures count their frames into the height.
    const height = head.pageHeight ?? head.height
    if (head.width * height > pixelLimit) return 'too-many-pixels'
    if (pages > pageLimit) return 'too-many-pages'
    return head
  } catch {
    return 'damaged'
  }
}

/**
 * The pages of a picture: a TIFF may hold many, every other one is one. Straightened, lines that lie askew are laid
 * level and a dark table around the sheet is cut away.
 */
export async function* picturePages(
  content: Buffer,
  { straighten = false } = {},
): AsyncGenerator<PicturePage | UnusablePicture> {
  const head = await pictureHead(content)
  if (typeof head === 'string') return yield head
  const pages = head.format === 'tiff' ? (head.pages ?? 1) : 1
  for (let page = 0; page < pages; page++) yield await toPage(content, page, straighten)
}

async function toPage(
  content: Buffer,
  page: number,
  straighten: boolean,
): Promise<PicturePage | UnusablePicture> {
  try {
    const source = () => sharp(content, { page, limitInputPixels: pixelLimit, failOn: 'truncated' })
    const { autoOrient } = await source().metadata()
    const upright = await toJpeg(onA4(source().autoOrient().flatten({ background: '#ffffff' }), autoOrient))
    return straighten ? await straightened(upright) : upright
  } catch {
    return 'damaged'
  }
}

/** At most 300 dots per inch of a page that lies as the picture does. */
function onA4(picture: Sharp, { width, height }: { width: number; height: number }): Sharp {
  const wide = width > height
  return picture.resize({
    width: wide ? longSide : shortSide,
    height: wide ? shortSide : longSide,
    fit: 'inside',
    withoutEnlargement: true,
  })
}

async function toJpeg(picture: Sharp, quality = 82): Promise<PicturePage> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .jpeg({ quality })
    .toBuffer({ resolveWithObject: true })
  return { jpeg: data, width: info.width, height: info.height }
}

async function straightened(upright: PicturePage): Promise<PicturePage> {
  const small = await greyOf(sharp(upright.jpeg))
  const degrees = skewOf(small)
  let level = sharp(upright.jpeg)
  if (degrees !== 0) {
    const turned = sharp(upright.jpeg).rotate(degrees, { background: groundOf(small) })
    const { data, info } = await turned.raw().toBuffer({ resolveWithObject: true })
    level = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  }
  const seen = degrees === 0 ? small : await greyOf(level.clone())
  const sheet = sheetIn(seen)
  if (degrees === 0 && !sheet) return upright
  const { width, height } = await level.metadata()
  const whole = { left: 0, top: 0, width, height }
  const box = sheet ? scaled(sheet, width / seen.width, whole) : whole
  // Through JPEG a second time: a finer grade keeps the letters as they were.
  return toJpeg(onA4(level.extract(box), box), 85)
}

/** Small enough to be looked at point by point. */
const lookedAt = 900

async function greyOf(picture: Sharp): Promise<GreyPicture> {
  const { data, info } = await picture
    .resize({ width: lookedAt, height: lookedAt, fit: 'inside', withoutEnlargement: true })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** What a picture is surrounded by: the table a sheet lies on, or the white of a scan. */
function groundOf({ data, width, height }: GreyPicture): { r: number; g: number; b: number } {
  const rim: number[] = []
  for (let x = 0; x < width; x++) rim.push(data[x]!, data[(height - 1) * width + x]!)
  for (let y = 0; y < height; y++) rim.push(data[y * width]!, data[(y + 1) * width - 1]!)
  const middle = rim.sort((a, b) => a - b)[rim.length >> 1]!
  return { r: middle, g: middle, b: middle }
}

function scaled(box: Box, by: number, whole: Box): Box {
  const left = Math.max(0, Math.floor(box.left * by))
  const top = Math.max(0, Math.floor(box.top * by))
  return {
    left,
    top,
    width: Math.min(whole.width - left, Math.ceil(box.width * by)),
    height: Math.min(whole.height - top, Math.ceil(box.height * by)),
  }
}
