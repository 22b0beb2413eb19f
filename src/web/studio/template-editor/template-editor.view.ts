/*
 * A template as the page edits it: blocks one under the other, each with its own condition. Texts name merge fields
 * by the labels that officials know.
 */

export const editorKinds = [
  'head',
  'title',
  'heading',
  'paragraph',
  'list',
  'fields',
  'table',
  'recipients',
  'signature',
  'qr',
  'page-break',
  'grid',
] as const
export type EditorKind = (typeof editorKinds)[number]

/** A table of a Word file: its texts are edited, its shape stays. */
export interface EditorGrid {
  bordered: boolean
  widths: number[]
  rows: { span: number; aligns: string[]; text: string }[][]
}

/** One block with every member that any kind has; those of other kinds keep what was typed. */
export interface EditorBlock {
  id: string
  kind: EditorKind
  /** FEEL; empty: always printed. */
  feel: string
  /** The text; one line for each item of a list, for each line of fields. */
  text: string
  about: string
  align: string
  indent: boolean
  /** Points, or empty. */
  size: string
  marker: string
  bordered: boolean
  qr: boolean
  number: boolean
  note: boolean
  /** The label of the input that a table lists. */
  input: string
  grid: EditorGrid | null
}

/** A template as it stands on the page. */
export interface EditorDraft {
  name: string
  page: string
  source: 'blocks' | 'docx' | 'typst'
  header: string
  footer: string
  fileName: string
  typst: string
  blocks: EditorBlock[]
}

export const emptyBlock = (kind: EditorKind, id: string): EditorBlock => ({
  ...{ id, kind, feel: '', text: '', about: '', size: '', input: '', grid: null },
  ...{ align: kind === 'paragraph' ? 'justify' : 'left', marker: 'dash' },
  ...{ indent: true, bordered: false, qr: true, number: true, note: true },
})

/** What a button of a block does. */
export type BlockAct =
  | { do: 'up' | 'down' | 'remove'; at: number }
  | { do: 'add'; at: number; kind: EditorKind }

/** The act that a button names: "up-3", "add-3-list"; undefined for anything else. */
export function actNamed(name: string): BlockAct | undefined {
  const [, act, at, kind] = /^(up|down|remove|add)-(\d{1,3})(?:-([a-z-]+))?$/.exec(name) ?? []
  if (act === undefined) return undefined
  if (act !== 'add') return { do: act as 'up', at: Number(at) }
  return editorKinds.includes(kind as EditorKind)
    ? { do: 'add', at: Number(at), kind: kind as EditorKind }
    : undefined
}

/** The blocks after an act. Pure. */
export function afterAct(blocks: readonly EditorBlock[], act: BlockAct): EditorBlock[] {
  const { at } = act
  if (act.do === 'add') return blocks.toSpliced(at, 0, emptyBlock(act.kind, freeId(blocks)))
  if (act.do === 'remove') return blocks.toSpliced(at, 1)
  const to = act.do === 'up' ? at - 1 : at + 1
  const moved = blocks[at]
  if (!moved || to < 0 || to >= blocks.length) return [...blocks]
  return blocks.toSpliced(at, 1).toSpliced(to, 0, moved)
}

function freeId(blocks: readonly EditorBlock[]): string {
  let number = blocks.length + 1
  while (blocks.some(({ id }) => id === `b-${number}`)) number++
  return `b-${number}`
}

type Stored = Record<string, unknown> & { kind: string; id: string }

/** Stored blocks as the page edits them: a condition stands at each block that it holds for. Pure. */
export function editorBlocks(stored: readonly object[]): EditorBlock[] {
  return (stored as readonly Stored[]).flatMap((block) =>
    block.kind === 'when'
      ? (block.blocks as Stored[]).map((each) => ({ ...editorBlock(each), feel: String(block.feel) }))
      : [editorBlock(block)],
  )
}

function editorBlock(block: Stored): EditorBlock {
  const empty = emptyBlock(block.kind as EditorKind, block.id)
  const same = Object.fromEntries(Object.entries(block).filter(([key]) => key in empty))
  const size = block.size === undefined ? '' : String(block.size)
  const read = { ...empty, ...same, size } as EditorBlock
  switch (block.kind) {
    case 'list':
    case 'recipients':
      return { ...read, text: (block.items as string[]).join('\n') }
    case 'fields':
      return {
        ...read,
        text: (block.rows as { label: string; text: string }[])
          .map(({ label, text }) => `${label}: ${text}`)
          .join('\n'),
      }
    case 'signature':
      return { ...read, text: String(block.title ?? '') }
    case 'grid':
      return { ...read, grid: editorGrid(block) }
    default:
      return read
  }
}

type StoredCell = { span?: number; paragraphs: { text: string; align?: string }[] }

