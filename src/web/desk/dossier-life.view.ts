import { messages, type Translate } from 'motcua/kernel/i18n'
import {
  type Consultation,
  type Dossier,
  dimensions,
  type HistoryItem,
  outcomes,
  type TimeOutcome,
} from 'motcua/modules/dossiers'
import { dateText, moneyText, timeText } from '../ui/format'
import { actorText, type HistoryFacts, isWithheld } from './dossier-history.view'
import { partyName } from './dossier-people.view'

export interface Row {
  label: string
  value: string
}

/** One message of the thread with the applicant. */
export interface ThreadLine {
  sequence: number
  /** Written by the office. */
  mine: boolean
  who: string
  at: string
  text: string
}

/** Something that somebody else said or was asked to say. */
export interface OpinionView {
  key: string
  who: string
  /** Where it stands, and until when. */
  note: string
  confidential: boolean
  withheld: boolean
  question?: string
  text?: string
}

/** What is true of a dossier beside its person, answers and papers. */
export interface LifeView {
  dimensions: Row[]
  dates: Row[]
  parties: Row[]
  obligations: Row[]
  opinions: OpinionView[]
  deliveries: Row[]
  barred: string[]
  thread: ThreadLine[]
  /** The applicant wrote last. */
  awaitsAnswer: boolean
}

/** The side of the page: four truths kept apart, two clocks, and everybody who has a say. Pure. */
export function lifeView(facts: HistoryFacts): LifeView {
  const { dossier } = facts.view
  const t = messages(facts.locale)
  return {
    dimensions: dimensionRows(facts, t),
    dates: dateRows(dossier, facts.now, t),
    parties: partyRows(facts, t),
    obligations: dossier.obligations.map(({ name, amountVnd, state }) => ({
      label: name,
      value: `${moneyText(amountVnd)} · ${t(`life.obligation.${state}`)}`,
    })),
    opinions: opinionsOf(facts, t),
    deliveries: deliveryRows(facts, t),
    barred: dossier.barred.map((id) => facts.officers[id] ?? id),
    thread: threadOf(facts, t),
    awaitsAnswer: dossier.threadAwaits === 'officer',
  }
}

function dimensionRows({ view }: HistoryFacts, t: Translate): Row[] {
  const { business, financial, delivery, national } = dimensions(view.dossier)
  const { resultState } = view.dossier
  const result = resultState === 'corrected' || resultState === 'revoked'
  return [
    {
      label: t('life.dimension.business'),
      value: t('life.dimension.code', { state: t(`desk.state.${business}`), code: national }),
    },
    { label: t('life.dimension.financial'), value: t(`life.financial.${financial}`) },
    { label: t('life.dimension.delivery'), value: t(`life.delivery.${delivery}`) },
    ...(result ? [{ label: t('life.dimension.result'), value: t(`life.result.${resultState}`) }] : []),
    ...(view.sync.length === 0
      ? [{ label: t('life.dimension.sync'), value: t('life.dimension.nobody') }]
      : view.sync.map(({ destination, state, at }) => ({
          label: t('life.dimension.syncWith', { destination }),
          value: `${t(`life.sync.${state}`)}, ${timeText(at)} ${dateText(at)}`,
        }))),
  ]
}

/** The legal date and the index's date, each with its own outcome, and what moved them. */
function dateRows(dossier: Dossier, now: Date, t: Translate): Row[] {
  if (dossier.acceptedAt === null) return []
  const { legal, index } = outcomes(dossier, now)
  const { extension, apologisedAt, apologisedUntil, explainedUntil } = dossier
  const dated = (instant: string | null, outcome: TimeOutcome) =>
    [t(`life.outcome.${outcome}`), instant && `${timeText(instant)} ${dateText(instant)}`]
      .filter(Boolean)
      .join(', ')
  return [
    { label: t('life.dates.legal'), value: dated(dossier.dueAt, legal) },
    { label: t('life.dates.index'), value: dated(dossier.indexDueAt, index) },
    ...(extension
      ? [
          {
            label: t('life.dates.extended'),
            value: t('life.dates.extension', {
              days: extension.days,
              from: dateText(extension.from),
              to: dateText(extension.to),
            }),
          },
        ]
      : []),
    ...(apologisedAt
      ? [
          {
            label: t('life.dates.apologised'),
            value: t('life.dates.apology', {
              on: dateText(apologisedAt),
              until: apologisedUntil ? dateText(apologisedUntil) : '',
            }),
          },
        ]
      : []),
    ...(explainedUntil && Date.parse(explainedUntil) > now.getTime()
      ? [{ label: t('life.dates.explained'), value: dateText(explainedUntil) }]
      : []),
  ]
}

