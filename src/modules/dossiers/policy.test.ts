import { describe, expect, test } from 'vitest'
import { aDossier, type Happening } from '../../../test/builders/a-dossier.ts'
import { aRequest } from '../../../test/builders/a-request.ts'
import { isRefusal } from '../../kernel/errors.ts'
import { makeCalendar } from '../calendar/index.ts'
import { sealRequest } from './commands.ts'
import { decide } from './decide.ts'
import type { Facts } from './deciding/facts.ts'
import { type Dossier, type Role, type State, states, type Task, type TaskKind } from './dossier.ts'
import { type Acting, permission } from './permission.ts'
import { type CommandName, commandNames, conditions, policy, type Rule } from './policy.ts'

const due = '2026-11-23T10:00:00.000Z'
const hour = (n: number) => new Date(Date.parse('2026-11-19T02:00:00Z') + n * 3_600_000).toISOString()
const accept = (step: Partial<Task> = {}): Happening => ({ at: hour(1), is: 'accepted', dueAt: due, step })
const decided: Happening = { at: hour(3), is: 'decided' }

/** One dossier for each situation that the policy tells apart. */
const situations: Record<string, Dossier> = Object.fromEntries(
  Object.entries<Happening[]>({
    submitted: [],
    'awaiting-supplement at intake': [{ at: hour(1), is: 'supplement-requested' }],
    'in-progress at work': [accept()],
    'in-progress at draft': [accept({ stepId: 'draft', stepKind: 'draft' })],
    'in-progress at review': [accept({ stepId: 'review', stepKind: 'review', role: 'head' })],
    'in-progress at decide': [accept({ stepId: 'decide', stepKind: 'decide', role: 'leader' })],
    'in-progress at issue': [accept({ stepId: 'issue', stepKind: 'issue', role: 'clerk' })],
    'awaiting-supplement after acceptance': [accept(), { at: hour(2), is: 'supplement-requested' }],
    decided: [accept(), decided],
    returned: [accept(), decided, { at: hour(4), is: 'returned' }],
    refused: [{ at: hour(1), is: 'refused' }],
    withdrawn: [{ at: hour(1), is: 'withdrawn' }],
    stopped: [accept(), { at: hour(2), is: 'stopped' }],
  }).map(([name, life]) => [name, withReturnTask(aDossier({ life }).dossier)]),
)

// The builder leaves out the task of giving the result back.
function withReturnTask(dossier: Dossier): Dossier {
  if (dossier.state !== 'decided') return dossier
  const task = {
    ...dossier.tasks[0]!,
    no: dossier.tasks.length + 1,
    kind: 'return' as const,
    role: 'reception' as const,
  }
  return { ...dossier, tasks: [...dossier.tasks, { ...task, stepId: null, stepKind: null, closedAt: null }] }
}

const roles: Role[] = [
  'reception',
  'specialist',
  'head',
  'leader',
  'clerk',
  'cashier',
  'post',
  'control',
  'admin',
]
const officerAs = (role: Role, authority = 'H99.12'): Acting => ({
  kind: 'officer',
  id: `officer-${role}`,
  posts: [{ authority, roles: [role] }],
})
const actors: Record<string, Acting> = {
  applicant: { kind: 'applicant', id: 'person-1' },
  ...Object.fromEntries(roles.map((role) => [role, officerAs(role)])),
  'reception elsewhere': officerAs('reception', 'H99.13'),
  'leader elsewhere': officerAs('leader', 'H99.13'),
  system: { kind: 'system', id: 'partner', authorities: ['H99.12'] },
  'system elsewhere': { kind: 'system', id: 'partner', authorities: ['H99.13'] },
  nobody: { kind: 'officer', id: '', posts: [] },
}

const calendar = makeCalendar({
  version: 'test',
  years: [2026],
  days: [],
  weekdays: [1, 2, 3, 4, 5],
  sessions: [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ],
  saturdayDesk: null,
})
const step = (stepId: string, kind: string) => ({
  stepId,
  name: stepId,
  role: 'specialist',
  hours: 4,
  kind,
  unitKind: 'division',
  authority: 'competent',
  outcomes: ['ok'],
})

// What the table says, worked out a second time and more slowly.
function expectedOf(command: CommandName, dossier: Dossier, acting: Acting): boolean {
  const rule: Rule = policy[command]
  if (!rule.from.includes(dossier.state)) return false
  const open = dossier.tasks.filter(({ closedAt }) => closedAt === null)
  const needsTask = rule.task !== undefined || rule.steps !== undefined || rule.by.includes('task-role')
  const answered = open.filter((task) => {
    if (rule.task && task.kind !== rule.task) return false
    if (!rule.steps) return true
    return task.kind === 'step' ? rule.steps.includes(task.stepKind!) : task.kind === 'intake'
  })
  if (needsTask && answered.length === 0) return false
  const can = (role: string) => {
    if (role === 'applicant') return acting.kind === 'applicant'
    const wanted = role === 'task-role' ? answered.map((task) => task.role as string) : [role]
    if (acting.kind === 'officer')
      return acting.posts.some(
        (post) => post.authority === 'H99.12' && wanted.some((each) => post.roles.includes(each)),
      )
    if (acting.kind !== 'system') return wanted.includes('applicant')
    const mayPrepare = ['reception', 'specialist', 'clerk', 'post']
    return acting.authorities.includes('H99.12') && wanted.some((each) => mayPrepare.includes(each))
  }
  return rule.by.some(can)
}

