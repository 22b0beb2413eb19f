import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { aCalendar } from '../../../test/builders/a-calendar.ts'
import { aDossier } from '../../../test/builders/a-dossier.ts'
import { aProcess, aStep, aTimer, element } from '../../../test/builders/a-model.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { type CompiledProcess, compileProcess } from '../processes/index.ts'
import { type Request, sealRequest } from './commands.ts'
import { decide } from './decide.ts'
import { fireTimer } from './deciding/timers.ts'
import { type Dossier, openTasks, type Role } from './dossier.ts'
import { applyEntries } from './dossier-store.ts'
import type { Acting } from './permission.ts'

const calendar = aCalendar()
// A Thursday morning in Hà Nội.
const at = (hours: number) => new Date(Date.parse('2026-11-19T01:00:00Z') + hours * 3_600_000)

const officer = (role: Role): Acting => ({
  ...{ kind: 'officer', id: `officer-${role}` },
  posts: [{ authority: 'H99.12', roles: [role] }],
})
const clock: Acting = { kind: 'system', id: 'clock', authorities: 'all' }

/** A dossier in work with this process, and what officers do with it. */
function aLife(process: CompiledProcess, amount = 3) {
  const limit = { amount, unit: 'working-day', cutOff: null } as const
  let dossier: Dossier = aDossier({ at: at(-1).toISOString(), limit }).dossier
  const facts = (acting: Acting, hours: number) => ({
    ...{ now: at(hours), acting, process, calendar, answers: {}, officerFits: true },
  })
  const take = (entries: ReturnType<typeof fireTimer>) => {
    if (entries.length > 0) dossier = applyEntries(dossier.id, dossier, entries).after
  }
  const life = {
    tries: (role: Role, request: Request, hours = 0.5) =>
      decide(dossier, sealRequest(request).command, facts(officer(role), hours)),
    does(role: Role, request: Request, hours = 0.5) {
      take(accepted(life.tries(role, request, hours)))
      return life
    },
    ends: (role: Role, stepId: string, hours = 0.5, outcome = 'ok') =>
      life.does(role, { command: 'completeStep', taskNo: life.task(stepId).no, outcome }, hours),
    passes(hours: number) {
      for (let tries = 0; tries < 20; tries++) take(fireTimer(dossier, facts(clock, hours)))
      return life
    },
    task: (stepId: string) => openTasks(dossier).find((task) => task.stepId === stepId)!,
    open: () =>
      openTasks(dossier).map(({ kind, stepId }) => (kind === 'step' ? stepId : `${kind} ${stepId}`)),
    get dossier() {
      return dossier
    },
  }
  return life.does('reception', { command: 'accept' }, 0)
}

const granted = element('endEvent', { id: 'granted', 'motcua:result': 'granted' })
const split = element('parallelGateway', { id: 'split' })
const join = element('parallelGateway', { id: 'join' })

describe('work beside other work', () => {
  const parallel = () =>
    aProcess(
      [split, aStep('map'), aStep('check'), aStep('tax', { role: 'cashier' }), join, aStep('last'), granted],
      [
        'start > split',
        'split > map',
        'map > check',
        'split > tax',
        'check > join',
        'tax > join',
        'join > last',
        'last > granted',
      ],
    )

  test('both ways are open at once; what comes after waits for both', async () => {
    const life = aLife(await parallel())
    expect(life.open()).toEqual(['map', 'tax'])
    life.ends('cashier', 'tax')
    expect(life.open()).toEqual(['map'])
    life.ends('specialist', 'map').ends('specialist', 'check')
    expect(life.open()).toEqual(['last'])
    life.ends('specialist', 'last')
    expect(life.dossier.state).toBe('decided')
    expect(life.dossier.marking?.tokens).toEqual([])
  })

  test('while one waits for the applicant no hours run for the other; then it gets them anew', async () => {
    const life = aLife(await parallel())
    const { no } = life.task('map')
    life.does(
      'specialist',
      { command: 'requestSupplement', taskNo: no, items: [{ target: null, text: 'Bản đồ' }] },
      1,
    )
    expect(life.open()).toEqual(['tax', 'supplement map'])
    expect(life.task('tax').dueAt).toBeNull()
    life.does('reception', { command: 'supplement', papers: [] }, 24)
    expect(life.open()).toEqual(['tax', 'map'])
    expect(life.task('tax').dueAt).toBe('2026-11-20T07:00:00.000Z')
    life.ends('specialist', 'map', 25).ends('specialist', 'check', 25).ends('cashier', 'tax', 25)
    expect(life.open()).toEqual(['last'])
  })

  test('work goes back to a step of its own way, never to one that runs beside it', async () => {
    const process = await aProcess(
      [
        split,
        aStep('map'),
        aStep('check', { kind: 'review' }),
        aStep('tax', { role: 'cashier' }),
        join,
        granted,
      ],
      [
        'start > split',
        'split > map',
        'map > check',
        'split > tax',
        'check > join',
        'tax > join',
        'join > granted',
      ],
    )
    const life = aLife(process).ends('cashier', 'tax').ends('specialist', 'map')
    const back = (toStep?: string): Request => ({
      ...{ command: 'sendBack', taskNo: life.task('check').no, reason: 'Thiếu' },
      ...(toStep && { toStep }),
    })
    expect(isRefusal(life.tries('specialist', back('tax')))).toBe(true)
    expect(life.does('specialist', back()).open()).toEqual(['map'])
    expect(life.ends('specialist', 'map').ends('specialist', 'check').dossier.state).toBe('decided')
  })
})

