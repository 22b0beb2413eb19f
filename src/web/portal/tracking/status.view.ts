import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { explainAll, moment, workingTime } from 'motcua/modules/calendar'
import type { AvailablePaper, Dossier, DossierView, HistoryItem, State, Task } from 'motcua/modules/dossiers'
import type { StepRef } from 'motcua/modules/processes'
import { dateText, momentText, moneyText, timeText } from '../../ui/format'
import type { StateKind } from '../../ui/state'
import { type OpeningHours, openingView } from '../home.view'

/** Everything about one dossier that its page is drawn from; looked up in `status-source.ts`. */
export interface StatusFacts {
  view: Pick<
    DossierView,
    'dossier' | 'party' | 'history' | 'openRequest' | 'actions' | 'explanation' | 'papers' | 'asApplicant'
  >
  procedure: string
  limit: string
  /** Papers that acts have given rise to, oldest first. */
  available: readonly AvailablePaper[]
  /** The steps that are still to come, in the ordinary way. */
  ahead: readonly StepRef[]
  authorities: ReadonlyMap<string, string>
  officers: ReadonlyMap<string, { name: string; title: string }>
  /** Labels of fields (`field:<key>`) and papers (`component:<key>`) that a request may be about. */
  labels: ReadonlyMap<string, string>
  /** Working minutes since the open task was opened, and past the due date; null when there is none. */
  worked: number | null
  late: number | null
  office: { name: string; phone: string | null; hours: OpeningHours }
  sent: readonly { key: string; label: string; text: string }[]
  baseUrl: string
  ratingToken: string
  now: Date
}

export interface Fact {
  label: string
  text: string
  small?: string
  large?: boolean
}

export interface HistoryStep {
  key: string
  state: 'done' | 'now' | 'next'
  title: string
  lines: { text: string; link?: { href: string; label: string } }[]
}

export interface StatusView {
  title: string
  code: string
  filed: string
  tag: { state: StateKind; text: string }
  say: string
  nothingToDo: boolean
  facts: Fact[]
  why: { title: string; lines: string[] } | null
  ask: {
    title: string
    lead: string
    note: string
    items: { text: string; about: string | null }[]
    reason: string | null
    href: string
  } | null
  main: { href: string; label: string } | null
  steps: HistoryStep[]
  papers: { href: string; title: string; at: string }[]
  office: { name: string; phone: string | null; opening: string }
  links: { withdraw: string | null; rate: string | null; again: string | null }
  fees: { name: string; text: string }[]
  sent: { label: string; text: string }[]
  files: { href: string; name: string }[]
  qr: { text: string; secret: string } | null
  deskHref: string | null
}

/** The page that answers the phone call: who has it, since when, what next, when and why, what we need. */
export function statusView(facts: StatusFacts, locale: Locale): StatusView {
  const t = messages(locale)
  const { dossier, party } = facts.view
  const code = dossier.code
  return {
    title: titleOf(facts, t),
    code,
    filed: t(`tracking.filed.${dossier.channel}`, { at: momentText(dossier.submittedAt, locale) }),
    tag: tagOf(dossier, facts.late, t),
    say: sayOf(facts, t),
    nothingToDo: dossier.state === 'submitted' || dossier.state === 'in-progress',
    facts: factsOf(facts, locale, t),
    why: whyOf(facts, locale, t),
    ask: askOf(facts, locale, t),
    main: mainLink(facts, t),
    steps: [
      ...historySteps(facts, locale, t),
      ...presentStep(facts, locale, t),
      ...aheadSteps(facts, locale, t),
    ],
    papers: facts.available.map((paper) => ({
      href: paperHref(code, paper),
      title: paper.title,
      at: momentText(paper.at, locale),
    })),
    office: { name: facts.office.name, phone: facts.office.phone, opening: openingOf(facts, locale, t) },
    links: linksOf(facts),
    fees: feesOf(dossier),
    sent: facts.sent.filter(({ text }) => text !== '').map(({ label, text }) => ({ label, text })),
    files: facts.view.papers.map(({ fileId, name }) => ({ href: `/tep/${fileId}?ho-so=${code}&xem`, name })),
    qr:
      facts.view.asApplicant && party.lookupSecret
        ? { text: followHref(facts), secret: party.lookupSecret }
        : null,
    deskHref: facts.view.asApplicant ? null : `/can-bo/ho-so/${code}`,
  }
}

