import type { Outcome } from '../../kernel/errors.ts'
import {
  type Entry,
  keepPrivate,
  type NewEntry,
  type PrivateContent,
  type PrivateRef,
  seal,
  start,
} from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Authority, AuthorityKind, Capacity, Officer, Post } from './authority.ts'
import { type EndRequest, type Grant, type GrantRequest, isDeputy, isPrincipal, ownPosts } from './power.ts'
import { type GrantProblem, refusals } from './refusals.ts'

/** Who asks, as the rules see them: an officer with their posts of today. */
export interface Recorder {
  officerId: string
  posts: readonly Pick<Post, 'authorityCode' | 'unitCode' | 'roles' | 'capacity' | 'grant'>[]
}

/** What a grant is decided on. */
export interface GrantFacts {
  id: string
  now: Date
  by: Recorder
  /** With the posts of today, own and granted; undefined when there is no such officer. */
  giver: Officer | undefined
  receiver: Officer | undefined
  /** Authorities of all posts concerned, by code. */
  authorities: ReadonlyMap<string, Pick<Authority, 'kind' | 'parentCode'>>
  /** Codes of the procedures that the request is limited to, those of its fields included. */
  limit: { procedures: readonly string[]; unknown: readonly { field: string; code: string }[] }
  /** The grants by which the giver holds something, by id. */
  held: readonly Pick<Grant, 'id' | 'capacity' | 'procedures' | 'to'>[]
}

export type GrantedData = Pick<
  Grant,
  | 'kind'
  | 'giver'
  | 'receiver'
  | 'posts'
  | 'capacity'
  | 'procedures'
  | 'fields'
  | 'document'
  | 'basis'
  | 'from'
  | 'to'
> & { authority: string; reason: PrivateRef }
export type GrantEntry =
  | (NewEntry<'directory.granted', GrantedData> & Entry)
  | (NewEntry<'directory.grant-ended', { reason: PrivateRef }> & Entry)

/** A grant after an act on it, with the entry of the act and the private reason beside it. */
export interface GrantChange {
  grant: Grant
  entry: GrantEntry
  reason: PrivateContent
}

/** For how long a power may be granted at once: a year of absence, a term of office of signing. */
const longest = { absence: { years: 1 }, signing: { years: 5 } } as const

/**
 * Decides whether a power is granted. Who may: the officer for themself, and who stands above the lent posts at the
 * same authority; never to oneself. What may be granted: only what the giver holds by an own post, to whom the
 * law lets it be given (NĐ 30/2020/NĐ-CP, Điều 13), for a stated time that does not begin in the past.
 */
export function decideGrant(request: GrantRequest, facts: GrantFacts): Outcome<GrantChange> {
  const lent = lentBy(request, facts)
  const problems = [...problemsOf(request, facts, lent)]
  if (lent.posts.length > 0) {
    const why = whyNotRecord(facts.by, request, lent.posts)
    if (why) return refusals.notYours({ why })
  }
  if (problems.length > 0) return refusals.invalid({ problems })
  return granted(request, facts, lent)
}

/** What the giver would lend: own posts, or for "thừa lệnh" to a deputy what was granted them. */
interface LentPosts {
  posts: readonly Post[]
  basis: GrantFacts['held'][number] | null
  problems: readonly GrantProblem[]
}

function lentBy(request: GrantRequest, { giver, receiver, held }: GrantFacts): LentPosts {
  const none = (field: string, code: string) => ({ posts: [], basis: null, problems: [{ field, code }] })
  if (!giver || giver.locked) return none('giver', 'unknown')
  const own = ownPosts(giver.posts)
  if (request.kind === 'absence') return absentPosts(request.posts, giver, receiver)
  const head = own.find(isPrincipal)
  if (head) return { posts: [head], basis: null, problems: [] }
  // Điều 13 khoản 4: who signs by order may hand on to their deputy; khoản 3 forbids it for a mandate.
  const byOrder = giver.posts.find(({ grant, capacity }) => grant !== undefined && capacity === 'TL.')
  const basis = held.find(({ id }) => id === byOrder?.grant)
  if (byOrder && basis && request.capacity === 'TL.') return { posts: [byOrder], basis, problems: [] }
  const isLent = giver.posts.some(({ grant, roles }) => grant !== undefined && roles.includes('leader'))
  return { ...none('giver', isLent ? 'held-by-grant' : 'not-the-head'), posts: own }
}

function absentPosts(asked: readonly string[], giver: Officer, receiver: Officer | undefined): LentPosts {
  const own = ownPosts(giver.posts)
  const places = new Set(receiver ? ownPosts(receiver.posts).map((post) => post.authorityCode) : [])
  const posts = own.filter(({ postId, authorityCode }) =>
    asked.length > 0 ? asked.includes(postId) : places.size === 0 || places.has(authorityCode),
  )
  const problems: GrantProblem[] = []
  for (const id of asked) {
    if (own.some(({ postId }) => postId === id)) continue
    const isLent = giver.posts.some(({ postId }) => postId === id)
    problems.push({ field: 'posts', code: isLent ? 'held-by-grant' : 'not-held' })
  }
  if (new Set(posts.map((post) => post.authorityCode)).size > 1)
    problems.push({ field: 'posts', code: 'several-authorities' })
  if (own.length === 0) problems.push({ field: 'giver', code: 'nothing-to-lend' })
  return { posts: posts.length > 0 ? posts : own, basis: null, problems }
}

