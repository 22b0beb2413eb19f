/*
 * Text as officials type it: «merge fields» and the marks **bold**, *italic*, __underlined__. A backslash before a
 * mark makes it a character. What does not close is what it looks like.
 */

/** A stretch of text of one face, or a merge field in it. */
export interface Run {
  text?: string
  /** What stands between « and »: the name of an input, or the label it has for people. */
  field?: string
  bold: boolean
  italic: boolean
  underline: boolean
}

const pieces = /\\([\\*_«»])|«([^«»\n]{1,300})»|(\*\*|\*|__)/gu

/** The runs of one text. Pure; never fails. */
export function readMarked(text: string): Run[] {
  const face = { bold: false, italic: false, underline: false }
  const marks = closedMarks(text)
  const runs: Run[] = []
  let plain = ''
  const flush = () => {
    if (plain !== '') runs.push({ text: plain, ...face })
    plain = ''
  }
  let at = 0
  for (const match of text.matchAll(pieces)) {
    plain += text.slice(at, match.index)
    at = match.index + match[0].length
    const [, escaped, field, mark] = match
    if (escaped !== undefined) plain += escaped
    else if (field !== undefined) {
      flush()
      runs.push({ field: field.trim(), ...face })
    } else if (mark !== undefined && marks.has(match.index)) {
      flush()
      const kind = faces[mark as keyof typeof faces]
      face[kind] = !face[kind]
    } else plain += mark
  }
  plain += text.slice(at)
  flush()
  return runs
}

const faces = { '**': 'bold', '*': 'italic', __: 'underline' } as const

/** Where the marks stand that come in pairs: the last one of an odd number is only a character. */
function closedMarks(text: string): Set<number> {
  const found: Record<string, number[]> = { '**': [], '*': [], __: [] }
  for (const match of text.matchAll(pieces)) if (match[3] !== undefined) found[match[3]]!.push(match.index)
  return new Set(Object.values(found).flatMap((at) => (at.length % 2 === 0 ? at : at.slice(0, -1))))
}

/** The text of runs; the way back of `readMarked`. */
export function writeMarked(runs: readonly Run[]): string {
  let text = ''
  let open = { bold: false, italic: false, underline: false }
  const turn = (to: typeof open) => {
    const marks = Object.entries(faces)
    for (const [mark, kind] of marks.toReversed()) if (open[kind] && !to[kind]) text += mark
    for (const [mark, kind] of marks) if (!open[kind] && to[kind]) text += mark
    open = { bold: to.bold, italic: to.italic, underline: to.underline }
  }
  for (const run of runs) {
    turn(run)
    text +=
      run.field === undefined ? (run.text ?? '').replace(/[\\*«»]|__|^_|_$/g, escaped) : `«${run.field}»`
  }
  turn({ bold: false, italic: false, underline: false })
  return text
}

const escaped = (mark: string) => [...mark].map((char) => `\\${char}`).join('')

/** The merge fields of a text, each once, in their order. */
export function fieldsIn(text: string): string[] {
  return [...new Set(readMarked(text).flatMap(({ field }) => (field === undefined ? [] : [field])))]
}

/** The same text with each merge field renamed. */
export function renameFields(text: string, rename: (field: string) => string): string {
  return text.replace(/\\[\\*_«»]|«([^«»\n]{1,300})»/gu, (whole, field?: string) =>
    field === undefined ? whole : `«${rename(field.trim())}»`,
  )
}
