import { z } from 'zod'
import { cleanText } from '../../../kernel/text.ts'
import { PageSize } from '../layouts.ts'

/*
 * How one paper of one procedure looks, as officials write it: blocks in the layout of NĐ 30/2020, the same blocks
 * read from a Word file, or Typst. Whatever it is written in, it is compiled to Typst, and what it says about a
 * dossier comes in as typed inputs.
 */

/** Papers that a procedure may lay out itself; `result` is the paper that its dossiers end with. */
export const templateKeys = [
  'receipt',
  'supplement',
  'refusal',
  'apology',
  'obligation',
  'stop',
  'decline',
  'result',
  'correction',
  'revocation',
] as const
/** Further results of a procedure are papers of their own: `result/2`, `result/3`… */
export type TemplateKey = (typeof templateKeys)[number] | `result/${number}`

const mostFurther = 8

const FurtherResult = z
  .string()
  .regex(/^result\/[2-9]$/)
  .transform((key) => key as `result/${number}`)

/** Most characters of a template in Typst: the longest shipped one has five thousand. */
export const longestTypst = 200_000
/** Most blocks of one template, those inside conditions among them. */
export const mostBlocks = 400
const mostInputs = 200

const ShortText = cleanText.pipe(z.string().max(300))
const LongText = cleanText.pipe(z.string().max(20_000))

/** Where the value of an input comes from. */
export const InputSource = z.discriminatedUnion('kind', [
  /** A field or a repeated group of the form, by its key. */
  z.strictObject({ kind: z.literal('field'), key: z.string().regex(/^[A-Za-z][\w.-]{0,119}$/) }),
  /** A fact of the dossier that every paper knows: `facts` of template-facts.ts. */
  z.strictObject({ kind: z.literal('fact'), key: z.string().regex(/^[a-z][A-Za-z.]{0,59}$/) }),
  /** What the officer writes into the draft of the result. */
  z.strictObject({ kind: z.literal('draft'), key: z.string().regex(/^[A-Za-z][\w.-]{0,119}$/) }),
])
export type InputSource = z.infer<typeof InputSource>

const inputTypes = ['text', 'paragraphs', 'date', 'number', 'money', 'yes-no', 'list', 'table'] as const
export type InputType = (typeof inputTypes)[number]

export const inputName = /^[a-z][A-Za-z0-9]{0,59}$/

export const TemplateInput = z.strictObject({
  name: z.string().regex(inputName),
  label: ShortText.pipe(z.string().min(1)),
  type: z.enum(inputTypes),
  from: InputSource,
  /** Dates as "20/11/2026" or in words; money with its words. */
  show: z.enum(['short', 'words']).default('short'),
  /** The columns of a repeated group, in their order. */
  columns: z
    .array(z.strictObject({ key: z.string().max(120), label: ShortText }))
    .max(20)
    .optional(),
})
export type TemplateInput = z.infer<typeof TemplateInput>

const id = z.string().regex(/^[a-z0-9-]{1,40}$/)
export const aligns = ['left', 'center', 'right', 'justify'] as const

/** Text with «merge fields» and the marks **bold**, *italic*, __underlined__. */
const Marked = LongText

const Paragraph = z.strictObject({
  kind: z.literal('paragraph'),
  id,
  text: Marked,
  align: z.enum(aligns).default('justify'),
  /** Sets the first line in, as NĐ 30/2020 asks of the body. */
  indent: z.boolean().default(true),
  /** Points; nothing for the size of the body. */
  size: z.number().min(6).max(36).optional(),
})

const GridCell = z.strictObject({
  paragraphs: z.array(z.strictObject({ text: Marked, align: z.enum(aligns).default('left') })).max(60),
  span: z.int().min(1).max(20).default(1),
})

const plainBlocks = [
  /** Cơ quan, số ký hiệu beside quốc hiệu, tiêu ngữ, địa danh and date. */
  z.strictObject({ kind: z.literal('head'), id, number: z.boolean().default(true) }),
  /** Tên loại văn bản and trích yếu; with the code of verification beside them. */
  z.strictObject({
    kind: z.literal('title'),
    id,
    text: Marked,
    about: Marked.default(''),
    qr: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('heading'), id, text: Marked, align: z.enum(aligns).default('left') }),
  Paragraph,
  z.strictObject({
    kind: z.literal('list'),
    id,
    marker: z.enum(['dash', 'number', 'letter']).default('dash'),
    items: z.array(Marked).max(100),
  }),
  /** Lines of a label and a merge field, as declarations and certificates have them. */
  z.strictObject({
    kind: z.literal('fields'),
    id,
    rows: z.array(z.strictObject({ label: ShortText, text: Marked })).max(100),
    bordered: z.boolean().default(false),
  }),
  /** The rows of a repeated group, or the papers of the dossier: one input of type table. */
  z.strictObject({ kind: z.literal('table'), id, input: z.string().max(300) }),
  /** A table as it stands in a Word file. */
  z.strictObject({
    kind: z.literal('grid'),
    id,
    bordered: z.boolean(),
    widths: z.array(z.number().min(1).max(100_000)).min(1).max(20),
    rows: z.array(z.array(GridCell).max(20)).max(300),
  }),
  z.strictObject({ kind: z.literal('recipients'), id, items: z.array(Marked).max(20) }),
  /** Who signs, with the capacity TM., KT., TL., TUQ. that the act was signed in, or stated here. */
  z.strictObject({
    kind: z.literal('signature'),
    id,
    title: Marked.default(''),
    note: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('qr'), id, align: z.enum(['left', 'center', 'right']).default('left') }),
  z.strictObject({ kind: z.literal('page-break'), id }),
] as const