// Nothing is owed for what was not accepted.
function feesOf({ state, fees }: Dossier): StatusView['fees'] {
  if (state === 'refused' || state === 'withdrawn') return []
  return fees.flatMap(({ name, amountVnd }) =>
    amountVnd === null ? [] : [{ name, text: moneyText(amountVnd) }],
  )
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

function sayOf({ view: { dossier }, late, authorities }: StatusFacts, t: Translate): string {
  const { state, outcome, delivery, receivedBy } = dossier
  if (state === 'awaiting-supplement') return ''
  if (state === 'in-progress') return late === null ? '' : t('tracking.say.overdue')
  if (state !== 'decided') return state === 'submitted' ? '' : t(`tracking.say.${state}`)
  if (outcome === 'not-granted') return t('tracking.say.decided-not')
  const place = nameIn(authorities, receivedBy)
  return `${t('tracking.say.decided')} ${t(`tracking.collect.${delivery}`, { place })}`
}

function factsOf(facts: StatusFacts, locale: Locale, t: Translate): Fact[] {
  const { dossier } = facts.view
  if (dossier.state === 'decided' || dossier.state === 'returned') return outcomeFacts(facts, locale, t)
  const task = openTask(dossier)
  if (task === undefined) return endedFacts(facts, locale, t)
  return [
    { label: t('tracking.who'), ...holderOf(task, facts, t) },
    { label: t('tracking.since'), ...sinceOf(task, facts, locale, t) },
    { label: t('tracking.next'), ...nextOf(facts, locale, t) },
    { label: t('tracking.due'), ...dueOf(facts, locale, t) },
  ]
}

const openTask = (dossier: Dossier): Task | undefined =>
  dossier.tasks.find(({ closedAt }) => closedAt === null)

/** Who holds a task: the officer by name and post, else the kind of officer and where. */
function holderOf(task: Task, { officers, authorities }: StatusFacts, t: Translate): Omit<Fact, 'label'> {
  if (task.role === 'applicant') return { text: t('tracking.you'), small: t('tracking.youSmall') }
  const officer = task.assignee === null ? undefined : officers.get(task.assignee)
  const place = nameIn(authorities, task.authority)
  if (officer === undefined) return { text: t(`processes.role.${task.role}`), small: place }
  return {
    text: officer.title ? `${officer.name}, ${lowerFirst(officer.title)}` : officer.name,
    small: place,
  }
}

function sinceOf(task: Task, { worked }: StatusFacts, locale: Locale, t: Translate): Omit<Fact, 'label'> {
  const text = moment(task.openedAt, locale)
  if (worked === null || worked < 1 || task.role === 'applicant') return { text }
  return { text, small: t('tracking.worked', { time: workingTime(worked, minutesPerDay, locale) }) }
}

const minutesPerDay = 8 * 60

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
  const [next] = ahead
  return next
    ? { text: next.name, small: t(`processes.role.${next.role}`) }
    : { text: t('tracking.nextReturn') }
}

function dueOf({ view: { dossier }, late }: StatusFacts, locale: Locale, t: Translate): Omit<Fact, 'label'> {
  if (dossier.acceptedAt === null) return { text: t('tracking.dueNone') }
  if (dossier.dueAt === null) return { text: t('tracking.duePaused'), small: t('tracking.duePausedSmall') }
  const small =
    late === null
      ? t('tracking.dueSmall', { time: timeText(dossier.dueAt) })
      : t('tracking.dueLate', { time: workingTime(Math.max(1, late), minutesPerDay, locale) })
  return { text: dayInWords(dossier.dueAt, locale), small, large: true }
}

/** "Thứ Hai 23/11/2026". */
const dayInWords = (instant: string, locale: Locale) => upperFirst(moment(dateOfLaw(instant), locale))

