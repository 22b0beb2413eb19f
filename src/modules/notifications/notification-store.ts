import type { Queryable } from '../../kernel/db.ts'
import type { Message, NewMessage, Outgoing } from './message.ts'
import { type MessageRow, tellOnce } from './tell-once.ts'

/** Keeps news of dossiers and has it sent; what was told before is left alone. */
export async function tellOfDossiers(tx: Queryable, messages: readonly NewMessage[]): Promise<void> {
  await tellOnce(tx, 'told_once', messages.map(toRow))
}

/** How many texts have asked each of these phones for a yes since a moment. */
export async function askedSince(
  tx: Queryable,
  phones: readonly string[],
  since: Date,
): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ recipient: string; n: number }>({
    name: 'notifications.asked-since',
    text: `select recipient, count(*)::int as n from notifications.message
           where channel <> 'in-app' and created_at > $2 and kind = 'party-asked' and recipient = any($1)
           group by recipient`,
    values: [phones, since],
  })
  return new Map(rows.map(({ recipient, n }) => [recipient, n]))
}

const toRow = (message: NewMessage): MessageRow => ({
  id: message.id,
  dossier_id: message.dossierId,
  sequence: message.sequence,
  person_id: message.personId,
  party: message.party,
  kind: message.kind,
  channel: message.channel,
  recipient: message.recipient,
  subject: message.subject,
  text: message.text,
  params: message.params,
  language: message.language,
  created_at: message.createdAt,
})

const columns = `m.*, (select count(*)::int from notifications.attempt a where a.message_id = m.id) as attempts`

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
function toMessage(row: any): Message & Outgoing {
  return {
    id: row.id,
    dossierId: row.dossier_id,
    dossierCode: row.params.code ?? '',
    href: row.params.href ?? null,
    kind: row.kind,
    channel: row.channel,
    recipient: row.recipient,
    subject: row.subject,
    text: row.text,
    language: row.language,
    createdAt: row.created_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    readAt: row.read_at?.toISOString() ?? null,
    state: row.sent_at ? 'sent' : row.failed_at ? 'failed' : 'waiting',
    attempts: row.attempts,
  }
}

/** The messages in the app of one person, newest first; `before` is the `createdAt` of the last one seen. */
export async function messagesOf(
  db: Queryable,
  personId: string,
  { limit = 50, before }: { limit?: number; before?: string } = {},
): Promise<Message[]> {
  const { rows } = await db.query({
    name: 'notifications.messages-of',
    text: `select ${columns} from notifications.message m
           where m.person_id = $1 and m.channel = 'in-app' and ($2::timestamptz is null or m.created_at < $2)
           order by m.created_at desc, m.id desc limit $3`,
    values: [personId, instantOf(before), limit],
  })
  return rows.map(toMessage)
}

/** How many messages in the app a person has not read. */
export async function unreadCount(db: Queryable, personId: string): Promise<number> {
  const { rows } = await db.query({
    name: 'notifications.unread-count',
    text: `select count(*)::int as n from notifications.message
           where person_id = $1 and channel = 'in-app' and read_at is null`,
    values: [personId],
  })
  return rows[0].n
}

/** Marks a person's own messages as read: those named, or all. Other people's ids change nothing. */
export async function markRead(
  db: Queryable,
  personId: string,
  { ids, now }: { ids: readonly string[] | 'all'; now: Date },
): Promise<number> {
  const { rowCount } = await db.query({
    name: 'notifications.mark-read',
    text: `update notifications.message set read_at = $2
           where person_id = $1 and channel = 'in-app' and read_at is null and ($3::uuid[] is null or id = any($3))`,
    values: [personId, now, ids === 'all' ? null : ids],
  })
  return rowCount ?? 0
}

/** What went to phones and mailboxes, newest first: the outbox that the demonstration shows. */
export async function outbox(db: Queryable, { limit = 50 }: { limit?: number } = {}): Promise<Outgoing[]> {
  const { rows } = await db.query({
    name: 'notifications.outbox',
    text: `select ${columns} from notifications.message m where m.channel <> 'in-app'
           order by m.created_at desc, m.id desc limit $1`,
    values: [limit],
  })
  return rows.map(toMessage)
}

/** Everything told about one dossier, oldest first: the proof of what was said to whom and when. */
export async function messagesAbout(db: Queryable, dossierId: string): Promise<Message[]> {
  const { rows } = await db.query({
    name: 'notifications.messages-about',
    text: `select ${columns} from notifications.message m where m.dossier_id = $1 order by m.sequence, m.channel`,
    values: [dossierId],
  })
  return rows.map(toMessage)
}

export async function findMessage(db: Queryable, id: string): Promise<Outgoing | undefined> {
  const { rows } = await db.query({
    name: 'notifications.message',
    text: `select ${columns} from notifications.message m where m.id = $1`,
    values: [id],
  })
  return rows[0] && toMessage(rows[0])
}

/** One try to send a message. */
export interface Attempt {
  no: number
  at: Date
  adapter: string
  outcome: 'sent' | 'unavailable' | 'rejected'
  error: string | null
}

/** Records a try and what became of the message, in one statement. */
export async function recordAttempt(
  db: Queryable,
  messageId: string,
  attempt: Omit<Attempt, 'no'>,
): Promise<void> {
  await db.query({
    name: 'notifications.record-attempt',
    text: `with tried as (
             insert into notifications.attempt (message_id, no, at, adapter, outcome, error)
             select $1, coalesce(max(no), 0) + 1, $2, $3, $4, $5 from notifications.attempt where message_id = $1
           )
           update notifications.message set
             sent_at = case when $4 = 'sent' then $2 end, failed_at = case when $4 = 'rejected' then $2 end
           where id = $1 and sent_at is null`,
    values: [messageId, attempt.at, attempt.adapter, attempt.outcome, attempt.error],
  })
}

export async function attemptsOf(db: Queryable, messageId: string): Promise<Attempt[]> {
  const { rows } = await db.query<Attempt>({
    name: 'notifications.attempts-of',
    text: 'select no, at, adapter, outcome, error from notifications.attempt where message_id = $1 order by no',
    values: [messageId],
  })
  return rows
}

// Years that the database cannot write are before every message.
function instantOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(Math.max(Date.parse(text) || 0, 0))
}
