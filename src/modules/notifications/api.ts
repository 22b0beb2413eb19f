import { z } from '@hono/zod-openapi'
import type { Db } from '../../kernel/db.ts'
import { defineRoute } from '../../kernel/http.ts'
import type { Actor } from '../identity/index.ts'
import { type Message, messageKinds, reminderKinds } from './message.ts'
import { markRead, messagesOf, unreadCount } from './notification-store.ts'

interface App {
  db: Db
}

const MessageAnswer = z
  .object({
    id: z.uuid(),
    dossierCode: z.string().openapi({ description: 'Empty: a reminder that is of no dossier' }),
    kind: z.enum([...messageKinds, ...reminderKinds]),
    subject: z.string(),
    text: z.string(),
    createdAt: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
  })
  .openapi('Message')

function present({
  id,
  dossierCode,
  kind,
  subject,
  text,
  createdAt,
  readAt,
}: Message): z.infer<typeof MessageAnswer> {
  return { id, dossierCode, kind, subject, text, createdAt, readAt }
}

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.iso.datetime().optional(),
})

const list = defineRoute<App, Actor, undefined, typeof Page>({
  method: 'get',
  path: '/messages',
  summary: 'Your messages, newest first; `before` is the time of the last one seen',
  tag: 'messages',
  access: { person: true },
  query: Page,
  answer: z.object({ items: z.array(MessageAnswer), unread: z.int() }),
  async handle({ app, actor, query }) {
    const id = personOf(actor)
    const [items, unread] = await Promise.all([
      messagesOf(app.db.pool, id, { limit: query.limit, ...(query.before && { before: query.before }) }),
      unreadCount(app.db.pool, id),
    ])
    return { items: items.map(present), unread }
  },
})

const ReadBody = z.object({ ids: z.union([z.literal('all'), z.array(z.uuid()).max(500)]) })

const read = defineRoute<App, Actor, undefined, undefined, undefined, typeof ReadBody>({
  method: 'post',
  path: '/messages/read',
  summary: 'Mark your messages as read',
  tag: 'messages',
  access: { person: true },
  body: ReadBody,
  answer: z.object({ marked: z.int() }),
  handle: async ({ app, actor, body, now }) => ({
    marked: await markRead(app.db.pool, personOf(actor), { ids: body.ids, now }),
  }),
})

function personOf(actor: Actor): string {
  if (actor.kind !== 'person') throw new Error('the route lets in signed-in people only')
  return actor.personId
}

/** The REST routes of this module. */
export const notificationRoutes = [list, read]
