import { type Locale, messages } from 'motcua/kernel/i18n'
import {
  findPaperKind,
  type PaperGroup,
  paperGroups,
  type Read,
  type Share,
  type VaultItem,
} from 'motcua/modules/vault'
import { dateText, momentText } from '../../ui/format'
import { aboutItem, type ItemState, stateWords } from './item-words'

/** One line of the list of papers. */
export interface ItemLine {
  id: string
  href: string
  name: string
  about: string
  trust: string
  state: ItemState
}

export interface ItemGroup {
  key: PaperGroup
  title: string
  items: ItemLine[]
}

/** The papers by kind; what was removed is not listed. Pure. */
export function groupsOf(items: readonly VaultItem[], today: string, locale: Locale): ItemGroup[] {
  const t = messages(locale)
  const listed = items.filter(({ state }) => state !== 'removed')
  return paperGroups
    .map((key) => ({
      key,
      title: t(`vault.group.${key}`),
      items: listed.filter((item) => groupOf(item) === key).map((item) => lineOf(item, today, locale)),
    }))
    .filter((group) => group.items.length > 0)
}

/** What was removed, for who wants to see what became of it. Pure. */
export const removedLines = (items: readonly VaultItem[]): { href: string; name: string }[] =>
  items.filter(({ state }) => state === 'removed').map(({ id, name }) => ({ href: `/kho/${id}`, name }))

const groupOf = ({ paperCode }: VaultItem): PaperGroup => findPaperKind(paperCode)?.group ?? 'other'

/** One paper as lists name it. Pure. */
export function lineOf(item: VaultItem, today: string, locale: Locale): ItemLine {
  return {
    id: item.id,
    href: `/kho/${item.id}`,
    name: item.name,
    about: aboutItem(item),
    trust: messages(locale)(`vault.trust.${item.trust}`),
    state: stateWords(item, today, locale),
  }
}

/** One read in words. */
export interface ReadLine {
  key: string
  who: string
  what: string
  when: string
  why: string | null
}

/** Who read what, when and why. Pure. */
export function readLines(
  reads: readonly Read[],
  names: { places: ReadonlyMap<string, string>; items: ReadonlyMap<string, string> },
  { self, locale, withItem }: { self: string; locale: Locale; withItem: boolean },
): ReadLine[] {
  const t = messages(locale)
  return reads.map((read, i) => {
    const { actorKind, actorId, actorName, place, how, at, dossierCode, purpose, itemId } = read
    const other =
      actorKind === 'officer' && place !== null
        ? t('vault.by-officer', { name: actorName, place: names.places.get(place) ?? place })
        : actorName
    const why = dossierCode
      ? t('vault.for-dossier', { code: dossierCode })
      : purpose
        ? t('vault.for-purpose', { purpose })
        : null
    const item = withItem ? names.items.get(itemId) : undefined
    return {
      key: `${i}-${at}`,
      who: actorKind === 'person' && actorId === self ? t('vault.you') : other,
      what: item ? `${t(`vault.how.${how}`)}: ${item}` : t(`vault.how.${how}`),
      when: momentText(at, locale),
      why,
    }
  })
}

/** One consent in words. */
export interface ShareLine {
  id: string
  name: string
  text: string
  inForce: boolean
  state: string
}

/** Consents, with those in force first. Pure. */
export function shareLines(shares: readonly Share[], today: string, locale: Locale): ShareLine[] {
  const t = messages(locale)
  return shares
    .map(({ id, withName, withId, purpose, until, endedAt, mayUse }) => {
      const inForce = endedAt === null && until >= today
      return {
        id,
        name: withName === withId ? withName : `${withName} (${withId})`,
        text: mayUse ? `${purpose}; ${t('vault.share.may-use')}` : purpose,
        inForce,
        state: inForce ? t('vault.share.inForce', { until: dateText(until) }) : t('vault.share.over'),
      }
    })
    .toSorted((a, b) => Number(b.inForce) - Number(a.inForce))
}
