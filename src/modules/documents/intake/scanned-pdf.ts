import { createRequire } from 'node:module'
import { join } from 'node:path'
import sharp from 'sharp'
import { answerOf, contained } from './contained-process.ts'
import { faxAsTiff, flateAsTiff } from './packed-picture.ts'
import { pictureHead, pixelLimit } from './pictures.ts'
import { type Matrix, placementOf } from './scan-page.ts'
import type { NotAScan, Packing, ScanPart } from './scan-parts.ts'
import type { PackedPicture, ScanLayout, ScanQuestion } from './take-scan-apart.ts'

export interface TakingApart {
  /** Only so many pages from the first one, where not all are wanted. */
  first?: number
  /** How long each answer may take, the start of the process included. */
  limitMs?: number
  /** Megabytes that the process may take. */
  memoryMb?: number
  /** The program that takes apart; tests put others in its place. */
  program?: string
}

const child = join(import.meta.dirname, 'take-scan-apart.ts')
const entry = createRequire(import.meta.url).resolve('pdf-lib')

/**
 * The pages of a PDF as a scanner writes it: each is one picture, with at most invisible recognised text over it. They
 * come upright, one after the other: the way the picture is laid and the rotation of the page both count. A PDF with
 * drawn content is no capture of a paper, and may look different elsewhere; it is refused.
 *
 * The PDF is a stranger's. Its objects, and what is painted on its pages, are packed without any bound, one in another,
 * in five ways of packing, and pdf-lib unpacks them while it loads: a bound on each piece would have to be put around
 * every one of them, and would say nothing of how long a parser goes round. So the whole parsing is done by a contained
 * process that is killed when it is slow or large. Pictures leave it as they are packed, and are unpacked here as those
 * of any upload: only what is one, and only as many points as its head says, at most `pixelLimit`.
 */
export async function* scannedPages(
  content: Uint8Array,
  { first, limitMs = 20_000, memoryMb = 800, program = child }: TakingApart = {},
): AsyncGenerator<Buffer | NotAScan> {
  const process = contained(program, { words: [String(memoryMb)], entry })
  const ask = <T extends object>(question: ScanQuestion) => answerOf<T>(process, question, limitMs)
  try {
    const layout = await ask<ScanLayout>({ content, first })
    if (typeof layout === 'string') return yield 'too-much'
    if ('fault' in layout) return yield layout.fault
    for (const [page, part] of layout.pages.entries()) {
      const answer = await ask<PackedPicture>({ page })
      if (typeof answer === 'string') return yield 'too-much'
      const picture = await pictureOf(part, Buffer.from(answer.packed)).catch(() => 'damaged' as const)
      yield picture
      if (typeof picture === 'string') return
    }
  } finally {
    process.kill('SIGKILL')
  }
}

async function pictureOf(
  { packing, matrix, rotation }: Omit<ScanPart, 'packed'>,
  packed: Buffer,
): Promise<Buffer | NotAScan> {
  const picture = unpackable(packing, packed)
  const head = picture && (await pictureHead(picture))
  if (head === undefined || head === 'damaged') return 'damaged'
  if (typeof head === 'string') return 'too-much'
  const decoded = packing.kind === 'jpeg' ? picture! : await sharp(picture).png(quickly).toBuffer()
  return upright(decoded, matrix, rotation)
}

/** These pictures are on their way to another form: time counts and not their size. */
const quickly = { compressionLevel: 1 }

// What calls itself a JPEG is looked at first: the picture library would draw an SVG, with what that may ask for.
function unpackable(packing: Packing, packed: Buffer): Buffer | undefined {
  if (packing.kind === 'fax') return faxAsTiff(packed, packing)
  if (packing.kind === 'flate') return flateAsTiff(packed, packing)
  return packed[0] === 0xff && packed[1] === 0xd8 ? withoutCameraNotes(packed) : undefined
}

/** A JPEG without what a camera notes in front of it: a PDF says itself how its pictures lie, and readers ask only it. */
function withoutCameraNotes(jpeg: Buffer): Buffer {
  const kept = [jpeg.subarray(0, 2)]
  let at = 2
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== startOfScan) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2)
    if (jpeg[at + 1] !== cameraNotes) kept.push(jpeg.subarray(at, end))
    at = end
  }
  return Buffer.concat([...kept, jpeg.subarray(at)])
}

const [cameraNotes, startOfScan] = [0xe1, 0xda]

// Faxes have more dots across than down: the shape on the page counts, not that of the dots.
async function upright(picture: Buffer, matrix: Matrix, rotation: number): Promise<Buffer | NotAScan> {
  const placed = placementOf(matrix)
  if (placed === undefined || rotation % 90 !== 0) return 'not-a-scan'
  const { width, height } = await sharp(picture).metadata()
  const shape = placed.width / placed.height
  const isStretched = Math.abs(width / height / shape - 1) > 0.02
  const down = isStretched ? Math.max(1, Math.round(width / shape)) : height
  // A page may say that it is a thousand times as high as its picture.
  if (!(width * down <= pixelLimit)) return 'too-much'
  const shaped = isStretched ? await sharp(picture).resize(width, down, { fit: 'fill' }).toBuffer() : picture
  const turn = (((placed.turn + rotation) % 360) + 360) % 360
  if (turn === 0 && !placed.mirrored) return shaped
  const mirrored = placed.mirrored ? await sharp(shaped).flop().toBuffer() : shaped
  return sharp(mirrored).rotate(turn).toBuffer()
}
