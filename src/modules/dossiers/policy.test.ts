import { describe, expect, test } from 'vitest'
import { aDossier, type Happening } from '../../../test/builders/a-dossier.ts'
import { aRequest } from '../../../test/builders/a-request.ts'
import { Request, sealRequest } from './commands.ts'
import { decide } from './decide.ts'
import type { Facts } from './deciding/facts.ts'
import {
  type Dossier,
  type Role,
  type State,
  states,
  type Task,
  type TaskKind,
  taskKinds,
} from './dossier.ts'
import { type Acting, type PowerPost, permission } from './permission.ts'
import { type CommandName, commandNames, conditions, type Must, policy, type Rule } from './policy.ts'
import { denied } from './refusals.ts'

const here = 'H99.12'
const elsewhere = 'H99.13'
const due = '2026-11-23T10:00:00.000Z'
const hour = (n: number) => new Date(Date.parse('2026-11-19T02:00:00Z') + n * 3_600_000).toISOString()
const accept = (step: Partial<Task> = {}): Happening => ({ at: hour(1), is: 'accepted', dueAt: due, step })
const decided: Happening = { at: hour(3), is: 'decided' }
const returned: Happening = { at: hour(4), is: 'returned' }

const living = (...life: Happening[]) => aDossier({ life }).dossier
const inWork = living(accept())
const atIntake = living()

/** The same dossier with one more open task. */
function waitingToo(dossier: Dossier, kind: TaskKind, changes: Partial<Task> = {}): Dossier {
  const task: Task = {
    ...{ no: dossier.tasks.length + 1, kind, stepId: null, stepKind: null, name: kind, unitKind: 'division' },
    ...{ role: 'specialist', authority: here, assignee: null, subject: 1 },
    ...{ openedAt: hour(2), dueAt: hour(9), closedAt: null, closedBy: null, outcome: null },
    ...changes,
  }
  return { ...dossier, tasks: [...dossier.tasks, task] }
}

/** The same dossier with everything closed and only this open. */
const waitingOnly = (dossier: Dossier, kind: TaskKind, changes: Partial<Task> = {}) =>
  waitingToo(
    { ...dossier, tasks: dossier.tasks.map((task) => ({ ...task, closedAt: hour(2) })) },
    kind,
    changes,
  )

const party = (kind: 'second-party' | 'representative', confirmedAt: string | null, no = 1) => ({
  otherParties: [{ no, kind, until: null, confirmedAt, disagreedAt: null }],
})
const toConfirm = { role: 'applicant', assignee: null } as const

