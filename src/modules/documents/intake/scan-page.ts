/** How the unit square of a picture is laid on the page: a, b, c, d, e, f of PDF. */
export type Matrix = readonly [number, number, number, number, number, number]

export interface ScanPage {
  /** Name of the picture among the resources of the page. */
  image: string
  matrix: Matrix
}

const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** `first` happens before `then`. */
const joined = (first: Matrix, then: Matrix): Matrix => [
  first[0] * then[0] + first[1] * then[2],
  first[0] * then[1] + first[1] * then[3],
  first[2] * then[0] + first[3] * then[2],
  first[2] * then[1] + first[3] * then[3],
  first[4] * then[0] + first[5] * then[2] + then[4],
  first[4] * then[1] + first[5] * then[3] + then[5],
]

/** Operators that paint nothing. */
const harmless = new Set(
  [
    'w J j M d ri i gs g G rg RG k K cs CS sc SC scn SCN',
    'BT ET Tc Tw Tz TL Tf Ts Td TD Tm T*',
    'BMC BDC EMC MP DP BX EX re n W W* m l h',
  ].flatMap((line) => line.split(' ')),
)
const writes = new Set(['Tj', 'TJ', "'", '"'])

/**
 * The one picture of a page of a scan; undefined when the page shows anything else: drawn lines, visible text, two
 * pictures, or what only a full reader understands. Pure.
 */
export function readScanPage(content: string): ScanPage | undefined {
  let matrix = identity
  let invisible = false
  let found: ScanPage | undefined
  const stack: { matrix: Matrix; invisible: boolean }[] = []
  let operands: string[] = []
  for (const token of tokensOf(content)) {
    if (/^[-+.\d/([<]/.test(token)) {
      operands.push(token)
      continue
    }
    const numbers = operands.map(Number)
    switch (token) {
      case 'q':
        stack.push({ matrix, invisible })
        break
      case 'Q':
        ;({ matrix, invisible } = stack.pop() ?? { matrix: identity, invisible: false })
        break
      case 'cm':
        if (numbers.length !== 6 || numbers.some(Number.isNaN)) return undefined
        matrix = joined(numbers as unknown as Matrix, matrix)
        break
      case 'Tr':
        invisible = operands.at(-1) === '3'
        break
      case 'Do': {
        const name = operands.at(-1)
        if (found !== undefined || name === undefined) return undefined
        found = { image: name.slice(1), matrix }
        break
      }
      case 'true':
      case 'false':
      case 'null':
        continue
      default:
        if (writes.has(token) ? !invisible : !harmless.has(token)) return undefined
    }
    operands = []
  }
  return found
}

const tokenPattern = /%[^\r\n]*|\(|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|\/[^\s()<>[\]{}/%]*|[^\s()<>[\]{}/%]+/g

// Arrays and dictionaries are operands as a whole: what stands in them is no operator.
function* tokensOf(content: string): Generator<string> {
  let depth = 0
  const pattern = new RegExp(tokenPattern)
  for (let found = pattern.exec(content); found !== null; found = pattern.exec(content)) {
    const [token] = found
    if (token === '(') {
      const end = endOfString(content, pattern.lastIndex)
      // No operator of PDF: whatever this is, nobody knows where it ends.
      if (end === undefined) return yield 'unended'
      pattern.lastIndex = end
    }
    if (token.startsWith('%')) continue
    if (token === '[' || token === '<<') depth += 1
    else if (token === ']' || token === '>>') depth -= 1
    else if (depth > 0) continue
    if (depth === 0 && token !== ']' && token !== '>>') yield token
    else if (depth === 0) yield '<>'
  }
}

// Counted and not matched: a pattern for strings would go back over a long one again and again.
function endOfString(content: string, from: number): number | undefined {
  for (let at = from, open = 1; at < content.length; at++) {
    const letter = content[at]
    if (letter === '\\') at++
    else if (letter === '(') open++
    else if (letter === ')' && --open === 0) return at + 1
  }
  return undefined
}

export interface Placement {
  /** Points on the page, before it is turned. */
  width: number
  height: number
  /** Degrees clockwise that the picture is turned by to lie as on the page. */
  turn: number
  mirrored: boolean
}

/** How a picture lies on its page; undefined when it is askew or has no size. Pure. */
export function placementOf([a, b, c, d]: Matrix): Placement | undefined {
  const near = (value: number, other: number) => Math.abs(value) <= Math.abs(other) * 0.02
  const mirrored = a * d - b * c < 0
  if (near(b, a) && near(c, d) && a !== 0 && d !== 0)
    // Mirrored, across is turned first: then only down tells which way up it is.
    return { width: Math.abs(a), height: Math.abs(d), turn: d > 0 ? 0 : 180, mirrored }
  if (near(a, b) && near(d, c) && b !== 0 && c !== 0)
    return { width: Math.abs(b), height: Math.abs(c), turn: c > 0 ? 90 : 270, mirrored }
  return undefined
}
