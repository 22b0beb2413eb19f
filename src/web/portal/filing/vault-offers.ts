import { isRefusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, type MessageParams, messages } from 'motcua/kernel/i18n'
import type { ComponentLine } from 'motcua/modules/catalogue'
import type { PaperInput } from 'motcua/modules/dossiers'
import type { Person } from 'motcua/modules/identity'
import { codesServing, type Offers, offersOf, type VaultItem } from 'motcua/modules/vault'
import type { PageContext } from 'motcua/web/context'
import { aboutItem, stateWords } from '../vault/item-words'
import type { Filing } from './filing-source'

/** What the vault has for each paper to send, by the key of the paper. */
export type PaperOffers = Readonly<Record<string, Offers>>

/** One paper of the vault as it is offered. */
export interface OfferView {
  itemId: string
  name: string
  about: string
  trust: string
  state: string
  href: string
  /** Proposed: the one press left is "continue". */
  checked: boolean
}

/** Whose vault is looked into: of the person, and of whom the dossier is filed for. */
export interface Asker {
  page: PageContext
  person: Person
  filedFor: { kind: string; code?: string }
  procedureCode: string
  /** Date of law. */
  today: string
}

export const askerOf = ({ page, person, draft, rules, today }: Filing): Asker => ({
  ...{ page, person, filedFor: draft.filedFor, procedureCode: rules.version.procedureCode, today },
})

/** Looks up what the one who is filed for already has of the papers to send. */
export async function vaultOffers(
  { page, person, filedFor, procedureCode, today }: Asker,
  lines: readonly Pick<ComponentLine, 'key' | 'code'>[],
): Promise<PaperOffers> {
  if (lines.length === 0) return {}
  const { vault } = page.app
  const organisation = filedFor.kind === 'organisation' ? filedFor.code : undefined
  const [own, ofOrganisation, shared] = await Promise.all([
    vault.list(person),
    organisation === undefined ? [] : vault.list(person, organisation),
    vault.sharedWith(person),
  ])
  const lent = shared.filter(
    ({ share: { mayUse, withKind, withId } }) => mayUse && (withKind === 'person' || withId === organisation),
  )
  const items = [...ofOrganisation, ...own, ...lent.map(({ item }) => item)]
  return Object.fromEntries(
    lines.map((line) => [line.key, offersOf(items, codesServing(procedureCode, line), today)]),
  )
}

/** Which papers of the vault the posted page chose for one paper: only what was offered for it counts. */
export const chosenFor = (form: FormData, key: string, offers: Offers | undefined): string[] => {
  const offered = new Set(offers?.items.map(({ id }) => id))
  return [...new Set(form.getAll(`vault.${key}`).map(String))].filter((id) => offered.has(id))
}

/** Makes papers of what was chosen, with the reasons why some could not be. */
export async function takeFromVault(
  { page, person }: Pick<Asker, 'page' | 'person'>,
  key: string,
  itemIds: readonly string[],
): Promise<{ papers: PaperInput[]; refusals: string[] }> {
  const taken: { papers: PaperInput[]; refusals: string[] } = { papers: [], refusals: [] }
  for (const itemId of itemIds) {
    const outcome = await page.app.vault.take(person, itemId)
    if (isRefusal(outcome)) {
      const text = findMessage(page.locale, outcome.code, outcome.details as MessageParams)
      taken.refusals.push(text ?? outcome.code)
      continue
    }
    const { fileId, sha256, name, mediaType } = outcome.file
    taken.papers.push({
      ...{ component: key, fileId, sha256, name, mediaType },
      source: 'vault',
      vaultItemId: outcome.item.id,
    })
  }
  return taken
}

/** Papers of the vault as the page offers them; those already taken are not offered again. Pure. */
export function offerViews(
  offers: Offers | undefined,
  given: {
    papers: readonly Pick<PaperInput, 'vaultItemId'>[]
    propose: boolean
    /** What stands ticked on a page that is shown again. */
    ticked?: readonly string[]
    today: string
    locale: Locale
  },
): OfferView[] {
  const { papers, propose, ticked, today, locale } = given
  const taken = new Set(papers.map(({ vaultItemId }) => vaultItemId))
  const t = messages(locale)
  return (offers?.items ?? [])
    .filter(({ id }) => !taken.has(id))
    .map((item) => ({
      itemId: item.id,
      name: item.name,
      about: aboutItem(item),
      trust: t(`vault.trust.${item.trust}`),
      state: stateWords(item, today, locale).text,
      href: `/kho/giay/${item.id}?xem=1`,
      checked: ticked ? ticked.includes(item.id) : propose && item.id === offers?.preselected,
    }))
}

/** The trust of each paper of a draft that came from the vault, by the id of the item. */
export const trustsOf = (offers: PaperOffers): Readonly<Record<string, VaultItem['trust']>> =>
  Object.fromEntries(Object.values(offers).flatMap(({ items }) => items.map(({ id, trust }) => [id, trust])))

/** Whether something was uploaded although the vault has it: said once, for whoever wants to take it from there. Pure. */
export const isKnown = (
  papers: readonly Pick<PaperInput, 'source' | 'vaultItemId'>[],
  offers: Offers | undefined,
): boolean =>
  (offers?.items.length ?? 0) > 0 &&
  papers.some(({ source }) => source === 'upload') &&
  papers.every(({ vaultItemId }) => vaultItemId === undefined)
