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
  if (!flash) return undefined
  const t = messages(locale)
  const at = t('desk.outcome.at', { time: timeText(flash.at) })
  const lines = flash.refused.map(([code, why]) => ({ code, why: findMessage(locale, why) ?? why }))
  if (flash.said) return { tone: lines.length > 0 ? 'warn' : 'ok', at, text: flash.said, lines, links: [] }
  if (flash.done.length + flash.refused.length === 0) return undefined
  const what = findMessage(locale, `desk.outcome.done.${flash.command}`) ?? ''
  const [first] = flash.done
  const done = flash.run?.done ?? flash.done.length
  const all = flash.run?.all ?? flash.done.length + flash.refused.length
  const alone = done === 1 && all === 1
  return {
    tone: done < all ? 'warn' : 'ok',
    at,
    text: alone ? t('desk.outcome.one', { code: first!, what }) : t('desk.outcome.some', { done, all }),
    lines,
    links: [...(alone ? linksOf(first!, flash, locale) : []), ...(alone ? [] : runLink(flash, locale))],
  }
}

function linksOf(code: string, { command, receipt }: Flash, locale: Locale): OutcomeView['links'] {
  const t = messages(locale)
  const open = { href: `/can-bo/ho-so/${code}`, label: t('desk.outcome.open') }
  if (command !== 'accept' || receipt === undefined) return [open]
  return [{ href: `/giay/${code}/receipt-${receipt}.pdf`, label: t('desk.outcome.receipt') }, open]
}

const runLink = ({ run }: Flash, locale: Locale): OutcomeView['links'] =>
  run ? [{ href: `/can-bo/ket-qua/${run.id}`, label: messages(locale)('work.bulk.each') }] : []