/** One dossier for each situation that the policy tells apart. */
const situations: Record<string, Dossier> = {
  'awaiting-party': {
    ...waitingOnly(atIntake, 'confirm', toConfirm),
    ...party('second-party', null),
    state: 'awaiting-party',
  },
  submitted: atIntake,
  'submitted, a representative is to agree': {
    ...waitingToo(atIntake, 'confirm', toConfirm),
    ...party('representative', null),
  },
  'submitted, offered to another authority': waitingToo(atIntake, 'transfer', {
    role: 'reception',
    authority: elsewhere,
  }),
  'awaiting-supplement at intake': living({ at: hour(1), is: 'supplement-requested' }),
  'awaiting-supplement after acceptance': living(accept(), { at: hour(2), is: 'supplement-requested' }),
  'awaiting-supplement with a representative': {
    ...living(accept(), { at: hour(2), is: 'supplement-requested' }),
    ...party('representative', hour(1)),
  },
  'awaiting-obligation': {
    ...waitingOnly(inWork, 'obligation', { stepId: 'verify', stepKind: 'work', role: 'applicant' }),
    state: 'awaiting-obligation',
  },
  'awaiting-obligation, offered to another authority': waitingToo(
    {
      ...waitingOnly(inWork, 'obligation', { stepId: 'verify', stepKind: 'work', role: 'applicant' }),
      state: 'awaiting-obligation',
    },
    'transfer',
    { role: 'reception', authority: elsewhere },
  ),
  'in-progress at work': inWork,
  'in-progress at work that somebody holds': living(accept({ assignee: 'somebody' })),
  'in-progress with a fee': { ...inWork, fees: [{ key: 'certification', name: 'Phí', amountVnd: 4000 }] },
  'in-progress at draft': living(accept({ stepId: 'draft', stepKind: 'draft' })),
  'in-progress at review': living(accept({ stepId: 'review', stepKind: 'review', role: 'head' })),
  'in-progress at decide': living(accept({ stepId: 'decide', stepKind: 'decide', role: 'leader' })),
  'in-progress at issue': living(accept({ stepId: 'issue', stepKind: 'issue', role: 'clerk' })),
  'in-progress, an opinion asked for elsewhere': waitingToo(inWork, 'consult', {
    role: 'head',
    authority: elsewhere,
  }),
  'in-progress, an opinion held by somebody elsewhere': waitingToo(inWork, 'consult', {
    ...{ role: 'head', authority: elsewhere, assignee: 'somebody' },
  }),
  'in-progress, a visit planned': waitingToo(inWork, 'visit'),
  'in-progress, offered to another authority': waitingToo(inWork, 'transfer', {
    ...{ role: 'reception', authority: elsewhere },
  }),
  'in-progress, papers to take over': waitingToo(inWork, 'handover', { role: 'clerk' }),
  'in-progress, waiting for a message': waitingOnly(inWork, 'wait', { stepId: 'verified' }),
  'in-progress, with a representative': { ...inWork, ...party('representative', hour(1)) },
  'in-progress, extended and apologised': {
    ...inWork,
    extension: { days: 2, at: hour(2), from: due, to: due },
    apologisedAt: hour(2),
  },
  'in-progress, with officers barred': { ...inWork, barred: ['officer-leader', 'officer-specialist'] },
  'in-progress, helped at another place': { ...inWork, helpedBy: elsewhere },
  'in-progress, taken in at another place': { ...inWork, receivedBy: elsewhere },
  decided: living(accept(), decided),
  'decided, a linked filing': { ...living(accept(), decided), branches: [] },
  'decided, something to put right': waitingToo(living(accept(), decided), 'compensation', {
    role: 'reception',
  }),
  'decided, not granted': living(accept(), { ...decided, outcome: 'not-granted' }),
  'decided, to send by post to two': waitingToo(
    waitingOnly(living(accept(), decided), 'return', { role: 'post' }),
    'return',
    { role: 'post', subject: 2 },
  ),
  returned: living(accept(), decided, returned),
  'returned and revoked': { ...living(accept(), decided, returned), resultState: 'revoked' },
  refused: living({ at: hour(1), is: 'refused' }),
  withdrawn: living({ at: hour(1), is: 'withdrawn' }),
  stopped: living(accept(), { at: hour(2), is: 'stopped' }),
}

const roles: Role[] = [
  ...(['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post', 'control', 'admin'] as const),
]
const officer = (id: string, ...posts: PowerPost[]): Acting => ({ kind: 'officer', id, posts })
const post = (role: Role, authority = here, more: Partial<PowerPost> = {}): PowerPost => ({
  ...{ authority, roles: [role] },
  ...more,
})
const officerAs = (role: Role, authority = here): Acting => officer(`officer-${role}`, post(role, authority))
const thisProcedure = [inWork.procedureCode]
const actors: Record<string, Acting> = {
  applicant: { kind: 'applicant', id: 'person-1' },
  'the other party': { kind: 'party', id: 'person-2', no: 1 },
  'a third party': { kind: 'party', id: 'person-3', no: 2 },
  ...Object.fromEntries(roles.map((role) => [role, officerAs(role)])),
  ...Object.fromEntries(roles.map((role) => [`${role} elsewhere`, officerAs(role, elsewhere)])),
  'somebody who holds work': officer('somebody', post('specialist'), post('head', elsewhere)),
  'a stand-in': officer('stand-in', post('clerk'), post('specialist', here, { standsInFor: 'somebody' })),
  'specialist of other procedures': officer(
    'limited',
    post('specialist', here, { procedures: ['9.999999'] }),
  ),
  'specialist of this procedure': officer('limited', post('specialist', here, { procedures: thisProcedure })),
  'leader of other procedures': officer('limited', post('leader', here, { procedures: ['9.999999'] })),
  'leader by grant for this procedure': officer('lent', post('leader', here, { procedures: thisProcedure })),
  'leader with an interest': { ...officerAs('leader'), conflict: true } as Acting,
  'head of two places': officer('officer-heads', post('head'), post('head', elsewhere)),
  system: { kind: 'system', id: 'partner', authorities: [here] },
  'system elsewhere': { kind: 'system', id: 'partner', authorities: [elsewhere] },
  'system everywhere': { kind: 'system', id: 'partner', authorities: 'all' },
  nobody: { kind: 'officer', id: '', posts: [] },
}

