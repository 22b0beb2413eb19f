import type { z } from 'zod'
import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor } from '../identity/index.ts'
import type { Officer } from './authority.ts'
import { decideEnd, decideGrant, type GrantFacts, mayRecordFor, type Recorder } from './decide-grant.ts'
import { findAuthority, findOfficer } from './directory-store.ts'
import {
  endGrant,
  grantsByIds,
  insertGrant,
  type ListedGrant,
  listGrants,
  postsByIds,
} from './grant-store.ts'
import { EndRequest, type Grant, GrantRequest, overlap, ownPosts } from './power.ts'
import { refusals } from './refusals.ts'

/** What a grant may be limited to, told by the catalogue, which is to the right of this module. */
export type LimitOf = (stated: {
  procedures: readonly string[]
  fields: readonly string[]
}) => Promise<GrantFacts['limit']>

export interface PowersParts {
  db: Db
  limitOf: LimitOf
  /** Told after every grant and ending: what this process remembers of posts is no longer true. */
  changed(): void
  /** Told that the journal has news. */
  wake?(): void
}

/** A grant as somebody may see it. */
export interface SeenGrant extends ListedGrant {
  /** Whether who asks may end it early. */
  mayEnd: boolean
  /** Other grants that lend a post of the same officer on the same days. */
  overlaps: string[]
}

/** The door of dated powers: granting, ending and listing them. */
export function createPowers(parts: PowersParts) {
  const { db } = parts

  /**
   * Grants a power. Refuses with every problem named when the request can be mended, and when who asks does
   * not stand above whose power it is. Tells which other grants it overlaps: that is allowed, not hidden.
   */
  async function grant(
    actor: Actor,
    raw: unknown,
    { now }: { now: Date },
  ): Promise<Outcome<{ grant: Grant; overlaps: Grant[] }>> {
    if (actor.kind !== 'officer') return refusals.notYours({ why: 'not-an-officer' })
    const parsed = GrantRequest.safeParse(raw, { reportInput: true })
    if (!parsed.success) return refusals.invalid({ problems: problemsIn(parsed.error) })
    const decided = decideGrant(parsed.data, await factsOf(parts, actor, parsed.data, now))
    if (isRefusal(decided)) return decided
    await insertGrant(db.pool, decided)
    parts.changed()
    parts.wake?.()
    const { giver, authorityCode } = decided.grant
    const others = await listGrants(db, { authorities: [authorityCode], officerId: giver })
    const overlaps = others.filter((other) => other.id !== decided.grant.id && overlap(other, decided.grant))
    return { grant: decided.grant, overlaps }
  }

  /** Ends a grant early, from this moment on. */
  async function end(
    actor: Actor,
    id: string,
    raw: unknown,
    { now }: { now: Date },
  ): Promise<Outcome<Grant>> {
    if (actor.kind !== 'officer') return refusals.notYours({ why: 'not-an-officer' })
    const parsed = EndRequest.safeParse(raw, { reportInput: true })
    if (!parsed.success) return refusals.invalid({ problems: problemsIn(parsed.error) })
    const [found] = isUuid(id) ? await grantsByIds(db, [id]) : []
    if (!found) return refusals.unknown()
    const posts = await postsByIds(db, found.posts)
    const decided = decideEnd(found, parsed.data, { now, by: recorderOf(actor), posts })
    if (isRefusal(decided)) return decided
    if (!(await endGrant(db.pool, decided))) return refusals.meanwhile()
    parts.changed()
    parts.wake?.()
    return decided.grant
  }

  /** What somebody may see: what concerns them and their units; who leads or controls sees the whole authority. */
  async function list(actor: Actor): Promise<SeenGrant[]> {
    if (actor.kind !== 'officer') return []
    const authorities = [...new Set(ownPosts(actor.posts).map(({ authorityCode }) => authorityCode))]
    const all = await listGrants(db, { authorities, officerId: actor.officerId })
    const by = recorderOf(actor)
    return all
      .filter((each) => maySee(by, each))
      .map((each) => ({
        ...each,
        mayEnd: each.endedAt === null && (by.officerId === each.giver || mayRecordFor(by, each.lent)),
        overlaps: all.filter((other) => other.id !== each.id && overlap(other, each)).map(({ id }) => id),
      }))
  }

  return { grant, end, list }
}

export type Powers = ReturnType<typeof createPowers>

async function factsOf(
  { db, limitOf }: PowersParts,
  actor: Extract<Actor, { kind: 'officer' }>,
  request: GrantRequest,
  now: Date,
): Promise<GrantFacts> {
  const today = dateOfLaw(now)
  const stated = request.kind === 'signing' ? request : { procedures: [], fields: [] }
  const [giver, receiver, limit] = await Promise.all([
    findOfficer(db, request.giver, today),
    findOfficer(db, request.receiver, today),
    limitOf(stated),
  ])
  const held = giver?.posts.flatMap((post) => post.grant ?? []) ?? []
  const [authorities, grants] = await Promise.all([
    authoritiesOf(db, [giver, receiver]),
    grantsByIds(db, [...new Set(held)]),
  ])
  return {
    id: newId(now.getTime()),
    ...{ now, by: recorderOf(actor), giver, receiver, authorities, limit, held: grants },
  }
}

async function authoritiesOf(db: Db, officers: readonly (Officer | undefined)[]) {
  const codes = new Set(officers.flatMap((officer) => officer?.posts.map((post) => post.authorityCode) ?? []))
  const found = await Promise.all(
    [...codes].map(async (code) => [code, await findAuthority(db, code)] as const),
  )
  return new Map(found.flatMap(([code, authority]) => (authority ? [[code, authority] as const] : [])))
}

const recorderOf = ({ officerId, posts }: Extract<Actor, { kind: 'officer' }>): Recorder => ({
  officerId,
  posts,
})

function maySee(by: Recorder, grant: ListedGrant): boolean {
  if ([grant.giver, grant.receiver, grant.grantedBy].includes(by.officerId)) return true
  const here = ownPosts(by.posts).filter(({ authorityCode }) => authorityCode === grant.authorityCode)
  const wide = here.some(({ roles }) =>
    roles.some((role) => role === 'leader' || role === 'control' || role === 'admin'),
  )
  const units = [...grant.lent.map(({ unitCode }) => unitCode), ...grant.receiverUnits]
  return wide || here.some(({ unitCode }) => units.includes(unitCode))
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** Every problem of a request that is not well formed: a key of `powers.problem` for each. */
function problemsIn(error: z.ZodError) {
  return error.issues.map((issue) => ({
    field: issue.path.map(String).join('.') || 'kind',
    code: issue.code === 'too_big' ? 'too-long' : isMissing(issue) ? 'needed' : 'not-understood',
  }))
}

const isMissing = (issue: z.core.$ZodIssue) =>
  issue.code === 'too_small' || (issue.code === 'invalid_type' && issue.input === undefined)
