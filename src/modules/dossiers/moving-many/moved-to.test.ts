import { describe, expect, test } from 'vitest'
import { aCalendar } from '../../../../test/builders/a-calendar.ts'
import { aDossier } from '../../../../test/builders/a-dossier.ts'
import { aProcess, aStep, aTimer, element } from '../../../../test/builders/a-model.ts'
import { accepted } from '../../../kernel/errors.ts'
import type { CompiledProcess } from '../../processes/index.ts'
import { type Request, sealRequest } from '../commands.ts'
import { decide } from '../decide.ts'
import { fireTimer } from '../deciding/timers.ts'
import { type Dossier, openTasks, type Role } from '../dossier.ts'
import { applyEntries } from '../dossier-store.ts'
import type { DossierEntry } from '../entries.ts'
import type { Acting } from '../permission.ts'
import type { StepMapping } from './moved-marking.ts'
import { movedTo } from './moved-to.ts'

const calendar = aCalendar()
// A Thursday morning in Hà Nội; the office opens at half past seven.
const at = (hours: number) => new Date(Date.parse('2026-11-19T01:00:00Z') + hours * 3_600_000)
const iso = (hours: number) => at(hours).toISOString()

const officer = (role: Role): Acting => ({
  ...{ kind: 'officer', id: `officer-${role}` },
  posts: [{ authority: 'H99.12', roles: [role] }],
})

/** A dossier in work with a process: what officers do with it, and how it moves to another one. */
function aLife(process: CompiledProcess) {
  let running = process
  let dossier: Dossier = aDossier({
    at: iso(-1),
    limit: { amount: 3, unit: 'working-day', cutOff: null },
  }).dossier
  const facts = (acting: Acting, hours: number) => ({
    ...{ now: at(hours), acting, process: running, calendar, answers: {}, officerFits: true },
    place: { settles: true, calendar },
  })
  const take = (entries: readonly DossierEntry[]) => {
    if (entries.length > 0) dossier = applyEntries(dossier.id, dossier, entries).after
  }
  const life = {
    does(role: Role, request: Request, hours = 0.5) {
      take(accepted(decide(dossier, sealRequest(request).command, facts(officer(role), hours))))
      return life
    },
    ends: (role: Role, stepId: string, hours = 0.5, outcome = 'ok') =>
      life.does(role, { command: 'completeStep', taskNo: life.task(stepId).no, outcome }, hours),
    assigned: (stepId: string, role: Role = 'specialist') =>
      life.does('head', { command: 'assign', taskNo: life.task(stepId).no, officer: `officer-${role}` }),
    passes(hours: number) {
      take(fireTimer(dossier, facts({ kind: 'system', id: 'clock', authorities: 'all' }, hours)))
      return life
    },
    wouldMove(to: CompiledProcess, mapping: StepMapping, hours = 1) {
      const versions = { from: { key: 'p', version: 1 }, to: { key: 'p', version: 2 } }
      return movedTo(dossier, running, to, mapping, { now: at(hours), calendar, versions, run: 'run' })
    },
    moves(to: CompiledProcess, mapping: StepMapping, hours = 1) {
      const data = life.wouldMove(to, mapping, hours)
      if ('stays' in data) throw new Error(`stays: ${data.stays} ${data.step}`)
      const actor = { kind: 'system', id: 'process-move' }
      take([{ kind: 'dossiers.process-changed', data, actor, at: at(hours) } as unknown as DossierEntry])
      running = to
      return life
    },
    task: (stepId: string) => openTasks(dossier).find((task) => task.stepId === stepId)!,
    open: () =>
      openTasks(dossier).map(({ kind, stepId }) => (kind === 'step' ? stepId : `${kind} ${stepId}`)),
    tokens: () => dossier.marking!.tokens.map((token) => (token.by ? `${token.at}<${token.by}` : token.at)),
    get dossier() {
      return dossier
    },
  }
  return life
}
const begun = (process: CompiledProcess) => aLife(process).does('reception', { command: 'accept' }, 0)

const granted = element('endEvent', { id: 'granted', 'motcua:result': 'granted' })
const split = element('parallelGateway', { id: 'split' })
const join = element('parallelGateway', { id: 'join' })

