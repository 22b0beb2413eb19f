import { createHash } from 'node:crypto'
import sharp from 'sharp'

// Colours of annex I of NĐ 30/2020/NĐ-CP: a signature is blue, a seal red.
const blue = '#1a3fb0'
const red = '#c8102e'

const drawn = new Map<string, Promise<Uint8Array>>()

/**
 * A handwriting of nobody's, for signers of a demonstration: the same name always gives the same strokes. A PNG with
 * a transparent ground.
 */
export function sampleSignature(name: string): Promise<Uint8Array> {
  return once(`signature:${name}`, () => {
    const bytes = createHash('sha256').update(name).digest()
    const strokes = Array.from({ length: 7 }, (_, i) => {
      const [up, down] = [18 + (bytes[i * 2]! % 34), 66 + (bytes[i * 2 + 1]! % 30)]
      const x = 34 + i * 38
      return `C ${x - 22} ${up}, ${x + 18} ${up - 8}, ${x + 4} ${down} S ${x + 14} ${down + 8}, ${x + 30} ${up + 20}`
    })
    const tail = `M 20 ${96 + (bytes[20]! % 8)} Q 170 ${78 + (bytes[21]! % 20)} 318 ${98 - (bytes[22]! % 22)}`
    return picture(
      340,
      130,
      `<path d="M 16 74 ${strokes.join(' ')} ${tail}" fill="none" stroke="${blue}" stroke-width="3.4" stroke-linecap="round"/>`,
    )
  })
}

/** A round seal without any emblem of the State, for authorities of a demonstration. A PNG with a transparent ground. */
export function sampleSeal(): Promise<Uint8Array> {
  return once('seal', () =>
    picture(
      425,
      425,
      `<g fill="none" stroke="${red}">
        <circle cx="212" cy="212" r="200" stroke-width="10"/>
        <circle cx="212" cy="212" r="182" stroke-width="3"/>
        <circle cx="212" cy="212" r="118" stroke-width="4"/>
        <circle cx="212" cy="212" r="150" stroke-width="20" stroke-dasharray="4 11"/>
        <path d="M160 268 V190 Q160 140 212 140 Q264 140 264 190 V268 M148 268 H276" stroke-width="12"/>
      </g>`,
    ),
  )
}

function picture(width: number, height: number, content: string): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}

function once(key: string, draw: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const known = drawn.get(key) ?? draw()
  if (drawn.size < 500) drawn.set(key, known)
  return known
}
