import { findMessage, type Locale, type MessageParams, messages, type Translate } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import type { CorrectedFee, DossierView, HistoryItem, Obligation, Task } from 'motcua/modules/dossiers'
import { correctedText } from '../ui/fees.view'
import { dateText, moneyText, timeText } from '../ui/format'
import { statusText } from '../ui/partner-word.view'
import { partyName } from './dossier-people.view'
import { branchNews } from './linked.view'

export interface HistoryLine {
  sequence: number
  time: string
  who: string
  what: string
  text?: string
  /** Words that this reader may not see. */
  withheld?: true
  /** Who has it now. */
  to: string[]
}

export interface HistoryFacts {
  view: DossierView
  /** Names by code or id. */
  places: Readonly<Record<string, string>>
  officers: Readonly<Record<string, string>>
  now: Date
  locale: Locale
}

/** What happened, day by day, the newest first. */
export function historyOf(facts: HistoryFacts): { day: string; items: HistoryLine[] }[] {
  const { view, now } = facts
  const t = messages(facts.locale)
  const today = dateOfLaw(now)
  const yesterday = dateOfLaw(new Date(now.getTime() - 24 * 3600_000))
  const newestFirst = view.history.toReversed()
  return [...Map.groupBy(newestFirst, (item) => dateOfLaw(item.at))].map(([day, items]) => ({
    day:
      day === today
        ? t('desk.dossier.today', { date: dateText(day) })
        : day === yesterday
          ? t('desk.dossier.yesterday', { date: dateText(day) })
          : dateText(day),
    items: items.map((item) => lineOf(item, facts, t)),
  }))
}

/** What entries state, as far as a line of history says it. */
interface Said {
  closes?: { no: number; outcome: string }[]
  opens?: { name: string; role: Task['role']; authority: string; kind: Task['kind'] }[]
  assignee?: string
  officer?: string
  stance?: string
  why?: string
  outcome?: string
  carrier?: string
  tracking?: string
  reference?: string
  days?: number
  on?: string
  until?: string
  newDate?: string
  dueAt?: string | null
  from?: unknown
  to?: unknown
  no?: number
  obligation?: number | Pick<Obligation, 'name' | 'amountVnd'>
  fees?: CorrectedFee[]
  word?: { source: string; status: number }
  consultation?: number | { to: unknown; replyBy: string; confidential: boolean }
}

function lineOf(item: HistoryItem, facts: HistoryFacts, t: Translate): HistoryLine {
  const { officers, places } = facts
  const said = item.data as Said
  const text = item.text ?? item.request?.items.map((each) => each.text).join('; ')
  return {
    sequence: item.sequence,
    time: timeText(item.at),
    who: actorText(item.actor, officers, t),
    what: t(`desk.history.${item.kind}`, paramsOf(item, said, facts, t)),
    ...(text && { text }),
    ...(!text && isWithheld(item) && { withheld: true as const }),
    to: [
      ...branchNews(item, facts.view.history, facts.locale),
      ...(said.opens ?? [])
        // That a filing goes to reception need not be said.
        .filter(({ role, kind }) => role !== 'applicant' && kind !== 'intake')
        .map((task) =>
          t('desk.history.to', {
            step: task.kind === 'step' ? task.name : t(`desk.task.${task.kind}`, { name: task.name }),
            role: t(`processes.role.${task.role as Exclude<Task['role'], 'applicant'>}`),
            place: places[task.authority] ?? task.authority,
          }),
        ),
    ],
  }
}

const opinions = new Set<string>(['dossiers.opined', 'dossiers.consulted', 'dossiers.replied'])

/** Whether the words of an opinion were kept from this reader. */
export const isWithheld = (item: HistoryItem) => opinions.has(item.kind) && item.text === undefined

/** Everything that the sentence of an entry may name; what an entry does not state is left empty. */
function paramsOf(item: HistoryItem, said: Said, facts: HistoryFacts, t: Translate): MessageParams {
  const { view, officers, locale } = facts
  const { dossier } = view
  const word = (key: string, value: string | undefined) =>
    value === undefined ? '' : (findMessage(locale, `${key}.${value}`) ?? value)
  const closed = said.closes?.[0]
  const officer = said.assignee ?? said.officer
  const obligation =
    typeof said.obligation === 'number'
      ? dossier.obligations.find(({ no }) => no === said.obligation)
      : said.obligation
  return {
    step: dossier.tasks.find(({ no }) => no === closed?.no)?.name ?? '',
    outcome:
      item.kind === 'dossiers.visit-recorded'
        ? word('life.visit', said.outcome)
        : word('processes.outcome', closed?.outcome),
    name: officer ? (officers[officer] ?? officer) : '',
    channel: t(`desk.channel.${dossier.channel}`).toLowerCase(),
    stance: word('life.stance', said.stance),
    why: word('life.ended', said.why),
    what: obligation?.name ?? '',
    amount: obligation ? moneyText(obligation.amountVnd) : '',
    fees: (said.fees ?? []).map((fee) => correctedText(fee, t)).join('; '),
    reference: said.reference ?? '',
    carrier: said.carrier ?? '',
    tracking: said.tracking ?? '',
    days: said.days ?? '',
    recipient: recipientOf(said.no, view, t),
    from: typeof said.from === 'string' ? (facts.places[said.from] ?? said.from) : '',
    place: placeOf(said, facts),
    date: dateOf(item, said),
    system: said.word?.source ?? '',
    status: said.word ? statusText(said.word.status, locale) : '',
  }
}

function recipientOf(no: number | undefined, view: DossierView, t: Translate): string {
  const delivery = view.dossier.deliveries.find((each) => each.no === no)
  return partyName(delivery?.party ?? 0, view, t)
}

/** The place that an entry leads to: an authority, a body outside, or whoever takes papers. */
function placeOf({ to, consultation }: Said, { view, places, officers }: HistoryFacts): string {
  const asked =
    typeof consultation === 'number'
      ? view.dossier.consultations.find(({ no }) => no === consultation)?.to
      : (consultation?.to ?? to)
  if (typeof asked === 'string') return places[asked] ?? asked
  const { outside, authority, officer } = (asked ?? {}) as Partial<
    Record<'outside' | 'authority' | 'officer', string | null>
  >
  if (outside) return outside
  if (officer) return officers[officer] ?? officer
  return authority ? (places[authority] ?? authority) : ''
}

/** The day or moment that an entry names, as people write it. */
function dateOf({ kind }: HistoryItem, said: Said): string {
  if (said.on) return `${timeText(said.on)} ${dateText(said.on)}`
  if (kind === 'dossiers.apologised' && said.newDate) return dateText(said.newDate)
  const asked = typeof said.consultation === 'object' ? said.consultation.replyBy : undefined
  const when = asked ?? said.until ?? said.dueAt
  return typeof when === 'string' ? dateText(when) : ''
}

/** Who did something, in words. */
export function actorText(
  actor: HistoryItem['actor'],
  officers: Readonly<Record<string, string>>,
  t: Translate,
): string {
  if (actor.kind === 'officer') return officers[actor.id] ?? actor.id
  return t(actor.kind === 'person' ? 'desk.history.person' : 'desk.history.system')
}
