import { z } from '@hono/zod-openapi'
import type { Db } from '../../kernel/db.ts'
import { refusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor } from '../identity/index.ts'
import { answersFor } from './answers-for.ts'
import { rememberedSummary } from './board-summary.ts'
import { measures } from './contributions.ts'
import { dossiersBehind } from './indicator-store.ts'
import { libraryRoutes } from './library/index.ts'
import { openDataRoutes } from './open-data/api.ts'
import { BoardPeriod } from './period.ts'

interface App {
  db: Db
}

const AuthorityCode = z.string().regex(/^[A-Z]\d{2}(\.\d{1,3}){0,3}$/)
const Asked = z.object({
  authority: AuthorityCode.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  step: z.enum(['day', 'week', 'month']).optional(),
})

const Count = z.int()
const Share = z.number().nullable()
const Figures = z.object({
  received: Count,
  byChannel: z.object({ online: Count, direct: Count, post: Count }),
  finished: z.object({ early: Count, onTime: Count, late: Count }),
  onlineShare: Share,
  onTimeShare: Share,
  satisfaction: z.object({
    average: z.number().nullable(),
    share: Share,
    count: Count,
    byGrade: z.object({ 'very-satisfied': Count, satisfied: Count, 'not-satisfied': Count }),
  }),
})
const Stock = z.object({
  awaitingIntake: Count,
  inProgress: z.object({ inTime: Count, overdue: Count }),
})
const SeriesPoint = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  received: Count,
  online: Count,
  finished: z.object({ early: Count, onTime: Count, late: Count }),
  moving: z.boolean(),
})
const Summary = z
  .object({
    authority: z.string().nullable(),
    from: z.iso.date(),
    to: z.iso.date(),
    ...Figures.shape,
    ...Stock.shape,
    accepted: Count,
    refused: Count,
    withdrawn: Count,
    stopped: Count,
    digitalResults: Count,
    timelyShare: Share,
    series: z.array(SeriesPoint),
    perAuthority: z.array(z.object({ authority: z.string(), ...Figures.shape, ...Stock.shape })),
    perProcedure: z.array(z.object({ procedureCode: z.string(), ...Figures.shape })),
    asAt: z.object({
      position: Count,
      movedAt: z.string().nullable(),
      readAt: z.string(),
      stockOn: z.iso.date(),
    }),
  })
  .openapi('BoardSummary')

/** The period asked for; what is left out is this month. */
function periodOf({ from, to, step }: z.infer<typeof Asked>, now: Date) {
  const today = dateOfLaw(now)
  const last = to ?? today
  const parsed = BoardPeriod.safeParse({ from: from ?? `${last.slice(0, 8)}01`, to: last, step })
  return parsed.success ? parsed.data : refusal('invalid', 'indicators.invalid')
}

const summary = defineRoute<App, Actor, undefined, typeof Asked>({
  method: 'get',
  path: '/board/summary',
  summary: 'The public figures of an authority and all below it, live; this month unless asked otherwise',
  tag: 'board',
  access: { public: true },
  query: Asked,
  answer: Summary,
  async handle({ app, query, now }) {
    const period = periodOf(query, now)
    if ('refused' in period) return period
    return rememberedSummary(app.db.pool, { authority: query.authority ?? null, ...period, now })
  },
})

const AskedBehind = z.object({
  authority: AuthorityCode,
  measure: z.enum(measures),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

const behind = defineRoute<App, Actor, undefined, typeof AskedBehind>({
  method: 'get',
  path: '/board/dossiers',
  summary: 'The codes of the dossiers behind a figure, for officers of the authority or one above it',
  tag: 'board',
  access: { officer: true },
  query: AskedBehind,
  answer: z.object({ items: z.array(z.object({ code: z.string() })) }),
  async handle({ app, actor, query, now }) {
    const period = periodOf(query, now)
    if ('refused' in period) return period
    if (!answersFor(actor, query.authority)) return refusal('forbidden', 'http.not-for-you')
    const { authority, measure, limit } = query
    const found = await dossiersBehind(app.db.pool, {
      authority,
      measure,
      limit,
      ...period,
      today: dateOfLaw(now),
    })
    return { items: found.map(({ code }) => ({ code })) }
  },
})

/** The REST routes of this module. */
export const indicatorRoutes = [summary, behind, ...libraryRoutes, ...openDataRoutes]