// What the table says, worked out a second time and more slowly: the powers that would do, and those that somebody
// has, both written out in full, and compared.
function expectedOf(command: CommandName, dossier: Dossier, acting: Acting): string {
  const rule: Rule = policy[command]
  if (acting.kind === 'officer' && (acting.conflict || dossier.barred.includes(acting.id)))
    return 'conflict-of-interest'
  if (!rule.from.includes(dossier.state)) return 'not-in-this-state'
  if (acting.kind === 'system' && ['confirm', 'opine', 'declareConflict', 'compensate'].includes(command))
    return 'not-your-role'
  const open = dossier.tasks.filter(({ closedAt }) => closedAt === null)
  const needsTask = rule.tasks !== undefined || rule.by.includes('task-role')
  const targets = needsTask ? open.filter((task) => isAbout(rule, task)) : [null]
  if (targets.length === 0) return 'no-such-task'
  const mine = targets.filter((task) => shared(powersThatDo(rule, dossier, task), powersOf(acting, dossier)))
  if (mine.length === 0) return 'not-your-role'
  if (mine.every((task) => task !== null && isHeld(command, task, acting, dossier))) return 'held-by-another'
  return rule.when && !conditions[rule.when](dossier) ? rule.when : 'allowed'
}

function isAbout(rule: Rule, task: Task): boolean {
  if (rule.tasks === undefined) return task.role !== 'applicant'
  const kinds = rule.tasks.flatMap((kind) =>
    kind === 'step' && rule.steps ? rule.steps.map((step) => `step ${step}`) : [kind],
  )
  return kinds.includes(task.kind) || kinds.includes(`${task.kind} ${task.stepKind}`)
}

const shared = (some: string[], others: string[]) => some.some((each) => others.includes(each))

function powersThatDo(rule: Rule, dossier: Dossier, task: Task | null): string[] {
  const settles = dossier.competent
  const tookIn = dossier.receivedBy
  const everybody = [settles, tookIn, dossier.helpedBy, ...dossier.tasks.map(({ authority }) => authority)]
  return rule.by.flatMap((by) => {
    if (by === 'applicant') return ['applicant']
    if (by === 'named-party') return [`party ${task?.subject}`]
    if (by === 'representative')
      return dossier.otherParties
        .filter(({ kind, confirmedAt }) => kind === 'representative' && confirmedAt)
        .map(({ no }) => `party ${no}`)
    if (by === 'task-role') return [`${task!.role}@${task!.authority}`]
    if (rule.at === 'competent') return [`${by}@${settles}`]
    if (rule.at === 'involved') return everybody.map((authority) => `${by}@${authority}`)
    if (rule.at === 'responsible') return [`${by}@${settles}`, `${by}@${tookIn}`]
    if (task?.role === 'applicant') return [`${by}@${task.authority}`, `${by}@${tookIn}`]
    if (task) return [`${by}@${task.authority}`]
    return by === 'head' || by === 'leader' ? [`${by}@${settles}`] : [`${by}@${settles}`, `${by}@${tookIn}`]
  })
}

function powersOf(acting: Acting, { procedureCode }: Dossier): string[] {
  if (acting.kind === 'applicant') return ['applicant']
  if (acting.kind === 'party') return [`party ${acting.no}`]
  if (acting.kind === 'officer')
    return acting.posts
      .filter(({ procedures }) => !procedures || procedures.includes(procedureCode))
      .flatMap((each) => each.roles.map((role) => `${role}@${each.authority}`))
  const places = acting.authorities === 'all' ? [here, elsewhere] : acting.authorities
  // A system prepares and delivers; it never decides.
  return places.flatMap((at) => ['reception', 'specialist', 'clerk', 'post'].map((role) => `${role}@${at}`))
}

