import type { Db } from '../../kernel/db.ts'
import { inTransaction } from '../../kernel/db.ts'
import { readStream } from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { type Awaited, listAwaited } from '../dossiers/index.ts'
import { type NotificationsParts, type ToTell, tellEach } from './notifications-consumer.ts'

/** Name of the job that recalls what waits for people; a crontab allows no dot in it. */
export const remindTask = 'remind-people'
/** Every morning at eight in Hà Nội, when people look at their phones and offices answer. */
export const remindCrontab = `0 1 * * * ${remindTask}`

const dayMs = 86_400_000

/**
 * Reminds, once each, of papers whose day to answer is tomorrow or the day after, and of a yes that was asked for
 * yesterday. Told again it tells nobody: what was told is known by its entry and kind.
 */
export async function remind(db: Db, parts: NotificationsParts): Promise<number> {
  const now = parts.now()
  const inDays = (days: number) => new Date(now.getTime() + days * dayMs)
  const awaited = await listAwaited(db.pool, {
    answerBy: [dateOfLaw(inDays(1)), dateOfLaw(inDays(2))],
    asked: { from: inDays(-2), to: inDays(-1) },
  })
  const reminders: ToTell[] = []
  for (const each of awaited) {
    const entry = (await readStream(db.pool, each.dossierId)).find(
      ({ sequence }) => sequence === each.sequence,
    )
    // The news is that it still waits, and that is of now.
    if (entry) reminders.push({ entry: { ...entry, at: now }, telling: tellingOf(each) })
  }
  await inTransaction(db, (tx) => tellEach(parts, tx, reminders))
  return reminders.length
}

const tellingOf = ({ kind, party }: Awaited): ToTell['telling'] =>
  kind === 'confirm' ? { kind: 'party-reminder', party } : { kind: 'supplement-reminder', party: null }
