import type { z } from 'zod'
import { type Locale, messages } from '../../kernel/i18n.ts'
import { qrSvg } from './qr.ts'
import {
  BirthCertificateData,
  BuildingPermitData,
  CertifiedCopyData,
  CivilStatusCopyData,
  DeathExtractData,
  FuneralSupportData,
  GenericResultData,
  MaritalStatusData,
  ResidenceNoticeData,
} from './result-data.ts'
import {
  ApologyData,
  ControlData,
  DeclineData,
  dateInWords,
  ReceiptData,
  RefusalData,
  StopData,
  SupplementData,
} from './slip-data.ts'
import { type PdfStandard, TypstPool } from './typst/pool.ts'

/** Every form that can be printed: its data and its template. */
export const forms = {
  receipt: { schema: ReceiptData, template: 'receipt' },
  supplement: { schema: SupplementData, template: 'supplement' },
  refusal: { schema: RefusalData, template: 'refusal' },
  apology: { schema: ApologyData, template: 'apology' },
  stop: { schema: StopData, template: 'stop' },
  decline: { schema: DeclineData, template: 'decline' },
  control: { schema: ControlData, template: 'control' },
  result: { schema: GenericResultData, template: 'result' },
  'birth-certificate': { schema: BirthCertificateData, template: 'result' },
  'civil-status-copy': { schema: CivilStatusCopyData, template: 'result' },
  'marital-status-certificate': { schema: MaritalStatusData, template: 'result' },
  'death-extract': { schema: DeathExtractData, template: 'result' },
  'certified-copy': { schema: CertifiedCopyData, template: 'result' },
  'residence-notice': { schema: ResidenceNoticeData, template: 'result' },
  'building-permit': { schema: BuildingPermitData, template: 'result' },
  'support-decision': { schema: FuneralSupportData, template: 'result' },
} as const

export type SlipKind = keyof typeof forms
/** What a caller states to print a form; instants, dates and names are put into words here. */
export type SlipData<K extends SlipKind> = z.input<(typeof forms)[K]['schema']>

/** The form that prints a result which the catalogue names; what has no form of its own is printed as lines. */
export function slipKindOf(template: string): SlipKind {
  return Object.hasOwn(forms, template) ? (template as SlipKind) : 'result'
}

export interface PrintOptions {
  /** The form stays Vietnamese, as the law has it; English adds a second title and a note of dates. */
  locale?: Locale
  standard?: PdfStandard
  pool?: TypstPool
}

let sharedPool: TypstPool | undefined

/** Ends the printing thread; documents still waiting are refused. */
export async function closePrinting(): Promise<void> {
  await sharedPool?.close()
  sharedPool = undefined
}

/**
 * Prints a form as PDF/A-2a. Throws on data that its schema refuses: callers state facts they have
 * validated, so that is a bug and not a refusal.
 */
export async function renderSlip<K extends SlipKind>(
  kind: K,
  data: SlipData<K>,
  options: PrintOptions = {},
): Promise<Uint8Array> {
  sharedPool ??= new TypstPool()
  const { template, schema } = forms[kind]
  const view = viewOf(kind, schema.parse(data), options.locale ?? 'vi')
  const { year, month, day } = view.issued
  return (options.pool ?? sharedPool).print({
    template,
    data: JSON.stringify(view),
    standard: options.standard ?? 'a-2a',
    createdAt: Date.UTC(year, month - 1, day) / 1000,
  })
}

type Parsed = z.output<(typeof forms)[SlipKind]['schema']>

function viewOf(kind: SlipKind, data: Parsed, locale: Locale) {
  const vi = messages('vi')
  const { year, month, day } = Temporal.PlainDate.from(data.on)
  return {
    ...data,
    title: `${vi(`documents.title.${kind}`)} ${data.code}`,
    author: data.agency.name.join(' '),
    issued: { year, month, day },
    on: dateInWords(data.on),
    qr: { svg: qrSvg(data.qr.text), label: data.qr.label },
    english: locale === 'en' ? messages('en')(`documents.title.${kind}`) : null,
    words: {
      sample: vi('documents.print.sample'),
      illustration: vi('documents.print.illustration').split('\n'),
      page: vi('documents.print.page'),
    },
  }
}
