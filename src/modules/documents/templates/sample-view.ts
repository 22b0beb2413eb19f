import { slipView } from '../render-slip.ts'
import { samples } from '../samples.ts'
import { everyBlock, type TemplateDraft, type TemplateInput, type TemplateKey } from './template-draft.ts'
import type { FactValues } from './template-facts.ts'
import { type PrintedValue, type TemplateSources, templateValues } from './template-values.ts'

/** Facts of an invented dossier, for looking at a template before any dossier is printed with it. */
export const sampleFacts = (procedure: { code: string; name: string }): FactValues => ({
  applicantName: samples.receipt.applicant.name,
  applicantPersonalId: '001194000417',
  applicantAddress: samples.receipt.applicant.address,
  applicantPhone: samples.receipt.applicant.phone,
  code: samples.result.code,
  number: samples.result.number,
  on: samples.result.on,
  procedureName: procedure.name,
  procedureCode: procedure.code,
  competent: 'Ủy ban nhân dân phường Hoa Sen',
  received: samples.receipt.office,
  receivedPhone: samples.receipt.lookup.phone,
  submittedOn: '2026-11-19',
  receivedOn: '2026-11-20',
  dueOn: '2026-11-23',
  dueAt: '17 giờ 30 phút, ngày 23 tháng 11 năm 2026',
  limit: samples.receipt.limit,
  reason: samples.refusal.reason,
  items: samples.supplement.items,
  papers: samples.receipt.papers,
  officerName: samples.result.signer.name,
  officerTitle: samples.result.signer.title.replaceAll('\n', ', '),
  verifyCode: samples.result.verify.code,
})

/**
 * What a template would get for an invented dossier: what nobody says stands there as [its label], so that its
 * place is seen. Without a case of its own (`everything`) every conditional block is printed. Pure.
 */
export function sampleView(
  draft: TemplateDraft,
  sources: TemplateSources,
  { everything = false }: { everything?: boolean } = {},
): object {
  const { inputs, shown } = templateValues(draft, sources)
  const all = everyBlock(draft.blocks).map(({ id }) => [id, true])
  const form = formOf(draft.key)
  return slipView(form, samples[form] as never, {
    ...{ called: draft.key, name: draft.name, page: draft.page, typst: '', byHand: false },
    inputs: Object.fromEntries(draft.inputs.map((input) => [input.name, seen(input, inputs[input.name])])),
    shown: everything ? Object.fromEntries(all) : shown,
  })
}

const seen = (input: TemplateInput, value: PrintedValue = null) =>
  isEmpty(value) ? placeholder(input) : value

function placeholder({ type, label, columns = [] }: TemplateInput): PrintedValue {
  const named = `[${label}]`
  if (type === 'yes-no') return true
  if (type === 'list' || type === 'paragraphs') return [named]
  if (type === 'table')
    return { columns: columns.map((each) => each.label), rows: [columns.map((each) => `[${each.label}]`)] }
  return named
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && (value as { rows?: unknown[] }).rows?.length === 0
}

// Every result of a procedure is laid out from what results say.
const formOf = (key: TemplateKey) =>
  key.startsWith('result/') ? 'result' : (key as Exclude<TemplateKey, `result/${number}`>)
