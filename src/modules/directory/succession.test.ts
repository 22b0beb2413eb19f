import { expect, test } from 'vitest'
import type { Authority } from './authority.ts'
import { kinIn, type Succession } from './succession.ts'

const authority = (code: string) => [code, { code } as Authority] as const
const went = (from: string, to: string, effectiveOn: string, more: Partial<Succession> = {}): Succession => ({
  ...{ from, to, effectiveOn, fromUnit: null, toUnit: null, decision: 'd' },
  ...{ rule: { kind: 'whole' }, ...more },
})

// Two communes became one, which later gave a part of itself away; an office only lost a division.
const known = {
  authorities: new Map(['A', 'B', 'C', 'D', 'E'].map(authority)),
  successions: Map.groupBy(
    [
      went('A', 'C', '2025-07-01'),
      went('B', 'C', '2025-07-01'),
      went('C', 'D', '2026-03-01', { rule: { kind: 'part', procedures: [], units: [], dossiers: [] } }),
      went('E', 'C', '2026-03-01', { fromUnit: 'one-stop', toUnit: 'one-stop' }),
    ],
    ({ from }) => from,
  ),
}
const codes = (on: string, code: string) => {
  const { before, after } = kinIn(code, on, known)
  return [before, after].map((list) => list.map(({ authority, isWhole }) => `${authority.code} ${isWhole}`))
}

test.each([
  ['C', '2026-11-20', ['A true', 'B true'], ['D false']],
  ['C', '2026-02-28', ['A true', 'B true'], []],
  ['A', '2026-11-20', [], ['C true']],
  ['A', '2025-06-30', [], []],
  ['E', '2026-11-20', [], []],
])('%s on %s came from %j and went to %j', (code, on, before, after) => {
  expect(codes(on, code)).toEqual([before, after])
})
