import type { Queryable } from '../../kernel/db.ts'
import type { Locale } from '../../kernel/i18n.ts'
import { newId } from '../../kernel/ids.ts'
import type { ReminderKind } from './message.ts'
import { tellOnce } from './tell-once.ts'

/** What a person is reminded of that is no news of a dossier: in the app and, where they gave a phone, by text. */
export interface Reminder {
  personId: string
  phone: string | null
  kind: ReminderKind
  /** What it tells of; the same told again to the same person tells nobody. */
  key: string
  subject: string
  text: string
  /** The text message: plain letters of one segment. */
  sms: string
  /** The page where it is dealt with, such as `/hen`. */
  href: string
  language: Locale
}

/** Reminds a person once; says whether they were told now. Call it in the transaction that knows it still holds. */
export async function remindPerson(
  tx: Queryable,
  { personId, phone, kind, key, subject, text, sms, href, language }: Reminder,
  now: Date,
): Promise<boolean> {
  const row = { person_id: personId, notice: key, kind, params: { href }, language, created_at: now }
  const inApp = {
    ...row,
    id: newId(now.getTime()),
    channel: 'in-app' as const,
    recipient: personId,
    subject,
    text,
  }
  const bySms = { ...row, id: newId(now.getTime()), channel: 'sms' as const, subject: '', text: sms }
  const rows = phone ? [inApp, { ...bySms, recipient: phone }] : [inApp]
  return (await tellOnce(tx, 'person_told_once', rows)) > 0
}