describe('by the clock', () => {
  const watched = (interrupting: boolean, ...timer: Parameters<typeof aTimer>) =>
    aProcess(
      [
        aStep('work', { hours: 8 }),
        element(
          'boundaryEvent',
          { id: 'late', attachedToRef: 'work', cancelActivity: interrupting },
          aTimer(...timer),
        ),
        aStep('help', { role: 'head' }),
        granted,
        element('endEvent', { id: 'seen' }),
      ],
      ['start > work', 'work > granted', 'late > help', 'help > seen'],
    )

  test.each([
    ['four hours before its hours end', '-PT4H', 'step-due', '2026-11-19T07:00:00.000Z'],
    ['an hour after its hours ended', 'PT1H', 'step-due', '2026-11-20T02:00:00.000Z'],
    ['a day before the date of the dossier', '-P1D', 'dossier-due', '2026-11-24T00:30:00.000Z'],
    ['two hours after it began', 'PT2H', 'start', '2026-11-19T03:00:00.000Z'],
  ])('%s the head is asked to look, and the work goes on', async (_when, duration, relativeTo, moment) => {
    const life = aLife(await watched(false, duration, { relativeTo }))
    expect(life.dossier.marking?.timers).toMatchObject([{ node: 'late', at: moment }])
    const hours = (Date.parse(moment) - at(0).getTime()) / 3_600_000
    expect(life.passes(hours - 0.1).open()).toEqual(['work'])
    expect(life.passes(hours).open()).toEqual(['work', 'help'])
    expect(life.passes(hours + 100).open()).toEqual(['work', 'help'])
    life.ends('head', 'help', hours + 1)
    expect(life.ends('specialist', 'work', hours + 2).dossier.state).toBe('decided')
  })

  test('an interrupting timer ends the work, with the opinion it waited for', async () => {
    const life = aLife(await watched(true, 'PT2H'))
    const asks = { command: 'consult', question: 'Ý kiến?', replyBy: '2026-11-20', silence: 'none' } as const
    life.does('specialist', { ...asks, to: { outside: 'Điện lực' }, confidential: false }, 0.5)
    expect(life.passes(2).open()).toEqual(['help'])
    expect(life.dossier.consultations).toMatchObject([{ state: 'dropped' }])
    expect(life.dossier.tasks.find(({ stepId }) => stepId === 'work')).toMatchObject({
      outcome: 'interrupted',
    })
  })

  test('nothing fires while the applicant is asked; afterwards the hours begin anew', async () => {
    const life = aLife(await watched(false, 'PT2H'))
    life.does('specialist', { command: 'requestSupplement', items: [{ target: null, text: 'Giấy' }] }, 1)
    expect(life.passes(30).open()).toEqual(['supplement work'])
    life.does('reception', { command: 'supplement', papers: [] }, 48)
    expect(life.passes(49).open()).toEqual(['work'])
    expect(life.passes(24 * 5).open()).toEqual(['work', 'help'])
  })

  test('a timer that hangs on a date which was put off waits with it', async () => {
    const life = aLife(await watched(false, '-P1D', { relativeTo: 'dossier-due' }))
    const [before] = life.dossier.marking!.timers
    life.does('leader', { command: 'extend', days: 2, reason: 'Cần thêm thời gian' }, 2)
    const hours = (Date.parse(before!.at!) - at(0).getTime()) / 3_600_000
    expect(life.passes(hours).open()).toEqual(['work'])
    expect(life.passes(hours + 48).open()).toEqual(['work', 'help'])
  })

  test('a wait for a moment is seen by whoever watches over it, and passes by itself', async () => {
    const process = await aProcess(
      [
        element(
          'intermediateCatchEvent',
          { id: 'posted', name: 'Niêm yết', 'motcua:role': 'clerk', 'motcua:hours': 8 },
          aTimer('P1D'),
        ),
        aStep('last'),
        granted,
      ],
      ['start > posted', 'posted > last', 'last > granted'],
    )
    const life = aLife(process)
    expect(life.task('posted')).toMatchObject({
      kind: 'wait',
      role: 'clerk',
      dueAt: '2026-11-20T01:00:00.000Z',
    })
    expect(isRefusal(life.tries('clerk', { command: 'receiveMessage' }))).toBe(true)
    expect(life.passes(24).open()).toEqual(['last'])
  })
})

