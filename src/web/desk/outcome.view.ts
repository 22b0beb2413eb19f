import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import { timeText } from '../ui/format'
import type { Flash } from './flash'

export interface OutcomeView {
  tone: 'ok' | 'warn'
  at: string
  text: string
  /** Those refused, each with why. */
  lines: { code: string; why: string }[]
  links: { href: string; label: string }[]
}

/** Says what became of the last action: one sentence for one dossier, a count and each refusal for many. */
export function outcomeView(flash: Flash | undefined, locale: Locale): OutcomeView | undefined {
  if (!flash || flash.done.length + flash.refused.length === 0) return undefined
  const t = messages(locale)
  const what = findMessage(locale, `desk.outcome.done.${flash.command}`) ?? ''
  const [first] = flash.done
  const all = flash.done.length + flash.refused.length
  const alone = flash.done.length === 1 && all === 1
  return {
    tone: flash.refused.length > 0 ? 'warn' : 'ok',
    at: t('desk.outcome.at', { time: timeText(flash.at) }),
    text: alone
      ? t('desk.outcome.one', { code: first!, what })
      : t('desk.outcome.some', { done: flash.done.length, all }),
    lines: flash.refused.map(([code, why]) => ({ code, why: findMessage(locale, why) ?? why })),
    links: alone ? linksOf(first!, flash, locale) : [],
  }
}

function linksOf(code: string, { command, receipt }: Flash, locale: Locale): OutcomeView['links'] {
  const t = messages(locale)
  const open = { href: `/can-bo/ho-so/${code}`, label: t('desk.outcome.open') }
  if (command !== 'accept' || receipt === undefined) return [open]
  return [{ href: `/giay/${code}/receipt-${receipt}.pdf`, label: t('desk.outcome.receipt') }, open]
}
