import { type Locale, type MessageKey, messages } from '../../kernel/i18n.ts'
import { zoned } from '../../kernel/time.ts'
import { type Dossier, openTasks, type Party } from '../dossiers/index.ts'
import type { MessageChannel, MessageKind } from './message.ts'
import type { Sayings } from './sayings.ts'

/** Names looked up before composing. */
export interface NamesOfDossier {
  authority: { name: string; shortName: string }
  receivingAuthority: { name: string; shortName: string }
  procedure: string
  /** The officer who accepted, and the officer or role that handles it now; null before that. */
  receiver: string | null
  handler: string | null
}

export interface ComposeFacts {
  kind: MessageKind
  dossier: Dossier
  party: Party
  names: NamesOfDossier
  language: Locale
  /** Address of the portal, without a slash at the end. */
  baseUrl: string
  /** What the entry says beyond the present state. */
  says?: Sayings
  /** It goes to another party, who did not file. */
  toOther?: boolean
}

/** The longest text message that is sold as one (GSM 03.38, seven-bit letters). */
export const smsLimit = 160

/** Words one message for one channel; pure. */
export function compose(facts: ComposeFacts, channel: MessageChannel): { subject: string; text: string } {
  if (channel === 'sms') return { subject: '', text: composeSms(facts) }
  return channel === 'email' ? composeMail(facts) : composeInApp(facts)
}

function composeInApp(facts: ComposeFacts) {
  const t = messages(facts.language)
  const params = paramsOf(facts)
  const text = t(`notifications.app.${wordingOf(facts)}` as MessageKey, { ...params, next: nextOf(facts) })
  return {
    subject: t(`notifications.kind.${facts.kind}`),
    text: lines(text, filedForLine(facts), ...details(facts)),
  }
}

function composeMail(facts: ComposeFacts) {
  const { dossier, language, kind, baseUrl } = facts
  const t = messages(language)
  const subject = t('notifications.mail.subject', {
    code: dossier.code,
    kind: t(`notifications.kind.${kind}`),
  })
  const text = t(`notifications.mail.${wordingOf(facts)}` as MessageKey, {
    ...paramsOf(facts),
    next: nextOf(facts),
  })
  // A branch is read on the page of its filing, where everything of it stands together.
  const page = dossier.linked?.code ?? dossier.code
  const link = t('notifications.mail.link', { link: `${baseUrl}/ho-so/${page}` })
  return { subject, text: lines(text, '', ...details(facts), '', link, '', t('notifications.mail.footer')) }
}

// One segment: the office's name gives way when the rest needs the room.
function composeSms(facts: ComposeFacts): string {
  const t = messages(facts.language)
  const key = `notifications.sms.${wordingOf(facts)}` as MessageKey
  const authority = plainLetters(facts.names.authority.shortName)
  const wording = (name: string) => plainLetters(t(key, { ...paramsOf(facts, 'short'), authority: name }))
  const room = smsLimit - wording('').length
  return wording(
    authority.length > room ? `${authority.slice(0, Math.max(0, room - 1)).trimEnd()}.` : authority,
  )
}

function wordingOf({ kind, dossier }: ComposeFacts): string {
  // While the clock stands still there is no day to promise.
  if (kind === 'accepted' && dossier.dueAt === null) return 'accepted-paused'
  return kind === 'result-ready' ? `ready-${dossier.delivery}` : kind
}

function paramsOf(
  { dossier, names, language, baseUrl, says = {} }: ComposeFacts,
  length: 'full' | 'short' = 'full',
) {
  const time = (instant: string | null) => (instant === null ? '' : timeText(instant, language, length))
  return {
    code: dossier.code,
    procedure: names.procedure,
    authority: names.authority.name,
    receivingAuthority: names.receivingAuthority.name,
    intakeDue: time(dossier.intakeDueAt),
    due: time(dossier.dueAt),
    site: new URL(baseUrl).host,
    ...{ newDue: '', oldDue: '', amount: '', name: '', when: '', place: '', carrier: '', tracking: '' },
    fees: '',
    ...{ reason: '', until: '' },
    ...says,
  }
}

function nextOf(facts: ComposeFacts): string {
  const { dossier, language } = facts
  const t = messages(language)
  if (dossier.dueAt !== null) return t('notifications.next.due', paramsOf(facts))
  return dossier.intakeDueAt !== null ? t('notifications.next.intake', paramsOf(facts)) : ''
}

function filedForLine({ party, language, toOther }: ComposeFacts): string {
  if (toOther) return ''
  const t = messages(language)
  const { filedFor } = party
  switch (filedFor.kind) {
    case 'self':
    // A helper only types: the person told is the one it is for.
    case 'helper':
      return ''
    case 'child':
      return t('notifications.filedFor.child')
    case 'relative':
      return t('notifications.filedFor.relative', { name: filedFor.principal.name })
    case 'organisation':
      return t('notifications.filedFor.organisation', { name: filedFor.name })
    default:
      return filedFor satisfies never
  }
}

/** What every notice states (NĐ 224, Điều 15 khoản 1 điểm g): agency, who receives and handles, the times. */
function details({ dossier, names, language }: ComposeFacts): string[] {
  const t = messages(language)
  const time = (instant: string) => timeText(instant, language, 'full')
  const { receiver, handler } = names
  const apart = dossier.receivedBy !== dossier.competent
  const { submittedAt, acceptedAt, dueAt, decidedAt, closedAt } = dossier
  return [
    t('notifications.detail.agency', { authority: names.authority.name }),
    apart ? t('notifications.detail.receivingAgency', { authority: names.receivingAuthority.name }) : '',
    t('notifications.detail.submittedAt', { at: time(submittedAt) }),
    receiver ? t('notifications.detail.receivedBy', { name: receiver }) : '',
    acceptedAt ? t('notifications.detail.receivedAt', { at: time(acceptedAt) }) : '',
    handler ? t('notifications.detail.handledBy', { name: handler }) : '',
    dueAt && !decidedAt ? t('notifications.detail.due', { at: time(dueAt) }) : '',
    decidedAt ? t('notifications.detail.decidedAt', { at: time(decidedAt) }) : '',
    dossier.state === 'returned' && closedAt
      ? t('notifications.detail.returnedAt', { at: time(closedAt) })
      : '',
  ].filter(Boolean)
}

/** Who accepted a dossier and who holds it now, as ids and roles; names are looked up by the caller. */
export function handlersOf(dossier: Dossier) {
  const intake = dossier.tasks.find((task) => task.kind === 'intake' && task.outcome === 'accepted')
  const step = openTasks(dossier).find((task) => task.role !== 'applicant')
  return {
    receiver: intake?.closedBy ?? null,
    handler: step ? { officer: step.assignee, role: step.role, authority: step.authority } : null,
  }
}

function timeText(instant: string, language: Locale, length: 'full' | 'short'): string {
  const wall = zoned(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  const time = `${two(wall.hour)}:${two(wall.minute)}`
  return messages(language)(`notifications.time.${length}`, {
    time,
    date: `${two(wall.day)}/${two(wall.month)}/${wall.year}`,
  })
}

/** Letters without accents: a text message with accents holds 70 letters instead of 160. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^\x20-\x7e]/g, ' ')
}

const lines = (...all: string[]) =>
  all
    .filter((line, i) => line !== '' || (i > 0 && all[i - 1] !== ''))
    .join('\n')
    .trim()
