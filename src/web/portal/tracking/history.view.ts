import type { Locale, Translate } from 'motcua/kernel/i18n'
import { moment } from 'motcua/modules/calendar'
import type { Dossier, EntryData, EntryKind, HistoryItem } from 'motcua/modules/dossiers'
import { correctedText } from '../../ui/fees.view'
import { dateText, momentText, moneyText } from '../../ui/format'
import { statusText } from '../../ui/partner-word.view'
import { branchNews } from './branches-news'
import { holderOf, taskTitle } from './holder.view'
import { actorName, type Link, lowerFirst, mainTask, nameIn, paperOf, type StatusFacts } from './status-facts'

export interface HistoryStep {
  key: string
  state: 'done' | 'now' | 'next'
  title: string
  lines: { text: string; link?: Link }[]
}

/** The way of a dossier: what happened, where it is, what comes. */
export const stepsOf = (facts: StatusFacts, locale: Locale, t: Translate): HistoryStep[] => [
  ...happened(facts, locale, t),
  ...present(facts, locale, t),
  ...ahead(facts, locale, t),
]

// What only moves work among officers is not news for the person; messages stand in their own place.
const untold = new Set<HistoryItem['kind']>([
  'dossiers.assigned',
  'dossiers.result-drafted',
  'dossiers.noted',
  'dossiers.messaged',
])
// Reasons that are written to the applicant; why a step was sent back is not.
const toldReasons = new Set<HistoryItem['kind']>([
  'dossiers.disagreed',
  'dossiers.refused',
  'dossiers.stopped',
  'dossiers.declined',
  'dossiers.withdrawn',
  'dossiers.obligation-requested',
  'dossiers.obligation-waived',
  'dossiers.fees-corrected',
  'dossiers.extended',
  'dossiers.apologised',
  'dossiers.result-corrected',
  'dossiers.result-revoked',
  'dossiers.restored',
])

function happened(facts: StatusFacts, locale: Locale, t: Translate): HistoryStep[] {
  const { dossier, history } = facts.view
  const items = history.filter(({ kind }) => !untold.has(kind))
  return (
    items
      // The decision follows from the signature in the same instant: one line says both.
      .filter((item, i) => !(item.kind === 'dossiers.decided' && saysDecision(items[i - 1])))
      .flatMap((item) =>
        item.kind === 'dossiers.branches-changed'
          ? branchStep(item, facts, locale, t)
          : {
              key: String(item.sequence),
              state: 'done' as const,
              title: titleOf(item, dossier, t),
              lines: linesOf(item, facts, locale, t),
            },
      )
  )
}

// Written down by the platform: who did it stands with the part itself.
function branchStep(item: HistoryItem, facts: StatusFacts, locale: Locale, t: Translate): HistoryStep[] {
  const [title, ...more] = branchNews(item, facts.view.history, facts.group?.names ?? new Map(), t)
  if (title === undefined) return []
  const lines = [momentText(item.at, locale), ...more].map((text) => ({ text }))
  return [{ key: String(item.sequence), state: 'done', title, lines }]
}

const saysDecision = (item: HistoryItem | undefined) =>
  item?.kind === 'dossiers.approved' || item?.kind === 'dossiers.declined'

function titleOf(item: HistoryItem, dossier: Dossier, t: Translate): string {
  if (item.kind === 'dossiers.confirmed' || item.kind === 'dossiers.disagreed') {
    const { party } = item.data as EntryData['dossiers.confirmed']
    const helps = dossier.otherParties.some(({ no, kind }) => no === party && kind === 'representative')
    if (helps) return t(item.kind === 'dossiers.confirmed' ? 'status.helper.took' : 'status.helper.declined')
  }
  return t(`tracking.happened.${item.kind}`, { step: lowerFirst(stepName(item, dossier)) })
}

function linesOf(item: HistoryItem, facts: StatusFacts, locale: Locale, t: Translate): HistoryStep['lines'] {
  const when = `${momentText(item.at, locale)} · ${actorName(item, facts, t)}`
  const link = paperOf(item, facts, t)
  const asked = item.request?.items.map(({ text }) => ({ text: `– ${text}` })) ?? []
  const told = tellers[item.kind]?.(item.data as never, facts, locale, t)
  const reason = item.text !== undefined && toldReasons.has(item.kind) ? [{ text: item.text }] : []
  return [
    link ? { text: when, link } : { text: when },
    ...asked,
    ...(told ? [{ text: told }] : []),
    ...reason,
  ]
}

type Teller<K extends EntryKind> = (
  data: EntryData[K],
  facts: StatusFacts,
  locale: Locale,
  t: Translate,
) => string

/** What an act states besides who and when. */
const tellers: { [K in EntryKind]?: Teller<K> } = {
  'dossiers.obligation-requested': ({ obligation }) =>
    `${obligation.name}: ${moneyText(obligation.amountVnd)}`,
  'dossiers.fees-corrected': ({ fees }, _facts, _locale, t) =>
    fees.map((fee) => correctedText(fee, t)).join('; '),
  'dossiers.obligation-met': ({ reference }, _facts, _locale, t) =>
    t('status.obligation.proof', { reference }),
  'dossiers.extended': ({ dueAt }, _facts, _locale, t) => t('status.newDate', { date: dateText(dueAt) }),
  'dossiers.apologised': ({ newDate }, _facts, _locale, t) =>
    t('status.newDate', { date: dateText(newDate) }),
  'dossiers.due-recomputed': ({ dueAt }, _facts, _locale, t) =>
    dueAt ? t('status.newDate', { date: dateText(dueAt) }) : '',
  'dossiers.visit-planned': ({ on }, _facts, locale) => moment(on, locale),
  'dossiers.visit-recorded': ({ outcome }, _facts, _locale, t) => t(`status.visit.${outcome}`),
  'dossiers.transfer-asked': ({ to }, { authorities }) => nameIn(authorities, to),
  'dossiers.transferred': ({ to }, { authorities }) => nameIn(authorities, to),
  'dossiers.partner-reported': ({ word }, _facts, locale, t) =>
    t('routing.partner.told', { system: word.source, status: statusText(word.status, locale) }),
  'dossiers.result-dispatched': ({ carrier, tracking }, _facts, _locale, t) =>
    t('status.delivery.tracking', { carrier, tracking }),
}

function stepName(item: HistoryItem, dossier: Dossier): string {
  const closed = (item.data as { closes?: { no: number }[] }).closes?.[0]
  return dossier.tasks.find(({ no }) => no === closed?.no)?.name ?? ''
}

function present(facts: StatusFacts, locale: Locale, t: Translate): HistoryStep[] {
  const task = mainTask(facts.view.dossier)
  if (task === undefined) return []
  const text = `${holderOf(task, facts, t).text} · ${t('tracking.sinceLine', { at: momentText(task.openedAt, locale) })}`
  return [{ key: 'now', state: 'now', title: taskTitle(task, facts, t), lines: [{ text }] }]
}

function ahead({ view: { dossier }, ahead }: StatusFacts, locale: Locale, t: Translate): HistoryStep[] {
  if (dossier.state !== 'in-progress') return []
  const due = dossier.apologisedUntil ?? dossier.dueAt
  const latest = due ? [{ text: t('tracking.latest', { at: momentText(due, locale) }) }] : []
  return [
    ...ahead.map(({ stepId, name, role }) => ({
      key: `next-${stepId}`,
      state: 'next' as const,
      title: name,
      lines: [{ text: t(`processes.role.${role}`) }],
    })),
    { key: 'next-return', state: 'next', title: t('tracking.nextReturn'), lines: latest },
  ]
}
