import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { calendarInWords, explainAll, moment, workingTime } from 'motcua/modules/calendar'
import type { Dossier, EntryData, HistoryItem, State, Task } from 'motcua/modules/dossiers'
import { dateText, momentText, moneyText, timeText } from '../../ui/format'
import { organisationRows } from '../../ui/organisations.view'
import { wordOfRecord } from '../../ui/partner-word.view'
import type { StateKind } from '../../ui/state'
import { transferLines } from '../../ui/transfers.view'
import { openingView } from '../home.view'
import { type BranchesView, branchesView } from './branches.view'
import { type HistoryStep, stepsOf } from './history.view'
import { holderOf } from './holder.view'
import { dayInWordsFirst, movesOf, type News, newsOf } from './news.view'
import { type PersonLine, partiesOf, recipientsOf, type ThreadView, threadOf } from './people.view'
import {
  lowerFirst,
  mainTask,
  minutesPerDay,
  nameIn,
  paperHref,
  partyName,
  readerParty,
  type StatusFacts,
} from './status-facts'
import { type AskView, askOf, type ObligationView, obligationOf } from './waits.view'

export type { StatusFacts } from './status-facts'

export interface Fact {
  label: string
  text: string
  small?: string
  large?: boolean
}

export interface StatusView {
  title: string
  code: string
  filed: string
  tag: { state: StateKind; text: string }
  say: string
  nothingToDo: boolean
  facts: Fact[]
  news: News[]
  /** How the promised date moved. */
  moved: { title: string; lines: string[] } | null
  why: { title: string; lines: string[] } | null
  ask: AskView | null
  obligation: ObligationView | null
  thread: ThreadView | null
  parties: PersonLine[]
  recipients: PersonLine[]
  sequence: number
  main: { href: string; label: string } | null
  steps: HistoryStep[]
  papers: { href: string; title: string; at: string }[]
  /** Where it was taken in, where it is settled, who helped. */
  organisations: { label: string; value: string }[]
  /** What the system says that is the authority of the status now; null: ours. */
  wordOfRecord: string | null
  office: { name: string; phone: string | null; opening: string }
  links: { withdraw: string | null; represent: string | null; rate: string | null; again: string | null }
  /** `note`: what was stated before it was counted again, and why. */
  fees: { name: string; text: string; note: string | null }[]
  sent: { label: string; text: string }[]
  files: { href: string; name: string }[]
  qr: { text: string; secret: string } | null
  deskHref: string | null
  /** The parts of a group of linked procedures, instead of one way. */
  branches: BranchesView | null
  /** The group that this is a part of. */
  partOf: { title: string; href: string; label: string } | null
}

/** The page that answers the phone call: who has it, since when, what next, when and why, what we need. */
export function statusView(facts: StatusFacts, locale: Locale): StatusView {
  const t = messages(locale)
  const { dossier, party } = facts.view
  const code = dossier.code
  const branches = facts.group ? branchesView(facts.group, locale) : null
  const waits = (branches?.asks ?? 0) > 0
  return {
    title: titleOf(facts, t),
    code,
    filed: t(`tracking.filed.${dossier.channel}`, { at: momentText(dossier.submittedAt, locale) }),
    tag: waits ? { state: 'warn', text: t('branches.state.supplement') } : tagOf(dossier, facts.late, t),
    say: branches ? sayOfGroup(branches, facts, t) : sayOf(facts, t),
    nothingToDo: nothingToDo(dossier) && !waits,
    facts: branches ? groupFactsOf(branches, facts, locale, t) : factsOf(facts, locale, t),
    news: newsOf(facts, locale, t),
    moved: movesOf(facts, t),
    why: whyOf(facts, locale, t),
    ask: askOf(facts, t, locale),
    obligation: obligationOf(facts, t, locale),
    thread: threadOf(facts, locale, t),
    parties: partiesOf(facts, t),
    recipients: recipientsOf(facts, locale, t),
    sequence: dossier.sequence,
    main: branches ? askedPart(branches, t) : mainLink(facts, t),
    steps: stepsOf(facts, locale, t),
    papers: facts.available.map((paper) => ({
      href: paperHref(code, paper),
      title: paper.title,
      at: momentText(paper.at, locale),
    })),
    organisations: organisationRows(dossier, (place) => nameIn(facts.authorities, place), t),
    wordOfRecord: wordOfRecord(dossier, locale),
    office: { name: facts.office.name, phone: facts.office.phone, opening: openingOf(facts, locale, t) },
    links: linksOf(facts),
    fees: feesOf(facts.view, t),
    sent: facts.sent.filter(({ text }) => text !== '').map(({ label, text }) => ({ label, text })),
    files: facts.view.papers.map(({ fileId, name }) => ({ href: `/tep/${fileId}?ho-so=${code}&xem`, name })),
    qr:
      facts.view.asApplicant && party.lookupSecret
        ? { text: followHref(facts), secret: party.lookupSecret }
        : null,
    branches,
    partOf: partOf(facts, t),
    deskHref: facts.view.asApplicant || facts.view.asParty !== null ? null : `/can-bo/ho-so/${code}`,
  }
}

