import type { Locale, Translate } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import type { Dossier, EntryData, OtherParty } from 'motcua/modules/dossiers'
import { dateText, momentText } from '../../ui/format'
import type { StateKind } from '../../ui/state'
import { partyName, readerParty, type StatusFacts, speaksForApplicant } from './status-facts'

/** One line about a person with a state. */
export interface PersonLine {
  key: string
  name: string
  text: string
  tag: { state: StateKind; text: string }
}

/** Who files together with the applicant, and who may follow and supplement for them. */
export function partiesOf({ view, now }: StatusFacts, t: Translate): PersonLine[] {
  return view.dossier.otherParties.map((party) => ({
    key: String(party.no),
    name: partyName(view, party.no, t),
    text: party.until
      ? t('status.helper.until', { date: dateText(party.until) })
      : t(`status.party.kind.${party.kind}`),
    tag: standing(party, dateOfLaw(now), t),
  }))
}

function standing(
  { confirmedAt, disagreedAt, until }: OtherParty,
  today: string,
  t: Translate,
): PersonLine['tag'] {
  if (disagreedAt !== null) return { state: 'bad', text: t('status.party.disagreed') }
  if (until !== null && until < today) return { state: 'waiting', text: t('status.helper.ended') }
  if (confirmedAt !== null) return { state: 'ok', text: t('status.party.confirmed') }
  return { state: 'warn', text: t('status.party.waiting') }
}

/** The way of the result to each recipient, once there is more than one to tell of. */
export function recipientsOf({ view }: StatusFacts, locale: Locale, t: Translate): PersonLine[] {
  const { deliveries } = view.dossier
  const sent = deliveries.some(({ state }) => state === 'sent')
  if (deliveries.length < 2 && !sent) return []
  return deliveries.map(({ no, party, channel, state, at }) => ({
    key: String(no),
    name: party === 0 ? view.party.name : partyName(view, party, t),
    text: trackingOf(view.history, no, state, t) ?? t(`status.delivery.by.${channel}`),
    tag: {
      state: state === 'delivered' ? 'ok' : 'info',
      text: at
        ? t(`status.delivery.${state}At`, { at: momentText(at, locale) })
        : t(`status.delivery.${state}`),
    },
  }))
}

function trackingOf(
  history: StatusFacts['view']['history'],
  no: number,
  state: Dossier['deliveries'][number]['state'],
  t: Translate,
): string | undefined {
  if (state !== 'sent') return undefined
  const act = history.findLast(
    ({ kind, data }) =>
      kind === 'dossiers.result-dispatched' &&
      (data as EntryData['dossiers.result-dispatched']).delivery === no,
  )
  if (act === undefined) return undefined
  const { carrier, tracking } = act.data as EntryData['dossiers.result-dispatched']
  return t('status.delivery.tracking', { carrier, tracking })
}

/** One message of the thread with the office. */
export interface ThreadLine {
  key: string
  who: string
  at: string
  text: string
  mine: boolean
}

export interface ThreadView {
  lines: ThreadLine[]
  /** Whose turn it is, in words; null while nobody waits. */
  turn: string | null
  myTurn: boolean
  canWrite: boolean
}

/** What was written between the applicant and the office; nobody else reads it. */
export function threadOf({ view, officers }: StatusFacts, locale: Locale, t: Translate): ThreadView | null {
  if (!speaksForApplicant(view)) return null
  const messages = view.history.filter(({ kind }) => kind === 'dossiers.messaged')
  const canWrite = isPerson(view) && view.actions.some(({ command }) => command === 'message')
  if (messages.length === 0 && !canWrite) return null
  const { threadAwaits } = view.dossier
  const myTurn = threadAwaits === 'applicant' && canWrite
  return {
    lines: messages.map(({ sequence, at, actor, data, text }) => {
      const fromApplicant = (data as EntryData['dossiers.messaged']).from === 'applicant'
      const who = fromApplicant
        ? writer(actor.id, view, t)
        : (officers.get(actor.id)?.name ?? t('tracking.by.officer'))
      return {
        key: String(sequence),
        who,
        at: momentText(at, locale),
        text: text ?? t('status.thread.erased'),
        mine: fromApplicant,
      }
    }),
    turn:
      threadAwaits === null
        ? null
        : t(myTurn ? 'status.thread.yourTurn' : `status.thread.awaits.${threadAwaits}`),
    myTurn,
    canWrite,
  }
}

const isPerson = (view: StatusFacts['view']) => view.asApplicant || view.asParty !== null

function writer(id: string, view: StatusFacts['view'], t: Translate): string {
  const byApplicant = id === view.party.personId
  if (byApplicant) return view.asApplicant ? t('tracking.you') : view.party.name
  const helper = view.dossier.otherParties.findLast(({ kind }) => kind === 'representative')
  if (readerParty(view) !== undefined) return t('tracking.you')
  return helper ? partyName(view, helper.no, t) : view.party.name
}
