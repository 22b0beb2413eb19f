import type { z } from 'zod'
import { isRefusal, type Outcome, type Refusal, refusal } from '../../kernel/errors.ts'
import { type Locale, messages } from '../../kernel/i18n.ts'
import { type Place, pageSizes } from '../signatures/index.ts'
import { forms, type SlipData, type SlipKind } from './forms.ts'
import { type Layout, type Layouts, layoutOf, type PageSize, readLayouts } from './layouts.ts'
import { qrSvg } from './qr.ts'
import { refusals } from './refusals.ts'
import { dateInWords } from './slip-data.ts'
import { ownView } from './templates/own-view.ts'
import { printByHand } from './templates/print-by-hand.ts'
import type { TemplateValues } from './templates/template-values.ts'
import { NotLaidOut, type OpenPlace, type PdfStandard, type Printed, TypstPool } from './typst/pool.ts'

export interface PrintOptions {
  /** The form stays Vietnamese, as the law has it; English adds a second title and a note of dates. */
  locale?: Locale
  standard?: PdfStandard
  pool?: TypstPool
  /** Editions of the installation; without them the shipped ones. */
  layouts?: Pick<Layouts, 'editions'>
  /** The template that the procedure published for this paper; it comes before every edition. */
  own?: OwnTemplate
}

/** A template of a procedure, with what this paper fills its inputs with. */
export interface OwnTemplate extends TemplateValues {
  /** Paper of which procedure and which version, for who has to mend it: "1.001193/result 2". */
  called: string
  name: string
  page: PageSize
  typst: string
  /** It was written by hand: it may do anything that Typst can, so it prints in a process that may be killed. */
  byHand: boolean
}

let sharedPool: TypstPool | undefined
/** A long book takes seconds: whoever waits at a counter does not wait behind it. */
let longPool: TypstPool | undefined
let shipped: Promise<Layouts> | undefined

/** Ends the printing threads; documents still waiting are refused. */
export async function closePrinting(): Promise<void> {
  await Promise.all([sharedPool?.close(), longPool?.close()])
  sharedPool = undefined
  longPool = undefined
}

function poolFor(kind: SlipKind): TypstPool {
  if (kind === 'log-book' || kind === 'destruction') {
    longPool ??= new TypstPool()
    return longPool
  }
  sharedPool ??= new TypstPool()
  return sharedPool
}

/**
 * Prints a form as PDF/A-2a. Refuses when a template of the installation cannot be laid out. Throws on data that
 * the form's schema refuses: callers state facts they have validated, so that is a bug and not a refusal.
 */
export async function renderSlip<K extends SlipKind>(
  kind: K,
  data: SlipData<K>,
  options: PrintOptions = {},
): Promise<Outcome<Uint8Array>> {
  const printed = await layOut(kind, data, options)
  return isRefusal(printed) ? printed : printed.pdf
}

/** Where a paper that will be signed leaves room: for the signer's image, and for number and date if it shows them. */
export type OpenPlaces = Partial<
  Record<'signer' | 'number' | 'date' | 'initial' | 'second' | 'seal', Omit<OpenPlace, 'name'>>
>

/** How many sign before the one who decides; then nobody's title and name are printed. */
export interface OthersSign {
  initials: number
  seconds: number
}

/**
 * Prints a form as it is before anybody signed it, with number and date still open. Says where those places are; a
 * layout of the installation that knows of none has none. Refuses and throws as `renderSlip` does.
 */
export async function renderToBeSigned<K extends SlipKind>(
  kind: K,
  data: SlipData<K>,
  { others, ...options }: PrintOptions & { others?: OthersSign } = {},
): Promise<Outcome<{ pdf: Uint8Array; places: OpenPlaces }>> {
  const printed = await layOut(kind, data, { ...options, toBeSigned: true, ...(others && { others }) })
  if (isRefusal(printed)) return printed
  return {
    pdf: printed.pdf,
    places: Object.fromEntries(printed.open.map(({ name, ...place }) => [name, place])),
  }
}

/**
 * Prints a slip that gets the seal of its authority by itself, with the place that the layout leaves for it; one that
 * leaves none has it at the foot of the first page. Refuses and throws as `renderSlip` does.
 */
