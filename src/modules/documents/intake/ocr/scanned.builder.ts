import { createRequire } from 'node:module'
import sharp from 'sharp'

const font = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
)

/** A sheet with these lines as a scanner gives it, turned by so many degrees. */
export async function aScan(lines: readonly string[], { degrees = 0, width = 1200 } = {}): Promise<Buffer> {
  const text = {
    text: lines.join('\n'),
    font: 'Tinos',
    fontfile: font,
    dpi: 150,
    width: width - 200,
    spacing: 24,
  }
  const drawn = await sharp({ text }).negate().flatten({ background: '#ffffff' }).png().toBuffer()
  const page = await sharp(drawn)
    .extend({ top: 100, bottom: 100, left: 100, right: 100, background: '#ffffff' })
    .png()
    .toBuffer()
  return sharp(page).rotate(degrees, { background: '#ffffff' }).jpeg().toBuffer()
}
