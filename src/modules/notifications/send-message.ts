import { z } from 'zod'
import type { Db } from '../../kernel/db.ts'
import type { TaskList } from '../../kernel/jobs.ts'
import { type Adapter, Rejected } from './adapters.ts'
import { sendTask } from './message.ts'
import { findMessage, recordAttempt } from './notification-store.ts'
import type { NotificationsParts } from './notifications-consumer.ts'
import { remind, remindTask } from './remind.ts'

const Payload = z.object({ messageId: z.uuid() })

export interface SendParts {
  db: Db
  adapters: Record<'sms' | 'email', Adapter | undefined>
  now(): Date
}

/** The jobs of this module, for the worker. */
export function notificationTasks(parts: SendParts & NotificationsParts): TaskList {
  return {
    [sendTask]: async (payload) => sendMessage(parts, Payload.parse(payload).messageId),
    [remindTask]: async () => {
      await remind(parts.db, parts)
    },
  }
}

/**
 * Tries once to send a message and records how it went. Throws when the gateway is down, so that the worker
 * tries again later; a message sent or rejected before is left alone.
 */
export async function sendMessage({ db, adapters, now }: SendParts, messageId: string): Promise<void> {
  const message = await findMessage(db.pool, messageId)
  if (message === undefined || message.state !== 'waiting' || message.channel === 'in-app') return
  const adapter = adapters[message.channel]
  if (adapter === undefined) {
    const error = 'no gateway is configured for this channel'
    await recordAttempt(db.pool, messageId, { at: now(), adapter: 'none', outcome: 'unavailable', error })
    throw new Error(error)
  }
  try {
    await adapter.send(message)
  } catch (error) {
    const outcome = error instanceof Rejected ? 'rejected' : 'unavailable'
    await recordAttempt(db.pool, messageId, {
      at: now(),
      adapter: adapter.name,
      outcome,
      error: (error as Error).message,
    })
    if (outcome === 'rejected') return
    throw error
  }
  await recordAttempt(db.pool, messageId, { at: now(), adapter: adapter.name, outcome: 'sent', error: null })
}