// The first part that waits for the reader: nobody has to look for it.
function askedPart({ stages }: BranchesView, t: Translate): StatusView['main'] {
  const asked = stages.flatMap(({ branches }) => branches).find(({ ask }) => ask !== null)
  if (!asked?.ask) return null
  return { href: asked.ask.link.href, label: t('branches.go', { name: asked.name }) }
}

function partOf({ whole }: StatusFacts, t: Translate): StatusView['partOf'] {
  if (!whole) return null
  return {
    title: t('branches.partOf.title', { code: whole.code }),
    href: `/ho-so/${whole.code}`,
    label: t('branches.partOf.link', { title: whole.title }),
  }
}

const nothingToDo = ({ state, threadAwaits }: Dossier) =>
  (state === 'submitted' || state === 'in-progress') && threadAwaits !== 'applicant'

// Nothing is owed for what was not accepted.
function feesOf({ dossier, history }: StatusFacts['view'], t: Translate): StatusView['fees'] {
  const { state, fees } = dossier
  if (state === 'refused' || state === 'withdrawn') return []
  return fees.flatMap(({ key, name, amountVnd }) =>
    amountVnd === null ? [] : [{ name, text: moneyText(amountVnd), note: countedAgain(key, history, t) }],
  )
}

function countedAgain(key: string, history: readonly HistoryItem[], t: Translate): string | null {
  const corrections = history.filter(({ kind }) => kind === 'dossiers.fees-corrected')
  for (const { data, text } of corrections.toReversed()) {
    const fee = (data as EntryData['dossiers.fees-corrected']).fees.find((each) => each.key === key)
    if (fee === undefined) continue
    const before = fee.fromVnd === null ? '' : t('status.fee.before', { amount: moneyText(fee.fromVnd) })
    return [before, text].filter(Boolean).join(' ') || null
  }
  return null
}

function titleOf({ view: { party }, procedure }: StatusFacts, t: Translate): string {
  const { filedFor } = party
  if (filedFor.kind === 'relative') return t('tracking.forWhom', { procedure, name: filedFor.principal.name })
  if (filedFor.kind === 'organisation') return t('tracking.forWhom', { procedure, name: filedFor.name })
  return procedure
}

type Look = { state: StateKind; key: State | 'overdue' | 'not-granted' }

/** State of a dossier as drawing and word; the same on every page that lists or shows one. */
export function tagOf(
  dossier: Pick<Dossier, 'state' | 'outcome'>,
  late: number | null,
  t: Translate,
): { state: StateKind; text: string } {
  const { state, key } = lookOf(dossier, late !== null)
  return { state, text: t(`tracking.state.${key}`) }
}

function lookOf({ state, outcome }: Pick<Dossier, 'state' | 'outcome'>, overdue: boolean): Look {
  switch (state) {
    case 'awaiting-party':
    case 'submitted':
      return { state: 'info', key: state }
    case 'in-progress':
      return overdue ? { state: 'bad', key: 'overdue' } : { state: 'info', key: state }
    case 'awaiting-supplement':
    case 'awaiting-obligation':
      return { state: 'warn', key: state }
    case 'decided':
    case 'returned':
      return outcome === 'not-granted' ? { state: 'warn', key: 'not-granted' } : { state: 'ok', key: state }
    case 'refused':
    case 'stopped':
      return { state: 'bad', key: state }
    case 'withdrawn':
      return { state: 'waiting', key: state }
    default:
      return state satisfies never
  }
}

