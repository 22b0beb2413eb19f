import { z } from 'zod'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor } from '../identity/index.ts'
import type { Authority } from './authority.ts'
import {
  type Deciding,
  decideApplying,
  decideApproval,
  decideCancelling,
  decideFollowed,
  decideReorganisation,
  mayDraft,
  type ReorganisationChange,
  whyNotApprove,
} from './decide-reorganisation.ts'
import { forgetAuthorities, listAuthorities, unitsOf } from './directory-store.ts'
import { reorganisationRefusals as refusals } from './refusals.ts'
import {
  concernedBy,
  endedBy,
  type FollowedCounts,
  type Reorganisation,
  type ReorganisationRecord,
  ReorganisationRequest,
} from './reorganisation.ts'
import { applyPlan } from './reorganisation-apply.ts'
import { type DirectoryState, planReorganisation, type ReorganisationPlan } from './reorganisation-plan.ts'
import {
  type LineFacts,
  type OpenWork,
  type OtherDecision,
  problemsOfLines,
  type ReorganisationProblem,
} from './reorganisation-problems.ts'
import {
  draftersOf,
  findReorganisation,
  type ListedReorganisation,
  listReorganisations,
  otherDecisions,
  reorganisationsTo,
  staffOf,
  writeReorganisation,
} from './reorganisation-store.ts'

export interface ReorganisationParts {
  db: Db
  /** The open work of authorities, told by the dossiers, which are to the right of this module. */
  openWork(authorities: readonly string[], now: Date): Promise<Map<string, OpenWork>>
  /** Told after a decision was applied: what this process remembers of posts is no longer true. */
  changed(): void
  /** Told when a decision of today was approved: it need not wait for the clock. */
  soon?(): Promise<void>
  /** Told that the journal has news. */
  wake?(): void
}

/** A decision with everything that applying it now would do. */
export interface ReorganisationPreview {
  plan: ReorganisationPlan
  /** What keeps it from being approved: of its lines and of its plan. */
  problems: ReorganisationProblem[]
  /** Open work of the authorities that it ends or splits. */
  work: ReadonlyMap<string, OpenWork>
  /** Other decisions in the making that touch the same authorities. */
  others: Pick<OtherDecision, 'id' | 'number' | 'state' | 'effectiveOn'>[]
}

/** A decision as somebody sees it. */
export interface SeenReorganisation {
  reorganisation: Reorganisation
  mayChange: boolean
  mayApprove: boolean
  mayCancel: boolean
}

const CancelRequest = z.object({ reason: cleanText.pipe(z.string().trim().min(1).max(500)) })
const at = (now: Date) => dateOfLaw(now)

