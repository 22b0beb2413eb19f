import { z } from '@hono/zod-openapi'
import { isRefusal, refusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import type { Actor } from '../identity/index.ts'
import { Request } from './commands.ts'
import { dimensions, isOverdue, nationalStatus, outcomes } from './derived.ts'
import { type Dossier, DossierCode, openTasks } from './dossier.ts'
import type { Dossiers } from './dossier-service.ts'
import { isGuessable, lookUpTries } from './look-up-tries.ts'
import { QueueFilter } from './queue.ts'
import { SubmissionInput } from './submission-input.ts'

interface App {
  dossiers: Dossiers
  endOfToday(now: Date): Date
}

const Instant = z.iso.datetime()

const DossierAnswer = z
  .object({
    code: z.string(),
    sequence: z.int(),
    state: z.string(),
    nationalStatus: z.int(),
    procedureCode: z.string(),
    channel: z.string(),
    receivedBy: z.string(),
    competent: z.string(),
    submittedAt: Instant,
    acceptedAt: Instant.nullable(),
    dueAt: Instant.nullable(),
    promisedDueAt: Instant.nullable(),
    decidedAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    outcome: z.string().nullable(),
    overdue: z.boolean(),
    waitingFor: z.array(
      z.object({
        task: z.int(),
        name: z.string(),
        role: z.string(),
        authority: z.string(),
        dueAt: Instant.nullable(),
      }),
    ),
  })
  .openapi('Dossier')

/** What the API says of a dossier: explicit, so that a new column never leaks. */
function present(dossier: Dossier, now: Date): z.infer<typeof DossierAnswer> {
  const { code, sequence, state, procedureCode, channel, receivedBy, competent } = dossier
  const { submittedAt, acceptedAt, dueAt, promisedDueAt, decidedAt, closedAt, outcome } = dossier
  const waitingFor = openTasks(dossier).map(({ no, name, role, authority, dueAt }) => ({
    task: no,
    name,
    role,
    authority,
    dueAt,
  }))
  return {
    ...{
      code,
      sequence,
      state,
      nationalStatus: nationalStatus(dossier),
      procedureCode,
      channel,
      receivedBy,
      competent,
    },
    ...{ submittedAt, acceptedAt, dueAt, promisedDueAt, decidedAt, closedAt, outcome },
    overdue: isOverdue(dossier, now),
    waitingFor,
  }
}

const IdempotencyKey = z.object({ 'idempotency-key': z.string().min(8).max(200) })
const Code = z.object({ code: DossierCode })

const submit = defineRoute<App, Actor, undefined, undefined, typeof IdempotencyKey, typeof SubmissionInput>({
  method: 'post',
  path: '/dossiers',
  summary: 'File a dossier; the same idempotency key gives the same dossier',
  tag: 'dossiers',
  access: { person: true, officer: ['reception'], system: 'dossiers:write' },
  headers: IdempotencyKey,
  body: SubmissionInput,
  answer: DossierAnswer.extend({ lookupSecret: z.string() }),
  status: 201,
  async handle({ app, actor, headers, body, now }) {
    const filed = await app.dossiers.submitParsed(actor, body, { key: headers['idempotency-key'], now })
    return isRefusal(filed) ? filed : { ...present(filed.dossier, now), lookupSecret: filed.lookupSecret }
  },
})

const read = defineRoute<App, Actor, typeof Code>({
  method: 'get',
  path: '/dossiers/{code}',
  summary: 'Read a dossier that you filed or that concerns your authority',
  tag: 'dossiers',
  access: { person: true, officer: true, system: 'dossiers:read' },
  params: Code,
  answer: DossierAnswer,
  async handle({ app, actor, params, now }) {
    const view = await app.dossiers.view(actor, params.code)
    return isRefusal(view) ? view : present(view.dossier, now)
  },
})

const ActionBody = z
  .intersection(Request, z.object({ expectedSequence: z.int().min(1).optional() }))
  .openapi('Action')

const act = defineRoute<App, Actor, typeof Code, undefined, undefined, typeof ActionBody>({
  method: 'post',
  path: '/dossiers/{code}/actions',
  summary: 'Act on a dossier: accept, ask for more, complete a step, approve, return …',
  tag: 'dossiers',
  access: { person: true, officer: true, system: 'officer:act' },
  params: Code,
  body: ActionBody,
  answer: DossierAnswer,
  async handle({ app, actor, params, body, now }) {
    const { expectedSequence } = body
    const done = await app.dossiers.act(actor, params.code, body, {
      now,
      ...(expectedSequence && { expectedSequence }),
    })
    return isRefusal(done) ? done : present(done, now)
  },
})

const queue = defineRoute<App, Actor, undefined, typeof QueueFilter>({
  method: 'get',
  path: '/queue',
  summary: 'The open tasks of the signed-in officer, the clock that runs out first on top',
  tag: 'dossiers',
  access: { officer: true },
  query: QueueFilter,
  answer: z.object({ items: z.array(z.unknown()), hasMore: z.boolean() }),
  handle: ({ app, actor, query, now }) =>
    app.dossiers.queue(actor as Extract<Actor, { kind: 'officer' }>, query, {
      now,
      endOfToday: app.endOfToday(now),
    }),
})

const LookUp = z.object({ code: z.string().max(60), proof: z.string().max(40) })

const lookUp = defineRoute<App, Actor, undefined, undefined, undefined, typeof LookUp>({
  method: 'post',
  path: '/look-up',
  summary:
    'Status and dates of a dossier by its code and the secret of the receipt, or the last four digits of the phone',
  tag: 'dossiers',
  access: { public: true },
  // Four digits of a phone are soon guessed by a machine.
  perMinute: 10,
  body: LookUp,
  answer: z.record(z.string(), z.unknown()),
  handle({ app, body, now }) {
    // The address is counted above; whoever has many addresses still has one code to guess at.
    const taken = isGuessable(body.proof) ? lookUpTries.take(body.code, now) : undefined
    if (taken && !taken.allowed)
      return refusal('too-many', 'http.too-many', { retryAfterSeconds: taken.retryAfterSeconds })
    return app.dossiers.lookUp(body.code, body.proof)
  },
})

/** REST routes of dossiers. */
export const dossierRoutes = [submit, read, act, queue, lookUp]
