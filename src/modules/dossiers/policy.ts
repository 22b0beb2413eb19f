import { type Dossier, openTasks, type Role, type State, type Task } from './dossier.ts'

/** One line of the life of a dossier. */
export interface Rule {
  /** The states from which the act is possible. */
  from: readonly State[]
  /** Who may do it. `applicant` is the person (or organisation) of the dossier. */
  by: readonly (Role | 'applicant' | 'task-role')[]
  /** The kind of open task that the act answers; the actor must hold its role at its authority. */
  task?: Task['kind']
  /** The kind of step that the act answers. */
  steps?: readonly NonNullable<Task['stepKind']>[]
  /** What the person must state. */
  must: readonly ('reason' | 'items' | 'outcome' | 'officer' | 'draft' | 'note')[]
  /** The paper that tells the applicant (TT 03/2025/TT-VPCP, Phụ lục I). */
  slip: 'receipt' | 'supplement' | 'refusal' | 'stop' | 'result' | 'decline' | null
}

/**
 * The life of a dossier as a table: pages, API, use cases and tests read it.
 * Submission is not in it, because it makes the dossier.
 */
export const policy = {
  accept: { from: ['submitted'], by: ['reception'], task: 'intake', must: [], slip: 'receipt' },
  refuse: { from: ['submitted'], by: ['reception'], task: 'intake', must: ['reason'], slip: 'refusal' },
  requestSupplement: {
    from: ['submitted', 'in-progress'],
    by: ['task-role'],
    steps: ['work', 'draft', 'review'],
    must: ['items'],
    slip: 'supplement',
  },
  supplement: {
    from: ['awaiting-supplement'],
    by: ['applicant', 'reception'],
    task: 'supplement',
    must: [],
    slip: null,
  },
  withdraw: {
    from: ['submitted', 'awaiting-supplement', 'in-progress'],
    by: ['applicant', 'reception'],
    must: ['reason'],
    slip: null,
  },
  assign: {
    from: ['submitted', 'in-progress', 'decided'],
    by: ['task-role', 'head', 'leader'],
    must: ['officer'],
    slip: null,
  },
  draftResult: {
    from: ['in-progress'],
    by: ['task-role'],
    task: 'step',
    steps: ['work', 'draft', 'review'],
    must: ['draft'],
    slip: null,
  },
  completeStep: {
    from: ['in-progress'],
    by: ['task-role'],
    task: 'step',
    steps: ['work', 'draft', 'review', 'issue'],
    must: ['outcome'],
    slip: null,
  },
  sendBack: {
    from: ['in-progress'],
    by: ['task-role'],
    task: 'step',
    steps: ['review', 'decide', 'issue'],
    must: ['reason'],
    slip: null,
  },
  approve: {
    from: ['in-progress'],
    by: ['leader'],
    task: 'step',
    steps: ['decide'],
    must: [],
    slip: 'result',
  },
  decline: {
    from: ['in-progress'],
    by: ['leader'],
    task: 'step',
    steps: ['decide'],
    must: ['reason'],
    slip: 'decline',
  },
  stop: {
    from: ['in-progress', 'awaiting-supplement'],
    by: ['head', 'leader'],
    must: ['reason'],
    slip: 'stop',
  },
  returnResult: { from: ['decided'], by: ['reception', 'post'], task: 'return', must: [], slip: null },
  note: {
    from: [
      'submitted',
      'awaiting-supplement',
      'in-progress',
      'decided',
      'returned',
      'refused',
      'withdrawn',
      'stopped',
    ],
    by: ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post'],
    must: ['note'],
    slip: null,
  },
} as const satisfies Record<string, Rule>

export type CommandName = keyof typeof policy
export const commandNames = Object.keys(policy) as CommandName[]

/** Who acts on a dossier, as the policy sees them. */
export type Acting =
  | { kind: 'applicant'; id: string }
  | {
      kind: 'officer'
      id: string
      posts: readonly { authority: string; roles: readonly string[]; post?: string }[]
    }
  | { kind: 'system'; id: string; authorities: readonly string[] | 'all' }