/** Steps one after the other. */
const line = (...steps: [id: string, stated?: Record<string, string | number>][]) => {
  const ids = ['start', ...steps.map(([id]) => id), 'granted']
  const flows = ids.slice(1).map((id, i) => `${ids[i]} > ${id}`)
  return aProcess([...steps.map(([id, stated]) => aStep(id, stated)), granted], flows)
}
const two = () => line(['verify', { hours: 4 }], ['sign', { role: 'leader', kind: 'decide' }])
/** Two ways at once; `besides` runs beside the others. */
const parallel = (besides = 'tax') =>
  aProcess(
    [split, aStep('map'), aStep('check'), aStep(besides, { role: 'cashier' }), join, aStep('last'), granted],
    [
      ...['start > split', 'split > map', 'map > check', `split > ${besides}`, 'check > join'],
      ...[`${besides} > join`, 'join > last', 'last > granted'],
    ],
  )

describe('a step becomes another', () => {
  test('with its name, role and hours, and the dossier goes on there to its end', async () => {
    const to = await line(['examine', { hours: 2 }], ['sign', { role: 'leader', kind: 'decide' }])
    const life = begun(await two())
      .assigned('verify')
      .moves(to, { verify: 'examine' })
    expect(life.dossier).toMatchObject({ processKey: 'p', processVersion: 2, state: 'in-progress' })
    const task = life.task('examine')
    expect(task).toMatchObject({ name: 'examine', assignee: 'officer-specialist', no: 2, openedAt: iso(0) })
    // Two working hours from the opening at eight, not from the move at nine.
    expect(task.dueAt).toBe(iso(2))
    expect(life.ends('specialist', 'examine').open()).toEqual(['sign'])
    life.does('leader', { command: 'approve', taskNo: life.task('sign').no })
    expect(life.dossier.state).toBe('decided')
  })

  test('hours never reach beyond the legal date', async () => {
    const life = begun(await two()).moves(await line(['verify', { hours: 200 }]), { verify: 'verify' })
    expect(life.task('verify').dueAt).toBe(life.dossier.dueAt)
  })

  test.each([
    ['the same role', {}, 'officer-specialist'],
    ['another role', { role: 'head' }, null],
    ['another authority', { authority: 'receiving' }, null],
  ])('whoever holds it keeps it for %s', async (_, stated, assignee) => {
    const from = await two()
    const life = begun(from).assigned('verify')
    // It was received elsewhere than it is settled.
    const apart = { ...life.dossier, receivedBy: 'H99.01' }
    const versions = { from: { key: 'p', version: 1 }, to: { key: 'p', version: 2 } }
    const facts = { now: at(1), calendar, versions, run: 'run' }
    const moved = movedTo(apart, from, await line(['verify', stated]), { verify: 'verify' }, facts)
    const set = 'changes' in moved ? moved.changes![0]?.set : undefined
    expect(set?.assignee === undefined ? 'officer-specialist' : set.assignee).toBe(assignee)
  })

  test('what stays the same is not stated again', async () => {
    const process = await two()
    const moved = begun(process).wouldMove(process, { verify: 'verify' })
    expect(moved).toMatchObject({ changes: [], opens: [], closes: [] })
    expect(moved).toMatchObject({ from: { version: 1 }, to: { version: 2 }, mapping: { verify: 'verify' } })
  })

  test('before acceptance only the version changes', async () => {
    const moved = aLife(await two()).wouldMove(await line(['other']), {})
    expect(moved).not.toHaveProperty('marking')
    expect(moved).toMatchObject({ to: { version: 2 } })
  })
})

describe('what stays', () => {
  test('a dossier at a step that nobody mapped', async () => {
    const to = await line(['verify'], ['sign'])
    expect(begun(await two()).wouldMove(to, { sign: 'sign' })).toEqual({
      stays: 'step-not-mapped',
      step: 'verify',
    })
  })

  test('a dossier that would wait for ever for work that nobody began', async () => {
    const life = begun(await line(['map'], ['last']))
    expect(life.wouldMove(await parallel(), { map: 'map' })).toEqual({ stays: 'not-reachable', step: null })
    expect(life.wouldMove(await parallel(), { map: 'last' })).not.toHaveProperty('stays')
  })

  test('two steps that would be one', async () => {
    const life = begun(await parallel())
    expect(life.wouldMove(await line(['all']), { map: 'all', tax: 'all' })).toMatchObject({
      stays: 'not-reachable',
    })
  })
})

