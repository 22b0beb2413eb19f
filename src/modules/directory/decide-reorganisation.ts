import type { Outcome } from '../../kernel/errors.ts'
import {
  type Entry,
  type JournalActor,
  keepPrivate,
  type NewEntry,
  type PrivateContent,
  type PrivateRef,
  seal,
  start,
} from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Authority, Post } from './authority.ts'
import { reorganisationRefusals as refusals } from './refusals.ts'
import {
  begunBy,
  concernedBy,
  type FollowedCounts,
  type Reorganisation,
  type ReorganisationLine,
  type ReorganisationRecord,
  type ReorganisationRequest,
} from './reorganisation.ts'
import { type LineFacts, problemsOfLines, type ReorganisationProblem } from './reorganisation-problems.ts'

/** Who acts on a decision: an officer with the posts of today, or the operator who enters a decision of the State. */
export type Deciding =
  | { kind: 'officer'; id: string; posts: readonly Pick<Post, 'authorityCode' | 'roles' | 'procedures'>[] }
  | { kind: 'system'; id: string }

/** What drafting is decided on; `before` is the draft that is changed. */
export interface ReorganisationFacts extends LineFacts {
  id: string
  now: Date
  by: Deciding
  before?: Reorganisation | undefined
}

type Drafted = ReorganisationRequest
export type ReorganisationEntry =
  | (NewEntry<'directory.reorganisation-drafted', Drafted> & Entry)
  | (NewEntry<'directory.reorganisation-approved', object> & Entry)
  | (NewEntry<'directory.reorganisation-cancelled', { reason: PrivateRef }> & Entry)
  | (NewEntry<'directory.reorganisation-applied', { on: string; record: ReorganisationRecord }> & Entry)
  | (NewEntry<'directory.reorganisation-followed', FollowedCounts> & Entry)

/** A decision after an act on it, with the entry of the act. */
export interface ReorganisationChange {
  reorganisation: Reorganisation
  entry: ReorganisationEntry
  reason?: PrivateContent
}

/**
 * Decides whether a reorganisation is drafted, or a draft is changed. Who may: procedure control, for authorities
 * within its reach. Refuses with every problem named by its line: unknown and ended authorities, codes already
 * used, dates in the wrong order, lines and decisions that contradict each other, open dossiers without an heir.
 */
export function decideReorganisation(
  request: ReorganisationRequest,
  facts: ReorganisationFacts,
): Outcome<ReorganisationChange> {
  const { by, before, now, id } = facts
  if (before && before.state !== 'drafted') return refusals.notNow({ state: before.state })
  const lines = [...request.lines, ...(before?.lines ?? [])]
  if (!mayDraft(by, lines, facts.authorities)) return refusals.notYours({ why: 'not-control' })
  const problems = [...datesOf(request, now), ...problemsOfLines(request, facts)]
  if (problems.length > 0) return refusals.invalid({ problems })
  const entry = sealed(id, headOf(before), {
    kind: 'directory.reorganisation-drafted',
    data: request,
    ...{ actor: actorOf(by), at: now },
  })
  const drafted = { draftedBy: by.id, draftedAt: now.toISOString() }
  return { reorganisation: { ...fresh, ...request, ...drafted, ...placeOf(id, entry) }, entry }
}

const fresh = {
  state: 'drafted' as const,
  ...{ approvedBy: null, approvedAt: null, cancelledBy: null, cancelledAt: null, cancelReason: null },
  ...{ appliedAt: null, record: null, followedAt: null, followed: null },
}

function* datesOf(
  { issuedOn, effectiveOn }: ReorganisationRequest,
  now: Date,
): Iterable<ReorganisationProblem> {
  const today = dateOfLaw(now)
  const about = { line: null, params: { issuedOn, effectiveOn } }
  if (effectiveOn < issuedOn) yield { ...about, field: 'effectiveOn', code: 'before-issue' }
  if (issuedOn > today) yield { ...about, field: 'issuedOn', code: 'not-yet-issued' }
  // What was done since that day was done by the old authorities.
  if (effectiveOn < today) yield { ...about, field: 'effectiveOn', code: 'in-the-past' }
}