function editorGrid({ bordered, widths, rows }: Stored): EditorGrid {
  const cell = ({ span = 1, paragraphs }: StoredCell) => {
    // A line of its own for each paragraph, and for each break inside one.
    const lines = paragraphs.flatMap(({ text, align = 'left' }) =>
      text.split('\n').map((line) => ({ line, align })),
    )
    return { span, aligns: lines.map(({ align }) => align), text: lines.map(({ line }) => line).join('\n') }
  }
  return {
    bordered: bordered === true,
    widths: widths as number[],
    rows: (rows as StoredCell[][]).map((row) => row.map(cell)),
  }
}

/** The blocks of the page as they are stored: neighbours under the same condition stand in one. Pure. */
export function storedBlocks(blocks: readonly EditorBlock[]): object[] {
  const stored: { feel: string; blocks: object[]; id: string }[] = []
  for (const block of blocks) {
    const feel = block.feel.trim()
    const last = stored.at(-1)
    if (last && last.feel === feel) last.blocks.push(storedBlock(block))
    else stored.push({ feel, blocks: [storedBlock(block)], id: block.id })
  }
  return stored.flatMap(({ feel, blocks: inside, id }) =>
    feel === '' ? inside : [{ kind: 'when', id: `if-${id}`.slice(0, 40), feel, blocks: inside }],
  )
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

function storedBlock(block: EditorBlock): object {
  const { kind, id, text, align, bordered } = block
  switch (kind) {
    case 'head':
      return { kind, id, number: block.number }
    case 'title':
      return { kind, id, text, about: block.about, qr: block.qr }
    case 'heading':
      return { kind, id, text, align }
    case 'paragraph':
      return { kind, id, text, align, indent: block.indent, ...sizeOf(block) }
    case 'list':
      return { kind, id, marker: block.marker, items: lines(text) }
    case 'fields':
      return { kind, id, bordered, rows: lines(text).map(fieldLine) }
    case 'table':
      return { kind, id, input: block.input }
    case 'recipients':
      return { kind, id, items: lines(text).map((line) => line.replace(/^[-–]\s*/, '')) }
    case 'signature':
      return { kind, id, title: text, note: block.note }
    case 'qr':
      return { kind, id, align: align === 'justify' ? 'left' : align }
    case 'grid':
      return { kind, id, ...storedGrid(block.grid) }
    default:
      return { kind, id }
  }
}

function sizeOf({ size }: EditorBlock): { size?: number } {
  const points = Number(size.replace(',', '.'))
  return size.trim() !== '' && Number.isFinite(points) ? { size: points } : {}
}

/** "Họ và tên: «…»" is a label and what follows it; a line without a colon is a label alone. */
function fieldLine(line: string): { label: string; text: string } {
  const at = line.indexOf(':')
  if (at < 0) return { label: line, text: '' }
  return { label: line.slice(0, at).trim(), text: line.slice(at + 1).trim() }
}

function storedGrid(grid: EditorGrid | null): object {
  const { bordered = true, widths = [1], rows = [] } = grid ?? {}
  return {
    bordered,
    widths,
    rows: rows.map((row) =>
      row.map(({ span, aligns, text }) => ({
        span,
        paragraphs: text
          .split('\n')
          .map((line, i) => ({ text: line, align: aligns[i] ?? aligns.at(-1) ?? 'left' }))
          .filter(({ text: line }) => line !== ''),
      })),
    ),
  }
}

const mostBlocks = 400

/** The template of a posted page as it was typed; members of a block are `b.<i>.<member>`. */
export function draftIn(form: FormData): EditorDraft {
  const text = (name: string) => textIn(form, name)
  const count = Math.min(Number(text('blocks')) || 0, mostBlocks)
  const source = text('source')
  return {
    ...{ name: text('name'), page: text('page'), header: text('header'), footer: text('footer') },
    ...{ fileName: text('fileName'), typst: text('typst') },
    source: source === 'typst' || source === 'docx' ? source : 'blocks',
    blocks: Array.from({ length: count }, (_, i) => blockIn(form, i)),
  }
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : ''
}

function blockIn(form: FormData, i: number): EditorBlock {
  const text = (name: string) => textIn(form, `b.${i}.${name}`)
  const kind = editorKinds.find((each) => each === text('kind')) ?? 'paragraph'
  const empty = emptyBlock(kind, text('id'))
  const flag = (name: string) => form.has(`b.${i}.${name}`)
  return {
    ...empty,
    ...{ feel: text('feel'), text: text('text'), about: text('about'), size: text('size') },
    ...{ input: text('input'), align: text('align') || empty.align, marker: text('marker') || empty.marker },
    ...{ indent: flag('indent'), bordered: flag('bordered'), qr: flag('qr') },
    ...{ number: flag('number'), note: flag('note') },
    grid: kind === 'grid' ? gridIn(form, i) : null,
  }
}

/** The shape travels in a hidden box, the texts in boxes of their own. */
function gridIn(form: FormData, i: number): EditorGrid | null {
  try {
    const grid = JSON.parse(textIn(form, `b.${i}.grid`)) as EditorGrid
    return {
      ...grid,
      rows: grid.rows.map((row, r) =>
        row.map((cell, c) => ({ ...cell, text: textIn(form, `b.${i}.cell.${r}.${c}`) })),
      ),
    }
  } catch {
    return null
  }
}
