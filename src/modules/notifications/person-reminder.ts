import type { Queryable } from '../../kernel/db.ts'
import { enqueue } from '../../kernel/feed.ts'
import type { Locale } from '../../kernel/i18n.ts'
import { newId } from '../../kernel/ids.ts'
import { type ReminderKind, sendTask } from './message.ts'

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
  const inApp = { ...row, id: newId(now.getTime()), channel: 'in-app', recipient: personId, subject, text }
  const bySms = { ...row, id: newId(now.getTime()), channel: 'sms', recipient: phone, subject: '', text: sms }
  const { rows: fresh } = await tx.query<{ id: string; channel: string }>({
    name: 'notifications.remind-person',
    text: `insert into notifications.message
             (id, person_id, notice, kind, channel, recipient, subject, text, params, language, created_at, sent_at)
           select m.id, m.person_id, m.notice, m.kind, m.channel, m.recipient, m.subject, m.text, m.params, m.language,
             m.created_at, case when m.channel = 'in-app' then m.created_at end
           from jsonb_populate_recordset(null::notifications.message, $1) m
           on conflict on constraint person_told_once do nothing
           returning id, channel`,
    values: [JSON.stringify(phone ? [inApp, bySms] : [inApp])],
  })
  const texts = fresh.filter(({ channel }) => channel === 'sms')
  await enqueue(
    tx,
    texts.map(({ id }) => ({ identifier: sendTask, payload: { messageId: id }, key: `message:${id}` })),
  )
  return fresh.length > 0
}
