import { findMessage, type Locale } from '../../kernel/i18n.ts'
import { findCase } from './cases.ts'
import { type Answers, holds } from './condition.ts'
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
  const counted = { ...facts, ...countsIn(version, facts) }
  return findCase(version, facts.caseCode)
    .fees.filter((fee) => isDue(fee, counted))
    .map((fee) => toLine(fee, counted, locale))
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

/** Đồng as people write it: 8.000 đ. */
export function vnd(amount: number): string {
  return `${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')} đ`
}

function countsIn(version: ProcedureVersion, { answers = {}, ...stated }: FeeFacts) {
  const answered = (field: string | null) => {
    const value = field === null ? undefined : answers[field]
    return typeof value === 'number' || typeof value === 'string' ? Number(value) : undefined
  }
  return {
    copies: stated.copies ?? answered(version.counts.copies),
    pages: stated.pages ?? answered(version.counts.pages),
    persons: stated.persons ?? answered(version.counts.persons),
  }
}

function isDue(fee: Fee, facts: FeeFacts): boolean {
  if (fee.channel !== null && facts.channel !== undefined && fee.channel !== facts.channel) return false
  return holds(fee.rule, facts)
}

function toLine(fee: Fee, facts: FeeFacts, locale: Locale): FeeLine {
  const exempt = fee.exemption && holds(fee.exemption.when, facts) ? fee.exemption : undefined
  const quantity = quantityOf(fee, facts)
  return {
    key: fee.key,
    name: fee.name[locale],
    kind: fee.kind,
    per: fee.per,
    quantity,
    unitAmountVnd: fee.amountVnd,
    amountVnd: exempt ? 0 : amountOf(fee, facts, quantity),
    text: exempt
      ? (findMessage(locale, 'catalogue.fee.exempt', { who: exempt.text[locale] }) ?? exempt.text[locale])
      : priceText(fee, locale),
    basis: fee.basis,
    sample: fee.override?.sample ?? false,
  }
}

function quantityOf(fee: Fee, facts: FeeFacts): number {
  const copies = countOf(facts.copies)
  switch (fee.per) {
    case 'dossier':
      return 1
    case 'copy':
      return copies
    case 'person':
      return countOf(facts.persons)
    case 'page':
      return countOf(facts.pages) * copies
    default:
      return fee.per satisfies never
  }
}

function amountOf(fee: Fee, facts: FeeFacts, quantity: number): number | null {
  if (fee.amountVnd === null) return null
  if (fee.per !== 'page') return fee.amountVnd * quantity
  const oneCopy = pagesPrice(fee, countOf(facts.pages))
  return Math.min(oneCopy, fee.capVndPerCopy ?? oneCopy) * countOf(facts.copies)
}

// Circular 226/2016/TT-BTC: 2.000 for pages one and two, 1.000 from page three.
function pagesPrice(fee: Fee, pages: number): number {
  const tiers = fee.tiers ?? [{ from: 1, amountVnd: fee.amountVnd ?? 0 }]
  return tiers.reduce((sum, tier, index) => {
    const last = Math.min(pages, (tiers[index + 1]?.from ?? Number.POSITIVE_INFINITY) - 1)
    return sum + Math.max(0, last - tier.from + 1) * tier.amountVnd
  }, 0)
}

function countOf(value: number | undefined): number {
  return value === undefined || !Number.isInteger(value) || value < 0 ? 1 : value
}