describe('work beside other work', () => {
  test('both ways move, and the join still waits for both', async () => {
    const to = await parallel('fees')
    const life = begun(await parallel()).moves(to, { map: 'check', tax: 'fees' })
    expect(life.open()).toEqual(['check', 'fees'])
    expect(life.ends('cashier', 'fees').open()).toEqual(['check'])
    expect(life.ends('specialist', 'check').open()).toEqual(['last'])
  })

  test('what was done stays done while somebody waits for it', async () => {
    const life = begun(await parallel()).ends('cashier', 'tax')
    expect(life.tokens()).toEqual(['map', 'join<tax-join'])
    life.moves(await parallel(), { map: 'map' })
    expect(life.tokens()).toEqual(['map', 'join<tax-join'])
    expect(life.ends('specialist', 'map').ends('specialist', 'check').open()).toEqual(['last'])
  })

  test('a join that is gone waits for nothing', async () => {
    const life = begun(await parallel())
      .ends('cashier', 'tax')
      .moves(await line(['map'], ['last']), { map: 'map' })
    expect(life.tokens()).toEqual(['map'])
    expect(life.ends('specialist', 'map').open()).toEqual(['last'])
  })
})

describe('what stands beside a step', () => {
  const renamed = () => line(['examine', { hours: 2 }], ['sign'])

  test('waiting for the applicant goes on, and the answer brings the new step with its officer', async () => {
    const life = begun(await two()).assigned('verify')
    const { no } = life.task('verify')
    life.does('specialist', {
      command: 'requestSupplement',
      taskNo: no,
      items: [{ target: null, text: 'x' }],
    })
    life.moves(await renamed(), { verify: 'examine' })
    expect(life.open()).toEqual(['supplement examine'])
    expect(life.task('examine')).toMatchObject({ role: 'applicant', dueAt: null })
    expect(life.dossier.state).toBe('awaiting-supplement')
    life.does('reception', { command: 'supplement', papers: [] }, 24)
    expect(life.open()).toEqual(['examine'])
    expect(life.task('examine')).toMatchObject({ assignee: 'officer-specialist', dueAt: iso(26) })
    expect(life.ends('specialist', 'examine', 25).open()).toEqual(['sign'])
  })

  test('an opinion and a visit that a step asked for go along with it', async () => {
    const life = begun(await two())
    const { no } = life.task('verify')
    const to = { authority: 'H99.05', role: 'specialist' as const }
    life.does('specialist', {
      command: 'consult',
      taskNo: no,
      to,
      question: 'x',
      replyBy: '2026-11-23',
    } as Request)
    life.does('specialist', { command: 'planVisit', taskNo: no, on: iso(24), place: 'x', reason: 'x' })
    const before = openTasks(life.dossier)
    life.moves(await renamed(), { verify: 'examine' })
    expect(life.open()).toEqual(['examine', 'consult examine', 'visit examine'])
    const dates = (tasks: typeof before) => tasks.slice(1).map(({ dueAt, role }) => [dueAt, role])
    expect(dates(openTasks(life.dossier))).toEqual(dates(before))
  })
})

