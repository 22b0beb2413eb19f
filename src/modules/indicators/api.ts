import { z } from '@hono/zod-openapi'
import type { Db } from '../../kernel/db.ts'
import { refusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor } from '../identity/index.ts'
import { boardSummary } from './board-summary.ts'
import { BoardPeriod } from './period.ts'

interface App {
  db: Db
}

const Query = z.object({
  authority: z
    .string()
    .regex(/^[A-Z]\d{2}(\.\d{1,3}){0,3}$/)
    .optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  step: z.enum(['day', 'week', 'month']).optional(),
})

const Share = z.number().nullable()
const Finished = z.object({ early: z.int(), onTime: z.int(), late: z.int() })
const Summary = z
  .looseObject({
    authority: z.string().nullable(),
    from: z.iso.date(),
    to: z.iso.date(),
    received: z.int(),
    byChannel: z.object({ online: z.int(), direct: z.int(), post: z.int() }),
    finished: Finished,
    inProgress: z.object({ inTime: z.int(), overdue: z.int() }),
    onlineShare: Share,
    onTimeShare: Share,
  })
  .openapi('BoardSummary')

const summary = defineRoute<App, Actor, undefined, typeof Query>({
  method: 'get',
  path: '/board/summary',
  summary:
    'The public figures of an authority (all when none is named) and a period, this month when none is named',
  tag: 'board',
  access: { public: true },
  query: Query,
  answer: Summary,
  async handle({ app, query, now }) {
    const today = dateOfLaw(now)
    const asked = { from: query.from ?? `${today.slice(0, 8)}01`, to: query.to ?? today, step: query.step }
    const period = BoardPeriod.safeParse(asked)
    if (!period.success) return refusal('invalid', 'indicators.invalid', { from: asked.from, to: asked.to })
    return boardSummary(app.db.pool, { ...period.data, authority: query.authority ?? null, now })
  },
})

/** REST routes of the board. */
export const indicatorRoutes = [summary]
