import { type Dossier, openTasks, type Role, type Task } from './dossier.ts'
import {
  type By,
  type CommandName,
  type Condition,
  commandNames,
  conditions,
  policy,
  type Rule,
} from './policy.ts'

/** A post with the power it gives, its own or lent by a dated grant. */
export interface PowerPost {
  authority: string
  roles: readonly string[]
  post?: string
  /** In which capacity its holder signs (NĐ 30/2020/NĐ-CP, Điều 13): TM., KT., TL., TUQ., Q. */
  capacity?: string
  /** The power is limited to these procedures. */
  procedures?: readonly string[]
  /** The officer for whom the holder stands in. */
  standsInFor?: string
}

/** Who acts on a dossier, as the policy sees them. */
export type Acting =
  | { kind: 'applicant'; id: string }
  /** Another party of the dossier, known by its number. */
  | { kind: 'party'; id: string; no: number }
  | { kind: 'officer'; id: string; posts: readonly PowerPost[]; conflict?: boolean }
  | { kind: 'system'; id: string; authorities: readonly string[] | 'all' }

/** Why an act is not possible. */
export type Denial =
  | 'not-in-this-state'
  | 'not-your-role'
  | 'no-such-task'
  | 'held-by-another'
  | 'conflict-of-interest'
  | Condition

/** The roles that a system may act in: it prepares and delivers, it never decides. */
const systemRoles = new Set<string>(['reception', 'specialist', 'clerk', 'post'])

/** What only a person can do: see or look after somebody, have an opinion, have an interest of their own. */
const personal = new Set<CommandName>(['confirm', 'opine', 'declareConflict', 'compensate'])

/** Whether an acting person holds a role at an authority, for a procedure when the power is limited to some. */
export function holds(acting: Acting, role: string, authority: string, procedureCode?: string): boolean {
  if (acting.kind === 'applicant' || acting.kind === 'party') return role === acting.kind
  if (acting.kind === 'system') {
    const there = acting.authorities === 'all' || acting.authorities.includes(authority)
    return there && systemRoles.has(role)
  }
  return acting.posts.some((post) => gives(post, role, authority, procedureCode))
}

/** Whether one post gives a role at an authority. */
export const gives = (post: PowerPost, role: string, authority: string, procedureCode?: string) =>
  post.authority === authority &&
  post.roles.includes(role) &&
  (post.procedures === undefined || procedureCode === undefined || post.procedures.includes(procedureCode))

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
  if (isBarred(dossier, acting)) return { denied: 'conflict-of-interest' }
  if (!rule.from.includes(dossier.state)) return { denied: 'not-in-this-state' }
  if (acting.kind === 'system' && personal.has(command)) return { denied: 'not-your-role' }
  const found = taskFor(command, rule, dossier, acting, taskNo)
  if ('denied' in found) return found
  if (rule.when && !conditions[rule.when](dossier)) return { denied: rule.when }
  return found
}

/** Whether an officer has an interest of their own in the dossier. */
export const isBarred = (dossier: Pick<Dossier, 'barred'>, acting: Acting): boolean =>
  acting.kind === 'officer' && (acting.conflict === true || dossier.barred.includes(acting.id))

function taskFor(command: CommandName, rule: Rule, dossier: Dossier, acting: Acting, taskNo?: number) {
  const answersTask = rule.tasks !== undefined || rule.by.includes('task-role')
  if (!answersTask)
    return mayAct(rule, dossier, acting, null) ? { task: null } : { denied: 'not-your-role' as const }
  const candidates = openTasks(dossier).filter(
    (task) => fits(rule, task) && (taskNo === undefined || task.no === taskNo),
  )
  if (candidates.length === 0) return { denied: 'no-such-task' as const }
  const allowed = candidates.filter((task) => mayAct(rule, dossier, acting, task))
  if (allowed.length === 0) return { denied: 'not-your-role' as const }
  const mine = allowed.find((task) => !heldByAnother(command, dossier, task, acting))
  return mine ? { task: mine } : { denied: 'held-by-another' as const }
}