describe.each(Object.entries(situations))('%s', (_name, dossier) => {
  test.each(commandNames)('%s is for those whom the table names, and nobody else', (command) => {
    for (const [who, acting] of Object.entries(actors)) {
      const allowed = permission(command, dossier, acting)
      expect('denied' in allowed ? allowed.denied : 'allowed', who).toEqual(
        expectedOf(command, dossier, acting) ? 'allowed' : expect.stringMatching(/^not-|^no-/),
      )
    }
  })

  test('what the table refuses is refused by name when it is decided', () => {
    const steps = Object.fromEntries(
      ['work', 'draft', 'review', 'decide', 'issue'].map((kind) => [kind, step(kind, kind)]),
    )
    const facts = { process: { steps }, calendar, answers: {}, now: new Date(hour(5)) } as unknown as Facts
    for (const acting of Object.values(actors))
      for (const command of commandNames) {
        const allowed = permission(command, dossier, acting)
        if (!('denied' in allowed)) continue
        const outcome = decide(dossier, sealRequest(aRequest(command)).command, { ...facts, acting })
        expect(isRefusal(outcome) && outcome.code).toBe(
          {
            'not-in-this-state': 'dossiers.not-in-this-state',
            'not-your-role': 'dossiers.not-your-role',
            'no-such-task': 'dossiers.no-such-task',
            'held-by-another': 'dossiers.held-by-another',
          }[allowed.denied],
        )
      }
  })
})

test('every state has a situation above', () => {
  const covered = new Set(Object.values(situations).map(({ state }) => state))
  expect([...covered].sort()).toEqual([...states].sort())
})

test('only a note can be added when a dossier has ended', () => {
  const ended: State[] = ['returned', 'refused', 'withdrawn', 'stopped']
  for (const state of ended)
    expect(commandNames.filter((name) => (policy[name].from as readonly State[]).includes(state))).toEqual([
      'note',
    ])
})

test('a task held by somebody is not done by a colleague, but a head may move it', () => {
  const { dossier } = aDossier({ life: [accept({ assignee: 'officer-specialist' })] })
  const colleague: Acting = {
    kind: 'officer',
    id: 'colleague',
    posts: [{ authority: 'H99.12', roles: ['specialist'] }],
  }
  expect(permission('completeStep', dossier, colleague)).toEqual({ denied: 'held-by-another' })
  expect(permission('completeStep', dossier, officerAs('specialist'))).toHaveProperty('task')
  expect(permission('assign', dossier, officerAs('head'))).toHaveProperty('task')
})

test('a system never decides, whatever its authority', () => {
  const everywhere: Acting = { kind: 'system', id: 'partner', authorities: 'all' }
  for (const dossier of Object.values(situations))
    for (const command of ['approve', 'decline', 'stop'] as const)
      expect(permission(command, dossier, everywhere)).toHaveProperty('denied')
})

describe('a dossier taken in at one place and settled at another', () => {
  const elsewhere = (name: string): Dossier => {
    const dossier = situations[name]!
    const tasks = dossier.tasks.map((task) =>
      task.kind === 'return' ? { ...task, authority: 'H99.13' } : task,
    )
    return { ...dossier, receivedBy: 'H99.13', tasks }
  }
  const may = (command: CommandName, name: string, acting: Acting) =>
    !('denied' in permission(command, elsewhere(name), acting))

  test.each([
    ['assign', 'in-progress at work'],
    ['stop', 'in-progress at work'],
    ['approve', 'in-progress at decide'],
    ['decline', 'in-progress at decide'],
  ] as const)('%s is not for heads and leaders of the place that took it in', (command, name) => {
    for (const role of ['head', 'leader'] as const)
      expect(may(command, name, officerAs(role, 'H99.13'))).toBe(false)
    expect(may(command, name, officerAs('leader'))).toBe(true)
  })

  test('the result is given back where it was taken in', () => {
    expect(may('returnResult', 'decided', officerAs('reception', 'H99.13'))).toBe(true)
    expect(may('returnResult', 'decided', officerAs('reception'))).toBe(false)
    expect(may('returnResult', 'decided', officerAs('post'))).toBe(false)
  })

  test('what was asked for may be handed in at either place', () => {
    for (const authority of ['H99.12', 'H99.13'])
      expect(
        may('supplement', 'awaiting-supplement after acceptance', officerAs('reception', authority)),
      ).toBe(true)
  })
})