/** What approving is decided on: the problems of the decision and of its plan as things stand now. */
export interface ApprovalFacts {
  now: Date
  by: Deciding
  authorities: ReadonlyMap<string, Authority>
  problems: readonly ReorganisationProblem[]
  /** Everybody who drafted or changed it. */
  drafters: readonly string[]
}

/**
 * Approves a draft: then it takes effect on its day. Who may: a leader of an authority above all that are named, and
 * never who drafted or changed it. Nothing that is still to be mended is approved.
 */
export function decideApproval(
  drafted: Reorganisation,
  { now, by, authorities, problems, drafters }: ApprovalFacts,
): Outcome<ReorganisationChange> {
  if (drafted.state !== 'drafted') return refusals.notNow({ state: drafted.state })
  const why = whyNotApprove(by, drafted, { authorities, drafters })
  if (why) return refusals.notYours({ why })
  const late = [...datesOf(drafted, now)]
  if (late.length + problems.length > 0) return refusals.invalid({ problems: [...late, ...problems] })
  const entry = sealed(drafted.id, headOf(drafted), {
    kind: 'directory.reorganisation-approved',
    data: {},
    ...{ actor: actorOf(by), at: now },
  })
  const approved = { state: 'approved' as const, approvedBy: by.id, approvedAt: now.toISOString() }
  return { reorganisation: { ...drafted, ...approved, ...placeOf(drafted.id, entry) }, entry }
}

/** Cancels a decision before it took effect. Who may: who could draft it while it is a draft, who could approve it later. */
export function decideCancelling(
  standing: Reorganisation,
  { reason }: { reason: string },
  { now, by, authorities }: Omit<ApprovalFacts, 'problems' | 'drafters'>,
): Outcome<ReorganisationChange> {
  if (standing.state !== 'drafted' && standing.state !== 'approved')
    return refusals.notNow({ state: standing.state })
  const mayAsDrafter = standing.state === 'drafted' && mayDraft(by, standing.lines, authorities)
  if (!mayAsDrafter && !isAbove(by, standing.lines, authorities))
    return refusals.notYours({ why: 'not-above' })
  const [ref, kept] = keepPrivate('cancel-reason', reason)
  const entry = sealed(standing.id, headOf(standing), {
    kind: 'directory.reorganisation-cancelled',
    data: { reason: ref },
    ...{ actor: actorOf(by), at: now },
  })
  const cancelled = { state: 'cancelled' as const, cancelledBy: by.id, cancelledAt: now.toISOString() }
  return {
    reorganisation: { ...standing, ...cancelled, cancelReason: reason, ...placeOf(standing.id, entry) },
    entry,
    reason: kept,
  }
}

/** Who does what nobody presses a button for. */
const clock: JournalActor = { kind: 'system', id: 'reorganisation' }

/** Records that a decision took effect: never before its day. */
export function decideApplying(
  approved: Reorganisation,
  { now, record }: { now: Date; record: ReorganisationRecord },
): Outcome<ReorganisationChange> {
  if (approved.state !== 'approved') return refusals.notNow({ state: approved.state })
  const { effectiveOn } = approved
  if (effectiveOn > dateOfLaw(now)) return refusals.notYet({ effectiveOn })
  const entry = sealed(approved.id, headOf(approved), {
    kind: 'directory.reorganisation-applied',
    data: { on: dateOfLaw(now), record },
    ...{ actor: clock, at: now },
  })
  const applied = { state: 'applied' as const, appliedAt: now.toISOString(), record }
  return { reorganisation: { ...approved, ...applied, ...placeOf(approved.id, entry) }, entry }
}

