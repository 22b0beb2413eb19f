import { type Locale, messages } from 'motcua/kernel/i18n'
import type { ComponentLine } from 'motcua/modules/catalogue'
import { fileState } from 'motcua/modules/documents'
import type { FormPageView, GroupView, KnownFact, LiveForm } from 'motcua/modules/forms'
import type { PlaceHit } from '../portal/filing/places'
import { withAgencySelects } from '../ui/agency-select'
import type { Problem } from '../ui/error-summary'
import { moneyText } from '../ui/format'
import type { CounterPlaceView } from './counter-place'
import type { CounterFiling, Visitor } from './counter-source'
import { type CounterOffer, type CounterVault, counterOffers } from './counter-vault'
import type { DuplicateView } from './duplicates.view'

/** The whole filing on one page. */
export interface CounterFormView {
  procedure: { code: string; name: string; legal: string }
  whileYouWait: boolean
  key: string
  /** The booking that it begins from. */
  booking: { code: string; text: string } | null
  visitor: Visitor
  scan: CounterFiling['scan']
  /** All pages of the form; those that are not asked now are hidden until the script of the page opens them. */
  pages: { key: string; title: string; hidden?: true; groups: GroupView[]; known: KnownFact[] }[]
  live: LiveForm
  hits: Record<string, PlaceHit[]>
  papers: {
    key: string
    name: string
    text: string
    held: { fileId: string; name: string; state: string }[]
    /** What the person's vault has of it. */
    offers: CounterOffer[]
  }[]
  /** Whether the vault was looked up: it has an answer even when it has nothing. */
  vaultLooked: boolean
  fees: { label: string; value: string }[]
  total: string
  /** Who will settle it and why. */
  place: CounterPlaceView
  problems: Problem[]
  /** What the same person asked for before. */
  duplicates: DuplicateView[]
}

export interface CounterFacts {
  filing: Pick<CounterFiling, 'rules' | 'visitor' | 'scan' | 'key' | 'choices' | 'held' | 'booking'>
  pages: readonly FormPageView[]
  live: LiveForm
  besides: {
    papers: readonly ComponentLine[]
    fees: readonly { name: string; text: string; amountVnd: number | null }[]
    total: number | null
  }
  /** What the visitor's vault has; a preview looks nobody up. */
  vault?: CounterVault
  /** Date of law. */
  today?: string
  place: CounterPlaceView
  problems: readonly Problem[]
  duplicates: DuplicateView[]
  locale: Locale
}

const noVault: CounterVault = { looked: false, offers: {}, posted: null }

/** Puts all pages of the form under one another, with the person above and papers and fee below. Pure. */
export function counterFormView({
  filing,
  pages,
  live,
  besides,
  vault = noVault,
  today = '',
  place,
  problems,
  duplicates,
  locale,
}: CounterFacts): CounterFormView {
  const t = messages(locale)
  const { version } = filing.rules
  return {
    procedure: { code: version.procedureCode, name: version.plainName, legal: version.name },
    whileYouWait: version.counterFlow === 'while-you-wait',
    duplicates,
    place,
    key: filing.key,
    booking: filing.booking ?? null,
    visitor: filing.visitor,
    scan: filing.scan,
    live,
    pages: pages.map((page) => ({
      key: page.key,
      title: page.title,
      ...(page.steps.some(({ key }) => key === page.key) ? {} : { hidden: true }),
      groups: page.groups.map(withAgencySelects),
      known: page.known.flatMap(({ facts }) => facts),
    })),
    hits: Object.fromEntries(
      Object.entries(filing.choices).map(([path, choices]) => [
        path,
        choices.map(({ value, label }) => ({ code: value, text: label })),
      ]),
    ),
    papers: besides.papers.map(({ key, name, text }) => ({
      key,
      name,
      text,
      held: filing.held
        .filter(({ component }) => component === key)
        .map(({ file }) => ({
          fileId: file.fileId,
          name: file.name,
          state: fileState(file, locale).text,
        })),
      offers: counterOffers(vault, key, { today, locale }),
    })),
    vaultLooked: vault.looked,
    fees: besides.fees.map(({ name, text, amountVnd }) => ({
      label: name,
      value: amountVnd === null ? text : moneyText(amountVnd),
    })),
    total: besides.total === null ? t('desk.dossier.feeLater') : moneyText(besides.total),
    problems: [
      ...problems,
      ...pages.flatMap((page) => page.problems.filter(({ pageKey }) => pageKey === page.key)),
    ],
  }
}
