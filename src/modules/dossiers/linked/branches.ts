import type { LinkedBranch } from '../../catalogue/index.ts'
import type { Branch, BranchState, Dossier, Pause } from '../dossier.ts'

/** What the plan of a group says of a branch, as far as its order goes. */
export type Planned = Pick<LinkedBranch, 'key' | 'after' | 'compensation'>

/** The present state of a branch's own dossier, as far as its group depends on it. */
export type Child = Pick<
  Dossier,
  | 'id'
  | 'code'
  | 'competent'
  | 'state'
  | 'outcome'
  | 'resultState'
  | 'dueAt'
  | 'promisedDueAt'
  | 'decidedAt'
  | 'closedAt'
  | 'pauses'
>

/** The group itself: its branches as they were last written down. */
export type Group = Pick<Dossier, 'state' | 'acceptedAt' | 'dueAt'> & { branches: readonly Branch[] }

/** Something that was granted stands beside something that failed: somebody looks after the people. */
export interface Compensation {
  /** The branch that failed. */
  cause: string
  /** The branch that it is about: the failed one, or one that began on a result that is no more. */
  branch: string
}

/** What follows for a group from how its branches stand. */
export interface Standing {
  branches: Branch[]
  /** Branches to begin now, and since when everything that they wait for is there. */
  begin: { key: string; since: string }[]
  /** Branches whose own dossiers end because the group did. */
  withdraw: string[]
  compensations: Compensation[]
  /** No branch runs or waits any more. */
  ended: boolean
  /** What the group comes to: granted when any branch was. */
  outcome: 'granted' | 'not-granted'
}

/**
 * How a group stands, from its plan, what was written down of its branches and their own dossiers as they are now.
 * The same facts give the same answer, so that news that comes twice changes nothing.
 */
export function standingOf(
  plan: readonly Planned[],
  group: Group,
  children: ReadonlyMap<string, Child>,
): Standing {
  const known = new Map<string, Branch>()
  for (const { key } of inOrder(plan)) {
    const branch = group.branches.find((each) => each.key === key)
    if (branch) known.set(key, now(branch, { plan, group, known, child: children.get(key) }))
  }
  const branches = group.branches.map(({ key }) => known.get(key)!)
  return {
    branches,
    begin: beginning(plan, group, known, children),
    withdraw: isOver(group) ? branches.filter(isUndecided).map(({ key }) => key) : [],
    compensations: isOver(group) ? [] : compensationsOf(plan, branches, children),
    ended: branches.every(({ state }) => state !== 'waiting' && !isRunning(state)),
    outcome: branches.some(({ state }) => state === 'granted') ? 'granted' : 'not-granted',
  }
}

const isRunning = (state: BranchState) => state === 'running' || state === 'paused'
const isUndecided = ({ state }: Branch) => isRunning(state)
const failed = new Set<BranchState>(['refused', 'ended', 'not-started'])

/** The filing itself has ended: nothing begins any more, and nothing goes on for it. */
const isOver = ({ state }: Pick<Group, 'state'>) =>
  state === 'refused' || state === 'withdrawn' || state === 'stopped'

// A branch left out of the group stands in nobody's way.
const needed = ({ after }: Planned, known: ReadonlyMap<string, Branch>) =>
  after.flatMap((key) => known.get(key) ?? [])

interface Around {
  plan: readonly Planned[]
  group: Group
  /** What it waits for, settled before. */
  known: ReadonlyMap<string, Branch>
  child: Child | undefined
}

function now(branch: Branch, { plan, group, known, child }: Around): Branch {
  if (child) return { ...branch, ...ofChild(child, group) }
  if (branch.reason === 'not-competent') return branch
  if (isOver(group)) return notStarted(branch, 'filing-ended')
  const planned = plan.find(({ key }) => key === branch.key)!
  if (needed(planned, known).some(({ state }) => failed.has(state)))
    return notStarted(branch, 'depends-on-refused')
  return { ...branch, state: 'waiting', reason: null }
}

const notStarted = (branch: Branch, reason: Branch['reason']): Branch => ({
  ...branch,
  state: 'not-started',
  reason,
})