function isHeld(command: CommandName, task: Task, acting: Acting, dossier: Dossier): boolean {
  if (acting.kind !== 'officer' || task.assignee === null) return false
  const inWhoseName = [acting.id, ...acting.posts.map(({ standsInFor }) => standsInFor)]
  if (inWhoseName.includes(task.assignee)) return false
  // Whoever asked for an opinion may do without it, however far it got.
  if (command === 'endConsult') return false
  const moves = command === 'assign' || command === 'reassign'
  const directs = [`head@${task.authority}`, `leader@${task.authority}`]
  return !(moves && shared(directs, powersOf(acting, dossier)))
}

describe.each(Object.entries(situations))('%s', (_name, dossier) => {
  test('each act is for those whom the table names, and nobody else', () => {
    const answers = (of: typeof expectedOf) =>
      Object.entries(actors).flatMap(([who, acting]) =>
        commandNames.map((command) => `${command} by ${who}: ${of(command, dossier, acting)}`),
      )
    const answered = answers((...about) => {
      const allowed = permission(...about)
      return 'denied' in allowed ? allowed.denied : 'allowed'
    })
    expect(answered).toEqual(answers(expectedOf))
  })

  test('what the table refuses is refused by name when it is decided', () => {
    for (const acting of Object.values(actors))
      for (const command of commandNames) {
        const allowed = permission(command, dossier, acting)
        if (!('denied' in allowed)) continue
        const facts = { acting } as Facts
        const outcome = decide(dossier, sealRequest(aRequest(command)).command, facts)
        const named = denied(allowed.denied, command, dossier.state)
        expect(outcome).toEqual(named)
        expect(named.code).toMatch(/^dossiers\.[a-z-]+$/)
      }
  })
})

test('every state has a situation above, and so has every kind of task', () => {
  const all = Object.values(situations)
  expect(new Set(all.map(({ state }) => state))).toEqual(new Set(states))
  const open = all.flatMap(({ tasks }) => tasks.filter(({ closedAt }) => closedAt === null))
  expect(new Set(open.map(({ kind }) => kind))).toEqual(new Set(taskKinds))
})

test('every act is possible somewhere, for somebody', () => {
  const possible = commandNames.filter((command) =>
    Object.values(situations).some((dossier) =>
      Object.values(actors).some((acting) => 'task' in permission(command, dossier, acting)),
    ),
  )
  expect(possible).toEqual(commandNames)
})

test('every condition is met by some situation, and stands in the way in another', () => {
  for (const [name, holds] of Object.entries(conditions)) {
    const answers = Object.values(situations).map((dossier) => holds(dossier))
    expect([answers.includes(true), answers.includes(false)], name).toEqual([true, true])
  }
})

/** Where a request states what the table says must be stated. */
const stated: Record<Must, string[]> = {
  ...{ reason: ['reason'], items: ['items'], officer: ['officer'], draft: ['draft'], note: ['note', 'text'] },
  ...{ person: ['who'], obligation: ['name', 'amountVnd'], proof: ['reference', 'paidOn'] },
  ...{ question: ['question'], 'reply-date': ['replyBy'], opinion: ['stance', 'text'], days: ['days'] },
  amount: ['fees'],
  ...{ date: ['until', 'newDate', 'on'], findings: ['findings'], authority: ['to'] },
  ...{ tracking: ['carrier', 'tracking'], outcome: [] },
}

test.each(commandNames)('%s without what it must state is no request', (command) => {
  const complete = aRequest(command)
  expect(Request.safeParse(complete).success).toBe(true)
  for (const must of policy[command].must) {
    const fields = stated[must].filter((field) => field in complete)
    expect(fields.length > 0 || must === 'outcome', must).toBe(true)
    for (const field of fields)
      for (const nothing of [undefined, null, '', '   ', []])
        expect(Request.safeParse({ ...complete, [field]: nothing }).success, `${field} ${nothing}`).toBe(
          false,
        )
  }
})

