import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { calendarInWords } from 'motcua/modules/calendar'
import type { AvailablePaper, Dossier, DossierView, Task } from 'motcua/modules/dossiers'
import type { ReviewView } from 'motcua/modules/forms'
import type { CompiledProcess } from 'motcua/modules/processes'
import { clockView, spanText } from '../ui/clock.view'
import { dateText, moneyText, timeText, weekdayText } from '../ui/format'
import { organisationRows } from '../ui/organisations.view'
import { differenceOf, wordOfRecord } from '../ui/partner-word.view'
import type { ClockView, StateKind } from '../ui/state'
import { transferLines } from '../ui/transfers.view'
import type { ActView } from './dossier-acts.view'
import { type HistoryLine, historyOf } from './dossier-history.view'
import { type LifeView, lifeView } from './dossier-life.view'
import { partyName } from './dossier-people.view'

/** Everything that the page of one dossier is drawn from; looked up before. */
export interface DossierFacts {
  view: DossierView
  sections: ReviewView['sections']
  files: readonly PaperFile[]
  issued: readonly AvailablePaper[]
  procedure: string
  /** Names by code or id. */
  places: Readonly<Record<string, string>>
  officers: Readonly<Record<string, string>>
  process: CompiledProcess
  drawing: string
  explanation: readonly string[]
  acts: readonly ActView[]
  /** What was drafted for the result, in the words of its fields. */
  drafted: { label: string; value: string }[]
  /** Codes of the queue that the officer came from, with the names of applicants. */
  queue: readonly { code: string; name: string }[]
  /** The address bar's query of that queue. */
  from: string
  /** Shown paper: its key, or nothing for the first. */
  paper: string | undefined
  minutes: (authority: string, from: string, to: string) => number
  now: Date
  locale: Locale
}

/** A file of the dossier, whether handed in as a paper or as an answer. */
export interface PaperFile {
  key: string
  label: string
  name: string
  mediaType: string
  href: string
  /** Where it can be had as it was handed in. */
  original?: string
  /** Where it came from, and its trust when it is from a vault. */
  source?: string
  /** What became of it: being checked, a PDF/A, refused. */
  state?: string
}

export interface PaperTab {
  key: string
  label: string
  note: string
  href: string
  current: boolean
  hotkey: string
}

export interface DossierPageView extends LifeView {
  code: string
  sequence: number
  title: string
  subtitle: string
  place?: string
  backHref: string
  previousHref?: string
  nextHref?: string
  afterwards: string
  state: { kind: StateKind; text: string }
  clock: ClockView
  dueText: string
  why: readonly string[]
  person: { name: string; note: string; rows: { label: string; value: string }[] }
  /** Where it was taken in, where it is settled, who helped. */
  organisations: { label: string; value: string }[]
  /** What a partner says where it says the status, and where it says another one than we do. */
  wordOfRecord: string | null
  difference: { title: string; text: string } | null
  clockRows: { label: string; value: string }[]
  fees: { label: string; value: string }[]
  history: { day: string; items: HistoryLine[] }[]
  issued: { href: string; title: string; at: string }[]
  sections: { key: string; title: string; rows: { key: string; label: string; text: string }[] }[]
  papers: PaperTab[]
  shown?: {
    kind: 'image' | 'document' | 'other'
    href: string
    download: string
    label: string
    name: string
  }
  openRequest: { text: string; label: string | null }[]
  draft: { label: string; value: string }[]
  acts: readonly ActView[]
  drawing: string
  nothing: string | null
}

/** The page of one dossier as an officer sees it. Pure. */
export function dossierView(facts: DossierFacts): DossierPageView {
  const { view, locale, from, queue } = facts
  const { dossier, party } = view
  const t = messages(locale)
  const at = queue.findIndex(({ code }) => code === dossier.code)
  const link = (code: string | undefined) => (code ? hrefOf(code, from) : undefined)
  const previousHref = at > 0 ? link(queue[at - 1]?.code) : undefined
  const next = queue[at + 1] ?? (at > 0 ? queue[0] : undefined)
  const nextHref = at >= 0 ? link(queue[at + 1]?.code) : undefined
  return {
    code: dossier.code,
    sequence: dossier.sequence,
    title: t('desk.dossier.title', { procedure: facts.procedure, name: party.name }),
    subtitle: [
      t(`desk.channel.${dossier.channel}`).toLowerCase(),
      t(`desk.dossier.forWhom.${dossier.filedFor}`),
    ].join(' · '),
    ...(at >= 0 && { place: t('desk.dossier.place', { now: at + 1, all: queue.length }) }),
    backHref: `/can-bo/viec${from ? `?${from}` : ''}`,
    ...(previousHref && { previousHref }),
    ...(nextHref && { nextHref }),
    afterwards: next ? t('desk.dossier.afterwards', { name: next.name }) : t('desk.dossier.afterwardsNone'),
    state: { kind: stateKinds[dossier.state], text: stateText(dossier, t) },
    ...clockOf(facts, t),
    why: whyOf(facts),
    person: personOf(facts, t),
    organisations: organisationRows(dossier, (code) => facts.places[code] ?? code, t),
    wordOfRecord: wordOfRecord(dossier, locale),
    difference: differenceOf(dossier, locale),
    clockRows: clockRows(facts, t),
    fees: feesOf(dossier, t),
    history: historyOf(facts),
    issued: facts.issued.map(({ file, title, at: issuedAt }) => ({
      href: `/giay/${dossier.code}/${file}.pdf`,
      title,
      at: dateText(issuedAt),
    })),
    sections: facts.sections.map(({ key, title, rows }) => ({
      key,
      title,
      rows: rows.map((row) => ({ key: row.key, label: row.label, text: row.text })),
    })),
    ...papersOf(facts, t),
    openRequest: (view.openRequest?.items ?? []).map(({ text, target }) => ({
      text,
      label: labelOfTarget(target, facts),
    })),
    draft: facts.drafted,
    acts: facts.acts,
    drawing: facts.drawing,
    ...lifeView(facts),
    nothing: facts.acts.some(isWork)
      ? null
      : t(dossier.closedAt ? 'desk.dossier.ended' : 'desk.dossier.nothing'),
  }
}

