import { type Locale, messages } from 'motcua/kernel/i18n'
import { type ComponentLine, type FeeLine, type Limit, limitText, totalOf } from 'motcua/modules/catalogue'
import type { PaperInput } from 'motcua/modules/dossiers'
import type { ReviewView } from 'motcua/modules/forms'
import type { OnBehalfOf } from 'motcua/modules/identity'
import type { Problem } from '../../ui/error-summary'
import { moneyText } from '../../ui/format'
import type { Step } from '../../ui/steps'
import type { SummaryRow } from '../../ui/summary-list'
import { around, pagePath, papersKey, reviewKey } from './filing-steps'
import { otherPapers, paperId } from './papers-page.view'
import type { SettlesView } from './settles-source'

export interface Section {
  key: string
  title: string
  rows: SummaryRow[]
}

export interface ReviewPageView {
  draftId: string
  title: string
  backHref: string
  steps: Step[]
  savedAt: string
  problems: Problem[]
  /** Whether the person already tried to send. */
  tried: boolean
  warnings: Problem[]
  sections: Section[]
  tally: { count: number; label: string }[]
  assurance: { text: string; version: number }
  assuranceMissing: boolean
  /** "Phường Hoa Sen trả lời trong 8 giờ làm việc, chậm nhất …" */
  answerBy: string
  after: string[]
  /** Authorities to choose from, when the answers do not say which one settles. */
  agencies?: { code: string; name: string }[]
}

export interface ReviewGiven {
  draftId: string
  title: string
  review: ReviewView
  lines: readonly ComponentLine[]
  papers: readonly PaperInput[]
  /** The name of each paper of the procedure, by its key. */
  names: Readonly<Record<string, string>>
  missing: readonly ComponentLine[]
  fees: readonly FeeLine[]
  limit: Limit
  filedFor: OnBehalfOf
  agency: string | undefined
  agencies: readonly { code: string; name: string }[]
  /** By which rule the authority settles it. */
  settles: SettlesView
  /** Until when the filing will be answered, in words. */
  /** Null when it falls into a year whose days off were not published. */
  intakeDue: string | null
  resultName: string
  steps: Step[]
  savedAt: string
  /** What the last try to send was refused for. */
  refused: Problem[]
  assuranceMissing: boolean
  /** Whether a try to send was made: before it, what is missing is told more quietly. */
  tried: boolean
  locale: Locale
}

/** Everything about to be sent, what it costs, who settles it and until when. Pure. */
export function reviewPageView(given: ReviewGiven): ReviewPageView {
  const { draftId, title, review, steps, savedAt, locale, agency, agencies, intakeDue, resultName } = given
  const t = messages(locale)
  const { before } = around(steps, reviewKey)
  const who = agency ?? t('filing.review.agency')
  const limit = limitText(given.limit, locale)
  return {
    draftId,
    title,
    backHref: before ? pagePath(draftId, before) : `/nop/${draftId}`,
    steps,
    savedAt,
    problems: problemsOf(given),
    tried: given.tried,
    warnings: [
      ...review.warnings.map(({ text, href, pageKey }) => ({
        text,
        href: pagePath(draftId, pageKey) + href,
      })),
      ...(given.settles.warning === null ? [] : [{ text: given.settles.warning, href: '#handling' }]),
    ],
    sections: [...formSections(given), papersSection(given), handlingSection(given)],
    tally: [
      { count: review.counts.notAsked, label: t('filing.review.tally-known') },
      { count: review.counts.asks, label: t('filing.review.tally-asked') },
    ],
    assurance: review.assurance,
    assuranceMissing: given.assuranceMissing,
    answerBy:
      intakeDue === null
        ? t('filing.review.answer-in-hours', { agency: who })
        : t('filing.review.answer-by', { agency: who, due: intakeDue }),
    after: [
      t('filing.review.after-code'),
      t('filing.review.after-answer', { agency: who }),
      t('filing.review.after-result', { result: resultName, limit }),
    ],
    ...(agency === undefined && { agencies: [...agencies] }),
  }
}

