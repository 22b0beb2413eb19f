import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../../kernel/errors.ts'
import type { State, StatusStage } from '../dossier.ts'
import { type CommandName, commandNames } from '../policy.ts'
import { stageOf, statusElsewhere } from './status-elsewhere.ts'

const at = (state: State) => ({
  state,
  acceptedAt: state === 'submitted' || state === 'awaiting-party' ? null : '2026-11-19T02:00:00.000Z',
})
const partner = (...stages: StatusStage[]) =>
  stages.map((stage) => ({ stage, system: 'moc-building', source: 'QĐ' }))
const everywhere = partner('intake', 'processing', 'result')
const refusedWith = (rules: typeof everywhere, state: State) =>
  commandNames.filter((command) => statusElsewhere(command, at(state), rules) !== undefined)

const always = [
  ...(['represent', 'confirm', 'disagree', 'withdraw', 'handOver'] as const),
  ...(['explainDelay', 'correctFees', 'declareConflict', 'bar', 'message', 'note'] as const),
] satisfies CommandName[]

describe('acts of a stage whose status a partner says', () => {
  test('are ours when nothing is stated', () => {
    for (const state of ['submitted', 'in-progress', 'decided'] as const)
      expect(refusedWith([], state)).toEqual([])
  })

  test('are refused with the name of the system and the stage', () => {
    const refused = statusElsewhere('approve', at('in-progress'), partner('processing'))
    expect(isRefusal(refused) && refused.code).toBe('dossiers.status-elsewhere')
    expect(refused?.details).toEqual({ system: 'moc-building', stage: 'processing', command: 'approve' })
  })

  test.each(always)('never include %s', (command) => {
    for (const state of ['submitted', 'in-progress', 'decided'] as const)
      expect(statusElsewhere(command, at(state), everywhere)).toBeUndefined()
  })

  test('at intake are taking it in, refusing it and asking for more', () => {
    const refused = refusedWith(partner('intake'), 'submitted')
    expect(refused).toEqual(expect.arrayContaining(['accept', 'refuse', 'requestSupplement', 'supplement']))
    expect(refused).not.toContain('approve')
    expect(refusedWith(partner('intake'), 'in-progress')).toEqual(['accept', 'refuse'])
  })

  test.each([
    ...([
      'completeStep',
      'sendBack',
      'draftResult',
      'approve',
      'decline',
      'stop',
      'extend',
      'apologise',
    ] as const),
    ...([
      'consult',
      'reply',
      'endConsult',
      'planVisit',
      'recordVisit',
      'receiveMessage',
      'compensate',
    ] as const),
    ...([
      'requestObligation',
      'confirmObligation',
      'waiveObligation',
      'requestSupplement',
      'assign',
    ] as const),
  ])('while it is worked on include %s', (command) => {
    expect(statusElsewhere(command, at('in-progress'), partner('processing'))).toBeDefined()
    expect(statusElsewhere(command, at('in-progress'), partner('intake', 'result'))).toBeUndefined()
  })

  test.each(['dispatchResult', 'returnResult', 'correctResult', 'revokeResult'] as const)(
    'on its result include %s',
    (command) => {
      expect(statusElsewhere(command, at('decided'), partner('result'))).toBeDefined()
      expect(statusElsewhere(command, at('decided'), partner('processing'))).toBeUndefined()
    },
  )

  test('leave each command to exactly one answer in every state', () => {
    for (const command of commandNames)
      expect(statusElsewhere(command, at('in-progress'), everywhere) === undefined).toBe(
        (always as readonly string[]).includes(command),
      )
  })
})

test.each([
  ['awaiting-party', 'intake'],
  ['submitted', 'intake'],
  ['in-progress', 'processing'],
  ['awaiting-supplement', 'processing'],
  ['awaiting-obligation', 'processing'],
  ['decided', 'result'],
  ['returned', 'result'],
] as const)('a dossier that is %s is in its %s', (state, stage) => {
  expect(stageOf(at(state))).toBe(stage)
})

test('papers asked for before acceptance belong to the intake', () => {
  expect(stageOf({ state: 'awaiting-supplement', acceptedAt: null })).toBe('intake')
})
