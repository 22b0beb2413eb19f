import sharp from 'sharp'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Files, HeldFile } from '../../kernel/files.ts'
import { refusals } from './refusals.ts'
import type { AcceptedType } from './sniff-file.ts'

const pixelLimit = 120_000_000
const longestSide = 3_000
const viewable: readonly AcceptedType[] = ['image/jpeg', 'image/png', 'image/webp']

/**
 * A copy of a picture for looking at: turned upright, at most 3,000 pixels a side, without the place and
 * device data that phones write. It is a JPEG, not an archival PDF/A. Undefined for what is not such a picture.
 */
export async function viewingCopy(
  files: Files,
  original: HeldFile,
  type: AcceptedType,
  name: string,
): Promise<Outcome<HeldFile | undefined>> {
  if (!viewable.includes(type)) return undefined
  const picture = await decode(original.path)
  if (picture === 'too-many-pixels') return refusals.tooManyPixels({ name })
  if (picture === 'damaged') return refusals.damaged({ name })
  const copy = await files.receive([picture], { maxBytes: Number.POSITIVE_INFINITY })
  return isRefusal(copy) ? refusals.damaged({ name }) : copy
}

async function decode(path: string): Promise<Buffer | 'damaged' | 'too-many-pixels'> {
  try {
    const { width, height } = await sharp(path, { limitInputPixels: false }).metadata()
    if (width * height > pixelLimit) return 'too-many-pixels'
    return await sharp(path, { limitInputPixels: pixelLimit, failOn: 'truncated' })
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 85 })
      .toBuffer()
  } catch {
    return 'damaged'
  }
}
