import { type Locale, messages } from 'motcua/kernel/i18n'
import { stateOn, type VaultItem } from 'motcua/modules/vault'
import { dateText } from '../../ui/format'
import type { StateKind } from '../../ui/state'

/** How a paper stands, for people: drawing and words. */
export interface ItemState {
  kind: StateKind
  text: string
}

/** From this many days before its last day a paper is said to end soon. */
const soonDays = 30

/** The state of a paper on a day of law, in words. Pure. */
export function stateWords(
  item: Pick<VaultItem, 'state' | 'validTo' | 'hidden' | 'trust'>,
  today: string,
  locale: Locale,
): ItemState {
  const t = messages(locale)
  const state = stateOn(item, today)
  const date = item.validTo === null ? '' : dateText(item.validTo)
  if (state === 'expired') return { kind: 'warn', text: t('vault.state.expired', { date }) }
  if (state !== 'valid') return { kind: 'bad', text: t(`vault.state.${state}`) }
  if (item.hidden) return { kind: 'paused', text: t('vault.state.hidden') }
  // Nobody has looked at an own upload, so nobody can say that it counts.
  if (item.trust === 'own-upload' && item.validTo === null)
    return { kind: 'info', text: t('vault.state.unchecked') }
  if (item.validTo === null) return { kind: 'ok', text: t('vault.state.valid') }
  const soon = Temporal.PlainDate.from(today).add({ days: soonDays }).toString()
  return item.validTo <= soon
    ? { kind: 'warn', text: t('vault.state.ends-soon', { date }) }
    : { kind: 'ok', text: t('vault.state.valid-until', { date }) }
}

/** Number, issuer and day of issue of a paper in one line, as far as they are known. Pure. */
export function aboutItem({ number, issuer, issuedOn, fields }: VaultItem): string {
  const day = issuedOn === null ? null : dateText(issuedOn)
  return [fields.subject, number, issuer, day].filter(Boolean).join(' · ')
}