/** The door of reorganisations: drafting, previewing, approving, cancelling and applying dated decisions. */
export function createReorganisations(parts: ReorganisationParts) {
  const { db } = parts

  /**
   * Drafts a decision, or changes a draft when its id is given. Refuses with every problem, each with its line,
   * and who is not procedure control above all that are named.
   */
  async function draft(
    actor: Actor,
    raw: unknown,
    { now, id }: { now: Date; id?: string | undefined },
  ): Promise<Outcome<Reorganisation>> {
    const by = decidingOf(actor)
    if (!by) return refusals.notYours({ why: 'not-an-officer' })
    const parsed = ReorganisationRequest.safeParse(raw, { reportInput: true })
    if (!parsed.success) return refusals.invalid({ problems: problemsIn(parsed.error) })
    const before = id === undefined ? undefined : await find(id)
    if (id !== undefined && !before) return refusals.unknown()
    const facts = await lineFacts(parts, parsed.data, { now, besides: id ?? null })
    const decided = decideReorganisation(parsed.data, {
      ...facts,
      ...{ id: id ?? newId(now.getTime()), now, by, before },
    })
    return write(decided)
  }

  /** What a decision would do if it were applied now; nothing is written. */
  async function preview(
    request: ReorganisationRequest,
    { now, besides = null }: { now: Date; besides?: string | null },
  ): Promise<ReorganisationPreview> {
    const [facts, state] = await Promise.all([
      lineFacts(parts, request, { now, besides }),
      stateOf(db, request, now),
    ])
    const plan = planReorganisation(request, state)
    const concerned = new Set(concernedBy(request.lines))
    const others = facts.others.filter((other) =>
      concernedBy(other.lines).some((code) => concerned.has(code)),
    )
    return {
      plan,
      problems: [...problemsOfLines(request, facts), ...plan.problems],
      work: facts.open,
      others: others.map(({ id, number, state: standing, effectiveOn }) => ({
        ...{ id, number, state: standing, effectiveOn },
      })),
    }
  }

  /** Approves a draft as it was seen; on its day the worker applies it. */
  async function approve(
    actor: Actor,
    id: string,
    { now, seen }: { now: Date; seen?: number | undefined },
  ): Promise<Outcome<Reorganisation>> {
    const by = decidingOf(actor)
    if (!by) return refusals.notYours({ why: 'not-an-officer' })
    const found = await find(id)
    if (!found) return refusals.unknown()
    if (seen !== undefined && seen !== found.sequence) return refusals.meanwhile()
    const [{ problems }, authorities, drafters] = await Promise.all([
      preview(found, { now, besides: id }),
      authorityMap(db),
      draftersOf(db.pool, id),
    ])
    const approved = await write(decideApproval(found, { now, by, authorities, problems, drafters }))
    if (!isRefusal(approved) && approved.effectiveOn <= at(now)) await parts.soon?.()
    return approved
  }

  /** Cancels a decision before it is applied, with a reason. */
  async function cancel(
    actor: Actor,
    id: string,
    raw: unknown,
    { now }: { now: Date },
  ): Promise<Outcome<Reorganisation>> {
    const by = decidingOf(actor)
    if (!by) return refusals.notYours({ why: 'not-an-officer' })
    const parsed = CancelRequest.safeParse(raw)
    if (!parsed.success)
      return refusals.invalid({ problems: [{ line: null, field: 'reason', code: 'needed' }] })
    const found = await find(id)
    if (!found) return refusals.unknown()
    const authorities = await authorityMap(db)
    return write(decideCancelling(found, parsed.data, { now, by, authorities }))
  }

  /**
   * Applies every approved decision whose day has come, each in one transaction, the earliest first. One that no
   * longer fits what stands is held back with its problems; it does not hold up the others.
   */
  async function applyDue(now: Date): Promise<{
    applied: Reorganisation[]
    held: { id: string; problems: ReorganisationProblem[] }[]
  }> {
    const outcome: Awaited<ReturnType<typeof applyDue>> = { applied: [], held: [] }
    for (const due of await reorganisationsTo(db.pool, { state: 'approved', until: at(now) })) {
      // Whatever was applied before in this round is part of what stands now.
      forgetAuthorities(db)
      const facts = await lineFacts(parts, due, { now, besides: due.id })
      const problems = problemsOfLines(due, facts)
      if (problems.length > 0) {
        outcome.held.push({ id: due.id, problems })
        continue
      }
      const applied = await apply(due, now)
      if (applied) outcome.applied.push(applied)
    }
    if (outcome.applied.length > 0) parts.wake?.()
    return outcome
  }

  async function apply(due: Reorganisation, now: Date): Promise<Reorganisation | undefined> {
    const state = await stateOf(db, due, now)
    const plan = planReorganisation(due, state)
    const decided = decideApplying(due, { now, record: recordOf(plan, state) })
    if (isRefusal(decided)) return undefined
    const done = await inTransaction(db, async (tx) => {
      // Somebody else who applies or cancels it at this moment waits here, and finds it done.
      if (!(await writeReorganisation(tx, decided))) return false
      await applyPlan(tx, { decision: due, plan, now, today: at(now) })
      return true
    })
    if (!done) return undefined
    forgetAuthorities(db)
    parts.changed()
    return decided.reorganisation
  }

  /** Applied decisions whose dossiers are still on the way. */
  const toFollow = (now: Date) => reorganisationsTo(db.pool, { state: 'applied', until: at(now) })

  /** Records that all dossiers of a decision have followed. */
  async function followed(
    applied: Reorganisation,
    { now, counts }: { now: Date; counts: FollowedCounts },
  ): Promise<Outcome<Reorganisation>> {
    return write(decideFollowed(applied, { now, followed: counts }))
  }

  async function find(id: string): Promise<Reorganisation | undefined> {
    return isUuid(id) ? findReorganisation(db.pool, id) : undefined
  }

  /** A decision with what this actor may do with it. */
  async function see(actor: Actor, id: string): Promise<SeenReorganisation | undefined> {
    const reorganisation = await find(id)
    if (!reorganisation) return undefined
    const [authorities, drafters] = await Promise.all([authorityMap(db), draftersOf(db.pool, id)])
    const by = decidingOf(actor) ?? nobody
    const drafted = reorganisation.state === 'drafted'
    const mine = mayDraft(by, reorganisation.lines, authorities)
    const why = whyNotApprove(by, reorganisation, { authorities, drafters })
    return {
      reorganisation,
      mayChange: drafted && mine,
      mayApprove: drafted && why === undefined,
      mayCancel:
        (drafted && mine) || ((drafted || reorganisation.state === 'approved') && why !== 'not-above'),
    }
  }

  /** All decisions, those still to take effect first. */
  const list = (): Promise<ListedReorganisation[]> => listReorganisations(db.pool)

  async function write(decided: Outcome<ReorganisationChange>): Promise<Outcome<Reorganisation>> {
    if (isRefusal(decided)) return decided
    if (!(await writeReorganisation(db.pool, decided))) return refusals.meanwhile()
    parts.wake?.()
    return decided.reorganisation
  }

  return { draft, preview, approve, cancel, applyDue, toFollow, followed, see, find, list }
}

