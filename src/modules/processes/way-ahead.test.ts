import { expect, test } from 'vitest'
import { markingOf } from './standing.ts'
import { wayAhead } from './way-ahead.ts'

const step = (stepId: string, next: string) => ({
  stepId,
  name: stepId,
  role: 'specialist' as const,
  hours: 1,
  kind: 'work' as const,
  unitKind: 'division' as const,
  authority: 'competent' as const,
  outcomes: ['ok'],
  next: { flowId: `${stepId}-${next}`, to: next },
  within: null,
})

const process = {
  id: 'p',
  name: 'p',
  edition: { version: 1, validFrom: null, validTo: null },
  first: { flowId: 'start-check', to: 'check' },
  start: { id: 'start', name: '' },
  steps: { check: step('check', 'sign'), sign: step('sign', 'end'), round: step('round', 'round') },
  waits: {},
  gateways: {},
  throws: {},
  subs: {},
  boundaries: {},
  ends: {
    end: { id: 'end', name: '', within: null, result: 'granted' as const, effect: { is: 'none' as const } },
  },
  diagram: null,
}
const names = (open: string | null) =>
  wayAhead(process, open === null ? null : markingOf(process, [open]), {}).steps.map(({ stepId }) => stepId)

test('before the first step everything lies ahead', () => {
  expect(names(null)).toEqual(['check', 'sign'])
})

test('after a step only what follows lies ahead', () => {
  expect(names('check')).toEqual(['sign'])
  expect(names('sign')).toEqual([])
})

test('a loop is walked once', () => {
  expect(names('round')).toEqual(['round'])
})
