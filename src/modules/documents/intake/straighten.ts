/** A picture of one grey byte a pixel, small enough to be looked at as a whole. */
export interface GreyPicture {
  data: Uint8Array
  width: number
  height: number
}

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Further than this nobody holds a phone by mistake. */
const mostDegrees = 12
/** Less is not seen, and turning a picture costs sharpness. */
const leastDegrees = 0.3
/** How much sharper the lines must stand at the angle found than at the others. */
const leastContrast = 1.6
const mostPoints = 40_000

/**
 * By how many degrees a photographed page has to be turned, clockwise, so that its lines lie level; 0 where no lines are
 * seen or they lie level already. Lines are where ink, looked at along them, gathers in few rows.
 */
export function skewOf(picture: GreyPicture): number {
  const ink = inkOf(picture)
  if (ink.length < 400) return 0
  const coarse = bestAngle(ink, -mostDegrees, mostDegrees, 0.5)
  if (coarse.contrast < leastContrast || Math.abs(coarse.degrees) >= mostDegrees) return 0
  const { degrees } = bestAngle(ink, coarse.degrees - 0.5, coarse.degrees + 0.5, 0.1)
  return Math.abs(degrees) < leastDegrees ? 0 : -degrees
}

/** Places of ink, x and y in turn: what is darker than its surroundings, whatever the light on the page. */
function inkOf({ data, width, height }: GreyPicture): Int32Array {
  const sums = sumsOf({ data, width, height })
  const reach = 9
  const found: number[] = []
  // The rim of a picture is where a table ends, not where a page has letters.
  for (let y = reach; y < height - reach; y++)
    for (let x = reach; x < width - reach; x++) {
      const [x0, x1, y0, y1] = [x - reach, x + reach + 1, y - reach, y + reach + 1]
      const row = width + 1
      const sum = sums[y1 * row + x1]! - sums[y0 * row + x1]! - sums[y1 * row + x0]! + sums[y0 * row + x0]!
      const mean = sum / ((x1 - x0) * (y1 - y0))
      if (mean - data[y * width + x]! > 24) found.push(x, y)
    }
  const step = Math.max(1, Math.ceil(found.length / 2 / mostPoints))
  const points = new Int32Array(Math.ceil(found.length / 2 / step) * 2)
  for (let i = 0, at = 0; i < found.length; i += 2 * step) {
    points[at++] = found[i]!
    points[at++] = found[i + 1]!
  }
  return points
}

/** Sums of everything above and left of each place, so that the mean of a square is four look-ups. */
function sumsOf({ data, width, height }: GreyPicture): Float64Array {
  const row = width + 1
  const sums = new Float64Array(row * (height + 1))
  for (let y = 1; y <= height; y++) {
    let line = 0
    for (let x = 1; x <= width; x++) {
      line += data[(y - 1) * width + x - 1]!
      sums[y * row + x] = sums[(y - 1) * row + x]! + line
    }
  }
  return sums
}

/** The angle at which rows of ink stand out most, and how much more than they do at the middle of all angles. */
function bestAngle(ink: Int32Array, from: number, to: number, step: number) {
  const scores: number[] = []
  let best = { degrees: 0, score: -1 }
  for (let degrees = from; degrees <= to + 1e-9; degrees += step) {
    const score = sharpness(ink, (degrees * Math.PI) / 180)
    scores.push(score)
    if (score > best.score) best = { degrees, score }
  }
  const middle = scores.sort((a, b) => a - b)[scores.length >> 1]!
  return { degrees: best.degrees, contrast: best.score / Math.max(1, middle) }
}

function sharpness(ink: Int32Array, angle: number): number {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  const rows = new Int32Array(4096)
  for (let i = 0; i < ink.length; i += 2) rows[Math.round(ink[i + 1]! * cos - ink[i]! * sin + 1024) & 4095]!++
  let score = 0
  for (let i = 1; i < rows.length; i++) score += (rows[i]! - rows[i - 1]!) ** 2
  return score
}

/**
 * Where the sheet lies in the picture of a sheet on something darker; undefined where that is not plain, and then
 * nothing is cut away.
 */
export function sheetIn(picture: GreyPicture): Box | undefined {
  const { data, width, height } = picture
  const limit = thresholdOf(data)
  const across = new Float64Array(width)
  const down = new Float64Array(height)
  let [bright, brightSum, darkSum] = [0, 0, 0]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x]!
      if (value > limit) {
        across[x]!++
        down[y]!++
        bright++
        brightSum += value
      } else darkSum += value
    }
  const dark = data.length - bright
  if (bright === 0 || dark === 0 || brightSum / bright - darkSum / dark < 60) return undefined
  // Held against the fullest line: a sheet need not fill the picture.
  const [left, right] = brightSpan(across, 0.6)
  const [top, bottom] = brightSpan(down, 0.6)
  const box = { left, top, width: right - left, height: bottom - top }
  const share = (box.width * box.height) / (width * height)
  if (share < 0.25 || share > 0.97) return undefined
  return darkRim(picture, box, limit) ? box : undefined
}

/** What is cut away is the table, not a part of the sheet: it is dark nearly everywhere. */
function darkRim({ data, width, height }: GreyPicture, box: Box, limit: number): boolean {
  let [dark, all] = [0, 0]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const within = x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height
      if (within) continue
      all++
      if (data[y * width + x]! <= limit) dark++
    }
  return all > 0 && dark / all > 0.85
}

/** From the first to the last line that is bright enough: letters in between make some of them dark. */
function brightSpan(counts: Float64Array, share: number): [number, number] {
  const least = share * counts.reduce((most, count) => Math.max(most, count), 0)
  return [counts.findIndex((count) => count >= least), counts.findLastIndex((count) => count >= least) + 1]
}

/** The grey that parts a picture best into two (Otsu). */
function thresholdOf(data: Uint8Array): number {
  const counts = new Float64Array(256)
  for (const value of data) counts[value]!++
  const total = data.length
  const sum = counts.reduce((all, count, value) => all + count * value, 0)
  let [below, sumBelow, best, found] = [0, 0, -1, 127]
  for (let value = 0; value < 255; value++) {
    below += counts[value]!
    sumBelow += counts[value]! * value
    const above = total - below
    if (below === 0 || above === 0) continue
    const between = below * above * (sumBelow / below - (sum - sumBelow) / above) ** 2
    if (between > best) [best, found] = [between, value]
  }
  return found
}