export async function renderToBeSealed<K extends SlipKind>(
  kind: K,
  data: SlipData<K>,
  options: PrintOptions = {},
): Promise<Outcome<{ pdf: Uint8Array; seal: Place }>> {
  const printed = await layOut(kind, data, { ...options, toBeSealed: true })
  if (isRefusal(printed)) return printed
  const open = printed.open.find(({ name }) => name === 'seal')
  const { name: _, ...seal } = open ?? { name: '', ...atTheFoot(printed.pdf) }
  return { pdf: printed.pdf, seal }
}

function atTheFoot(pdf: Uint8Array): Place {
  const sizes = pageSizes(pdf)
  const { width, height } = (isRefusal(sizes) ? undefined : sizes[0]) ?? { width: 420, height: 595 }
  return { page: 1, x: width - 200, y: height - 48, width: 170, height: 28 }
}

interface ToBeSigned {
  toBeSealed?: boolean
  toBeSigned?: boolean
  others?: OthersSign
}

async function layOut<K extends SlipKind>(
  kind: K,
  data: SlipData<K>,
  options: PrintOptions & ToBeSigned,
): Promise<Outcome<Printed>> {
  shipped ??= readLayouts()
  const parsed = forms[kind].parse(data)
  const { own } = options
  const layout = own ? layoutOfOwn(own) : layoutOf(options.layouts ?? (await shipped), kind, parsed.on)
  const view = viewOf(kind, parsed, layout, options)
  const { year, month, day } = view.issued
  const createdAt = Date.UTC(year, month - 1, day) / 1000
  const standard = options.standard ?? 'a-2a'
  if (own?.byHand) {
    const printed = await printByHand({ source: own.typst, data: view }, { standard, createdAt })
    return isRefusal(printed) ? brokenByHand(layout, printed) : printed
  }
  const printing = (options.pool ?? poolFor(kind)).print({
    folder: layout.folder,
    template: layout.template,
    data: JSON.stringify(view),
    ...{ standard, createdAt },
    ...(own && { source: own.typst, limitMs: ownLimitMs }),
  })
  return printing.catch((error: unknown) => {
    if (!layout.own || !(error instanceof NotLaidOut)) throw error
    const { edition, template } = layout
    return refusals.layoutBroken({ edition, template, reason: error.message.slice(0, 2000) })
  })
}

function brokenByHand({ edition, template }: Layout, { kind, code, details }: Refusal) {
  // Too many at once is no fault of the template.
  if (kind === 'too-many') return refusal(kind, code, details)
  return refusals.layoutBroken({
    edition,
    template,
    reason: `${code} ${JSON.stringify(details)}`.slice(0, 2000),
  })
}

/** The longest shipped slip takes a hundredth of it. */
const ownLimitMs = 20_000

const layoutOfOwn = ({ called, page }: OwnTemplate): Layout => ({
  ...{ edition: called, folder: '', own: true, template: 'main', page },
})

type Parsed = z.output<(typeof forms)[SlipKind]>

/** What a template of a procedure would get for these facts: for trying it out. Throws as `renderSlip` does. */
export function slipView<K extends SlipKind>(kind: K, data: SlipData<K>, own: OwnTemplate): object {
  return viewOf(kind, forms[kind].parse(data), layoutOfOwn(own), { own })
}

function viewOf(
  kind: SlipKind,
  data: Parsed,
  layout: Layout,
  { locale = 'vi', own, toBeSigned = false, toBeSealed = false, others }: PrintOptions & ToBeSigned,
) {
  const vi = messages('vi')
  const { year, month, day } = Temporal.PlainDate.from(data.on)
  const [paper, landscape] = layout.page.split('-')
  return {
    ...data,
    toBeSigned,
    toBeSealed,
    bySeveral: others !== undefined,
    initials: others?.initials ?? 0,
    seconds: others?.seconds ?? 0,
    paper: { size: paper, landscape: landscape !== undefined },
    title: `${vi(`documents.title.${kind}`)} ${data.code}`,
    author: data.agency.name.join(' '),
    issued: { year, month, day },
    on: dateInWords(data.on),
    qr: 'qr' in data ? { svg: qrSvg(data.qr.text), label: data.qr.label } : null,
    english: locale === 'en' ? messages('en')(`documents.title.${kind}`) : null,
    words: {
      sample: vi('documents.print.sample'),
      illustration: vi('documents.print.illustration').split('\n'),
      page: vi('documents.print.page'),
    },
    ...(own && ownView(own, data)),
  }
}