/** Why somebody may not record this grant; undefined when they may. */
function whyNotRecord(by: Recorder, request: GrantRequest, posts: readonly Post[]) {
  if (by.officerId === request.giver) return undefined
  if (!mayRecordFor(by, posts)) return 'not-above-the-giver' as const
  return by.officerId === request.receiver ? ('to-yourself' as const) : undefined
}

/**
 * Whether an officer stands above every one of these posts of somebody else: the head of the authority and its
 * administrator above all, a deputy above all but leaders, the head of a unit above the unit. Posts held by
 * grant count for nothing here: what was granted is not granted on.
 */
export function mayRecordFor(
  by: Recorder,
  posts: readonly Pick<Post, 'authorityCode' | 'unitCode' | 'roles'>[],
) {
  const own = ownPosts(by.posts)
  return (
    posts.length > 0 &&
    posts.every((post) =>
      own.some((mine) => mine.authorityCode === post.authorityCode && isAbove(mine, post)),
    )
  )
}

function isAbove(mine: Recorder['posts'][number], post: Pick<Post, 'unitCode' | 'roles'>): boolean {
  if (mine.roles.includes('admin') || isPrincipal(mine)) return true
  if (post.roles.includes('leader') || post.roles.includes('admin')) return false
  return mine.roles.includes('leader') || (mine.roles.includes('head') && mine.unitCode === post.unitCode)
}

function* problemsOf(request: GrantRequest, facts: GrantFacts, lent: LentPosts): Iterable<GrantProblem> {
  yield* datesOf(request, dateOfLaw(facts.now))
  yield* lent.problems
  if (request.giver === request.receiver) yield { field: 'receiver', code: 'same-as-giver' }
  else if (!facts.receiver || facts.receiver.locked) yield { field: 'receiver', code: 'unknown' }
  else if (lent.posts.length > 0 && lent.problems.length === 0)
    yield* receiverProblems(request, facts, lent, facts.receiver)
  if (request.kind === 'signing') yield* signingProblems(request, facts, lent)
}

function* datesOf({ kind, from, to }: GrantRequest, today: string): Iterable<GrantProblem> {
  if (from < today) yield { field: 'from', code: 'in-the-past' }
  if (to < from) yield { field: 'to', code: 'before-the-start' }
  const last = Temporal.PlainDate.from(from < today ? today : from)
    .add(longest[kind])
    .toString()
  if (to > last) yield { field: 'to', code: kind === 'absence' ? 'longer-than-a-year' : 'longer-than-a-term' }
}

function* receiverProblems(
  request: GrantRequest,
  facts: GrantFacts,
  lent: LentPosts,
  receiver: Officer,
): Iterable<GrantProblem> {
  const place = lent.posts[0]!.authorityCode
  const there = ownPosts(receiver.posts).filter((post) => post.authorityCode === place)
  if (request.kind === 'absence') {
    if (there.length === 0) yield { field: 'receiver', code: 'works-elsewhere' }
    else if (lent.posts.some(({ roles }) => roles.includes('leader')) && !there.some(isLeader))
      yield { field: 'receiver', code: 'not-a-leader' }
    return
  }
  if (lent.basis) {
    if (!there.some((post) => isDeputyOfUnit(post, facts.giver!)))
      yield { field: 'receiver', code: 'not-a-deputy-of-the-unit' }
    return
  }
  const code = whyNotSign(request.capacity, there, receiver, { place, authorities: facts.authorities })
  if (code) yield { field: 'receiver', code }
}

const isLeader = ({ roles }: Pick<Post, 'roles'>) => roles.includes('leader')
const isHeadOfUnit = ({ roles }: Pick<Post, 'roles'>) => roles.includes('head')

function isDeputyOfUnit(post: Post, giver: Officer): boolean {
  return (
    /^phó\s/iu.test(post.title) && ownPosts(giver.posts).some(({ unitCode }) => unitCode === post.unitCode)
  )
}

/** To whom Điều 13 lets each capacity be given. */
function whyNotSign(
  capacity: Capacity,
  there: readonly Post[],
  receiver: Officer,
  { place, authorities }: { place: string; authorities: GrantFacts['authorities'] },
): string | undefined {
  switch (capacity) {
    case 'TM.':
    case 'KT.':
      return there.some(isDeputy) ? undefined : 'not-a-deputy'
    case 'Q.':
      return there.some((post) => isLeader(post) || isHeadOfUnit(post)) ? undefined : 'not-a-leader-or-head'
    case 'TL.':
      return there.some(isHeadOfUnit) ? undefined : 'not-a-head-of-unit'
    case 'TUQ.': {
      // Khoản 3: the head of a body within the authority's structure, such as a department of the province.
      const below = ownPosts(receiver.posts).some(
        (post) => isPrincipal(post) && authorities.get(post.authorityCode)?.parentCode === place,
      )
      return below || there.some(isHeadOfUnit) ? undefined : 'not-a-head-of-unit'
    }
    default:
      return capacity satisfies never
  }
}