function sayOf(facts: StatusFacts, t: Translate): string {
  const { view, late, authorities } = facts
  const { dossier } = view
  const { state, outcome, delivery, receivedBy } = dossier
  switch (state) {
    case 'submitted':
    case 'awaiting-supplement':
    case 'awaiting-obligation':
      return ''
    case 'awaiting-party':
      return sayAwaited(view, t)
    case 'in-progress':
      // An apology says it better, in its own place.
      return late === null || dossier.apologisedAt !== null ? '' : t('tracking.say.overdue')
    case 'withdrawn':
      return dossier.otherParties.some(
        ({ kind, disagreedAt }) => kind === 'second-party' && disagreedAt !== null,
      )
        ? t('status.say.disagreed')
        : t('tracking.say.withdrawn')
    case 'decided':
      break
    default:
      return t(`tracking.say.${state}`)
  }
  if (dossier.resultState === 'revoked') return t('status.say.revoked')
  if (outcome === 'not-granted') return t('tracking.say.decided-not')
  const place = nameIn(authorities, receivedBy)
  return `${t('tracking.say.decided')} ${t(`tracking.collect.${delivery}`, { place })}`
}

// While it is received, refused or withdrawn as a whole, a group is like any dossier.
function sayOfGroup({ asks, done, total }: BranchesView, facts: StatusFacts, t: Translate): string {
  const { state } = facts.view.dossier
  if (state === 'in-progress') return asks > 0 ? t('branches.say.asked', { count: asks }) : ''
  if (state !== 'decided' && state !== 'returned') return sayOf(facts, t)
  return t(`branches.say.${done === total ? 'all' : done === 0 ? 'none' : 'some'}`, { done, total })
}

function groupFactsOf(branches: BranchesView, facts: StatusFacts, locale: Locale, t: Translate): Fact[] {
  const { state } = facts.view.dossier
  if (state !== 'in-progress') return factsOf(facts, locale, t)
  const { done, total, running } = branches
  return [
    { label: t('branches.progress'), text: t('branches.progressOf', { done, total }), large: true },
    { label: t('tracking.due'), ...dueOf(facts, locale, t) },
    { label: t('branches.doing'), text: running.join('; ') || t('branches.nothing') },
    { label: t('branches.watch'), text: facts.office.name, small: t('branches.watchSmall') },
  ]
}

function sayAwaited(view: StatusFacts['view'], t: Translate): string {
  const task = mainTask(view.dossier)
  if (task !== undefined && task.subject === readerParty(view)?.no) return t('status.say.youConfirm')
  return t('status.say.awaitsParty', { name: partyName(view, task?.subject ?? 0, t) })
}

function factsOf(facts: StatusFacts, locale: Locale, t: Translate): Fact[] {
  const { dossier } = facts.view
  if (dossier.state === 'decided' || dossier.state === 'returned') return outcomeFacts(facts, locale, t)
  const task = mainTask(dossier)
  if (task === undefined) return endedFacts(facts, locale, t)
  return [
    { label: t('tracking.who'), ...holderOf(task, facts, t) },
    { label: t('tracking.since'), ...sinceOf(task, facts, locale, t) },
    { label: t('tracking.next'), ...nextOf(facts, locale, t) },
    { label: t('tracking.due'), ...dueOf(facts, locale, t) },
  ]
}

function sinceOf(task: Task, { worked }: StatusFacts, locale: Locale, t: Translate): Omit<Fact, 'label'> {
  const text = moment(task.openedAt, locale)
  if (worked === null || worked < 1 || task.role === 'applicant') return { text }
  return { text, small: t('tracking.worked', { time: workingTime(worked, minutesPerDay, locale) }) }
}

function nextOf(
  { view: { dossier }, ahead }: StatusFacts,
  locale: Locale,
  t: Translate,
): Omit<Fact, 'label'> {
  if (dossier.state === 'submitted') {
    const small = dossier.intakeDueAt
      ? t('tracking.nextAcceptSmall', { at: momentText(dossier.intakeDueAt, locale) })
      : undefined
    return { text: t('tracking.nextAccept'), small }
  }
  if (dossier.state === 'awaiting-supplement') return { text: t('tracking.nextAfterYou') }
  if (dossier.state === 'awaiting-party') return { text: t('status.next.party') }
  if (dossier.state === 'awaiting-obligation') return { text: t('status.next.obligation') }
  const [next] = ahead
  return next
    ? { text: next.name, small: t(`processes.role.${next.role}`) }
    : { text: t('tracking.nextReturn') }
}

