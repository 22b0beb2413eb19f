import { type Locale, messages } from 'motcua/kernel/i18n'
import type { ComponentLine } from 'motcua/modules/catalogue'
import type { FileState } from 'motcua/modules/documents'
import type { PaperInput } from 'motcua/modules/dossiers'
import type { Problem } from '../../ui/error-summary'
import type { Step } from '../../ui/steps'
import { around, pagePath, papersKey } from './filing-steps'
import { paperGroups } from './paper-lines'
import { isKnown, type OfferView, offerViews, type PaperOffers, trustsOf } from './vault-offers'

/** One paper with what was sent for it. */
export interface PaperView {
  key: string
  id: string
  name: string
  help?: string
  required: boolean
  /** Papers of which one is enough. */
  oneOf?: string[]
  files: { fileId: string; name: string; note?: string; href: string; state?: FileState & { of: string } }[]
  /** What the vault has of it. */
  offers: OfferView[]
  /** Uploaded although the vault has it. */
  known: boolean
  /** Whether uploads are kept in the vault. */
  keep: boolean
  error?: string
}

export interface PapersView {
  draftId: string
  title: string
  backHref: string
  steps: Step[]
  /** Papers that are there although nobody has to send them: taken from a register. */
  have: { label: string; text: string }[]
  must: PaperView[]
  may: PaperView[]
  problems: Problem[]
  most: string
  savedAt: string
}

interface Given {
  draftId: string
  title: string
  lines: readonly ComponentLine[]
  papers: readonly PaperInput[]
  names: Readonly<Record<string, string>>
  missing: readonly ComponentLine[]
  refused: Record<string, string[]>
  /** What became of files, by their number. */
  states?: Readonly<Record<string, FileState>>
  offers: PaperOffers
  /** Whether the paper that fits is chosen beforehand. */
  propose: boolean
  /** Date of law. */
  today: string
  steps: Step[]
  most: string
  savedAt: string
  locale: Locale
}

export const paperId = (key: string) => `giay-${key}`

/** The papers to send, what was sent and what is wrong. Pure. */
export function papersView(given: Given): PapersView {
  const { draftId, title, lines, names, steps, most, savedAt, locale } = given
  const { before } = around(steps, papersKey)
  const views = paperGroups(lines).flatMap(({ lines: alternatives }) =>
    alternatives.map((line) => paperView(line, alternatives, given)),
  )
  const problems = views.flatMap(({ id, error }) => (error ? [{ href: `#${id}`, text: error }] : []))
  return {
    draftId,
    title,
    backHref: before ? pagePath(draftId, before) : `/nop/${draftId}`,
    steps,
    have: otherPapers(given).map(({ component, name, source }) => ({
      label: names[component] ?? component,
      text: source === 'register' ? messages(locale)('filing.papers.from-register') : name,
    })),
    must: views.filter(({ required }) => required),
    may: views.filter(({ required }) => !required),
    problems,
    most,
    savedAt,
  }
}

/** Papers of the draft that are not among those asked for now. */
export function otherPapers({ lines, papers }: Pick<Given, 'lines' | 'papers'>): PaperInput[] {
  return papers.filter(({ component }) => lines.every(({ key }) => key !== component))
}

function paperView(
  line: ComponentLine,
  alternatives: readonly ComponentLine[],
  { papers, missing, refused, states, offers, propose, today, locale }: Given,
): PaperView {
  const t = messages(locale)
  const own = papers.filter(({ component }) => component === line.key)
  const trusts = trustsOf(offers)
  const others = alternatives.filter((each) => each !== line).map(({ name }) => name)
  const lacking = missing.some(({ key }) => key === line.key)
  const lack =
    others.length > 0
      ? t('filing.papers.missing-one-of', { name: line.name })
      : t('filing.papers.missing', { name: line.name })
  const error = [...(refused[line.key] ?? []), ...(lacking ? [lack] : [])].join(' ')
  return {
    key: line.key,
    id: paperId(line.key),
    name: line.name,
    ...(line.help && { help: line.help }),
    required: line.required,
    ...(others.length > 0 && { oneOf: others }),
    files: own.map((paper) => {
      const state = states?.[paper.fileId]
      return { ...fileLine(paper, locale, trusts), ...(state && { state: { ...state, of: paper.fileId } }) }
    }),
    offers: offerViews(offers[line.key], { papers, propose: propose && own.length === 0, today, locale }),
    known: isKnown(own, offers[line.key]),
    keep: own.some(({ keep }) => keep),
    ...(error && { error }),
  }
}

/** One file as it is listed, with where it came from when the person did not send it. */
export function fileLine(
  { fileId, name, source, vaultItemId }: PaperInput,
  locale: Locale,
  trusts: ReturnType<typeof trustsOf> = {},
): PaperView['files'][number] {
  const t = messages(locale)
  const trust = vaultItemId === undefined ? undefined : trusts[vaultItemId]
  const from =
    source === 'register'
      ? t('filing.papers.from-register')
      : source === 'vault'
        ? t('vault.offer.from-vault', { trust: trust ? t(`vault.trust.${trust}`) : '' }).replace(/ · $/, '')
        : undefined
  return { fileId, name, ...(from && { note: from }), href: `/tep/${fileId}?xem=1` }
}