function partyRows({ view }: HistoryFacts, t: Translate): Row[] {
  return view.dossier.otherParties.map(({ no, kind, until, confirmedAt, disagreedAt }) => {
    const state = disagreedAt ? 'disagreed' : confirmedAt ? 'confirmed' : 'waiting'
    const through = until && t('life.through', { date: dateText(until) })
    return {
      label: t(`life.party.${kind}`),
      value: [partyName(no, view, t), t(`life.partyState.${state}`), through].filter(Boolean).join(' · '),
    }
  })
}

function deliveryRows({ view }: HistoryFacts, t: Translate): Row[] {
  return view.dossier.deliveries.map(({ party, channel, state, at }) => ({
    label: partyName(party, view, t),
    value: [t(`life.channel.${channel}`), t(`life.deliveryOne.${state}`), at && dateText(at)]
      .filter(Boolean)
      .join(' · '),
  }))
}

/** What was asked with its answer, then opinions that nobody asked for. */
function opinionsOf(facts: HistoryFacts, t: Translate): OpinionView[] {
  const { view } = facts
  return [
    ...view.dossier.consultations.map((each) => consultationView(each, facts, t)),
    ...view.history
      .filter(({ kind }) => kind === 'dossiers.opined')
      .map((item) => opinionView(item, facts, t)),
  ]
}

function consultationView(asked: Consultation, facts: HistoryFacts, t: Translate): OpinionView {
  const { history } = facts.view
  const question = history.find((item) => item.kind === 'dossiers.consulted' && item.at === asked.askedAt)
  const answer = history.find((item) => item.kind === 'dossiers.replied' && isAbout(item, asked.no))
  const stance = answer && t(`life.stance.${(answer.data as { stance: 'agree' }).stance}`)
  const { to } = asked
  const until =
    asked.state === 'open' &&
    [t('life.until', { date: dateText(asked.replyBy) }), t(`life.silence.${asked.silence}`)]
      .join('; ')
      .toLowerCase()
  return {
    key: `c${asked.no}`,
    who:
      'outside' in to
        ? to.outside
        : `${facts.places[to.authority] ?? to.authority}, ${t(`processes.role.${to.role}`)}`,
    note: [t(`life.consultation.${asked.state}`), stance, until].filter(Boolean).join(' · '),
    confidential: asked.confidential,
    withheld:
      (question !== undefined && isWithheld(question)) || (answer !== undefined && isWithheld(answer)),
    ...(question?.text && { question: question.text }),
    ...(answer?.text && { text: answer.text }),
  }
}

const isAbout = ({ data }: HistoryItem, no: number) =>
  (data as { consultation?: unknown }).consultation === no

function opinionView(item: HistoryItem, { officers }: HistoryFacts, t: Translate): OpinionView {
  const { stance, confidential } = item.data as {
    stance: 'agree' | 'disagree' | 'comment'
    confidential: boolean
  }
  return {
    key: `o${item.sequence}`,
    who: actorText(item.actor, officers, t),
    note: `${t(`life.stance.${stance}`)} · ${timeText(item.at)} ${dateText(item.at)}`,
    confidential,
    withheld: isWithheld(item),
    ...(item.text && { text: item.text }),
  }
}

function threadOf({ view, officers }: HistoryFacts, t: Translate): ThreadLine[] {
  return view.history
    .filter(({ kind }) => kind === 'dossiers.messaged')
    .map((item) => {
      const mine = (item.data as { from: string }).from === 'officer'
      return {
        sequence: item.sequence,
        mine,
        who: mine ? actorText(item.actor, officers, t) : view.party.name,
        at: `${timeText(item.at)} ${dateText(item.at)}`,
        text: item.text ?? t('life.thread.erased'),
      }
    })
}