/** Why an act is not possible. */
export type Denial = 'not-in-this-state' | 'not-your-role' | 'no-such-task' | 'held-by-another'

/** The roles that a system may act in: it prepares and delivers, it never decides. */
const systemRoles = new Set<string>(['reception', 'specialist', 'clerk', 'post'])

/** Whether an acting person holds a role at an authority. */
export function holds(acting: Acting, role: string, authority: string): boolean {
  if (acting.kind === 'applicant') return role === 'applicant'
  if (acting.kind === 'system') {
    const there = acting.authorities === 'all' || acting.authorities.includes(authority)
    return there && systemRoles.has(role)
  }
  return acting.posts.some((post) => post.authority === authority && post.roles.includes(role))
}

/**
 * Whether the policy lets `acting` do `command` on this dossier, and on which task.
 * `taskNo` chooses among several open tasks; without it the first that fits is taken.
 */
export function permission(
  command: CommandName,
  dossier: Dossier,
  acting: Acting,
  taskNo?: number,
): { task: Task | null } | { denied: Denial } {
  const rule: Rule = policy[command]
  if (!rule.from.includes(dossier.state)) return { denied: 'not-in-this-state' }
  const needsTask = rule.task !== undefined || rule.steps !== undefined || rule.by.includes('task-role')
  if (!needsTask) return mayAct(rule, dossier, acting, null) ? { task: null } : { denied: 'not-your-role' }
  const candidates = openTasks(dossier).filter(
    (task) => fits(rule, task) && (taskNo === undefined || task.no === taskNo),
  )
  if (candidates.length === 0) return { denied: 'no-such-task' }
  const allowed = candidates.filter((task) => mayAct(rule, dossier, acting, task))
  if (allowed.length === 0) return { denied: 'not-your-role' }
  const mine = allowed.find((task) => !heldByAnother(command, task, acting))
  return mine ? { task: mine } : { denied: 'held-by-another' }
}

function fits(rule: Rule, task: Task): boolean {
  if (rule.task !== undefined && task.kind !== rule.task) return false
  if (task.kind === 'step' && rule.steps !== undefined) return rule.steps.includes(task.stepKind!)
  // A rule that names steps but no kind of task may also answer the intake.
  return rule.steps === undefined || task.kind === 'intake'
}

function mayAct(rule: Rule, dossier: Dossier, acting: Acting, task: Task | null): boolean {
  return rule.by.some((role) => {
    if (role === 'applicant') return acting.kind === 'applicant'
    if (role === 'task-role') return task !== null && holds(acting, task.role, task.authority)
    return placesFor(role, dossier, task).some((authority) => holds(acting, role, authority))
  })
}

// A task is answered where it lies. Without one, who settles the dossier directs it: heads and leaders of a place
// that only took it in do not.
function placesFor(role: Role, dossier: Dossier, task: Task | null): string[] {
  if (task !== null) return [task.authority, ...(task.role === 'applicant' ? [dossier.receivedBy] : [])]
  if (role === 'head' || role === 'leader') return [dossier.competent]
  return [dossier.competent, dossier.receivedBy]
}

// Who is named on a task answers it; heads and leaders may still move it by assigning.
function heldByAnother(command: CommandName, task: Task, acting: Acting): boolean {
  return (
    command !== 'assign' && task.assignee !== null && acting.kind === 'officer' && task.assignee !== acting.id
  )
}

/** The acts open to somebody now, in the order of the table: which buttons a page shows. */
export function allowedCommands(
  dossier: Dossier,
  acting: Acting,
): { command: CommandName; task: Task | null }[] {
  return commandNames.flatMap((command) => {
    const allowed = permission(command, dossier, acting)
    return 'denied' in allowed ? [] : [{ command, task: allowed.task }]
  })
}