export type Reorganisations = ReturnType<typeof createReorganisations>

const nobody: Deciding = { kind: 'officer', id: '', posts: [] }

// A command of the operator enters decisions of the State, which nobody in the installation stands above.
function decidingOf(actor: Actor): Deciding | undefined {
  if (actor.kind === 'officer') return { kind: 'officer', id: actor.officerId, posts: actor.posts }
  return actor.kind === 'system' && actor.scopes.includes('operator')
    ? { kind: 'system', id: actor.clientId }
    : undefined
}

async function authorityMap(db: Db): Promise<Map<string, Authority>> {
  return new Map((await listAuthorities(db)).map((authority) => [authority.code, authority]))
}

async function lineFacts(
  { db, openWork }: ReorganisationParts,
  request: ReorganisationRequest,
  { now, besides }: { now: Date; besides: string | null },
): Promise<LineFacts> {
  const concerned = concernedBy(request.lines)
  const losing = request.lines.flatMap((line) => [
    ...endedBy(line).map(({ code }) => code),
    ...(line.kind === 'split' ? [line.from] : []),
  ])
  const [authorities, units, others, open] = await Promise.all([
    authorityMap(db),
    unitMap(db, concerned),
    otherDecisions(db.pool, besides),
    losing.length > 0 ? openWork([...new Set(losing)], now) : new Map<string, OpenWork>(),
  ])
  return { authorities, units, others, open }
}

async function unitMap(db: Db, codes: readonly string[]) {
  return new Map(await Promise.all(codes.map(async (code) => [code, await unitsOf(db, code)] as const)))
}

async function stateOf(db: Db, request: ReorganisationRequest, now: Date): Promise<DirectoryState> {
  const concerned = concernedBy(request.lines)
  const [authorities, units, staff] = await Promise.all([
    authorityMap(db),
    unitMap(db, concerned),
    staffOf(db, concerned, at(now)),
  ])
  return { authorities, units, ...staff }
}

function recordOf(plan: ReorganisationPlan, { authorities }: DirectoryState): ReorganisationRecord {
  const following = plan.grants.filter(({ follows }) => follows !== null).length
  return {
    ...{ began: plan.begins.length, ended: plan.ends.length, renamed: plan.renames.length },
    ...{ units: plan.units.length, officers: plan.officers.length },
    ...{ grantsEnded: plan.grants.length - following, grantsFollowed: following },
    formerNames: plan.renames.map(({ authority }) => {
      const { code, name, shortName, kind } = authorities.get(authority)!
      return { code, name, shortName, kind }
    }),
  }
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** Every problem of a request that is not well formed, with its line. */
function problemsIn(error: z.ZodError): ReorganisationProblem[] {
  return error.issues.map((issue) => {
    const [head, line, ...rest] = issue.path
    const inLine = head === 'lines' && typeof line === 'number'
    const field = inLine ? (rest.findLast((part) => typeof part === 'string') ?? 'kind') : (head ?? 'lines')
    return { line: inLine ? line : null, field: String(field), code: codeOf(issue) }
  })
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return 'too-long'
  const isMissing =
    issue.code === 'too_small' ||
    (issue.code === 'invalid_type' && (issue.input === undefined || issue.input === null))
  return isMissing || issue.input === '' ? 'needed' : 'not-understood'
}