function dueOf({ view: { dossier }, late }: StatusFacts, locale: Locale, t: Translate): Omit<Fact, 'label'> {
  if (dossier.acceptedAt === null) return { text: t('tracking.dueNone') }
  if (dossier.dueAt === null) {
    const wait = dossier.state === 'awaiting-obligation' ? 'status.due.paid' : 'tracking.duePaused'
    return { text: t(wait), small: t('tracking.duePausedSmall') }
  }
  if (dossier.apologisedUntil !== null)
    return {
      text: dayInWordsFirst(dossier.apologisedUntil, locale),
      small: t('status.due.apologised', { date: dateText(dossier.dueAt) }),
      large: true,
    }
  const small =
    late === null
      ? t('tracking.dueSmall', { time: timeText(dossier.dueAt) })
      : t('tracking.dueLate', { time: workingTime(Math.max(1, late), minutesPerDay, locale) })
  return { text: dayInWordsFirst(dossier.dueAt, locale), small, large: true }
}

function outcomeFacts(facts: StatusFacts, locale: Locale, t: Translate): Fact[] {
  const { dossier } = facts.view
  const end = dossier.decidedAt ?? dossier.closedAt
  const promised = dossier.dueAt ?? dossier.promisedDueAt
  const task = mainTask(dossier)
  return [
    {
      label: t('tracking.decidedAt'),
      text: end ? dayInWordsFirst(end, locale) : '',
      small: end ? timeText(end) : '',
      large: true,
    },
    ...(promised
      ? [
          {
            label: t('tracking.promised'),
            text: moment(promised, locale),
            small: t(`tracking.${keeping(end, promised)}`),
          },
        ]
      : []),
    ...(task ? [{ label: t('tracking.who'), ...holderOf(task, facts, t) }] : []),
  ]
}

// Said as the law counts: the same working day is in time, not early.
function keeping(end: string | null, promised: string): 'early' | 'onTime' | 'late' {
  if (end === null || end > promised) return 'late'
  return dateText(end) === dateText(promised) ? 'onTime' : 'early'
}

const endings = new Set<string>(['dossiers.refused', 'dossiers.stopped', 'dossiers.disagreed'])

function endedFacts({ view: { dossier, history } }: StatusFacts, locale: Locale, t: Translate): Fact[] {
  const reason = history.findLast(({ kind, text }) => endings.has(kind) && text !== undefined)?.text
  return [
    ...(dossier.closedAt ? [{ label: t('tracking.endedAt'), text: moment(dossier.closedAt, locale) }] : []),
    ...(reason ? [{ label: t('tracking.reason'), text: reason }] : []),
  ]
}

function whyOf({ view, limit, authorities }: StatusFacts, locale: Locale, t: Translate) {
  const { dossier, explanation, history } = view
  if (explanation.length === 0) return null
  const moved = transferLines(history, (code) => nameIn(authorities, code), locale)
  const lines = [t('tracking.limitLine', { limit }), ...explainAll(explanation, locale), ...moved]
  return {
    title: t('web.clock.why'),
    lines: [...lines, calendarInWords(dossier.calendarVersion, locale)],
  }
}

function mainLink({ view: { dossier }, available }: StatusFacts, t: Translate): StatusView['main'] {
  const result = available.findLast(
    ({ kind, ended }) => (kind === 'result' && ended === undefined) || kind === 'decline',
  )
  if (result === undefined || (dossier.state !== 'decided' && dossier.state !== 'returned')) return null
  const label =
    result.kind === 'result'
      ? t('tracking.result', { title: lowerFirst(result.title) })
      : t('tracking.decline')
  return { href: paperHref(dossier.code, result), label }
}

function openingOf({ office, now }: StatusFacts, locale: Locale, t: Translate): string {
  const { open, text } = openingView(office.hours, now, locale)
  return t(open ? 'tracking.officeOpen' : 'tracking.officeClosed', { text })
}

function linksOf({ view: { dossier, actions, asApplicant }, ratingToken }: StatusFacts): StatusView['links'] {
  const may = (wanted: string) => asApplicant && actions.some(({ command }) => command === wanted)
  const mayWithdraw = may('withdraw')
  const mayRepresent = may('represent')
  const rateable = dossier.state === 'decided' || dossier.state === 'returned' || dossier.state === 'refused'
  const again = ['refused', 'withdrawn', 'stopped'].includes(dossier.state)
  return {
    withdraw: mayWithdraw ? `/ho-so/${dossier.code}/rut` : null,
    represent: mayRepresent ? `/ho-so/${dossier.code}/nho-nguoi` : null,
    rate: asApplicant && rateable ? `/danh-gia/${ratingToken}` : null,
    again: asApplicant && again ? `/thu-tuc/${dossier.procedureCode}` : null,
  }
}

const followHref = ({ baseUrl, view: { dossier, party } }: StatusFacts) =>
  `${baseUrl}/ho-so/${dossier.code}?m=${party.lookupSecret}`