/** Bodies that decide together; their head signs on behalf of all (Điều 13 khoản 2). */
export const isCollective = (kind: AuthorityKind): boolean => kind === 'province' || kind === 'commune'

function* signingProblems(
  request: Extract<GrantRequest, { kind: 'signing' }>,
  { by, authorities, limit }: GrantFacts,
  { posts, basis }: LentPosts,
): Iterable<GrantProblem> {
  const { capacity, document } = request
  yield* limit.unknown
  const kind = authorities.get(posts[0]?.authorityCode ?? '')?.kind
  if (capacity === 'TM.' && kind && !isCollective(kind))
    yield { field: 'capacity', code: 'no-collective-body' }
  const isLimited = request.procedures.length > 0 || request.fields.length > 0
  if (!isLimited && (capacity === 'TL.' || capacity === 'TUQ.')) yield { field: 'procedures', code: 'needed' }
  // Who records a power that is not theirs states the paper by which it was given.
  const isWritten = capacity === 'TUQ.' || capacity === 'Q.' || by.officerId !== request.giver
  if (document === null && isWritten) yield { field: 'document', code: 'needed' }
  if (document !== null && document.on > request.from) yield { field: 'document', code: 'after-the-start' }
  if (basis?.procedures && limit.procedures.some((code) => !basis.procedures!.includes(code)))
    yield { field: 'procedures', code: 'more-than-held' }
  if (basis && request.to > basis.to) yield { field: 'to', code: 'more-than-held' }
}

function granted(request: GrantRequest, facts: GrantFacts, { posts, basis }: LentPosts): GrantChange {
  const { id, now, by, limit } = facts
  const { kind, giver, receiver, from, to, reason } = request
  const [reasonRef, kept] = keepPrivate('reason', reason)
  const signing = request.kind === 'signing' ? request : null
  const isLimited = signing !== null && (signing.procedures.length > 0 || signing.fields.length > 0)
  const about = {
    kind,
    giver,
    receiver,
    posts: posts.map(({ postId }) => postId),
    capacity: signing?.capacity ?? null,
    procedures: isLimited ? [...new Set(limit.procedures)].sort() : null,
    fields: signing?.fields ?? [],
    document: signing?.document ?? null,
    basis: basis?.id ?? null,
    from,
    to,
  }
  const authority = posts[0]!.authorityCode
  const data: GrantedData = { ...about, authority, reason: reasonRef }
  const entry = sealed(id, start, { kind: 'directory.granted', data, actor: actorOf(by), at: now })
  const grant: Grant = {
    ...about,
    ...{ id, sequence: entry.sequence, headHash: entry.hash, authorityCode: authority, reason },
    ...{
      grantedBy: by.officerId,
      grantedAt: now.toISOString(),
      endedAt: null,
      endedBy: null,
      endReason: null,
    },
  }
  return { grant, entry, reason: kept }
}

/** What an ending is decided on. */
export interface EndFacts {
  now: Date
  by: Recorder
  /** The posts that the grant lends. */
  posts: readonly Pick<Post, 'authorityCode' | 'unitCode' | 'roles'>[]
}

/** Ends a grant before its last day, at once. Who may: the giver, and who could have recorded it. */
export function decideEnd(
  grant: Grant,
  { reason }: EndRequest,
  { now, by, posts }: EndFacts,
): Outcome<GrantChange> {
  if (by.officerId !== grant.giver && !mayRecordFor(by, posts))
    return refusals.notYours({ why: 'not-above-the-giver' })
  if (grant.endedAt !== null) return refusals.alreadyEnded()
  if (grant.to < dateOfLaw(now)) return refusals.over()
  const [ref, kept] = keepPrivate('end-reason', reason)
  const head = { sequence: grant.sequence, hash: grant.headHash }
  const entry = sealed(grant.id, head, {
    kind: 'directory.grant-ended',
    data: { reason: ref },
    actor: actorOf(by),
    at: now,
  })
  const ended = { endedAt: now.toISOString(), endedBy: by.officerId, endReason: reason }
  return {
    grant: { ...grant, ...ended, sequence: entry.sequence, headHash: entry.hash },
    entry,
    reason: kept,
  }
}

const actorOf = ({ officerId }: Recorder) => ({ kind: 'officer' as const, id: officerId })

// `seal` keeps each entry as it was given; only its general type forgets the kind.
function sealed(id: string, head: Parameters<typeof seal>[1], entry: NewEntry<string, object>): GrantEntry {
  return seal(id, head, [entry as never])[0] as unknown as GrantEntry
}
