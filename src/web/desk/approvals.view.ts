import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Denial, QueueItem } from 'motcua/modules/dossiers'
import type { Capacity, Officer, Post } from 'motcua/modules/identity'
import { clockView } from '../ui/clock.view'
import { dateText } from '../ui/format'
import type { ClockView } from '../ui/state'
import { seen } from './seen'

/** One dossier that waits for a decision, with what was looked up about it. */
export interface ApprovalFacts {
  item: QueueItem
  procedure: string
  /** Name of the paper that would be issued. */
  result: string
  /** The way from this step ends in a written refusal. */
  refusal: boolean
  hasDraft: boolean
  draftedBy: string | null
  denied: Denial | null
  /** It can be sent back to who drafted it. */
  returnable: boolean
  /** Capacities in which this officer may sign it; empty for one's own title alone. */
  capacities: readonly Capacity[]
  minutesLeft: number | null
  minutesOfLimit: number
}

export interface ApprovalRow {
  code: string
  value: string
  applicant: string
  procedure: string
  result: string
  draftedBy: string | null
  /** "KT.", "TUQ.": in which capacity it can be signed. */
  as: string
  clock: ClockView
  href: string
  previewHref: string | null
  returnable: boolean
  /** What stops it; null when it can be approved now. */
  stops: string | null
}

/** What a leader has before them: the paper, who drafted it, and what stops it. Pure. */
export function approvalRow(facts: ApprovalFacts, locale: Locale): ApprovalRow {
  const t = messages(locale)
  const { item, minutesLeft, minutesOfLimit } = facts
  const why = stopOf(facts)
  return {
    code: item.code,
    value: seen(item),
    applicant: item.applicantName,
    procedure: facts.procedure,
    result: facts.refusal ? t('desk.sign.refusal') : facts.result,
    draftedBy: facts.draftedBy && t('desk.sign.drafted', { name: facts.draftedBy }),
    as: facts.capacities.join(', '),
    clock: clockView({ minutesLeft, minutesOfLimit }, locale),
    href: `/can-bo/ho-so/${item.code}?tu=view%3Dsign`,
    previewHref: facts.hasDraft && !facts.refusal ? `/giay/${item.code}/xem-truoc.pdf` : null,
    returnable: facts.returnable,
    stops: why && t('desk.sign.stops', { why: t(whys[why]) }),
  }
}

const whys = {
  conflict: 'powers.sign.conflict',
  held: 'desk.sign.held',
  notYours: 'desk.sign.notYours',
  noDraft: 'desk.sign.noDraft',
} as const

function stopOf({ denied, hasDraft }: ApprovalFacts): keyof typeof whys | null {
  if (denied === 'conflict-of-interest') return 'conflict'
  if (denied === 'held-by-another') return 'held'
  if (denied !== null) return 'notYours'
  return hasDraft ? null : 'noDraft'
}

/** A capacity in which an officer may sign, as the page offers it. */
export interface CapacityChoice {
  /** What `approve` takes; empty for one's own title. */
  value: Capacity | ''
  /** "KT., Phó Chủ tịch Ủy ban nhân dân phường Hoa Sen" */
  label: string
  hint: string
}

/** In which capacities an officer signs today, own posts first, each once. Pure. */
export function capacityChoices({ posts }: Pick<Officer, 'posts'>, locale: Locale): CapacityChoice[] {
  const signing = posts.filter(({ roles }) => roles.includes('leader'))
  const seenBefore = new Set<string>()
  return signing.flatMap((post) => {
    const value = post.capacity ?? ''
    if (seenBefore.has(value)) return []
    seenBefore.add(value)
    return [{ value, label: labelOf(post, locale), hint: hintOf(post, locale) }]
  })
}

function labelOf({ capacity, title }: Post, locale: Locale): string {
  const t = messages(locale)
  return `${capacity ? t(`powers.capacity.${capacity}.name`) : t('powers.sign.none')}: ${title}`
}

function hintOf({ procedures, standsInFor, until }: Post, locale: Locale): string {
  const t = messages(locale)
  return [
    standsInFor && t('powers.sign.standsIn', { name: standsInFor.name }),
    procedures && t('powers.sign.limited', { count: procedures.length }),
    until && t('powers.sign.by', { until: dateText(until) }),
  ]
    .filter(Boolean)
    .join(', ')
}

/** In which capacities an officer may sign for an authority on a procedure, own posts first. Pure. */
export function capacitiesFor(
  { posts }: Pick<Officer, 'posts'>,
  about: { authority: string; procedureCode: string },
): Capacity[] {
  const fit = posts.filter(
    ({ authorityCode, roles, procedures }) =>
      authorityCode === about.authority &&
      roles.includes('leader') &&
      (procedures === undefined || procedures.includes(about.procedureCode)),
  )
  return [...new Set(fit.flatMap(({ capacity }) => (capacity ? [capacity] : [])))]
}