// A rule that names no kind of task moves any work that lies with officers.
function fits(rule: Rule, task: Task): boolean {
  if (rule.tasks === undefined) return task.role !== 'applicant'
  if (!rule.tasks.includes(task.kind)) return false
  return task.kind !== 'step' || rule.steps === undefined || rule.steps.includes(task.stepKind!)
}

function mayAct(rule: Rule, dossier: Dossier, acting: Acting, task: Task | null): boolean {
  return rule.by.some((by) => {
    if (by === 'applicant') return acting.kind === 'applicant'
    if (by === 'named-party') return acting.kind === 'party' && task?.subject === acting.no
    if (by === 'representative') return acting.kind === 'party' && represents(dossier, acting.no)
    if (by === 'task-role')
      return task !== null && holds(acting, task.role, task.authority, dossier.procedureCode)
    return placesFor(rule, by, dossier, task).some((authority) =>
      holds(acting, by, authority, dossier.procedureCode),
    )
  })
}

const represents = (dossier: Dossier, no: number) =>
  dossier.otherParties.some(
    (party) => party.no === no && party.kind === 'representative' && party.confirmedAt !== null,
  )

// A task is answered where it lies. Without one, who settles the dossier directs it: heads and leaders of a place
// that only took it in do not, unless the rule says that everybody involved may.
function placesFor(
  rule: Rule,
  role: Exclude<By, 'task-role'>,
  dossier: Dossier,
  task: Task | null,
): string[] {
  if (rule.at === 'competent') return [dossier.competent]
  if (rule.at === 'involved') return involved(dossier)
  if (rule.at === 'responsible') return [dossier.competent, dossier.receivedBy]
  if (task !== null) return [task.authority, ...(task.role === 'applicant' ? [dossier.receivedBy] : [])]
  if (role === 'head' || role === 'leader') return [dossier.competent]
  return [dossier.competent, dossier.receivedBy]
}

/**
 * The authorities that have, or had, to do with a dossier. Of a branch of a linked filing the unit that took the
 * filing in has to do while it waits for the applicant, whom that unit answers, and once it has the result to give.
 */
export const involved = (dossier: Dossier): string[] => [
  ...new Set([
    dossier.competent,
    ...(dossier.linked === null || waitsForApplicant(dossier) ? [dossier.receivedBy] : []),
    ...(dossier.helpedBy ? [dossier.helpedBy] : []),
    ...worked(dossier).map((task) => task.authority),
  ]),
]

// Of a branch the intake was that of the filing.
const worked = ({ tasks, linked }: Dossier) =>
  linked === null ? tasks : tasks.filter(({ kind }) => kind !== 'intake')

const waitsForApplicant = ({ state, threadAwaits }: Dossier) =>
  state === 'awaiting-supplement' || state === 'awaiting-obligation' || threadAwaits === 'applicant'

/** The same officer with those posts first that give the power for this act: the journal and a signature name one. */
export function inPowerFor(
  command: CommandName,
  dossier: Dossier,
  acting: Acting,
  task: Task | null,
): Acting {
  if (acting.kind !== 'officer' || acting.posts.length < 2) return acting
  const does = (post: PowerPost) => {
    const alone = { ...acting, posts: [post] }
    if (!mayAct(policy[command], dossier, alone, task)) return false
    return task === null || !heldByAnother(command, dossier, task, alone)
  }
  return { ...acting, posts: acting.posts.toSorted((a, b) => Number(does(b)) - Number(does(a))) }
}

// Who is named on a task answers it, or who stands in for them; heads and leaders may still move it. Whoever asked
// for an opinion may do without it, though somebody elsewhere has it on the desk.
function heldByAnother(command: CommandName, dossier: Dossier, task: Task, acting: Acting): boolean {
  if (task.assignee === null || acting.kind !== 'officer' || task.assignee === acting.id) return false
  if (command === 'endConsult') return false
  if (acting.posts.some((post) => post.standsInFor === task.assignee)) return false
  const directs = (['head', 'leader'] as const satisfies Role[]).some((role) =>
    holds(acting, role, task.authority, dossier.procedureCode),
  )
  return !((command === 'assign' || command === 'reassign') && directs)
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
