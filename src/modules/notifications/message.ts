import type { Locale } from '../../kernel/i18n.ts'
import type { NoticeKind } from './notice.ts'

/** What somebody is told about a dossier. */
export const messageKinds = [
  'submitted',
  'accepted',
  'supplement-requested',
  'supplemented',
  'refused',
  'result-ready',
  'declined',
  'returned',
  'withdrawn',
  'stopped',
  'awaiting-party',
  'party-asked',
  'party-reminder',
  'party-confirmed',
  'party-disagreed',
  'helper-confirmed',
  'helper-disagreed',
  'supplement-reminder',
  'extended',
  'apologised',
  'due-moved',
  'due-by-edition',
  'obligation-requested',
  'obligation-met',
  'obligation-waived',
  'fees-corrected',
  'message',
  'visit-planned',
  'transferred',
  'result-dispatched',
  'result-corrected',
  'result-revoked',
  'restored',
  'branches-not-started',
] as const
export type MessageKind = (typeof messageKinds)[number]

/** What a person is told that is no news of a dossier. */
export const reminderKinds = ['booking-reminder'] as const
export type ReminderKind = (typeof reminderKinds)[number]

/** Name of the job that sends one message. */
export const sendTask = 'notifications.send'

export type MessageChannel = 'in-app' | 'sms' | 'email'

/** One message on one channel, ready to be sent. */
export interface NewMessage {
  id: string
  dossierId: string
  /** Sequence of the entry that it tells of. */
  sequence: number
  personId: string | null
  /** Number of the other party that it is for; null: the applicant. */
  party: number | null
  kind: MessageKind
  channel: MessageChannel
  /** Account, phone number or address. */
  recipient: string
  subject: string
  text: string
  params: Record<string, string>
  language: Locale
  createdAt: Date
}

/** A message as people see it; `waiting` means that the gateway did not answer and the worker tries again. */
export interface Message {
  id: string
  /** Null with an empty code: it is of no dossier, and leads to the page `href`. */
  dossierId: string | null
  dossierCode: string
  href: string | null
  kind: MessageKind | ReminderKind
  channel: MessageChannel
  recipient: string
  subject: string
  text: string
  language: Locale
  createdAt: string
  sentAt: string | null
  readAt: string | null
  state: 'sent' | 'waiting' | 'failed'
  attempts: number
}

/** What went out, or will: news of a dossier, or a notice for an officer, which is of none and leads to a page. */
export interface Outgoing extends Omit<Message, 'kind'> {
  kind: MessageKind | ReminderKind | NoticeKind
}