// What can be done to nearly every dossier is no work that waits.
const isWork = ({ command, rare }: ActView) => !rare && command !== 'note' && command !== 'message'

const hrefOf = (code: string, from: string) =>
  `/can-bo/ho-so/${code}${from ? `?tu=${encodeURIComponent(from)}` : ''}`

const stateKinds: Record<Dossier['state'], StateKind> = {
  'awaiting-party': 'waiting',
  submitted: 'waiting',
  'awaiting-supplement': 'paused',
  'awaiting-obligation': 'paused',
  'in-progress': 'info',
  decided: 'ok',
  returned: 'ok',
  refused: 'bad',
  withdrawn: 'paused',
  stopped: 'bad',
}

function stateText(dossier: Dossier, t: Translate): string {
  const open = dossier.tasks.find((task) => task.closedAt === null && task.kind === 'step')
  return dossier.state === 'in-progress' && open ? open.name : t(`desk.state.${dossier.state}`)
}

// What the dossier waits for above all: opinions, visits and papers on their way go beside it.
const openTask = ({ tasks }: Dossier): Task | undefined => {
  const open = tasks.filter((task) => task.closedAt === null)
  return open.find(({ kind }) => !beside.has(kind)) ?? open[0]
}
const beside = new Set<Task['kind']>(['consult', 'visit', 'handover', 'transfer', 'compensation'])

function clockOf(
  { view, minutes, now, locale }: DossierFacts,
  t: Translate,
): Pick<DossierPageView, 'clock' | 'dueText'> {
  const { dossier } = view
  // The hours of the intake end with the acceptance.
  const dueAt = dossier.dueAt ?? (dossier.acceptedAt === null ? dossier.intakeDueAt : null)
  const end = dossier.decidedAt ?? dossier.closedAt
  if (dossier.state === 'awaiting-supplement' || dueAt === null) {
    const clock = { tone: 'paused' as const, text: t(`desk.state.${dossier.state}`), usedPercent: 0 }
    return {
      clock: end ? { ...clock, tone: 'done', text: t('web.clock.done') } : clock,
      dueText: end ? dateText(end) : t('desk.due.paused'),
    }
  }
  const since = dossier.acceptedAt ?? dossier.submittedAt
  const clock = clockView(
    {
      minutesLeft: minutes(dossier.competent, end ?? now.toISOString(), dueAt),
      minutesOfLimit: Math.max(1, minutes(dossier.competent, since, dueAt)),
      done: end !== null,
    },
    locale,
  )
  const isPast = end === null && Date.parse(dueAt) < now.getTime() && clock.tone !== 'late'
  const moment = `${timeText(dueAt)} ${weekdayText(dueAt, locale)} ${dateText(dueAt)}`
  return {
    clock: isPast ? { tone: 'late', text: t('desk.clock.late'), usedPercent: 100 } : clock,
    dueText: t(dossier.dueAt ? 'desk.dossier.due' : 'desk.dossier.intakeDue', { moment }),
  }
}

function whyOf({ explanation, view, places, locale }: DossierFacts): string[] {
  if (explanation.length === 0) return []
  return [
    ...explanation,
    ...transferLines(view.history, (code) => places[code] ?? code, locale),
    calendarInWords(view.dossier.calendarVersion, locale),
  ]
}

