import { findMessage, type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { dateOfLaw, zoned } from 'motcua/kernel/time'
import {
  type Label,
  mostCounted,
  type QueueCounts,
  type QueueFilter,
  type QueueItem,
  type QueueViewName,
  queryOf,
  type SavedView,
} from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { clockView } from '../ui/clock.view'
import { dateText, timeText } from '../ui/format'
import type { IconName } from '../ui/icons'
import type { ClockView } from '../ui/state'
import type { QueueGroup, QueueRow } from './queue-table'
import { seen } from './seen'
import type { RailGroup } from './shell'

export { queryOf } from 'motcua/modules/dossiers'

/** What the queue is drawn from; everything was looked up before. */
export interface QueueFacts {
  items: readonly QueueItem[]
  /** Where the next page begins. */
  next?: string | undefined
  counts: QueueCounts
  filter: QueueFilter
  officer: Officer
  /** Plain names by procedure code, names of officers by id, and the name of the officer's authority. */
  procedures: Readonly<Record<string, string>>
  officers: Readonly<Record<string, string>>
  place: string
  saved: readonly SavedView[]
  labels: readonly (Label & { count: number })[]
  /** Labels on the dossiers of this page, by dossier. */
  labelsOn: ReadonlyMap<string, readonly Label[]>
  /** Working minutes from now until an instant, and between two instants, at an authority. */
  minutes: (authority: string, from: string, to: string) => number
  now: Date
  endOfToday: Date
  locale: Locale
}

/** What the marked lines can be asked to do together; the policy still answers for each. */
export interface BulkActs {
  accept: boolean
  return: boolean
  complete: boolean
  approve: boolean
  takeOver: boolean
  /** Some line can be given to somebody: to whoever holds it, or to who directs. */
  assign: boolean
}

export interface QueueView {
  title: string
  lead: string
  rail: RailGroup[]
  groups: QueueGroup[]
  codePrefix: string
  chips: { text: string; removeHref: string }[]
  firstHref?: string
  nextHref?: string
  isEmpty: boolean
  acts: BulkActs
  /** The address bar's query, so that actions come back to the same view. */
  query: string
  /** The saved view that is open now. */
  open: SavedView | null
}

/** The queue: rail, groups by how their clocks stand, and rows with the next action of whoever looks. Pure. */
export function queueView(facts: QueueFacts): QueueView {
  const { items, filter, locale } = facts
  const t = messages(locale)
  const query = queryOf(filter)
  const { after, ...whole } = filter
  const rows = items.map((item) => ({ item, row: rowOf(item, facts, query) }))
  return {
    title: titleOf(facts, t),
    lead: t('desk.queue.lead', { count: shownCount(facts) }),
    rail: railOf(facts, t),
    groups: groupsOf(rows, facts, t),
    codePrefix: sharedPrefix(items.map(({ code }) => code)),
    chips: chipsOf(facts, t),
    ...(after && { firstHref: hrefOf(whole) }),
    ...(facts.next && { nextHref: hrefOf({ ...whole, after: facts.next }) }),
    isEmpty: items.length === 0,
    acts: actsOn(items, facts.officer),
    query,
    open: facts.saved.find((view) => view.query === queryOf(whole)) ?? null,
  }
}

function titleOf({ filter, saved }: QueueFacts, t: Translate): string {
  const { after, ...whole } = filter
  const named = saved.find(({ query }) => query === queryOf(whole))
  if (named) return named.name
  if (filter.due === 'overdue') return t('desk.queue.overdue')
  return filter.due === 'today' ? t('desk.queue.dueToday') : t(`work.view.${filter.view}`)
}

// Only what the numbers beside the views count is known as a whole; a narrower list says what it shows.
function shownCount({ filter, counts, items, next }: QueueFacts): string {
  const { view, due, sort, after, ...narrower } = filter
  const isNarrowed = Object.values(narrower).some(Boolean) || (due !== undefined && view !== 'mine')
  if (isNarrowed || due === 'later') return `${items.length}${next ? '+' : ''}`
  const number = due === 'overdue' ? counts.overdue : due === 'today' ? counts.dueToday : counts[view]
  return counted(number, counts)
}

/** A number, or "2000+" when nobody counted further. */
export const counted = (number: number, { capped }: QueueCounts): string =>
  capped && number >= mostCounted ? `${mostCounted}+` : String(number)

const groupNames = ['overdue', 'today', 'later', 'paused'] as const

function groupsOf(rows: readonly { item: QueueItem; row: QueueRow }[], facts: QueueFacts, t: Translate) {
  // In another order the groups would tear the list apart.
  if (facts.filter.sort !== 'due')
    return [{ title: t(`work.filter.sorts.${facts.filter.sort}`), rows: rows.map(({ row }) => row) }]
  return groupNames.map((name) => ({
    title: t(`desk.queue.group.${name}`),
    rows: rows.filter(({ item }) => groupOf(item, facts) === name).map(({ row }) => row),
  }))
}

function groupOf({ task }: QueueItem, { now, endOfToday }: QueueFacts): (typeof groupNames)[number] {
  if (task.dueAt === null) return 'paused'
  const due = Date.parse(task.dueAt)
  if (due < now.getTime()) return 'overdue'
  return due <= endOfToday.getTime() ? 'today' : 'later'
}

function rowOf(item: QueueItem, facts: QueueFacts, query: string): QueueRow {
  const t = messages(facts.locale)
  const { task, channel } = item
  return {
    key: `${item.code}-${task.no}`,
    code: item.code,
    value: seen({ ...item, taskNo: task.no }),
    href: `/can-bo/ho-so/${item.code}${query ? `?tu=${encodeURIComponent(query)}` : ''}`,
    clock: clockOf(item, facts, t),
    due: task.dueAt ? dueText(task.dueAt, facts) : t('desk.due.paused'),
    applicant: item.applicantName,
    procedure: facts.procedures[item.procedureCode] ?? item.procedureCode,
    channel: { icon: channelIcon[channel], label: t(`desk.channel.${channel}`) },
    step: t(`desk.task.${task.kind}`, { name: task.name }),
    next: nextOf(item, facts.officer, t),
    labels: (facts.labelsOn.get(item.dossierId) ?? []).map(({ name, colour }) => ({ name, colour })),
    ...(item.hasQuestion && { question: t('work.question') }),
  }
}

const channelIcon: Record<QueueItem['channel'], IconName> = {
  online: 'monitor',
  direct: 'users',
  post: 'mail',
}

function clockOf({ task }: QueueItem, { minutes, now, locale }: QueueFacts, t: Translate): ClockView {
  if (task.dueAt === null)
    return {
      tone: 'paused',
      text: t('desk.clock.waiting', { date: dateText(task.openedAt).slice(0, 5) }),
      usedPercent: 0,
    }
  const clock = clockView(
    {
      minutesLeft: minutes(task.authority, now.toISOString(), task.dueAt),
      minutesOfLimit: Math.max(1, minutes(task.authority, task.openedAt, task.dueAt)),
    },
    locale,
  )
  // Outside working hours nothing runs, but what is past is past.
  const isPast = Date.parse(task.dueAt) < now.getTime() && clock.tone !== 'late'
  return isPast ? { tone: 'late', text: t('desk.clock.late'), usedPercent: 100 } : clock
}

/** "15:05" today, "17:30 T2 23/11" on other days. */
export function dueText(instant: string, { now, locale }: Pick<QueueFacts, 'now' | 'locale'>): string {
  const time = timeText(instant)
  if (dateOfLaw(instant) === dateOfLaw(now)) return time
  const weekday = findMessage(locale, `desk.weekday.${zoned(instant).dayOfWeek}`) ?? ''
  return messages(locale)('desk.due.later', { time, weekday, date: dateText(instant).slice(0, 5) })
}

type Held = Pick<QueueItem, 'task'> & Partial<Pick<QueueItem, 'procedureCode'>>

/** Whether the open task is this officer's to answer, in the own name or for a colleague who is away. */
export function isMine({ task, procedureCode }: Held, officer: Officer): boolean {
  const holds = officer.posts.some(
    ({ authorityCode, roles, procedures }) =>
      authorityCode === task.authority &&
      roles.some((role) => role === task.role) &&
      (procedures === undefined || procedureCode === undefined || procedures.includes(procedureCode)),
  )
  const { assignee } = task
  const stands = officer.posts.some(({ standsInFor }) => standsInFor?.officerId === assignee)
  return holds && (assignee === null || assignee === officer.officerId || stands)
}

const directs = ({ task }: Pick<QueueItem, 'task'>, { posts }: Officer): boolean =>
  posts.some(
    ({ authorityCode, roles }) =>
      authorityCode === task.authority && (roles.includes('head') || roles.includes('leader')),
  )

/** What some of the lines can be asked to do. */
function actsOn(items: readonly QueueItem[], officer: Officer): BulkActs {
  const mine = items.filter((item) => isMine(item, officer))
  const some = (is: (task: QueueItem['task']) => boolean) => mine.some(({ task }) => is(task))
  return {
    accept: some(({ kind }) => kind === 'intake'),
    return: some(({ kind }) => kind === 'return'),
    complete: some(({ kind, stepKind }) => kind === 'step' && stepKind !== 'decide'),
    approve: some(({ stepKind }) => stepKind === 'decide'),
    takeOver: some(({ kind }) => kind === 'handover' || kind === 'transfer'),
    assign: items.some(
      (item) => item.task.role !== 'applicant' && (isMine(item, officer) || directs(item, officer)),
    ),
  }
}

function nextOf(item: QueueItem, officer: Officer, t: Translate): QueueRow['next'] {
  const { task, hasQuestion } = item
  if (task.role === 'applicant') {
    if (hasQuestion) return { label: t('work.next.answer') }
    if (task.kind === 'confirm' || task.kind === 'obligation') return { label: t(`work.next.${task.kind}`) }
    return { label: t('desk.next.wait') }
  }
  if (!isMine(item, officer)) return { label: t('desk.next.watch') }
  switch (task.kind) {
    case 'intake':
      return { key: 'T', label: t('desk.next.intake') }
    case 'return':
      return { key: 'R', label: t('desk.next.return') }
    case 'handover':
    case 'transfer':
    case 'consult':
    case 'visit':
    case 'wait':
    case 'compensation':
      return { key: '↵', label: t(`work.next.${task.kind}`) }
    default:
      return { key: '↵', label: t(`desk.next.${task.stepKind ?? 'work'}`) }
  }
}

/** Views that stand in the rail only while something is in them, or while they are open. */
const seldom = new Set<QueueViewName>(['consult', 'takeover', 'visit', 'messages', 'obligation', 'confirm'])

const viewIcons: Record<QueueViewName, IconName> = {
  mine: 'inbox',
  intake: 'scan-line',
  return: 'package',
  consult: 'message-square',
  takeover: 'truck',
  visit: 'map-pin',
  messages: 'mail',
  all: 'users',
  waiting: 'circle-pause',
  obligation: 'hand-coins',
  confirm: 'user-round',
  sign: 'pen-line',
  unheld: 'life-buoy',
}

function railOf(facts: QueueFacts, t: Translate): RailGroup[] {
  const { filter, counts, place, saved, labels } = facts
  const { after, ...whole } = filter
  const here = queryOf(whole)
  const open = saved.find(({ query }) => query === here)
  const plain = open === undefined && filter.label === undefined
  const view = (name: QueueViewName) => ({
    href: `/can-bo/viec?view=${name}`,
    label: t(`work.view.${name}`),
    icon: viewIcons[name],
    count: counted(counts[name], counts),
    ...(name === 'messages' && counts.messages > 0 && { tone: 'warn' as const }),
    current: plain && filter.view === name && filter.due === undefined,
  })
  const views = (...names: QueueViewName[]) =>
    names.filter((name) => !seldom.has(name) || counts[name] > 0 || filter.view === name).map(view)
  const due = (name: 'overdue' | 'today', count: number, tone: 'bad' | 'warn') => ({
    href: `/can-bo/viec?view=mine&due=${name}`,
    label: t(name === 'overdue' ? 'desk.queue.overdue' : 'desk.queue.dueToday'),
    icon: (name === 'overdue' ? 'octagon-alert' : 'clock-alert') as IconName,
    count: counted(count, counts),
    ...(count > 0 && { tone }),
    current: plain && filter.view === 'mine' && filter.due === name,
  })
  const [mine, ...rest] = views('mine', 'intake', 'return', 'consult', 'takeover', 'visit', 'messages')
  return [
    {
      title: t('desk.queue.mineGroup'),
      views: [mine!, due('overdue', counts.overdue, 'bad'), due('today', counts.dueToday, 'warn'), ...rest],
    },
    {
      title: t('desk.queue.placeGroup', { place }),
      views: views('all', 'waiting', 'obligation', 'confirm', 'sign', 'unheld'),
    },
    ...(saved.length > 0
      ? [{ title: t('work.rail.saved'), views: saved.map((each) => savedLink(each, here, t)) }]
      : []),
    ...(labels.length > 0
      ? [{ title: t('work.rail.labels'), views: labels.map((each) => labelLink(each, filter)) }]
      : []),
  ]
}

const savedLink = ({ name, query, shared, isDefault }: SavedView, here: string, t: Translate) => ({
  href: `/can-bo/viec?${query}`,
  label: name,
  icon: (isDefault ? 'star' : 'bookmark') as IconName,
  ...(shared && { note: t('work.saved.isShared') }),
  current: query === here,
})

const labelLink = ({ id, name, colour, count }: Label & { count: number }, filter: QueueFilter) => ({
  href: `/can-bo/viec?view=all&label=${id}`,
  label: name,
  icon: 'flag' as IconName,
  colour,
  count: String(count),
  current: filter.label === id,
})

type ChipKey = 'procedure' | 'channel' | 'due' | 'label' | 'assignee' | 'q'

function chipsOf({ filter, procedures, officers, labels }: QueueFacts, t: Translate): QueueView['chips'] {
  const { after, ...whole } = filter
  const dues = {
    overdue: 'desk.queue.overdueOnly',
    today: 'desk.queue.todayOnly',
    later: 'desk.queue.laterOnly',
  } as const
  const chip = (key: ChipKey, name: string, value: string | undefined) => {
    if (value === undefined) return []
    const { [key]: _, ...rest } = whole
    return [{ text: t('desk.queue.chip', { name, value }), removeHref: hrefOf(rest) }]
  }
  const { procedure, channel, due, label, assignee, q } = filter
  return [
    ...chip('procedure', t('desk.queue.filterProcedure'), procedure && (procedures[procedure] ?? procedure)),
    ...chip('channel', t('desk.queue.filterChannel'), channel && t(`desk.channel.${channel}`)),
    ...chip('due', t('desk.queue.filterDue'), due && t(dues[due])),
    ...chip('label', t('work.filter.label'), label && (labels.find(({ id }) => id === label)?.name ?? label)),
    ...chip('assignee', t('work.filter.assignee'), assignee && holderText(assignee, officers, t)),
    ...chip('q', t('desk.queue.filterText'), q),
  ]
}

function holderText(assignee: string, officers: Readonly<Record<string, string>>, t: Translate): string {
  if (assignee === 'me') return t('work.filter.me')
  return assignee === 'none' ? t('work.filter.nobody') : (officers[assignee] ?? assignee)
}

const hrefOf = (filter: Partial<QueueFilter>) => `/can-bo/viec?${queryOf(filter)}`

/** "H99.12-" when all codes begin with it, so that the column shows only what differs. */
function sharedPrefix(codes: readonly string[]): string {
  const prefix = codes[0]?.slice(0, codes[0].indexOf('-') + 1) ?? ''
  return codes.every((code) => code.startsWith(prefix)) ? prefix : ''
}