function ofChild(child: Child, group: Group): Omit<Branch, 'key' | 'procedureCode' | 'name'> {
  const { id: dossierId, code, competent } = child
  const [state, reason = null] = stateOf(child)
  // The group has one date: what is shown of a branch never goes beyond it.
  const own = child.dueAt ?? (isRunning(state) ? null : child.promisedDueAt)
  const dueAt = own !== null && group.dueAt !== null && group.dueAt < own ? group.dueAt : own
  const endedAt = isRunning(state) ? null : (child.decidedAt ?? child.closedAt)
  return { dossierId, code, competent, state, reason, dueAt, endedAt }
}

function stateOf({ state, outcome, resultState }: Child): [BranchState, Branch['reason']?] {
  switch (state) {
    case 'decided':
    case 'returned':
      if (resultState === 'revoked') return ['ended', 'revoked']
      return [outcome === 'granted' ? 'granted' : 'refused']
    case 'refused':
      return ['refused']
    case 'withdrawn':
      return ['ended', 'withdrawn']
    case 'stopped':
      return ['ended', 'stopped']
    case 'awaiting-supplement':
    case 'awaiting-obligation':
    case 'awaiting-party':
      return ['paused']
    case 'submitted':
    case 'in-progress':
      return ['running']
    default:
      return state satisfies never
  }
}

function beginning(
  plan: readonly Planned[],
  group: Group,
  known: ReadonlyMap<string, Branch>,
  children: ReadonlyMap<string, Child>,
): Standing['begin'] {
  const { acceptedAt } = group
  if (group.state !== 'in-progress' || acceptedAt === null) return []
  return plan.flatMap((planned) => {
    if (known.get(planned.key)?.state !== 'waiting') return []
    const before = needed(planned, known)
    if (before.some(({ state }) => state !== 'granted')) return []
    const moments = before.map(({ key }) => children.get(key)!.decidedAt!)
    return [{ key: planned.key, since: [acceptedAt, ...moments].toSorted().at(-1)! }]
  })
}

const othersMatter = new Set<Branch['reason']>(['depends-on-refused', 'filing-ended', 'withdrawn'])

function compensationsOf(
  plan: readonly Planned[],
  branches: readonly Branch[],
  children: ReadonlyMap<string, Child>,
): Compensation[] {
  const stands = branches.some(({ state }) => state === 'granted')
  return branches.flatMap(({ key, state, reason }) => {
    // What never began because of another failure is that failure's matter; who withdrew something knows.
    const failedItself = failed.has(state) && !othersMatter.has(reason)
    if (!failedItself) return []
    const { compensation } = plan.find((each) => each.key === key)!
    const own = compensation !== null && stands ? [{ cause: key, branch: key }] : []
    if (reason !== 'revoked') return own
    const begun = dependentsOf(plan, key).filter((each) => children.has(each))
    return [...own, ...begun.map((branch) => ({ cause: key, branch }))]
  })
}

/** Everything that waits for a branch, directly or through others. */
function dependentsOf(plan: readonly Planned[], key: string): string[] {
  const found = new Set([key])
  for (const each of inOrder(plan)) if (each.after.some((before) => found.has(before))) found.add(each.key)
  return plan.map((each) => each.key).filter((each) => each !== key && found.has(each))
}

/** Each branch after all that it waits for. */
function inOrder(plan: readonly Planned[]): Planned[] {
  const ordered: Planned[] = []
  const visit = (planned: Planned) => {
    if (ordered.includes(planned)) return
    for (const each of plan) if (planned.after.includes(each.key)) visit(each)
    ordered.push(planned)
  }
  for (const each of plan) visit(each)
  return ordered
}

/**
 * When the clock of the group stands: while any branch waits for the applicant. Spans that meet are one. Spans of the
 * group that have ended stay; an open one is that of its branches, unless the group itself waits.
 */
export function pausesOf(
  { pauses, state }: Pick<Dossier, 'pauses' | 'state'>,
  children: Iterable<Pick<Child, 'pauses'>>,
): Pause[] {
  const waits = state === 'awaiting-supplement' || state === 'awaiting-obligation'
  const own = pauses.filter(({ to }) => to !== null || waits)
  const all = [...own, ...[...children].flatMap((child) => child.pauses)]
  return all.toSorted((a, b) => (a.from < b.from ? -1 : 1)).reduce<Pause[]>(joined, [])
}

function joined(spans: Pause[], next: Pause): Pause[] {
  const last = spans.at(-1)
  if (last === undefined || (last.to !== null && last.to < next.from)) return [...spans, next]
  const to = last.to === null || next.to === null ? null : [last.to, next.to].toSorted().at(-1)!
  return [...spans.slice(0, -1), { ...last, to }]
}
