import { PDFDocument } from 'pdf-lib'
import { aPdf } from './pdf.builder.ts'

/** A PDF as office scanners write it: a page of A4 for each of these JPEGs. */
export async function aScannedPdf(jpegs: readonly Uint8Array[]): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  for (const jpeg of jpegs) {
    const image = await pdf.embedJpg(jpeg)
    const width = 595
    const height = (width * image.height) / image.width
    pdf.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height })
  }
  return Buffer.from(await pdf.save())
}

export function aStream(dictionary: string, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content as string)
  const head = `<< ${dictionary} /Length ${bytes.length} >>\nstream\n`
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\nendstream')])
}

/** A grey picture of 60 to 90 points, unless stated otherwise. */
export const anImage = (
  filter: string,
  content: Uint8Array | string,
  { width = 60, height = 90 }: { width?: number; height?: number } = {},
): Buffer =>
  aStream(
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 ${filter}`,
    content,
  )

/** A scan of one page, written by hand: what it is made of can be anything. */
export const aScanByHand = (
  image: Buffer,
  { content = aStream('', 'q 60 0 0 90 0 0 cm /Im0 Do Q'), others = [] as Buffer[] } = {},
): Buffer =>
  aPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 60 90] /Contents 4 0 R /Resources << /XObject << /Im0 5 0 R >> >> >>',
    ...[content, image, ...others],
  ])
