import sharp, { type Metadata } from 'sharp'

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

/** The pages of a picture: a TIFF may hold many, every other one is one. */
export async function* picturePages(content: Buffer): AsyncGenerator<PicturePage | UnusablePicture> {
  const head = await pictureHead(content)
  if (typeof head === 'string') return yield head
  const pages = head.format === 'tiff' ? (head.pages ?? 1) : 1
  for (let page = 0; page < pages; page++) yield await toPage(content, page)
}

async function toPage(content: Buffer, page: number): Promise<PicturePage | UnusablePicture> {
  try {
    const source = sharp(content, { page, limitInputPixels: pixelLimit, failOn: 'truncated' })
    const { autoOrient } = await source.metadata()
    const wide = autoOrient.width > autoOrient.height
    const { data, info } = await source
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize({
        width: wide ? longSide : shortSide,
        height: wide ? shortSide : longSide,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .toColourspace('srgb')
      .jpeg({ quality: 82 })
      .toBuffer({ resolveWithObject: true })
    return { jpeg: data, width: info.width, height: info.height }
  } catch {
    return 'damaged'
  }
}
