import { type Locale, messages } from 'motcua/kernel/i18n'
import {
  type Dossier,
  openTasks,
  type StuckLine,
  type StuckList,
  type StuckReason,
  stuckReasons,
  type Task,
} from 'motcua/modules/dossiers'
import { spanText } from '../ui/clock.view'
import { dateText, momentText } from '../ui/format'
import { seen } from './seen'

export interface StuckFacts {
  list: StuckList
  /** Only one reason is asked for. */
  reason: StuckReason | null
  procedures: Readonly<Record<string, string>>
  officers: Readonly<Record<string, string>>
  places: Readonly<Record<string, string>>
  minutes: (authority: string, from: string, to: string) => number
  /** Whether this officer answers for the delay of a dossier. */
  mayExplain: (dossier: Dossier) => boolean
  now: Date
  locale: Locale
}

export interface StuckRow {
  code: string
  /** What the check box posts; null where somebody else explains. */
  value: string | null
  href: string
  applicant: string
  procedure: string
  /** With whom it is: place, role, officer. */
  holder: string
  since: string
  span: string
  reason: StuckReason
  reasonText: string
  also: string
  todo: string
  explained: string
}

export interface StuckView {
  rows: StuckRow[]
  explained: StuckRow[]
  /** How many stand under each reason, the gravest first. */
  tally: { reason: StuckReason; text: string; count: number; href: string; current: boolean }[]
  count: number
  hasMore: boolean
}

/** The alarm list in words: each dossier with whom, since when, why, and what to do. Pure. */
export function stuckView(facts: StuckFacts): StuckView {
  const { list, reason } = facts
  const t = messages(facts.locale)
  const under = (line: StuckLine) => line.alarms[0]!.reason
  const shown = list.lines.filter((line) => reason === null || under(line) === reason)
  const tally = stuckReasons.map((each) => ({
    reason: each,
    text: t(`work.stuck.reason.${each}`),
    count: list.lines.filter((line) => under(line) === each).length,
    href: each === reason ? '/can-bo/canh-bao' : `/can-bo/canh-bao?vi=${each}`,
    current: each === reason,
  }))
  return {
    rows: shown.map((line) => rowOf(line, facts)),
    explained: list.explained.filter(({ alarms }) => alarms.length > 0).map((line) => rowOf(line, facts)),
    tally: tally.filter(({ count, current }) => count > 0 || current),
    count: list.lines.length,
    hasMore: list.hasMore,
  }
}

function rowOf({ dossier, applicantName, alarms, explained }: StuckLine, facts: StuckFacts): StuckRow {
  const { locale, now, minutes, officers } = facts
  const t = messages(locale)
  const [first, ...others] = alarms
  const { reason, since } = first!
  const task = taskOf({ dossier, alarms })
  const worked = minutes(task?.authority ?? dossier.competent, since, now.toISOString())
  return {
    code: dossier.code,
    value: facts.mayExplain(dossier) ? seen(dossier) : null,
    href: `/can-bo/ho-so/${dossier.code}`,
    applicant: applicantName,
    procedure: facts.procedures[dossier.procedureCode] ?? dossier.procedureCode,
    holder: holderOf(task, facts),
    since: momentText(since, locale),
    span: worked > 0 ? t('work.stuck.span', { time: spanText(worked, locale) }) : '',
    reason,
    reasonText: t(`work.stuck.reason.${reason}`),
    also: others.length > 0 ? t('work.stuck.also', { count: others.length }) : '',
    todo: t(`work.stuck.todo.${reason}`),
    explained: explained
      ? t('work.stuck.explained', {
          date: dateText(explained.until),
          name: officers[explained.by] ?? explained.by,
        })
      : '',
  }
}

function taskOf({ dossier, alarms }: Pick<StuckLine, 'dossier' | 'alarms'>): Task | undefined {
  const open = openTasks(dossier)
  return (
    open.find(({ no }) => no === alarms[0]!.taskNo) ??
    open.find(({ role }) => role !== 'applicant') ??
    open[0]
  )
}

function holderOf(task: Task | undefined, { officers, places, locale }: StuckFacts): string {
  const t = messages(locale)
  if (task === undefined) return t('work.stuck.nobody')
  if (task.role === 'applicant') return t('work.stuck.applicant')
  const who = task.assignee ? (officers[task.assignee] ?? task.assignee) : t('work.stuck.nobody')
  return `${places[task.authority] ?? task.authority}, ${t(`work.role.${task.role}`)}: ${who}`
}