function problemsOf({
  draftId,
  review,
  missing,
  agency,
  refused,
  assuranceMissing,
  tried,
  locale,
}: ReviewGiven): Problem[] {
  const t = messages(locale)
  const form = review.problems.map(({ text, href, pageKey }) => ({
    text,
    href: pagePath(draftId, pageKey) + href,
  }))
  const papers = missing.map(({ key, name }) => ({
    text: t('filing.papers.missing', { name }),
    href: `${pagePath(draftId, papersKey)}#${paperId(key)}`,
  }))
  const place =
    agency === undefined && tried ? [{ text: t('filing.review.choose-agency'), href: '#receiving' }] : []
  const assurance = assuranceMissing ? [{ text: t('filing.review.assure'), href: '#assurance' }] : []
  return unique([...form, ...papers, ...place, ...refused, ...assurance])
}

const unique = (problems: Problem[]) =>
  problems.filter(({ text }, at) => problems.findIndex((other) => other.text === text) === at)

function formSections({ draftId, review }: ReviewGiven): Section[] {
  return review.sections.map(({ key, title, rows }) => ({
    key,
    title,
    rows: rows.map(({ key: path, label, text, source, editPageKey }) => ({
      label,
      text,
      ...(source && { source }),
      ...(editPageKey && { changeHref: `${pagePath(draftId, editPageKey)}?sua=${encodeURIComponent(path)}` }),
    })),
  }))
}

function papersSection({ draftId, lines, papers, names, locale }: ReviewGiven): Section {
  const t = messages(locale)
  const changeHref = pagePath(draftId, papersKey)
  const others = [...new Set(otherPapers({ lines, papers }).map(({ component }) => component))].map(
    (key) => ({ key, name: names[key] ?? key }),
  )
  const rows = [...lines, ...others].flatMap(({ key, name }) => {
    const files = papers.filter(({ component }) => component === key)
    const source = files.some((file) => file.source === 'register')
      ? { source: t('filing.papers.from-register') }
      : {}
    return files.length > 0
      ? [
          {
            label: name,
            text: files.map((file) => file.name).join(', '),
            ...source,
            ...(lines.some((line) => line.key === key) && { changeHref }),
          },
        ]
      : []
  })
  const none = {
    label: t('filing.review.papers'),
    text: t('filing.review.no-papers'),
    ...(lines.length > 0 && { changeHref }),
  }
  return { key: 'papers', title: t('filing.papers.title'), rows: rows.length > 0 ? rows : [none] }
}

function handlingSection({ draftId, fees, limit, agency, settles, filedFor, locale }: ReviewGiven): Section {
  const t = messages(locale)
  const rows: SummaryRow[] = [
    { label: t('filing.review.for-whom'), text: forWhomText(filedFor, locale) },
    {
      label: t('filing.review.settles'),
      text: agency ?? t('filing.review.not-chosen'),
      ...(agency === undefined && { changeHref: `${pagePath(draftId, reviewKey)}#receiving` }),
    },
    ...(settles.why === null ? [] : [{ label: t('routing.review.rule'), text: settles.why }]),
    {
      label: t('filing.review.limit'),
      text: t('filing.review.limit-text', { limit: limitText(limit, locale) }),
    },
    ...fees.map((fee) => ({ label: fee.name, text: feeText(fee, locale) })),
    { label: t('filing.review.total'), text: totalText(fees, locale) },
  ]
  return { key: 'handling', title: t('filing.review.handling'), rows }
}

export function feeText({ amountVnd, text }: FeeLine, locale: Locale): string {
  if (amountVnd === null) return text
  const amount = moneyText(amountVnd)
  return amountVnd === 0 ? messages(locale)('filing.review.free', { amount }) : `${amount} (${text})`
}

function totalText(fees: readonly FeeLine[], locale: Locale): string {
  const t = messages(locale)
  const total = totalOf(fees)
  if (total === null) return t('filing.review.total-unknown')
  return total === 0
    ? t('filing.review.free', { amount: moneyText(0) })
    : t('filing.review.total-text', { amount: moneyText(total) })
}

/** For whom a dossier is filed, in words. */
export function forWhomText(filedFor: OnBehalfOf, locale: Locale): string {
  const t = messages(locale)
  switch (filedFor.kind) {
    case 'self':
      return t('filing.for.self')
    case 'child':
      return t(`filing.for.child-${filedFor.relation}`)
    case 'relative':
      return t('filing.for.relative-named', { name: filedFor.principal.name })
    case 'organisation':
      return t('filing.for.organisation-named', { name: filedFor.name })
    case 'helper':
      return filedFor.principal.name
    default:
      return filedFor satisfies never
  }
}
