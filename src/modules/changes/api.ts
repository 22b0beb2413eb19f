import { z } from '@hono/zod-openapi'
import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import type { Actor } from '../identity/index.ts'
import type { ChangeParts } from './acting.ts'
import type { ProcedureChange } from './change.ts'
import { PartKind, partKinds } from './contents.ts'
import { effectiveParts } from './effective-parts.ts'
import { PublishRequest, publishChange } from './publish-change.ts'
import { changesFor, readChange } from './read-changes.ts'
import { readinessOf } from './readiness.ts'
import { rebaseChange } from './rebase-change.ts'
import { refusals } from './refusals.ts'
import {
  abandonChange,
  approveChange,
  returnChange,
  submitForReview,
  takeBackChange,
} from './review-change.ts'
import { savePart } from './save-part.ts'
import { StartRequest, startChange } from './start-change.ts'
import { withdrawChange } from './withdraw-change.ts'

interface App {
  db: Db
  wake(): void
}

/** Officers alone change procedures; which of them may do what is decided by the use case. */
const officers = { officer: ['control', 'leader'] } as const
const tag = 'procedure changes'

const Saved = z.object({ revision: z.int(), savedBy: z.string(), savedAt: z.iso.datetime() })
const Change = z
  .object({
    id: z.uuid(),
    procedureCode: z.string(),
    kind: z.enum(['new', 'amend', 'abolish']),
    title: z.string(),
    reason: z.string(),
    state: z.enum(['draft', 'in-review', 'approved', 'published', 'withdrawn', 'abandoned']),
    base: z.record(z.string(), z.int().nullable()),
    saved: z.record(z.string(), Saved),
    /** When it was handed in last: what an approval says it has seen. */
    submittedAt: z.iso.datetime().nullable(),
    publication: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi('ProcedureChange')

/** What the API says of a change: contents are asked for part by part. */
function present({
  id,
  code,
  kind,
  title,
  reason,
  state,
  base,
  parts,
  submitted,
  publication,
}: ProcedureChange) {
  const saved = Object.entries(parts).map(([part, { revision, savedBy, savedAt }]) => [
    part,
    { revision, savedBy, savedAt },
  ])
  return {
    ...{ id, procedureCode: code, kind, title, reason, state, base, publication },
    submittedAt: submitted?.at ?? null,
    saved: Object.fromEntries(saved),
  }
}

const shown = (outcome: Outcome<ProcedureChange>) => (isRefusal(outcome) ? outcome : present(outcome))

const list = defineRoute<App, Actor>({
  method: 'get',
  path: '/procedure-changes',
  summary: 'Changes of procedures, the newest first',
  tag,
  access: officers,
  answer: z.object({ items: z.array(z.record(z.string(), z.unknown())) }),
  handle: async ({ app, actor }) => ({ items: await changesFor(app.db, actor) }),
})

const begin = defineRoute<App, Actor, undefined, undefined, undefined, typeof StartRequest>({
  method: 'post',
  path: '/procedure-changes',
  summary: 'Begin a change of a procedure',
  tag,
  access: officers,
  body: StartRequest,
  answer: Change,
  status: 201,
  handle: async ({ app, actor, body, now }) => shown(await startChange(actor, body, partsOf(app, now))),
})

const partsOf = ({ db, wake }: App, now: Date): ChangeParts => ({ db, now, wake })

const Id = z.object({ id: z.uuid() })

const read = defineRoute<App, Actor, typeof Id>({
  method: 'get',
  path: '/procedure-changes/{id}',
  summary: 'One change, with whether it would run and how its test cases go',
  tag,
  access: officers,
  params: Id,
  answer: Change.extend({
    readiness: z.object({
      findings: z.array(z.record(z.string(), z.unknown())),
      problems: z.array(z.record(z.string(), z.unknown())),
      tests: z.record(z.string(), z.unknown()).nullable(),
    }),
  }),
  handle: async ({ app, actor, params, now }) => {
    const change = await readChange(app.db, actor, params.id)
    if (!change) return refusals.unknown()
    return { ...present(change), readiness: await readinessOf(change, partsOf(app, now)) }
  },
})

const PartParams = Id.extend({ part: PartKind })

const readPart = defineRoute<App, Actor, typeof PartParams>({
  method: 'get',
  path: '/procedure-changes/{id}/parts/{part}',
  summary: 'The content of one part: drafted, or as it was when the change began',
  tag,
  access: officers,
  params: PartParams,
  answer: z.object({ part: z.enum(partKinds), revision: z.int(), content: z.unknown() }),
  handle: async ({ app, actor, params: { id, part } }) => {
    const change = await readChange(app.db, actor, id)
    if (!change) return refusals.unknown()
    const contents = await effectiveParts(app.db, change)
    return { part, revision: change.parts[part]?.revision ?? 0, content: contents[part] }
  },
})

const SaveBody = z.object({ seen: z.int().min(0), content: z.unknown() })

const save = defineRoute<App, Actor, typeof PartParams, undefined, undefined, typeof SaveBody>({
  method: 'put',
  path: '/procedure-changes/{id}/parts/{part}',
  summary: 'Save one part; refused with the other content when somebody saved it meanwhile',
  tag,
  access: officers,
  params: PartParams,
  body: SaveBody,
  answer: Change,
  handle: async ({ app, actor, params, body, now }) =>
    shown(await savePart(actor, { ...params, ...body }, partsOf(app, now))),
})

const Note = z.object({
  note: z.string().max(2000).default(''),
  /** `submittedAt` of what was read; an approval needs it. */
  seen: z.string().max(40).optional(),
})
const acts = {
  'take-back': takeBackChange,
  rebase: rebaseChange,
  return: returnChange,
  approve: approveChange,
  withdraw: withdrawChange,
  abandon: abandonChange,
} as const
const ActParams = Id.extend({ act: z.enum(Object.keys(acts) as [keyof typeof acts]) })

const act = defineRoute<App, Actor, typeof ActParams, undefined, undefined, typeof Note>({
  method: 'post',
  path: '/procedure-changes/{id}/acts/{act}',
  summary: 'Take back, build on the newest edition, return, approve, withdraw or give up a change',
  tag,
  access: officers,
  params: ActParams,
  body: Note,
  answer: Change,
  handle: async ({ app, actor, params, body: { note, seen }, now }) => {
    // Nobody approves what they do not say they have read.
    const said = params.act === 'approve' ? { seen: seen ?? '' } : {}
    return shown(await acts[params.act](actor, { id: params.id, note, ...said }, partsOf(app, now)))
  },
})

const submit = defineRoute<App, Actor, typeof Id>({
  method: 'post',
  path: '/procedure-changes/{id}/review',
  summary: 'Hand a change to a second person',
  tag,
  access: officers,
  params: Id,
  answer: Change,
  handle: async ({ app, actor, params, now }) => {
    const change = await readChange(app.db, actor, params.id)
    if (!change) return refusals.unknown()
    const parts = partsOf(app, now)
    const readiness = await readinessOf(change, parts)
    return shown(await submitForReview(actor, { id: change.id }, { ...parts, readiness }))
  },
})

const Publication = PublishRequest.omit({ id: true })

const publish = defineRoute<App, Actor, typeof Id, undefined, undefined, typeof Publication>({
  method: 'post',
  path: '/procedure-changes/{id}/publication',
  summary: 'Publish an approved change from a day, by a decision',
  tag,
  access: officers,
  params: Id,
  body: Publication,
  answer: Change,
  handle: async ({ app, actor, params, body, now }) =>
    shown(await publishChange(actor, { ...params, ...body }, partsOf(app, now))),
})

/** REST routes of changes of procedures. */
export const changeRoutes = [list, begin, read, readPart, save, submit, act, publish]