test('when a dossier has ended there are notes, and ways to put a mistake right', () => {
  const openFrom = (state: State) =>
    commandNames.filter((name) => (policy[name].from as readonly State[]).includes(state))
  for (const state of ['refused', 'withdrawn', 'stopped'] as const)
    expect(openFrom(state)).toEqual(['restore', 'note'])
  expect(openFrom('returned')).toEqual(['correctResult', 'revokeResult', 'restore', 'compensate', 'note'])
})

describe('a task held by somebody', () => {
  const { dossier } = aDossier({ life: [accept({ assignee: 'officer-specialist' })] })
  const colleague = officer('colleague', post('specialist'))

  test('is not done by a colleague, but a head may move it', () => {
    expect(permission('completeStep', dossier, colleague)).toEqual({ denied: 'held-by-another' })
    expect(permission('completeStep', dossier, officerAs('specialist'))).toHaveProperty('task')
    expect(permission('assign', dossier, officerAs('head'))).toHaveProperty('task')
    expect(permission('reassign', dossier, officerAs('head', elsewhere))).toEqual({ denied: 'not-your-role' })
  })

  test('is done by whoever stands in for them, in the same role alone', () => {
    const lent = { standsInFor: 'officer-specialist' }
    const standIn = (role: Role) => officer('stand-in', post(role, here, lent))
    expect(permission('completeStep', dossier, standIn('specialist'))).toHaveProperty('task')
    expect(permission('completeStep', dossier, standIn('clerk'))).toEqual({ denied: 'not-your-role' })
  })
})

test('whoever asked for an opinion may do without it, though somebody elsewhere has it on the desk', () => {
  const dossier = situations['in-progress, an opinion held by somebody elsewhere']!
  for (const role of ['specialist', 'head', 'leader'] as const)
    expect(permission('endConsult', dossier, officerAs(role))).toHaveProperty('task')
  expect(permission('endConsult', dossier, officerAs('specialist', elsewhere))).toHaveProperty('denied')
})

test('a system has no eyes, no opinion and no interest of its own, and looks after nobody', () => {
  for (const dossier of Object.values(situations))
    for (const command of ['confirm', 'opine', 'declareConflict', 'compensate'] as const)
      expect(permission(command, dossier, actors['system everywhere']!)).toHaveProperty('denied')
})

test('a system never decides, whatever its authority', () => {
  const everywhere = actors['system everywhere']!
  for (const dossier of Object.values(situations))
    for (const command of ['approve', 'decline', 'stop', 'extend', 'revokeResult', 'restore'] as const)
      expect(permission(command, dossier, everywhere)).toHaveProperty('denied')
})

describe('a dossier taken in at one place and settled at another', () => {
  const apart = (name: string): Dossier => {
    const dossier = situations[name]!
    const tasks = dossier.tasks.map((task) =>
      task.kind === 'return' ? { ...task, authority: elsewhere } : task,
    )
    return { ...dossier, receivedBy: elsewhere, tasks }
  }
  const may = (command: CommandName, name: string, acting: Acting) =>
    !('denied' in permission(command, apart(name), acting))

  test.each([
    ['assign', 'in-progress at work'],
    ['stop', 'in-progress at work'],
    ['extend', 'in-progress at work'],
    ['approve', 'in-progress at decide'],
    ['decline', 'in-progress at decide'],
  ] as const)('%s is not for heads and leaders of the place that took it in', (command, name) => {
    for (const role of ['head', 'leader'] as const)
      expect(may(command, name, officerAs(role, elsewhere))).toBe(false)
    expect(may(command, name, officerAs('leader'))).toBe(true)
  })

  test('the result is given back where it was taken in', () => {
    expect(may('returnResult', 'decided', officerAs('reception', elsewhere))).toBe(true)
    expect(may('returnResult', 'decided', officerAs('reception'))).toBe(false)
    expect(may('returnResult', 'decided', officerAs('post'))).toBe(false)
  })

  test('what was asked for may be handed in at either place', () => {
    for (const authority of [here, elsewhere])
      expect(
        may('supplement', 'awaiting-supplement after acceptance', officerAs('reception', authority)),
      ).toBe(true)
  })
})
