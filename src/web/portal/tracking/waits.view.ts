import type { Locale, Translate } from 'motcua/kernel/i18n'
import type { EntryData, HistoryItem, SupplementItem } from 'motcua/modules/dossiers'
import { dateText, momentText, moneyText } from '../../ui/format'
import { actorName, type Link, nameIn, paperOf, type StatusFacts, speaksForApplicant } from './status-facts'

/** The one request for more, all of it at once. */
export interface AskView {
  title: string
  lead: string
  note: string
  /** The fact that came up since, when it is asked a second time. */
  newFact: string | null
  /** Day by which the authority would like an answer. */
  answerBy: string | null
  items: { text: string; about: string | null }[]
  reason: string | null
  href: string
}

export function askOf(facts: StatusFacts, t: Translate, locale: Locale): AskView | null {
  const { view, limit, labels } = facts
  if (view.openRequest === null || !speaksForApplicant(view)) return null
  const { dossier, history } = view
  const act = history.findLast(({ kind }) => kind === 'dossiers.supplement-requested')
  const { answerBy = null } = (act?.data ?? {}) as Partial<EntryData['dossiers.supplement-requested']>
  const { items, reason, newFact = null } = view.openRequest
  const note =
    dossier.acceptedAt === null
      ? t('tracking.ask.intake')
      : t(`tracking.ask.${dossier.supplementRule}`, { limit })
  return {
    title: t('tracking.ask.title', { count: items.length }),
    lead: act
      ? t('tracking.ask.lead', { who: actorName(act, facts, t), at: momentText(act.at, locale) })
      : '',
    note,
    newFact: newFact && t('status.ask.newFact', { fact: newFact }),
    answerBy: answerBy && t('status.ask.answerBy', { date: dateText(answerBy) }),
    items: items.map(({ text, target }) => ({ text, about: aboutOf(target, labels, t) })),
    reason,
    href: `/ho-so/${dossier.code}/bo-sung`,
  }
}

function aboutOf(
  target: SupplementItem['target'],
  labels: StatusFacts['labels'],
  t: Translate,
): string | null {
  if (target === null) return null
  if ('field' in target)
    return t('tracking.ask.field', { label: labels.get(`field:${target.field}`) ?? target.field })
  return t('tracking.ask.paper', { label: labels.get(`component:${target.component}`) ?? target.component })
}

/** Money that is waited for: how much, why, where, and what it does to the date. */
export interface ObligationView {
  title: string
  lead: string
  why: string | null
  how: string
  clock: string
  paused: boolean
  link: Link | null
}

/** Whether an act asked for the money, or asked for it again by another amount. */
function asksFor({ kind, data }: HistoryItem, no: number): boolean {
  if (kind === 'dossiers.obligation-requested') return true
  if (kind !== 'dossiers.fees-corrected') return false
  return (data as EntryData['dossiers.fees-corrected']).obligations.some((each) => each.no === no)
}

export function obligationOf(facts: StatusFacts, t: Translate, locale: Locale): ObligationView | null {
  const { view, authorities } = facts
  const { dossier, history } = view
  const asked = dossier.obligations.findLast(({ state }) => state === 'requested')
  if (dossier.state !== 'awaiting-obligation' || asked === undefined) return null
  const act = history.findLast((each) => asksFor(each, asked.no))
  const paused = dossier.obligationRule === 'pause'
  return {
    title: t('status.obligation.title', { amount: moneyText(asked.amountVnd), name: asked.name }),
    lead: act
      ? t('status.obligation.lead', { who: actorName(act, facts, t), at: momentText(act.at, locale) })
      : '',
    why: act?.text ?? null,
    how: t('status.obligation.how', {
      place: nameIn(authorities, dossier.receivedBy),
      code: dossier.code,
    }),
    clock: t(paused ? 'status.obligation.pause' : 'status.obligation.run'),
    paused,
    link: (act && paperOf(act, facts, t)) ?? null,
  }
}
