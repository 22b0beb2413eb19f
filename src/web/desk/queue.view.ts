import { findMessage, type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { dateOfLaw, zoned } from 'motcua/kernel/time'
import type { QueueCounts, QueueFilter, QueueItem } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { clockView } from '../ui/clock.view'
import { dateText, timeText } from '../ui/format'
import type { IconName } from '../ui/icons'
import type { ClockView } from '../ui/state'
import type { QueueGroup, QueueRow } from './queue-table'
import { seen } from './seen'
import type { RailGroup } from './shell'

/** What the queue is drawn from; everything was looked up before. */
export interface QueueFacts {
  items: readonly QueueItem[]
  hasMore: boolean
  counts: QueueCounts
  filter: QueueFilter
  officer: Officer
  /** Plain names by procedure code, and the name of the officer's authority. */
  procedures: Readonly<Record<string, string>>
  place: string
  /** Working minutes from now until an instant, and between two instants, at an authority. */
  minutes: (authority: string, from: string, to: string) => number
  now: Date
  endOfToday: Date
  locale: Locale
}

export interface QueueView {
  title: string
  lead: string
  rail: RailGroup[]
  groups: QueueGroup[]
  codePrefix: string
  chips: { text: string; removeHref: string }[]
  previousHref?: string
  nextHref?: string
  isEmpty: boolean
  mayAccept: boolean
  mayReturn: boolean
  /** The address bar's query, so that actions come back to the same view. */
  query: string
}

/** The queue: rail, groups by how their clocks stand, and rows with the next action of whoever looks. Pure. */
export function queueView(facts: QueueFacts): QueueView {
  const { items, filter, locale, counts } = facts
  const t = messages(locale)
  const query = queryOf(filter)
  const rows = items.map((item) => ({ item, row: rowOf(item, facts, query) }))
  const groups = groupNames.map((name) => ({
    title: t(`desk.queue.group.${name}`),
    rows: rows.filter(({ item }) => groupOf(item, facts) === name).map(({ row }) => row),
  }))
  const shown =
    filter.due === 'overdue' ? counts.overdue : filter.due === 'today' ? counts.dueToday : counts[filter.view]
  const isFiltered = Boolean(filter.procedure || filter.channel || filter.q)
  return {
    title:
      filter.due === 'overdue'
        ? t('desk.queue.overdue')
        : filter.due === 'today'
          ? t('desk.queue.dueToday')
          : t(`desk.queue.title.${filter.view}`),
    lead: t('desk.queue.lead', { count: isFiltered ? `${items.length}${facts.hasMore ? '+' : ''}` : shown }),
    rail: railOf(facts, t),
    groups,
    codePrefix: sharedPrefix(items.map(({ code }) => code)),
    chips: chipsOf(facts, t),
    ...(filter.page > 1 && { previousHref: hrefOf({ ...filter, page: filter.page - 1 }) }),
    ...(facts.hasMore && { nextHref: hrefOf({ ...filter, page: filter.page + 1 }) }),
    isEmpty: items.length === 0,
    mayAccept: items.some((item) => item.task.kind === 'intake' && isMine(item, facts.officer)),
    mayReturn: items.some((item) => item.task.kind === 'return' && isMine(item, facts.officer)),
    query,
  }
}

const groupNames = ['overdue', 'today', 'later', 'paused'] as const

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
    code: item.code,
    value: seen(item),
    href: `/can-bo/ho-so/${item.code}${query ? `?tu=${encodeURIComponent(query)}` : ''}`,
    clock: clockOf(item, facts, t),
    due: task.dueAt ? dueText(task.dueAt, facts) : t('desk.due.paused'),
    applicant: item.applicantName,
    procedure: facts.procedures[item.procedureCode] ?? item.procedureCode,
    channel: { icon: channelIcon[channel], label: t(`desk.channel.${channel}`) },
    step: t(`desk.task.${task.kind}`, { name: task.name }),
    next: nextOf(item, facts.officer, t),
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

/** Whether the open task is this officer's to answer. */
export function isMine({ task }: Pick<QueueItem, 'task'>, officer: Officer): boolean {
  const holds = officer.posts.some(
    ({ authorityCode, roles }) =>
      authorityCode === task.authority && roles.some((role) => role === task.role),
  )
  return holds && (task.assignee === null || task.assignee === officer.officerId)
}

function nextOf(item: QueueItem, officer: Officer, t: Translate): QueueRow['next'] {
  const { task } = item
  if (task.kind === 'supplement') return { label: t('desk.next.wait') }
  if (!isMine(item, officer)) return { label: t('desk.next.watch') }
  if (task.kind === 'intake') return { key: 'T', label: t('desk.next.intake') }
  if (task.kind === 'return') return { key: 'R', label: t('desk.next.return') }
  return { key: '↵', label: t(`desk.next.${task.stepKind ?? 'work'}`) }
}

function railOf({ counts, filter, place }: QueueFacts, t: Translate): RailGroup[] {
  const view = (name: QueueFilter['view'], icon: IconName) => ({
    href: `/can-bo/viec?view=${name}`,
    label: t(`desk.queue.title.${name}`),
    icon,
    count: counts[name],
    current: filter.view === name && filter.due === undefined,
  })
  const due = (name: 'overdue' | 'today', count: number, tone: 'bad' | 'warn') => ({
    href: `/can-bo/viec?view=mine&due=${name}`,
    label: t(name === 'overdue' ? 'desk.queue.overdue' : 'desk.queue.dueToday'),
    icon: (name === 'overdue' ? 'octagon-alert' : 'clock-alert') as IconName,
    count,
    tone: count > 0 ? tone : undefined,
    current: filter.view === 'mine' && filter.due === name,
  })
  return [
    {
      title: t('desk.queue.mineGroup'),
      views: [
        view('mine', 'inbox'),
        due('overdue', counts.overdue, 'bad'),
        due('today', counts.dueToday, 'warn'),
        view('intake', 'scan-line'),
        view('waiting', 'circle-pause'),
        view('return', 'package'),
      ],
    },
    {
      title: t('desk.queue.placeGroup', { place }),
      views: [view('all', 'users'), view('sign', 'pen-line'), view('unheld', 'life-buoy')],
    },
  ]
}

function chipsOf({ filter, procedures }: QueueFacts, t: Translate): QueueView['chips'] {
  const chip = (key: 'procedure' | 'channel' | 'due' | 'q', name: string, value: string) => {
    const { [key]: _, ...rest } = filter
    return { text: t('desk.queue.chip', { name, value }), removeHref: hrefOf({ ...rest, page: 1 }) }
  }
  const dues = {
    overdue: 'desk.queue.overdueOnly',
    today: 'desk.queue.todayOnly',
    later: 'desk.queue.laterOnly',
  } as const
  return [
    ...(filter.procedure
      ? [chip('procedure', t('desk.queue.filterProcedure'), procedures[filter.procedure] ?? filter.procedure)]
      : []),
    ...(filter.channel
      ? [chip('channel', t('desk.queue.filterChannel'), t(`desk.channel.${filter.channel}`))]
      : []),
    ...(filter.due ? [chip('due', t('desk.queue.filterDue'), t(dues[filter.due]))] : []),
    ...(filter.q ? [chip('q', t('desk.queue.filterText'), filter.q)] : []),
  ]
}

/** The filter as the address bar says it; what is ordinary is left out. */
export function queryOf(filter: Partial<QueueFilter>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(filter)) {
    if (value === undefined || value === '' || (key === 'page' && value === 1)) continue
    query.set(key, String(value))
  }
  return query.toString()
}

const hrefOf = (filter: Partial<QueueFilter>) => `/can-bo/viec?${queryOf(filter)}`

/** "H99.12-" when all codes begin with it, so that the column shows only what differs. */
function sharedPrefix(codes: readonly string[]): string {
  const prefix = codes[0]?.slice(0, codes[0].indexOf('-') + 1) ?? ''
  return codes.every((code) => code.startsWith(prefix)) ? prefix : ''
}