function outcomeFacts(facts: StatusFacts, locale: Locale, t: Translate): Fact[] {
  const { dossier } = facts.view
  const end = dossier.decidedAt ?? dossier.closedAt
  const promised = dossier.dueAt ?? dossier.promisedDueAt
  const task = openTask(dossier)
  return [
    {
      label: t('tracking.decidedAt'),
      text: end ? dayInWords(end, locale) : '',
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

function endedFacts({ view: { dossier, history } }: StatusFacts, locale: Locale, t: Translate): Fact[] {
  const reason = history.findLast(({ text }) => text !== undefined)?.text
  return [
    ...(dossier.closedAt ? [{ label: t('tracking.endedAt'), text: moment(dossier.closedAt, locale) }] : []),
    ...(reason && dossier.state !== 'withdrawn' ? [{ label: t('tracking.reason'), text: reason }] : []),
  ]
}

function whyOf({ view: { dossier, explanation }, limit }: StatusFacts, locale: Locale, t: Translate) {
  if (explanation.length === 0) return null
  const lines = [t('tracking.limitLine', { limit }), ...explainAll(explanation, locale)]
  return {
    title: t('web.clock.why'),
    lines: [...lines, t('tracking.calendarLine', { version: dossier.calendarVersion })],
  }
}

function askOf(facts: StatusFacts, locale: Locale, t: Translate): StatusView['ask'] {
  const { view, limit, labels } = facts
  if (view.openRequest === null) return null
  const { dossier, history } = view
  const act = history.findLast(({ kind }) => kind === 'dossiers.supplement-requested')
  const { items, reason } = view.openRequest
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
    items: items.map(({ text, target }) => ({ text, about: aboutOf(target, labels, t) })),
    reason,
    href: `/ho-so/${dossier.code}/bo-sung`,
  }
}

type Target = { field: string } | { component: string } | null

function aboutOf(target: Target, labels: StatusFacts['labels'], t: Translate): string | null {
  if (target === null) return null
  if ('field' in target)
    return t('tracking.ask.field', { label: labels.get(`field:${target.field}`) ?? target.field })
  return t('tracking.ask.paper', { label: labels.get(`component:${target.component}`) ?? target.component })
}

function mainLink({ view: { dossier }, available }: StatusFacts, t: Translate): StatusView['main'] {
  const result = available.findLast(({ kind }) => kind === 'result' || kind === 'decline')
  if (result === undefined || (dossier.state !== 'decided' && dossier.state !== 'returned')) return null
  const label =
    result.kind === 'result'
      ? t('tracking.result', { title: lowerFirst(result.title) })
      : t('tracking.decline')
  return { href: paperHref(dossier.code, result), label }
}

const paperHref = (code: string, { kind, sequence }: AvailablePaper) =>
  `/giay/${code}/${kind}-${sequence}.pdf`

// What only moves work among officers is not news for the person.
const internal = new Set<HistoryItem['kind']>([
  'dossiers.assigned',
  'dossiers.result-drafted',
  'dossiers.noted',
])
// Reasons that are written to the applicant; why a step was sent back is not.
const toldReasons = new Set<HistoryItem['kind']>([
  'dossiers.refused',
  'dossiers.stopped',
  'dossiers.declined',
  'dossiers.withdrawn',
])

function historySteps(facts: StatusFacts, locale: Locale, t: Translate): HistoryStep[] {
  const { dossier, history } = facts.view
  const items = history.filter(({ kind }) => !internal.has(kind))
  return (
    items
      // The decision follows from the signature in the same instant: one line says both.
      .filter((item, i) => !(item.kind === 'dossiers.decided' && saysDecision(items[i - 1])))
      .map((item) => ({
        key: String(item.sequence),
        state: 'done' as const,
        title: t(`tracking.happened.${item.kind}`, { step: lowerFirst(stepName(item, dossier)) }),
        lines: linesOf(item, facts, locale, t),
      }))
  )
}

const saysDecision = (item: HistoryItem | undefined) =>
  item?.kind === 'dossiers.approved' || item?.kind === 'dossiers.declined'

function linesOf(item: HistoryItem, facts: StatusFacts, locale: Locale, t: Translate): HistoryStep['lines'] {
  const paper = facts.available.find(({ sequence }) => sequence === item.sequence)
  const when = `${momentText(item.at, locale)} · ${actorName(item, facts, t)}`
  const link = paper && {
    href: paperHref(facts.view.dossier.code, paper),
    label: t(`tracking.paper.${paper.kind}`),
  }
  const asked = item.request?.items.map(({ text }) => ({ text: `– ${text}` })) ?? []
  const reason = item.text !== undefined && toldReasons.has(item.kind) ? [{ text: item.text }] : []
  return [link ? { text: when, link } : { text: when }, ...asked, ...reason]
}

function stepName(item: HistoryItem, dossier: Dossier): string {
  const closed = (item.data as { closes?: { no: number }[] }).closes?.[0]
  return dossier.tasks.find(({ no }) => no === closed?.no)?.name ?? ''
}

function actorName({ actor }: HistoryItem, { officers, view }: StatusFacts, t: Translate): string {
  if (actor.kind !== 'officer')
    return actor.kind === 'person' && !view.asApplicant ? view.party.name : t(`tracking.by.${actor.kind}`)
  const officer = officers.get(actor.id)
  if (officer === undefined) return t('tracking.by.officer')
  return officer.title ? `${officer.name}, ${lowerFirst(officer.title)}` : officer.name
}

function presentStep(facts: StatusFacts, locale: Locale, t: Translate): HistoryStep[] {
  const { dossier } = facts.view
  const task = openTask(dossier)
  if (task === undefined) return []
  const title = {
    intake: t('tracking.waitingIntake'),
    supplement: t('tracking.waitingYou'),
    return: t('tracking.waitingReturn'),
    confirm: t('tracking.waitingParty'),
    obligation: t('tracking.waitingObligation'),
    consult: t('tracking.waitingOpinion'),
    visit: t('tracking.waitingVisit'),
    transfer: t('tracking.waitingTransfer'),
    handover: t('tracking.waitingHandover'),
    step: t('tracking.doing', { step: lowerFirst(task.name) }),
  }[task.kind]
  const text = `${holderOf(task, facts, t).text} · ${t('tracking.sinceLine', { at: momentText(task.openedAt, locale) })}`
  return [{ key: 'now', state: 'now', title, lines: [{ text }] }]
}

function aheadSteps({ view: { dossier }, ahead }: StatusFacts, locale: Locale, t: Translate): HistoryStep[] {
  if (dossier.state !== 'in-progress') return []
  const latest = dossier.dueAt
    ? [{ text: t('tracking.latest', { at: momentText(dossier.dueAt, locale) }) }]
    : []
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

function openingOf({ office, now }: StatusFacts, locale: Locale, t: Translate): string {
  const { open, text } = openingView(office.hours, now, locale)
  return t(open ? 'tracking.officeOpen' : 'tracking.officeClosed', { text })
}

function linksOf({ view: { dossier, actions, asApplicant }, ratingToken }: StatusFacts): StatusView['links'] {
  const mayWithdraw = asApplicant && actions.some(({ command }) => command === 'withdraw')
  const rateable = dossier.state === 'decided' || dossier.state === 'returned' || dossier.state === 'refused'
  const again = ['refused', 'withdrawn', 'stopped'].includes(dossier.state)
  return {
    withdraw: mayWithdraw ? `/ho-so/${dossier.code}/rut` : null,
    rate: asApplicant && rateable ? `/danh-gia/${ratingToken}` : null,
    again: asApplicant && again ? `/thu-tuc/${dossier.procedureCode}` : null,
  }
}

const followHref = ({ baseUrl, view: { dossier, party } }: StatusFacts) =>
  `${baseUrl}/ho-so/${dossier.code}?m=${party.lookupSecret}`

const nameIn = (names: ReadonlyMap<string, string>, code: string) => names.get(code) ?? code
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
