import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { isRefusal, type Outcome, type Refusal } from '../../kernel/errors.ts'
import type { Files, HeldFile } from '../../kernel/files.ts'
import { pictureHead, pixelLimit } from './intake/pictures.ts'
import { takingTurns } from './intake/turns.ts'
import { refusals } from './refusals.ts'
import type { AcceptedType } from './sniff-file.ts'

const longestSide = 3_000
const pictures: readonly AcceptedType[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/tiff',
  'image/heic',
]
/** Pictures unpack to hundreds of megabytes: however many arrive, two are looked at. */
const inTurn = takingTurns(2)

/**
 * A copy of a picture for looking at: turned upright, at most 3,000 pixels a side, without the place and
 * device data that phones write. Undefined for what is not a picture. Refuses what cannot be drawn.
 */
export async function viewingCopy(
  files: Files,
  original: Pick<HeldFile, 'stream'>,
  type: AcceptedType,
  name: string,
): Promise<Outcome<HeldFile | undefined>> {
  if (!pictures.includes(type)) return undefined
  const picture = await inTurn(() => decode(original.stream()))
  if (typeof picture === 'string') return refused(picture, type, name)
  const copy = await files.receive([picture], { maxBytes: Number.POSITIVE_INFINITY })
  return isRefusal(copy) ? refusals.store({ name }, copy) : copy
}

async function decode(stream: Readable): Promise<Buffer | 'damaged' | 'too-many-pixels' | 'too-many-pages'> {
  const content = await buffer(stream)
  const head = await pictureHead(content)
  if (typeof head === 'string') return head
  try {
    return await sharp(content, { limitInputPixels: pixelLimit, failOn: 'truncated' })
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 85 })
      .toBuffer()
  } catch {
    return 'damaged'
  }
}

function refused(
  why: 'damaged' | 'too-many-pixels' | 'too-many-pages',
  type: AcceptedType,
  name: string,
): Refusal {
  // The photos of iPhones need a decoder that no free build of the library may carry.
  if (type === 'image/heic') return refusals.heic({ name })
  return why === 'damaged' ? refusals.damaged({ name }) : refusals.tooManyPixels({ name })
}
