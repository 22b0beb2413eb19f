import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Denial, QueueItem } from 'motcua/modules/dossiers'
import { clockView } from '../ui/clock.view'
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
  clock: ClockView
  href: string
  previewHref: string | null
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
    clock: clockView({ minutesLeft, minutesOfLimit }, locale),
    href: `/can-bo/ho-so/${item.code}?tu=view%3Dsign`,
    previewHref: facts.hasDraft && !facts.refusal ? `/giay/${item.code}/xem-truoc.pdf` : null,
    stops: why && t('desk.sign.stops', { why: t(`desk.sign.${why}`) }),
  }
}

function stopOf({ denied, hasDraft }: ApprovalFacts): 'noDraft' | 'held' | 'notYours' | null {
  if (denied === 'held-by-another') return 'held'
  if (denied !== null) return 'notYours'
  return hasDraft ? null : 'noDraft'
}