test('a message is received by whoever watches over the wait, once', async () => {
  const process = await aProcess(
    [
      element(
        'intermediateCatchEvent',
        { id: 'verified', 'motcua:role': 'specialist', 'motcua:hours': 8 },
        '<bpmn:messageEventDefinition messageRef="m"/>',
      ),
      aStep('last'),
      granted,
    ],
    ['start > verified', 'verified > last', 'last > granted'],
    '<bpmn:message id="m" name="verification"/>',
  )
  const life = aLife(process)
  expect(life.open()).toEqual(['wait verified'])
  expect(isRefusal(life.tries('clerk', { command: 'receiveMessage' }))).toBe(true)
  expect(life.does('specialist', { command: 'receiveMessage', note: 'Xã kia đã trả lời' }).open()).toEqual([
    'last',
  ])
  expect(isRefusal(life.tries('specialist', { command: 'receiveMessage' }))).toBe(true)
})

test('declining ends everything that runs', async () => {
  const process = await aProcess(
    [
      split,
      aStep('sign', { role: 'leader', kind: 'decide' }),
      aStep('tax', { role: 'cashier' }),
      join,
      granted,
    ],
    ['start > split', 'split > sign', 'split > tax', 'sign > join', 'tax > join', 'join > granted'],
  )
  const life = aLife(process).does('leader', { command: 'decline', reason: 'Không đủ điều kiện' })
  expect(life.open()).toEqual(['return null'])
  expect(life.dossier).toMatchObject({ state: 'decided', outcome: 'not-granted', marking: { tokens: [] } })
})

describe('the usual step table of a department, ten working days', () => {
  const file = readFileSync(new URL('../../../docs/models/ten-days.bpmn', import.meta.url), 'utf8')
  const begun = async () => aLife(accepted(await compileProcess(file)), 10)
  const drafts = { command: 'draftResult', draft: { note: 'Theo hồ sơ' } } as const

  test('assigned, appraised, checked, signed and issued in seventy-two hours besides reception and return', async () => {
    const life = await begun()
    const { steps } = accepted(await compileProcess(file))
    const ordinary = ['assign', 'appraise', 'check', 'sign', 'issue']
    expect(ordinary.reduce((sum, id) => sum + steps[id]!.hours, 0)).toBe(72)
    life.ends('head', 'assign', 3).does('specialist', drafts, 20).ends('specialist', 'appraise', 24)
    life.ends('head', 'check', 26).does('leader', { command: 'approve' }, 27).ends('clerk', 'issue', 28)
    expect(life.dossier).toMatchObject({ state: 'decided', outcome: 'granted' })
  })

  test('papers asked for stop the clock; the work comes back and goes on', async () => {
    const life = (await begun()).ends('head', 'assign', 1)
    life.does('specialist', { command: 'requestSupplement', items: [{ target: null, text: 'Bản đồ' }] }, 2)
    expect(life.dossier).toMatchObject({ state: 'awaiting-supplement', dueAt: null })
    life.does('reception', { command: 'supplement', papers: [] }, 72)
    expect(life.open()).toEqual(['appraise'])
  })

  test('the day before the date the head sees to an apology, while the work goes on', async () => {
    const life = (await begun()).ends('head', 'assign', 1)
    const due = (Date.parse(life.dossier.dueAt!) - at(0).getTime()) / 3_600_000
    expect(life.passes(due - 9.5).open()).toEqual(['appraise', 'apologise'])
    const newDate = { command: 'apologise', newDate: '2026-12-10', reason: 'Chờ ý kiến' } as const
    life.does('head', newDate, due - 9).ends('head', 'apologise', due - 9)
    expect(life.dossier.apologisedUntil).not.toBeNull()
    expect(life.open()).toEqual(['appraise'])
  })

  test('an opinion of another agency is awaited within its own hours before the step may end', async () => {
    const life = (await begun()).ends('head', 'assign', 1)
    const asks = { command: 'consult', question: 'Ý kiến?', replyBy: '2026-11-25', silence: 'none' } as const
    life.does('specialist', { ...asks, to: { outside: 'Sở khác' }, confidential: false }, 2)
    life.does('specialist', drafts, 3)
    const ends = { command: 'completeStep', taskNo: life.task('appraise').no, outcome: 'ok' } as const
    expect(life.tries('specialist', ends, 4)).toMatchObject({ code: 'dossiers.opinion-awaited' })
    life.does('specialist', { command: 'reply', stance: 'agree', text: 'Không vướng' }, 20)
    expect(life.ends('specialist', 'appraise', 21).open()).toEqual(['check'])
  })

  test('the result of another level is waited for, and the appraisal is taken up again', async () => {
    const life = (await begun())
      .ends('head', 'assign', 1)
      .ends('specialist', 'appraise', 2, 'await-other-level')
    expect(life.open()).toEqual(['wait other-level'])
    expect(life.does('specialist', { command: 'receiveMessage' }, 30).open()).toEqual(['appraise'])
  })

  test('what is not eligible is refused in writing, with reasons', async () => {
    const life = (await begun()).ends('head', 'assign', 1).ends('specialist', 'appraise', 2, 'not-eligible')
    life.does('specialist', { command: 'draftResult', draft: { reason: 'Không đủ điều kiện' } }, 3)
    life.ends('specialist', 'draft-refusal', 3).does('leader', { command: 'approve' }, 4)
    expect(life.ends('clerk', 'issue-refusal', 5).dossier).toMatchObject({ outcome: 'not-granted' })
  })
})