function personOf({ view }: DossierFacts, t: Translate): DossierPageView['person'] {
  const { party, dossier } = view
  const principal = 'principal' in party.filedFor ? party.filedFor.principal.name : null
  const rows = [
    { label: t('desk.dossier.personalId'), value: party.personalId },
    { label: t('desk.dossier.phone'), value: party.phone },
    { label: t('desk.dossier.email'), value: party.email },
    { label: t('desk.dossier.principal'), value: principal === party.name ? null : principal },
    { label: t('desk.dossier.delivery'), value: t(`desk.dossier.deliveries.${dossier.delivery}`) },
  ]
  return {
    name: view.destroyed ? t('retention.left.nobody') : party.name,
    note: t(`desk.dossier.forWhom.${dossier.filedFor}`),
    rows: rows.flatMap(({ label, value }) => (value ? [{ label, value }] : [])),
  }
}

function clockRows({ view, minutes, now, locale, places, officers }: DossierFacts, t: Translate) {
  const { dossier } = view
  const task = openTask(dossier)
  const left = task?.dueAt ? minutes(task.authority, now.toISOString(), task.dueAt) : null
  const span = left === null ? null : spanText(Math.abs(left), locale)
  const count = (times: number) =>
    times === 0 ? t('desk.dossier.never') : t('desk.dossier.times', { count: times })
  const rows = [
    {
      label: t('desk.dossier.thisStep'),
      value: span && t(left! < 0 ? 'web.clock.over' : 'web.clock.left', { time: span }),
    },
    { label: t('desk.dossier.pauses'), value: count(dossier.pauses.length) },
    { label: t('desk.dossier.supplements'), value: count(dossier.supplementRequests) },
    { label: t('desk.dossier.holder'), value: task ? holderText(task, view, { places, officers }, t) : null },
  ]
  return rows.flatMap(({ label, value }) => (value ? [{ label, value }] : []))
}

function holderText(
  task: Task,
  view: DossierView,
  { places, officers }: Pick<DossierFacts, 'places' | 'officers'>,
  t: Translate,
): string {
  if (task.kind === 'confirm') return partyName(task.subject ?? 0, view, t)
  if (task.role === 'applicant') return t('desk.history.person')
  const who = task.assignee ? (officers[task.assignee] ?? task.assignee) : t('desk.dossier.nobody')
  return `${t(`processes.role.${task.role}`)}, ${places[task.authority] ?? task.authority} (${who})`
}

function feesOf({ fees }: Dossier, t: Translate) {
  return fees.map(({ name, amountVnd }) => ({
    label: name,
    value:
      amountVnd === null
        ? t('desk.dossier.feeLater')
        : amountVnd === 0
          ? t('desk.dossier.noFee')
          : moneyText(amountVnd),
  }))
}

const previewKey = 'duyet'

function papersOf(facts: DossierFacts, t: Translate): Pick<DossierPageView, 'papers' | 'shown'> {
  const { view, files, paper, from } = facts
  const { code } = view.dossier
  const preview = hasPreview(facts)
    ? [
        {
          key: previewKey,
          label: t('desk.dossier.preview'),
          name: 'xem-truoc.pdf',
          mediaType: 'application/pdf',
          href: `/giay/${code}/xem-truoc.pdf`,
        },
      ]
    : []
  const all: PaperFile[] = [...preview, ...files]
  const current = all.find(({ key }) => key === paper) ?? all[0]
  const query = (key: string) => new URLSearchParams({ ...(from && { tu: from }), giay: key })
  return {
    papers: all.map((file, i) => ({
      key: file.key,
      label: file.label,
      note: file.key === previewKey ? '' : noteOf(file),
      href: `/can-bo/ho-so/${code}?${query(file.key)}`,
      current: file === current,
      hotkey: String(i + 1),
    })),
    ...(current && {
      shown: {
        kind: kindOf(current.mediaType),
        href: current.href,
        download: current.original ?? current.href,
        label: current.label,
        name: current.name,
      },
    }),
  }
}

const kindOf = (mediaType: string) =>
  mediaType.startsWith('image/') ? 'image' : asDocument.includes(mediaType) ? 'document' : 'other'

// The name that people gave a file often says more than the paper it stands for.
const noteOf = ({ label, name, source, state }: PaperFile) =>
  [name !== label && name, source, state].filter(Boolean).join(' · ')

// What a browser shows in a frame by itself, under the headers that files are sent with.
const asDocument = ['application/pdf', 'text/plain']

// Before a decision, whoever reviews or signs sees the very paper.
function hasPreview({ view }: DossierFacts): boolean {
  const { dossier, draft } = view
  return dossier.state === 'in-progress' && draft !== null && !('reason' in draft)
}

function labelOfTarget(
  target: { field?: string; component?: string } | null,
  facts: DossierFacts,
): string | null {
  if (target?.field) {
    const rows = facts.sections.flatMap((section) => section.rows)
    return rows.find(({ key }) => key === target.field)?.label ?? null
  }
  return target?.component ? (facts.files.find(({ key }) => key === target.component)?.label ?? null) : null
}
