import { type Locale, messages } from 'motcua/kernel/i18n'
import type { FileState } from 'motcua/modules/documents'
import type { SupplementItem } from 'motcua/modules/dossiers'
import type { FieldView, FormPageView, ReviewView } from 'motcua/modules/forms'
import type { Problem } from '../../ui/error-summary'
import type { PlaceHit } from './places'
import { isKnown, type OfferView, offerViews, type PaperOffers } from './vault-offers'

/** One thing that the authority asks for, with the control that answers it. */
export interface AskedItem {
  key: string
  /** What the officer wrote. */
  text: string
  /** Which question or paper it is about. */
  about: string
  /** What stands there now. */
  before?: string
  field?: FieldView
  paper?: {
    key: string
    id: string
    name: string
    files: KeptFile[]
    /** What the vault has of it. */
    offers: OfferView[]
    /** Uploaded although the vault has it. */
    known: boolean
    error?: string
  }
}

export interface KeptFile {
  fileId: string
  name: string
  /** What became of it. */
  state?: FileState
}

export interface SupplementView {
  code: string
  title: string
  sequence: number
  reason: string | null
  /** What came up since, when it is asked a second time. */
  newFact: string | null
  items: AskedItem[]
  problems: Problem[]
  hits: Record<string, PlaceHit[]>
  most: string
}

export interface SupplementGiven {
  code: string
  title: string
  sequence: number
  request: { items: readonly SupplementItem[]; reason: string | null; newFact?: string | null }
  /** The form's own views of its pages, with nothing taken as known. */
  pages: readonly FormPageView[]
  review: ReviewView
  /** Name of a paper by its key. */
  paperNames: Readonly<Record<string, string>>
  kept: Readonly<Record<string, readonly KeptFile[]>>
  offers: PaperOffers
  /** What stands ticked on a page that is shown again. */
  ticked: Readonly<Record<string, readonly string[]>> | undefined
  /** Date of law. */
  today: string
  refused: Readonly<Record<string, readonly string[]>>
  problems: readonly Problem[]
  hits: Record<string, PlaceHit[]>
  most: string
  locale: Locale
}

/** The paper under which somebody sends what belongs to no named one. */
export const otherPaper = 'other'
export const supplementPaperId = (key: string) => `giay-${key}`

/** Everything the authority asks for, on one page. Pure. */
export function supplementView(given: SupplementGiven): SupplementView {
  const { code, title, sequence, request, refused, problems, hits, most, locale } = given
  const shown = new Set<string>()
  const items = request.items.map((item, at) => itemView(item, at, given, shown))
  const fileProblems = Object.entries(refused).map(([key, texts]) => ({
    href: `#${supplementPaperId(key)}`,
    text: texts.join(' '),
  }))
  return {
    code,
    title,
    sequence,
    reason: request.reason,
    newFact: request.newFact ?? null,
    items: items.map((item) =>
      item.about ? item : { ...item, about: messages(locale)('filing.supplement.other') },
    ),
    problems: [...problems, ...fileProblems],
    hits,
    most,
  }
}

function itemView(
  { target, text }: SupplementItem,
  at: number,
  given: SupplementGiven,
  shown: Set<string>,
): AskedItem {
  const t = messages(given.locale)
  const key = `viec-${at + 1}`
  const path = target && 'field' in target ? target.field : undefined
  const field = path === undefined ? undefined : fieldAt(given.pages, path)
  if (path !== undefined && field) {
    const before = given.review.sections.flatMap(({ rows }) => rows).find((row) => row.key === path)?.text
    // Two remarks about one question share its control.
    const control = once(shown, path) ? { field } : {}
    return {
      key,
      text,
      about: t('filing.supplement.field', { label: field.label }),
      ...(before && { before }),
      ...control,
    }
  }
  const component = target && 'component' in target ? target.component : otherPaper
  const named = given.paperNames[component]
  const name = named ?? t('filing.supplement.extra')
  const about = named ? t('filing.supplement.paper', { label: named }) : ''
  if (!once(shown, `paper:${component}`)) return { key, text, about }
  const error = given.refused[component]?.join(' ')
  const paper = {
    key: component,
    id: supplementPaperId(component),
    name,
    files: [...(given.kept[component] ?? [])],
    offers: offerViews(given.offers[component], {
      ...{ papers: [], propose: true, today: given.today, locale: given.locale },
      ...(given.ticked && { ticked: given.ticked[component] ?? [] }),
    }),
    known:
      (given.ticked?.[component] ?? []).length === 0 &&
      isKnown(
        (given.kept[component] ?? []).map(() => ({ source: 'upload' })),
        given.offers[component],
      ),
    ...(error && { error }),
  }
  return { key, text, about, paper }
}

function once(shown: Set<string>, key: string): boolean {
  const first = !shown.has(key)
  shown.add(key)
  return first
}

/** The view of one question, wherever it stands; undefined when it is not asked in this situation. */
export function fieldAt(pages: readonly FormPageView[], path: string): FieldView | undefined {
  const groups = pages.flatMap((page) => page.groups)
  const fields = groups.flatMap((group) => [
    ...group.fields,
    ...(group.rows ?? []).flatMap((row) => row.fields),
  ])
  return fields.find((field) => field.path === path)
}
