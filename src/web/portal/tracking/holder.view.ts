import type { Translate } from 'motcua/kernel/i18n'
import type { Task } from 'motcua/modules/dossiers'
import {
  lowerFirst,
  nameIn,
  partyName,
  readerParty,
  type StatusFacts,
  speaksForApplicant,
} from './status-facts'

export interface Holder {
  text: string
  small?: string
}

/** Who holds a task: the reader, another party, the officer by name and post, else the kind of officer and where. */
export function holderOf(task: Task, facts: StatusFacts, t: Translate): Holder {
  if (task.role === 'applicant') return personWhoHolds(task, facts, t)
  const { officers, authorities } = facts
  const officer = task.assignee === null ? undefined : officers.get(task.assignee)
  const place = nameIn(authorities, task.authority)
  if (officer === undefined) return { text: t(`processes.role.${task.role}`), small: place }
  return {
    text: officer.title ? `${officer.name}, ${lowerFirst(officer.title)}` : officer.name,
    small: place,
  }
}

function personWhoHolds(task: Task, { view }: StatusFacts, t: Translate): Holder {
  if (task.kind === 'confirm') {
    const mine = readerParty(view)?.no === task.subject
    return {
      text: mine ? t('tracking.you') : partyName(view, task.subject ?? 0, t),
      small: t('status.party.small'),
    }
  }
  const small = t(task.kind === 'obligation' ? 'status.obligation.small' : 'tracking.youSmall')
  return { text: speaksForApplicant(view) ? t('tracking.you') : view.party.name, small }
}

/** What is being done or waited for, as the heading of the present step. */
export function taskTitle(task: Task, { view }: StatusFacts, t: Translate): string {
  switch (task.kind) {
    case 'intake':
      return t('tracking.waitingIntake')
    case 'supplement':
      return t('tracking.waitingYou')
    case 'return':
      return t('tracking.waitingReturn')
    case 'step':
      return t('tracking.doing', { step: lowerFirst(task.name) })
    case 'confirm':
      return t('status.waiting.confirm', { name: partyName(view, task.subject ?? 0, t) })
    case 'obligation':
    case 'consult':
    case 'visit':
    case 'transfer':
    case 'handover':
    case 'wait':
      return t(view.dossier.branches === null ? 'status.waiting.wait' : 'branches.waiting')
    case 'compensation':
      return t(`status.waiting.${task.kind}`)
    default:
      return task.kind satisfies never
  }
}
