import { z } from '@hono/zod-openapi'
import { isRefusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import type { Actor } from '../identity/index.ts'
import { BatchInput, DecisionInput } from './batches.ts'
import { closings, type Rule } from './due.ts'
import { HoldInput, holdKinds, ReasonInput } from './holds.ts'
import type { Retention } from './retention.ts'
import type { Batch, Hold } from './retention-store.ts'

interface App {
  retention: Retention
}

const Id = z.object({ id: z.uuid() })
const Instant = z.iso.datetime()
const Count = z.int()
const Place = z.object({ authority: z.string().max(40) })
const DuePlace = Place.extend({ days: z.coerce.number().int().min(0).max(36_500).default(365) })
const officers = ['control', 'leader'] as const

const RuleAnswer = z
  .object({
    id: z.string(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
    part: z.enum(['dossier', 'result', 'booking']),
    procedureCode: z.string().nullable(),
    template: z.string().nullable(),
    closing: z.enum(closings).nullable(),
    years: Count.nullable(),
    basis: z.string(),
    source: z.string(),
    confidence: z.enum(['C', 'S', 'R', 'U']),
  })
  .openapi('RetentionRule')
const presentRule = (rule: Rule): z.infer<typeof RuleAnswer> => rule

const HoldAnswer = z
  .object({
    id: z.uuid(),
    authority: z.string(),
    kind: z.enum(holdKinds),
    reason: z.string(),
    until: z.iso.date().nullable(),
    placedBy: z.string(),
    placedAt: Instant,
    liftAskedBy: z.string().nullable(),
    liftedBy: z.string().nullable(),
    liftedAt: Instant.nullable(),
    codes: z.array(z.string()),
  })
  .openapi('LegalHold')
const presentHold = (hold: Hold): z.infer<typeof HoldAnswer> => {
  const { id, authority, kind, reason, until, placedBy, liftAskedBy, liftedBy, codes } = hold
  const about = { id, authority, kind, reason, until, placedBy, liftAskedBy, liftedBy, codes }
  return { ...about, placedAt: hold.placedAt.toISOString(), liftedAt: hold.liftedAt?.toISOString() ?? null }
}

const BatchAnswer = z
  .object({
    id: z.uuid(),
    authority: z.string(),
    state: z.enum(['proposed', 'declined', 'approved', 'done']),
    basis: z.string(),
    proposedBy: z.string(),
    proposedAt: Instant,
    decidedBy: z.string().nullable(),
    decidedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    waiting: Count,
    purged: Count,
    skipped: Count,
    certificate: z.string().nullable(),
  })
  .openapi('PurgeBatch')
const presentBatch = (batch: Batch): z.infer<typeof BatchAnswer> => {
  const { id, authority, state, basis, proposedBy, decidedBy, waiting, purged, skipped, certificate } = batch
  return {
    ...{ id, authority, state, basis, proposedBy, decidedBy, waiting, purged, skipped, certificate },
    proposedAt: batch.proposedAt.toISOString(),
    decidedAt: batch.decidedAt?.toISOString() ?? null,
    finishedAt: batch.finishedAt?.toISOString() ?? null,
  }
}

const due = defineRoute<App, Actor, undefined, typeof DuePlace>({
  method: 'get',
  path: '/retention/due',
  summary: 'What comes due for destruction at an authority and those under it, with the periods followed',
  tag: 'retention',
  access: { officer: officers },
  query: DuePlace,
  answer: z.object({
    until: z.iso.date(),
    counts: z.array(
      z.object({ authority: z.string(), due: Count, coming: Count, held: Count, listed: Count }),
    ),
    items: z.array(
      z.object({
        code: z.string(),
        authority: z.string(),
        state: z.enum(['kept', 'held', 'due']),
        endedOn: z.iso.date().nullable(),
        dueOn: z.iso.date(),
        rule: z.string(),
        keepResults: z.boolean(),
      }),
    ),
    hasMore: z.boolean(),
    rules: z.array(RuleAnswer),
  }),
  async handle({ app, actor, query }) {
    const coming = await app.retention.due(actor, query.authority, query.days)
    if (isRefusal(coming)) return coming
    const { until, counts, first, hasMore, rules } = coming
    const items = first.map(({ dossier: { code, competent, endedOn }, due: each }) => ({
      ...{ code, authority: competent, state: each.state, endedOn, dueOn: each.dueOn },
      ...{ rule: each.rule.id, keepResults: each.keepResults },
    }))
    return { until, counts, items, hasMore, rules: rules.map(presentRule) }
  },
})

const rules = defineRoute<App, Actor>({
  method: 'get',
  path: '/retention/rules',
  summary: 'Periods of keeping, past and coming ones too, each with its source and how sure it is',
  tag: 'retention',
  access: { public: true },
  answer: z.object({ items: z.array(RuleAnswer) }),
  handle: async ({ app }) => ({ items: (await app.retention.rules()).map(presentRule) }),
})

const holds = defineRoute<App, Actor, undefined, typeof Place>({
  method: 'get',
  path: '/retention/holds',
  summary: 'What is held at an authority, in force first',
  tag: 'retention',
  access: { officer: officers },
  query: Place,
  answer: z.object({ items: z.array(HoldAnswer) }),
  async handle({ app, actor, query }) {
    const found = await app.retention.holds(actor, query.authority)
    return isRefusal(found) ? found : { items: found.map(presentHold) }
  },
})

const placeHold = defineRoute<App, Actor, undefined, undefined, undefined, typeof HoldInput>({
  method: 'post',
  path: '/retention/holds',
  summary: 'Hold dossiers in spite of their period',
  tag: 'retention',
  access: { officer: ['control'] },
  body: HoldInput,
  answer: HoldAnswer,
  status: 201,
  async handle({ app, actor, body }) {
    const made = await app.retention.placeHold(actor, body)
    return isRefusal(made) ? made : presentHold(made)
  },
})

const askToLift = defineRoute<App, Actor, typeof Id, undefined, undefined, typeof ReasonInput>({
  method: 'post',
  path: '/retention/holds/{id}/lift-asked',
  summary: 'Ask for a hold to be lifted; it holds until a second person agrees',
  tag: 'retention',
  access: { officer: ['control'] },
  params: Id,
  body: ReasonInput,
  answer: HoldAnswer,
  async handle({ app, actor, params, body }) {
    const asked = await app.retention.askToLift(actor, { ...params, ...body })
    return isRefusal(asked) ? asked : presentHold(asked)
  },
})

const lift = defineRoute<App, Actor, typeof Id>({
  method: 'post',
  path: '/retention/holds/{id}/lifted',
  summary: 'Lift a hold that somebody else asked to lift',
  tag: 'retention',
  access: { officer: ['leader'] },
  params: Id,
  answer: HoldAnswer,
  async handle({ app, actor, params }) {
    const lifted = await app.retention.liftHold(actor, params.id)
    return isRefusal(lifted) ? lifted : presentHold(lifted)
  },
})

const batches = defineRoute<App, Actor, undefined, typeof Place>({
  method: 'get',
  path: '/retention/batches',
  summary: 'Batches of destruction at an authority, the newest first',
  tag: 'retention',
  access: { officer: officers },
  query: Place,
  answer: z.object({ items: z.array(BatchAnswer) }),
  async handle({ app, actor, query }) {
    const found = await app.retention.batches(actor, query.authority)
    return isRefusal(found) ? found : { items: found.map(presentBatch) }
  },
})

const propose = defineRoute<App, Actor, undefined, undefined, undefined, typeof BatchInput>({
  method: 'post',
  path: '/retention/batches',
  summary: 'Propose what is due for destruction: named dossiers, or all of the authority',
  tag: 'retention',
  access: { officer: ['control'] },
  body: BatchInput,
  answer: BatchAnswer,
  status: 201,
  async handle({ app, actor, body }) {
    const made = await app.retention.propose(actor, body)
    return isRefusal(made) ? made : presentBatch(made)
  },
})

const decide = defineRoute<App, Actor, typeof Id, undefined, undefined, typeof DecisionInput>({
  method: 'post',
  path: '/retention/batches/{id}/decision',
  summary: 'Approve or decline a batch that somebody else proposed; approved, it runs',
  tag: 'retention',
  access: { officer: ['leader'] },
  params: Id,
  body: DecisionInput,
  answer: BatchAnswer,
  async handle({ app, actor, params, body }) {
    const decided = await app.retention.decide(actor, { ...params, ...body })
    return isRefusal(decided) ? decided : presentBatch(decided)
  },
})

/** The REST routes of this module; certificate and export are downloaded at `/luu-tru/…`. */
export const retentionRoutes = [due, rules, holds, placeHold, askToLift, lift, batches, propose, decide]