const PlainBlock = z.discriminatedUnion('kind', [...plainBlocks])
export type PlainBlock = z.infer<typeof PlainBlock>

/** Blocks printed only when a condition holds, in FEEL over fields, `dossier.` facts and `draft.` fields. */
const When = z.strictObject({
  kind: z.literal('when'),
  id,
  feel: z.string().max(4_000),
  blocks: z.array(PlainBlock).max(100),
})

export const Block = z.discriminatedUnion('kind', [...plainBlocks, When])
export type Block = z.infer<typeof Block>

export const TemplateDraft = z
  .strictObject({
    key: z.union([z.enum(templateKeys), FurtherResult]),
    name: ShortText.pipe(z.string().min(1)),
    source: z.enum(['blocks', 'docx', 'typst']),
    page: PageSize,
    inputs: z.array(TemplateInput).max(mostInputs).default([]),
    blocks: z.array(Block).max(mostBlocks).default([]),
    /** What stands at the top and the foot of every page. */
    header: Marked.default(''),
    footer: Marked.default(''),
    /** The Word file that the blocks were read from. */
    fileName: ShortText.optional(),
    /** Compiled from the blocks; written by hand when the source is Typst. */
    typst: z.string().max(longestTypst).default(''),
  })
  .superRefine((draft, ctx) => {
    const twice = firstTwice(draft.inputs.map(({ name }) => name))
    if (twice !== undefined)
      ctx.addIssue({ code: 'custom', path: ['inputs'], message: `input ${twice} twice` })
    const same = firstTwice(everyBlock(draft.blocks).map((block) => block.id))
    if (same !== undefined) ctx.addIssue({ code: 'custom', path: ['blocks'], message: `block ${same} twice` })
  })
export type TemplateDraft = z.infer<typeof TemplateDraft>

/** The templates of one procedure: one for each paper at most. */
export const TemplateDrafts = z
  .array(TemplateDraft)
  .max(templateKeys.length + mostFurther)
  .refine((drafts) => firstTwice(drafts.map(({ key }) => key)) === undefined, {
    error: 'one template for a paper',
  })

/** Every block, those inside conditions after their condition. */
export function everyBlock(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block): Block[] => (block.kind === 'when' ? [block, ...block.blocks] : [block]))
}

/** Every text of a block that may hold merge fields. */
export function textsIn(block: Block): string[] {
  switch (block.kind) {
    case 'title':
      return [block.text, block.about]
    case 'heading':
    case 'paragraph':
      return [block.text]
    case 'list':
    case 'recipients':
      return block.items
    case 'fields':
      return block.rows.map(({ text }) => text)
    case 'grid':
      return block.rows.flat().flatMap((cell) => cell.paragraphs.map(({ text }) => text))
    case 'signature':
      return [block.title]
    default:
      return []
  }
}

/** The same draft with each text that may hold merge fields passed through `change`. */
export function mapTexts(draft: TemplateDraft, change: (text: string) => string): TemplateDraft {
  const plain = (block: PlainBlock): PlainBlock => changed(block, change)
  const blocks = draft.blocks.map((block) =>
    block.kind === 'when' ? { ...block, blocks: block.blocks.map(plain) } : plain(block),
  )
  return { ...draft, blocks, header: change(draft.header), footer: change(draft.footer) }
}

function changed(block: PlainBlock, change: (text: string) => string): PlainBlock {
  switch (block.kind) {
    case 'title':
      return { ...block, text: change(block.text), about: change(block.about) }
    case 'heading':
    case 'paragraph':
      return { ...block, text: change(block.text) }
    case 'list':
    case 'recipients':
      return { ...block, items: block.items.map(change) }
    case 'fields':
      return { ...block, rows: block.rows.map((row) => ({ ...row, text: change(row.text) })) }
    case 'grid':
      return {
        ...block,
        rows: block.rows.map((row) =>
          row.map((cell) => ({
            ...cell,
            paragraphs: cell.paragraphs.map((each) => ({ ...each, text: change(each.text) })),
          })),
        ),
      }
    case 'signature':
      return { ...block, title: change(block.title) }
    default:
      return block
  }
}

const firstTwice = (names: readonly string[]) => names.find((name, i) => names.indexOf(name) !== i)
