import { z } from '@hono/zod-openapi'
import type { Db } from '../../kernel/db.ts'
import { isRefusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor } from '../identity/index.ts'
import { type Authority, AuthorityKind, Capacity } from './authority.ts'
import { resolveAuthority } from './directory-store.ts'
import { DateOfLaw } from './place.ts'
import { EndRequest, type Grant, GrantDocument, GrantRequest, phaseOf } from './power.ts'
import type { Powers } from './powers.ts'
import { reorganisationRefusals } from './refusals.ts'

interface App {
  db: Db
  powers: Powers
}

const GrantAnswer = z
  .object({
    id: z.uuid(),
    kind: z.enum(['absence', 'signing']),
    authorityCode: z.string(),
    giver: z.string(),
    receiver: z.string(),
    posts: z.array(z.string()),
    capacity: Capacity.nullable(),
    procedures: z.array(z.string()).nullable(),
    fields: z.array(z.string()),
    document: GrantDocument.nullable(),
    from: z.iso.date(),
    to: z.iso.date(),
    reason: z.string(),
    phase: z.enum(['coming', 'in-force', 'over', 'ended-early']),
    grantedBy: z.string(),
    grantedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    endedBy: z.string().nullable(),
    endReason: z.string().nullable(),
    overlaps: z.array(z.uuid()),
  })
  .openapi('Grant')

/** What the API says of a grant: explicit, so that a new column never leaks. */
function present(grant: Grant, overlaps: readonly string[], now: Date): z.infer<typeof GrantAnswer> {
  const { id, kind, authorityCode, giver, receiver, posts, capacity, procedures, fields, document } = grant
  const { from, to, reason, grantedBy, grantedAt, endedAt, endedBy, endReason } = grant
  return {
    ...{ id, kind, authorityCode, giver, receiver, posts, capacity, procedures, fields, document },
    ...{ from, to, reason, grantedBy, grantedAt, endedAt, endedBy, endReason },
    phase: phaseOf(grant, dateOfLaw(now)),
    overlaps: [...overlaps],
  }
}

const list = defineRoute<App, Actor>({
  method: 'get',
  path: '/grants',
  summary: 'Dated powers that concern you and your units: absence and authority to sign, the latest first',
  tag: 'officers',
  access: { officer: true },
  answer: z.object({ items: z.array(GrantAnswer) }),
  async handle({ app, actor, now }) {
    const grants = await app.powers.list(actor)
    return { items: grants.map((grant) => present(grant, grant.overlaps, now)) }
  },
})

const grant = defineRoute<App, Actor, undefined, undefined, undefined, typeof GrantRequest>({
  method: 'post',
  path: '/grants',
  summary: 'Let somebody stand in for an officer who is away, or sign by the authority of the head',
  tag: 'officers',
  access: { officer: true },
  body: GrantRequest,
  answer: GrantAnswer,
  status: 201,
  async handle({ app, actor, body, now }) {
    const made = await app.powers.grant(actor, body, { now })
    if (isRefusal(made)) return made
    const overlaps = made.overlaps.map(({ id }) => id)
    return present(made.grant, overlaps, now)
  },
})

const GrantId = z.object({ grantId: z.string().max(60) })

const end = defineRoute<App, Actor, typeof GrantId, undefined, undefined, typeof EndRequest>({
  method: 'post',
  path: '/grants/{grantId}/end',
  summary: 'End a dated power early, from this moment on',
  tag: 'officers',
  access: { officer: true },
  params: GrantId,
  body: EndRequest,
  answer: GrantAnswer,
  async handle({ app, actor, params, body, now }) {
    const ended = await app.powers.end(actor, params.grantId, body, { now })
    return isRefusal(ended) ? ended : present(ended, [], now)
  },
})

const NamedAuthority = z.object({ code: z.string(), name: z.string() })
const AuthorityAnswer = NamedAuthority.extend({
  shortName: z.string(),
  kind: AuthorityKind,
  parentCode: z.string().nullable(),
  communeCode: z.string().nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  standing: z.boolean(),
  succeededBy: NamedAuthority.nullable(),
  choices: z.array(NamedAuthority),
  path: z.array(z.string()),
}).openapi('Authority')

const named = ({ code, name }: Authority) => ({ code, name })

const AuthorityCodeParam = z.object({ code: z.string().max(35) })
const OnDay = z.object({ on: DateOfLaw.optional() })

const authority = defineRoute<App, Actor, typeof AuthorityCodeParam, typeof OnDay>({
  method: 'get',
  path: '/authorities/{code}',
  summary:
    'What the code of an authority means on a day: an old code says who took over, and after a split among whom to choose',
  tag: 'authorities',
  access: { public: true },
  params: AuthorityCodeParam,
  query: OnDay,
  answer: AuthorityAnswer,
  async handle({ app, params, query, now }) {
    const found = await resolveAuthority(app.db, params.code, query.on ?? dateOfLaw(now))
    if (!found) return reorganisationRefusals.unknownAuthority({ code: params.code })
    const { asked, authority: standing, choices, path } = found
    const { code, name, shortName, kind, parentCode, communeCode, address, phone, validFrom, validTo } = asked
    return {
      ...{ code, name, shortName, kind, parentCode, communeCode, address, phone, validFrom, validTo },
      standing: standing?.code === code,
      succeededBy: standing && standing.code !== code ? named(standing) : null,
      choices: choices.map(named),
      path,
    }
  },
})

/** The REST routes of this module; the app must offer `db` and `powers`. */
export const directoryRoutes = [list, grant, end, authority]