/** Records that the open dossiers have followed. */
export function decideFollowed(
  applied: Reorganisation,
  { now, followed }: { now: Date; followed: FollowedCounts },
): Outcome<ReorganisationChange> {
  if (applied.state !== 'applied' || applied.followedAt !== null)
    return refusals.notNow({ state: applied.state })
  const entry = sealed(applied.id, headOf(applied), {
    kind: 'directory.reorganisation-followed',
    data: followed,
    ...{ actor: clock, at: now },
  })
  const done = { followedAt: now.toISOString(), followed }
  return { reorganisation: { ...applied, ...done, ...placeOf(applied.id, entry) }, entry }
}

/** Whether somebody may draft lines: procedure control, for the authorities of its province or of its own house. */
export function mayDraft(
  by: Deciding,
  lines: readonly ReorganisationLine[],
  authorities: ReadonlyMap<string, Authority>,
): boolean {
  if (by.kind === 'system') return true
  const reach = reachOf(by, authorities)
  const concerned = [...concernedBy(lines), ...parentsOf(lines)]
  return reach.some((top) =>
    concerned.every((code) => !authorities.has(code) || isWithin(code, top, authorities)),
  )
}

/** The authorities under which procedure control may draft: the province for those of its office, else their own. */
export function reachOf(by: Deciding, authorities: ReadonlyMap<string, Authority>): string[] {
  if (by.kind === 'system') return []
  return by.posts
    .filter(({ roles, procedures }) => procedures === undefined && roles.includes('control'))
    .map(({ authorityCode }) => {
      const own = authorities.get(authorityCode)
      return own?.kind === 'office' && own.parentCode !== null ? own.parentCode : authorityCode
    })
}

/** Why somebody may not approve a draft; undefined when they may. */
export function whyNotApprove(
  by: Deciding,
  { lines, draftedBy }: Pick<Reorganisation, 'lines' | 'draftedBy'>,
  { authorities, drafters }: Pick<ApprovalFacts, 'authorities' | 'drafters'>,
) {
  if (!isAbove(by, lines, authorities)) return 'not-above' as const
  return by.id === draftedBy || drafters.includes(by.id) ? ('same-person' as const) : undefined
}

// Units of one's own house are one's own business; an authority is reorganised by who stands above it.
function isAbove(
  by: Deciding,
  lines: readonly ReorganisationLine[],
  authorities: ReadonlyMap<string, Authority>,
): boolean {
  if (by.kind === 'system') return true
  const tops = by.posts
    .filter(({ roles, procedures }) => procedures === undefined && roles.includes('leader'))
    .map(({ authorityCode }) => authorityCode)
  const begun = new Set(lines.flatMap((line) => begunBy(line)?.code ?? []))
  return tops.some((top) =>
    lines.every((line) => {
      const strict = !line.kind.startsWith('unit-') && line.kind !== 'begin'
      const named = concernedBy([line]).filter((code) => !begun.has(code))
      return (
        named.every((code) => isWithin(code, top, authorities) && !(strict && code === top)) &&
        parentsOf([line]).every((code) => begun.has(code) || isWithin(code, top, authorities))
      )
    }),
  )
}

const parentsOf = (lines: readonly ReorganisationLine[]) =>
  lines.flatMap((line) => begunBy(line)?.parentCode ?? [])

function isWithin(code: string, top: string, authorities: ReadonlyMap<string, Authority>): boolean {
  let at: string | null = code
  for (let depth = 0; at !== null && depth < 10; depth += 1) {
    if (at === top) return true
    at = authorities.get(at)?.parentCode ?? null
  }
  return false
}

const headOf = (before: Reorganisation | undefined) =>
  before ? { sequence: before.sequence, hash: before.headHash } : start

const placeOf = (id: string, { sequence, hash }: ReorganisationEntry) => ({ id, sequence, headHash: hash })

const actorOf = ({ kind, id }: Deciding): JournalActor => ({ kind, id })

// `seal` keeps each entry as it was given; only its general type forgets the kind.
function sealed(id: string, head: Parameters<typeof seal>[1], entry: NewEntry<string, object>) {
  return seal(id, head, [entry as never])[0] as unknown as ReorganisationEntry
}
