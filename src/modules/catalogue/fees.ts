import { tableOf } from '../../kernel/feel/decision-table.ts'
import { findMessage, type Locale } from '../../kernel/i18n.ts'
import { findCase } from './cases.ts'
import { type Answers, holds, resultIn } from './condition.ts'
import type { Channel, Fee, ProcedureVersion } from './procedure-version.ts'

/** What a person pays under one heading. No amount: the provincial council sets it, and we do not know how much. */
export interface FeeLine {
  key: string
  name: string
  kind: Fee['kind']
  per: Fee['per']
  quantity: number
  unitAmountVnd: number | null
  amountVnd: number | null
  text: string
  basis: string
  /** The amount is invented for the demonstration. */
  sample: boolean
}

export interface FeeFacts {
  caseCode?: string
  channel?: Channel
  /** Number of copies, of pages of one copy, and of persons; else as answered in the form, else one. */
  copies?: number
  pages?: number
  persons?: number
  answers?: Answers
  /** The date of law, `YYYY-MM-DD`. */
  today?: string
}

/** The fees due for a dossier, in whole đồng. */
export function feesFor(version: ProcedureVersion, facts: FeeFacts = {}, locale: Locale = 'vi'): FeeLine[] {
  const counts = countsIn(version, facts)
  return findCase(version, facts.caseCode)
    .fees.filter((fee) => isDue(fee, facts))
    .map((fee) => toLine(settled(fee, facts), facts, counts, locale))
}

/** The sum of the lines, or nothing when one of them is unknown. */
export function totalOf(lines: readonly FeeLine[]): number | null {
  return lines.reduce<number | null>(
    (sum, line) => (sum === null || line.amountVnd === null ? null : sum + line.amountVnd),
    0,
  )
}

/** The price of a fee in words, before anything is counted: "8.000 đ mỗi bản". */
export function priceText(fee: Fee, locale: Locale = 'vi'): string {
  const say = (key: string, params = {}) => findMessage(locale, `catalogue.fee.${key}`, params) ?? key
  if (fee.amountRule) return priceByAnswers(fee, say)
  if (fee.amountVnd === null) return say('set-by-province')
  if (fee.amountVnd === 0) return say('free')
  const bands = fee.tiers?.map((tier, index) =>
    say(index === 0 ? 'tier-first' : 'tier-next', { from: tier.from, price: vnd(tier.amountVnd) }),
  )
  const parts = bands ?? [say(`per.${fee.per}`, { price: vnd(fee.amountVnd) })]
  if (fee.capVndPerCopy) parts.push(say('cap', { price: vnd(fee.capVndPerCopy) }))
  if (fee.override?.sample) parts.push(say('sample'))
  return parts.join('; ')
}

function priceByAnswers(fee: Fee, say: (key: string, params?: Record<string, string>) => string): string {
  const amounts = amountsOf(fee)
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)]
  if (amounts.length === 0) return say('by-answers')
  const price = least === most ? vnd(most) : say('between', { least: vnd(least), most: vnd(most) })
  return [say(`per.${fee.per}`, { price }), say('by-answers')].join(', ')
}

/** Every amount that the table of a fee names; none of a formula that is no table. */
function amountsOf({ amountRule, amountVnd }: Fee): number[] {
  const table = amountRule ? tableOf(amountRule) : null
  const named = table ? [...table.rules.map(({ gives }) => gives), table.otherwise] : []
  return named.map((given) => given ?? amountVnd).filter((given) => typeof given === 'number')
}

/** What one unit of a fee costs by the answers; null when only the province knows. */
function unitAmount({ amountRule, amountVnd }: Fee, facts: FeeFacts): number | null {
  const said = amountRule ? resultIn(amountRule, facts) : null
  return typeof said === 'number' && Number.isSafeInteger(said) && said >= 0 ? said : amountVnd
}

/** The fee as it is for these answers: without a table, and without bands where the table says the amount. */
function settled(fee: Fee, facts: FeeFacts): Fee {
  if (!fee.amountRule) return fee
  return { ...fee, amountVnd: unitAmount(fee, facts), amountRule: null, tiers: null }
}

/** Đồng as people write it: 8.000 đ. */
export function vnd(amount: number): string {
  return `${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')} đ`
}

/** How much is asked for: copies of one or several originals, and persons. */
interface Counts {
  batches: { copies: number; pages: number }[]
  persons: number
}

function countsIn({ counts }: ProcedureVersion, { answers = {}, copies, pages, persons }: FeeFacts): Counts {
  const answered = (field: string | null) => (field === null ? undefined : answers[field])
  const rows = answered(counts.each)
  const batches =
    Array.isArray(rows) && rows.length > 0
      ? rows
      : [{ copies: copies ?? answered(counts.copies), pages: pages ?? answered(counts.pages) }]
  return {
    batches: batches.map((row) => ({ copies: countOf(row?.copies), pages: countOf(row?.pages) })),
    persons: countOf(persons ?? answered(counts.persons)),
  }
}

function isDue(fee: Fee, facts: FeeFacts): boolean {
  if (fee.channel !== null && facts.channel !== undefined && fee.channel !== facts.channel) return false
  return holds(fee.rule, facts)
}

function toLine(fee: Fee, facts: FeeFacts, counts: Counts, locale: Locale): FeeLine {
  const exempt = fee.exemption && holds(fee.exemption.when, facts) ? fee.exemption : undefined
  const quantity = quantityOf(fee, counts)
  return {
    key: fee.key,
    name: fee.name[locale],
    kind: fee.kind,
    per: fee.per,
    quantity,
    unitAmountVnd: fee.amountVnd,
    amountVnd: exempt ? 0 : amountOf(fee, counts),
    text: exempt
      ? (findMessage(locale, 'catalogue.fee.exempt', { who: exempt.text[locale] }) ?? exempt.text[locale])
      : priceText(fee, locale),
    basis: fee.basis,
    sample: fee.override?.sample ?? false,
  }
}

function quantityOf(fee: Fee, { batches, persons }: Counts): number {
  switch (fee.per) {
    case 'dossier':
      return 1
    case 'copy':
      return batches.reduce((sum, { copies }) => sum + copies, 0)
    case 'person':
      return persons
    case 'page':
      return batches.reduce((sum, { copies, pages }) => sum + copies * pages, 0)
    default:
      return fee.per satisfies never
  }
}

function amountOf(fee: Fee, counts: Counts): number | null {
  if (fee.amountVnd === null) return null
  if (fee.per !== 'page') return fee.amountVnd * quantityOf(fee, counts)
  return counts.batches.reduce((sum, { copies, pages }) => sum + copyPrice(fee, pages) * copies, 0)
}

function copyPrice(fee: Fee, pages: number): number {
  const price = pagesPrice(fee, pages)
  return Math.min(price, fee.capVndPerCopy ?? price)
}

// Circular 226/2016/TT-BTC: 2.000 for pages one and two, 1.000 from page three.
function pagesPrice(fee: Fee, pages: number): number {
  const tiers = fee.tiers ?? [{ from: 1, amountVnd: fee.amountVnd ?? 0 }]
  return tiers.reduce((sum, tier, index) => {
    const last = Math.min(pages, (tiers[index + 1]?.from ?? Number.POSITIVE_INFINITY) - 1)
    return sum + Math.max(0, last - tier.from + 1) * tier.amountVnd
  }, 0)
}

function countOf(value: unknown): number {
  const count = typeof value === 'string' ? Number.parseInt(value, 10) : value
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : 1
}
