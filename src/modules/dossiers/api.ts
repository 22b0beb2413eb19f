import { z } from '@hono/zod-openapi'
import type { Db } from '../../kernel/db.ts'
import { isRefusal, refusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import { explainAll } from '../calendar/index.ts'
import type { Actor } from '../identity/index.ts'
import { ClockAnswer, DossierAnswer, PartnerWordAnswer, present } from './api-answers.ts'
import { Request } from './commands.ts'
import { outcomes } from './derived.ts'
import { QueueFilter } from './desk/queue.ts'
import { DossierCode } from './dossier.ts'
import type { Dossiers } from './dossier-service.ts'
import { SubmissionInput } from './filing/submission-input.ts'
import { isGuessable, lookUpTries } from './look-up-tries.ts'
import { dossierReuse } from './papers/dossier-reuse.ts'
import { paperWays } from './papers/paper-source.ts'
import { PartnerReport } from './partner-word.ts'
import { refusals as dossierRefusals } from './refusals.ts'
import { SyncReport, SyncState } from './sync.ts'

interface App {
  db: Db
  dossiers: Dossiers
  endOfToday(now: Date): Date
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
    const view = await app.dossiers.view(actor, params.code, { now })
    return isRefusal(view) ? view : present(view.dossier, now)
  },
})

const clock = defineRoute<App, Actor, typeof Code>({
  method: 'get',
  path: '/dossiers/{code}/clock',
  summary: 'Why the due date is what it is: every span counted and skipped, with its rule and the calendar',
  tag: 'dossiers',
  access: { person: true, officer: true, system: 'dossiers:read' },
  params: Code,
  answer: ClockAnswer,
  async handle({ app, actor, params, now }) {
    const view = await app.dossiers.view(actor, params.code, { now })
    if (isRefusal(view)) return view
    const { explanation, dossier } = view
    const { code, acceptedAt, dueAt, promisedDueAt, indexDueAt, calendarVersion } = dossier
    return {
      ...{ code, acceptedAt, dueAt, promisedDueAt, indexDueAt, calendarVersion, explanation },
      timeOutcome: outcomes(dossier, now),
      sentences: { vi: explainAll(explanation, 'vi'), en: explainAll(explanation, 'en') },
    }
  },
})

const ReuseAnswer = z
  .object({
    code: z.string(),
    lines: z.array(
      z.object({
        component: z.string(),
        name: z.string(),
        code: z.string().nullable(),
        way: z.enum([...paperWays, 'none']),
        trust: z.string().nullable(),
        vaultItems: z.array(z.uuid()),
        flags: z.object({ DuocSoHoa: z.int(), DuocTaiSuDung: z.int(), DuocLayTuKhoDMQG: z.int() }),
      }),
    ),
    counts: z.record(z.string(), z.int()),
    HoSoCoThanhPhanSoHoa: z.int(),
  })
  .openapi('DossierReuse')

const reuse = defineRoute<App, Actor, typeof Code>({
  method: 'get',
  path: '/dossiers/{code}/reuse',
  summary: 'Where each paper came from, which papers of a vault it was, and the national flags that follow',
  tag: 'dossiers',
  access: { person: true, officer: true, system: 'dossiers:read' },
  params: Code,
  answer: ReuseAnswer,
  async handle({ app, actor, params, now }) {
    const view = await app.dossiers.view(actor, params.code, { now })
    if (isRefusal(view)) return view
    return { code: view.dossier.code, ...(await dossierReuse(app.db, view)) }
  },
})

const ReadersAnswer = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(['officer', 'system']),
        id: z.string(),
        how: z.enum(['opened', 'exported']),
        authority: z.string().nullable(),
        post: z.string().nullable(),
        atWork: z.boolean(),
        times: z.int(),
        lastAt: z.iso.datetime(),
      }),
    ),
  })
  .openapi('DossierReaders')

const readers = defineRoute<App, Actor, typeof Code>({
  method: 'get',
  path: '/dossiers/{code}/readers',
  summary: 'Who opened your dossier or took it out in a file, whoever read last first',
  tag: 'dossiers',
  access: { person: true },
  params: Code,
  answer: ReadersAnswer,
  async handle({ app, actor, params, now }) {
    if (actor.kind !== 'person') return dossierRefusals.notFound()
    const found = await app.dossiers.readers(actor, params.code, { now })
    if (isRefusal(found)) return found
    const items = found.map(({ readerKind, readerId, how, authority, post, atWork, times, lastAt }) => ({
      ...{ kind: readerKind, id: readerId, how, authority, post, atWork, times, lastAt },
    }))
    return { items }
  },
})

const Destination = Code.extend({ destination: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/) })

const sync = defineRoute<App, Actor, typeof Destination, undefined, undefined, typeof SyncReport>({
  method: 'put',
  path: '/dossiers/{code}/sync/{destination}',
  summary:
    'A partner system says how far it has taken a dossier over; the business of the dossier is untouched',
  tag: 'dossiers',
  access: { system: 'dossiers:sync' },
  params: Destination,
  body: SyncReport,
  answer: SyncState,
  handle: ({ app, actor, params, body, now }) =>
    app.dossiers.recordSync(actor, { ...params, ...body }, { now }),
})

const PartnerAnswer = z
  .object({
    code: z.string(),
    source: z.string(),
    news: z.boolean(),
    word: PartnerWordAnswer.nullable(),
  })
  .openapi('PartnerWord')

const partnerStatus = defineRoute<
  App,
  Actor,
  typeof Code,
  undefined,
  typeof IdempotencyKey,
  typeof PartnerReport
>({
  method: 'post',
  path: '/dossiers/{code}/partner-status',
  summary:
    'A partner system says the national status of a dossier; late and repeated words are kept and put nothing back',
  tag: 'dossiers',
  access: { system: 'dossiers:partner-status' },
  params: Code,
  headers: IdempotencyKey,
  body: PartnerReport,
  answer: PartnerAnswer,
  handle: ({ app, actor, params, headers, body, now }) =>
    app.dossiers.reportPartnerStatus(actor, { ...params, ...body, key: headers['idempotency-key'] }, { now }),
})

/** What opens the key of an officer whose approval signs a paper; goes to the signer and is kept nowhere. */
const Opens = z
  .strictObject({ pin: z.string().max(100), otp: z.string().max(100) })
  .partial()
  .openapi('Authorisation')

const ActionBody = z
  .intersection(
    Request,
    z.object({ expectedSequence: z.int().min(1).optional(), authorisation: Opens.optional() }),
  )
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
    const { expectedSequence, authorisation: { pin, otp } = {} } = body
    const done = await app.dossiers.act(actor, params.code, body, {
      now,
      ...(expectedSequence && { expectedSequence }),
      authorisation: { ...(pin && { pin }), ...(otp && { otp }) },
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
  answer: z.object({ items: z.array(z.unknown()), hasMore: z.boolean(), next: z.string().optional() }),
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
export const dossierRoutes = [submit, read, clock, reuse, readers, act, sync, partnerStatus, queue, lookUp]