describe('timers and messages', () => {
  const reminded = (duration: string, id = 'remind', host = 'verify') =>
    aProcess(
      [
        aStep('verify', { hours: 8 }),
        aStep('look', { role: 'head' }),
        aStep('other'),
        element('boundaryEvent', { id, attachedToRef: host, cancelActivity: 'false' }, aTimer(duration)),
        granted,
      ],
      ['start > verify', 'verify > other', 'other > granted', `${id} > look`, 'look > granted'],
    )

  test('a timer of the new version counts from when the step began', async () => {
    const life = begun(await two()).moves(await reminded('PT3H'), { verify: 'verify' })
    expect(life.dossier.marking!.timers).toMatchObject([{ node: 'remind', at: iso(3) }])
  })

  test('one that goes on keeps its moment; other hours are counted anew; one that is gone is gone', async () => {
    const life = begun(await reminded('PT2H'))
    const { timers } = life.dossier.marking!
    expect(timers).toMatchObject([{ at: iso(2) }])
    const moved = async (to: CompiledProcess) => {
      const data = life.wouldMove(to, { verify: 'verify' })
      return 'marking' in data ? data.marking!.timers : data
    }
    expect(await moved(await reminded('PT2H'))).toEqual(timers)
    expect(await moved(await reminded('PT3H'))).toMatchObject([{ at: iso(3) }])
    expect(await moved(await two())).toEqual([])
  })

  test('one that has fired does not fire again', async () => {
    const life = begun(await reminded('PT2H')).passes(2.5)
    expect(life.open()).toEqual(['verify', 'look'])
    life.moves(await reminded('PT2H'), { verify: 'verify', look: 'look' }, 2.6)
    expect(life.dossier.marking!.timers).toEqual([])
  })

  test('one that stood on another step before stands on the new one', async () => {
    const life = begun(await reminded('PT2H', 'remind', 'other'))
    life.moves(await reminded('PT2H'), { verify: 'verify' })
    expect(life.dossier.marking!.timers).toMatchObject([{ node: 'remind', at: iso(2) }])
  })

  const message = '<bpmn:messageEventDefinition messageRef="m"/>'
  const around = '<bpmn:message id="m" name="tax-paid"/>'
  const watched = { name: 'wait', 'motcua:role': 'specialist', 'motcua:hours': 8 }
  const waiting = (wait: string) =>
    aProcess(
      [element('intermediateCatchEvent', { id: wait, ...watched }, message), aStep('last'), granted],
      [`start > ${wait}`, `${wait} > last`, 'last > granted'],
      around,
    )
  const pausing = (wait: string, duration: string) =>
    aProcess(
      [element('intermediateCatchEvent', { id: wait, ...watched }, aTimer(duration)), aStep('last'), granted],
      [`start > ${wait}`, `${wait} > last`, 'last > granted'],
    )

  test('a wait becomes another wait', async () => {
    const life = begun(await waiting('paid')).moves(await waiting('tax'), { paid: 'tax' })
    expect(life.open()).toEqual(['wait tax'])
    life.does('specialist', { command: 'receiveMessage', taskNo: life.task('tax').no } as Request)
    expect(life.open()).toEqual(['last'])
  })

  test('a pause becomes a longer one, counted from its beginning', async () => {
    const life = begun(await pausing('rest', 'PT1H')).moves(
      await pausing('pause', 'PT3H'),
      { rest: 'pause' },
      0.5,
    )
    expect(life.dossier.marking!.timers).toMatchObject([{ node: 'pause', at: iso(3) }])
    expect(life.task('pause').dueAt).toBe(iso(3))
  })

  const noted = (event: string) =>
    aProcess(
      [
        aStep('verify'),
        element('boundaryEvent', { id: event, name: event, attachedToRef: 'verify' }, message),
        aStep('stop'),
        granted,
      ],
      ['start > verify', 'verify > granted', `${event} > stop`, 'stop > granted'],
      around,
    )

  test('messages beside a step are watched over as the new version says', async () => {
    const life = begun(await noted('called-off'))
    expect(life.open()).toEqual(['verify', 'wait called-off'])
    const kept = life.wouldMove(await noted('called-off'), { verify: 'verify' })
    expect(kept).toMatchObject({ changes: [], opens: [], closes: [] })
    life.moves(await noted('recalled'), { verify: 'verify', 'called-off': 'recalled' })
    expect(life.open()).toEqual(['verify', 'wait recalled'])
    life.moves(await two(), { verify: 'verify' })
    expect(life.open()).toEqual(['verify'])
    life.moves(await noted('called-off'), { verify: 'verify' })
    expect(life.open()).toEqual(['verify', 'wait called-off'])
  })
})

describe('parts of a process', () => {
  const within = (inner: string) =>
    aProcess(
      [
        element(
          'subProcess',
          { id: 'part' },
          `${element('startEvent', { id: 'in' })}${aStep(inner)}${element('endEvent', { id: 'out' })}` +
            `${element('sequenceFlow', { id: 'a', sourceRef: 'in', targetRef: inner })}` +
            `${element('sequenceFlow', { id: 'b', sourceRef: inner, targetRef: 'out' })}`,
        ),
        aStep('last'),
        granted,
      ],
      ['start > part', 'part > last', 'last > granted'],
    )

  test('a step that is within a part now begins the part; one that no longer is leaves it', async () => {
    const life = begun(await two()).moves(await within('verify'), { verify: 'verify' })
    expect(life.dossier.marking!.scopes).toMatchObject([{ node: 'part', parent: 0 }])
    expect(life.ends('specialist', 'verify').open()).toEqual(['last'])
    const other = begun(await within('verify')).moves(await within('examine'), { verify: 'examine' })
    expect(other.dossier.marking!.scopes).toHaveLength(1)
    other.moves(await two(), { examine: 'verify' })
    expect(other.dossier.marking!.scopes).toEqual([])
    expect(other.ends('specialist', 'verify').open()).toEqual(['sign'])
  })
})
