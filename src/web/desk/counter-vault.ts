import { isRefusal } from 'motcua/kernel/errors'
import { type Locale, messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import type { ComponentLine } from 'motcua/modules/catalogue'
import type { PaperInput } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { codesServing, type Offers, offersOf } from 'motcua/modules/vault'
import type { PageContext } from 'motcua/web/context'
import { aboutItem, stateWords } from '../portal/vault/item-words'
import { refusalText } from './acting'
import type { CounterFiling } from './counter-source'

/** A paper that the visitor's vault has, as the counter offers it. */
export interface CounterOffer {
  /** `component~item`, as the page posts it. */
  value: string
  name: string
  about: string
  checked: boolean
}

/** What of the visitor's vault serves as the papers to take in, by paper; nobody is looked up without a number. */
export interface CounterVault {
  looked: boolean
  offers: Readonly<Record<string, Offers>>
  /** Choices of the posted page; null when it offered nothing yet. */
  posted: { seen: ReadonlySet<string>; chosen: ReadonlySet<string> } | null
}

/** Who stands at the counter, and by which edition papers are asked of them. */
interface AtCounter {
  rules: Pick<CounterFiling['rules'], 'version'>
  visitor: Pick<CounterFiling['visitor'], 'personalId'>
}

/** Looks the visitor's vault up, first of all (TT 01/2023/TT-VPCP): what is there need not be scanned. */
export async function counterVault(
  { app, now }: PageContext,
  officer: Officer,
  { rules, visitor }: AtCounter,
  { papers, form }: { papers: readonly ComponentLine[]; form: FormData | undefined },
): Promise<CounterVault> {
  const asked = papers.filter(({ provision }) => provision === 'submit')
  const codesOf = (line: ComponentLine) => codesServing(rules.version.procedureCode, line)
  const codes = [...new Set(asked.flatMap(codesOf))]
  const known = /^\d{12}$/.test(visitor.personalId)
  const items = known ? await app.vault.checkAtCounter(officer, visitor.personalId, codes) : []
  const today = dateOfLaw(now)
  const texts = (name: string) => new Set(form?.getAll(name).map(String))
  return {
    looked: known && codes.length > 0,
    offers: Object.fromEntries(asked.map((line) => [line.key, offersOf(items, codesOf(line), today)])),
    posted: form ? { seen: texts('vaultSeen'), chosen: texts('vault') } : null,
  }
}

/** The offers for one paper; the only official one is chosen beforehand until the officer says otherwise. Pure. */
export function counterOffers(
  { offers, posted }: CounterVault,
  key: string,
  { today, locale }: { today: string; locale: Locale },
): CounterOffer[] {
  const found = offers[key]
  return (found?.items ?? []).map((item) => {
    const value = `${key}~${item.id}`
    const trust = messages(locale)(`vault.trust.${item.trust}`)
    return {
      value,
      name: item.name,
      about: [aboutItem(item), trust, stateWords(item, today, locale).text].filter(Boolean).join(' · '),
      checked: posted?.seen.has(value) ? posted.chosen.has(value) : item.id === found?.preselected,
    }
  })
}

/** Takes what was chosen for the dossier; with the reasons why some could not be. */
export async function takeChosen(
  { app, locale }: PageContext,
  officer: Officer,
  personalId: string,
  { offers, posted }: CounterVault,
): Promise<{ papers: PaperInput[]; refused: string[] }> {
  const taken: { papers: PaperInput[]; refused: string[] } = { papers: [], refused: [] }
  const offered = new Set(
    Object.entries(offers).flatMap(([key, { items }]) => items.map(({ id }) => `${key}~${id}`)),
  )
  for (const value of posted?.chosen ?? []) {
    if (!offered.has(value)) continue
    const [component, itemId] = value.split('~') as [string, string]
    const outcome = await app.vault.takeAtCounter(officer, personalId, itemId)
    if (isRefusal(outcome)) {
      taken.refused.push(refusalText(outcome, locale))
      continue
    }
    const { fileId, sha256, name, mediaType } = outcome.file
    taken.papers.push({ component, fileId, sha256, name, mediaType, source: 'vault', vaultItemId: itemId })
  }
  return taken
}
