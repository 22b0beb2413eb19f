import type { Queryable } from '../../kernel/db.ts'
import { enqueue } from '../../kernel/feed.ts'
import { type MessageChannel, sendTask } from './message.ts'

/** A message as its row; what is left out is null. */
export interface MessageRow {
  id: string
  dossier_id?: string
  sequence?: number
  party?: number | null
  person_id?: string | null
  officer_id?: string
  /** What a message of no dossier tells of. */
  notice?: string
  kind: string
  channel: MessageChannel
  recipient: string
  subject: string
  text: string
  params: Readonly<Record<string, string>>
  language: string
  created_at: Date
}

/** What makes two messages the same one: constraints of the table. */
type Told = 'told_once' | 'officer_told_once' | 'person_told_once'

/**
 * Keeps messages in the caller's transaction, and has those sent that leave the app; what was told before is left
 * alone. Gives how many are new.
 */
export async function tellOnce(tx: Queryable, told: Told, rows: readonly MessageRow[]): Promise<number> {
  if (rows.length === 0) return 0
  const { rows: fresh } = await tx.query<{ id: string; channel: MessageChannel }>({
    name: `notifications.${told}`,
    text: `insert into notifications.message
             (id, dossier_id, sequence, person_id, officer_id, notice, party, kind, channel, recipient, subject, text,
              params, language, created_at, sent_at)
           select m.id, m.dossier_id, m.sequence, m.person_id, m.officer_id, m.notice, m.party, m.kind, m.channel,
             m.recipient, m.subject, m.text, m.params, m.language, m.created_at,
             case when m.channel = 'in-app' then m.created_at end
           from jsonb_populate_recordset(null::notifications.message, $1) m
           on conflict on constraint ${told} do nothing
           returning id, channel`,
    values: [JSON.stringify(rows)],
  })
  const outside = fresh.filter(({ channel }) => channel !== 'in-app')
  await enqueue(
    tx,
    outside.map(({ id }) => ({ identifier: sendTask, payload: { messageId: id }, key: `message:${id}` })),
  )
  return fresh.length
}
