import { z } from '@hono/zod-openapi'
import type { Db } from '../../kernel/db.ts'
import { refusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import type { Actor } from '../identity/index.ts'
import { type CompiledProcess, findProcessVersion } from '../processes/index.ts'
import { shares } from './dossier-time.ts'
import { namedAuthorities } from './named-authorities.ts'
import { whereTimeGoes } from './where-time-goes.ts'

interface App {
  db: Db
}

const ProcessParams = z.object({ key: z.string().max(80), version: z.coerce.number().int().min(1) })
const Asked = z.object({
  authority: z
    .string()
    .regex(/^[A-Z]\d{2}(\.\d{1,3}){0,3}$/)
    .optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})

const Count = z.int()
const Minutes = z.number()
const Spread = z.object({ p50: Minutes, p90: Minutes }).nullable()
const StageTime = z.object({
  ...Object.fromEntries(shares.map((share) => [share, Minutes])),
  dossiers: Count,
})

const Time = z
  .object({
    key: z.string(),
    version: Count,
    name: z.string(),
    authority: z.string().nullable(),
    from: z.iso.date().nullable(),
    to: z.iso.date().nullable(),
    total: z.object({
      dossiers: Count,
      stages: z.object({ intake: StageTime, settling: StageTime, returning: StageTime }),
      untilDecided: Spread,
    }),
    steps: z.array(
      z.object({
        kind: z.string(),
        stepId: z.string().nullable(),
        name: z.string().nullable(),
        whose: z.enum(['office', 'applicant', 'others']),
        planned: Minutes.nullable(),
        done: Count,
        openNow: Count,
        lateNow: Count,
        waiting: Spread,
        working: Spread,
        whole: Spread,
        waitingSum: Minutes,
        workingSum: Minutes,
        share: z.number(),
        again: Count,
        mostRounds: Count,
        handOvers: Count,
        overPlan: Count,
      }),
    ),
    loops: z.array(z.object({ from: z.string(), to: z.string(), times: Count, dossiers: Count })),
    holders: z.array(
      z.object({
        officerId: z.string().nullable(),
        role: z.string(),
        authority: z.string(),
        count: Count,
        late: Count,
        oldest: z.iso.datetime(),
      }),
    ),
  })
  .openapi('WhereTimeGoes')

const time = defineRoute<App, Actor, typeof ProcessParams, typeof Asked>({
  method: 'get',
  path: '/processes/{key}/versions/{version}/time',
  summary:
    'Where the time of a process goes, in working minutes: by step, waiting against working, loops, who holds what. ' +
    'Officers are named to those who direct the authority; to systems never',
  tag: 'processes',
  access: { officer: ['head', 'leader', 'control'], system: 'board:read' },
  params: ProcessParams,
  query: Asked,
  answer: Time,
  async handle({ app, actor, params: { key, version }, query, now }) {
    const { authority = null, from = null, to = null } = query
    if (from !== null && to !== null && from > to) return refusal('invalid', 'reform.period-backwards')
    const process = await findProcessVersion(app.db, key, version)
    if (!process) return refusal('not-found', 'reform.no-such-process')
    const asked = { key, version, authority, from, to }
    const named = await namedAuthorities(app.db, actor)
    const { steps, ...figures } = await whereTimeGoes(app.db.pool, asked, {
      ...{ process: process.compiled, named, now },
    })
    const nameOf = (stepId: string | null) => (stepId === null ? null : nodeName(process.compiled, stepId))
    return {
      ...{ ...asked, name: process.compiled.name, ...figures },
      steps: steps.map((step) => ({ ...step, name: nameOf(step.stepId) })),
    }
  },
})

const nodeName = ({ steps, waits, boundaries }: CompiledProcess, id: string) =>
  (steps[id] ?? waits[id] ?? boundaries[id])?.name ?? null

/** The REST routes of this module. */
export const reformRoutes = [time]
