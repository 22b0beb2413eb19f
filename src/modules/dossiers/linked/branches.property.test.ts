import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Branch, BranchState } from '../dossier.ts'
import { type Child, type Planned, standingOf } from './branches.ts'

/** A graph without circles: each branch waits for some of those before it, in a shuffled order of the plan. */
const graphs = fc
  .integer({ min: 1, max: 8 })
  .chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, i) => fc.subarray(Array.from({ length: i }, (__, j) => `b${j}`))),
    ),
  )
  .chain((afters) => {
    const plan = afters.map((after, i): Planned => ({ key: `b${i}`, after: [...after], compensation: null }))
    return fc.tuple(
      fc.shuffledSubarray(plan, { minLength: plan.length }),
      fc.subarray(
        plan.map(({ key }) => key),
        { minLength: 1 },
      ),
    )
  })

const happenings = fc.array(
  fc.record({
    pick: fc.nat(),
    what: fc.constantFrom('grant', 'refuse', 'withdraw', 'stop', 'ask', 'answer', 'revoke'),
  }),
  { maxLength: 30 },
)
type What = 'grant' | 'refuse' | 'withdraw' | 'stop' | 'ask' | 'answer' | 'revoke'

/** The whole rule again, as naively as can be: asked of each branch by itself. */
function naive(key: string, plan: readonly Planned[], wanted: readonly string[], world: World): BranchState {
  const child = world.get(key)
  if (child) return outcomeOf(child)
  const before = plan.find((each) => each.key === key)!.after.filter((each) => wanted.includes(each))
  const dead = before.some((each) =>
    ['refused', 'ended', 'not-started'].includes(naive(each, plan, wanted, world)),
  )
  return dead ? 'not-started' : 'waiting'
}

function outcomeOf({ state, outcome, resultState }: Child): BranchState {
  if (state === 'decided')
    return resultState === 'revoked' ? 'ended' : outcome === 'granted' ? 'granted' : 'refused'
  if (state === 'withdrawn' || state === 'stopped') return 'ended'
  return state === 'awaiting-supplement' ? 'paused' : 'running'
}

type World = Map<string, Child>
const at = (n: number) => new Date(Date.UTC(2026, 10, 19) + n * 60_000).toISOString()

const begun = (key: string): Child => ({
  ...{ id: key, code: key, competent: 'H99.12', state: 'in-progress', outcome: null, resultState: 'none' },
  ...{ dueAt: at(9999), promisedDueAt: at(9999), decidedAt: null, closedAt: null, pauses: [] },
})

function happen(child: Child, what: What, n: number): Child {
  const open = child.decidedAt === null && child.closedAt === null
  if (what === 'revoke') return child.resultState === 'valid' ? { ...child, resultState: 'revoked' } : child
  if (!open) return child
  switch (what) {
    case 'grant':
      return { ...child, state: 'decided', outcome: 'granted', resultState: 'valid', decidedAt: at(n) }
    case 'refuse':
      return { ...child, state: 'decided', outcome: 'not-granted', decidedAt: at(n) }
    case 'withdraw':
      return { ...child, state: 'withdrawn', closedAt: at(n) }
    case 'stop':
      return { ...child, state: 'stopped', closedAt: at(n) }
    case 'ask':
      return { ...child, state: 'awaiting-supplement', dueAt: null }
    case 'answer':
      return { ...child, state: 'in-progress', dueAt: at(9999) }
    default:
      return what satisfies never
  }
}

test('a group begins, stands and ends as the naive rule says, whatever happens in whatever order', () => {
  fc.assert(
    fc.property(graphs, happenings, ([plan, wanted], events) => {
      const world: World = new Map()
      let branches = wanted.map(blank)
      const settle = () => {
        const group = { state: 'in-progress' as const, acceptedAt: at(0), dueAt: at(99_999), branches }
        const stands = standingOf(plan, group, world)
        for (const { key, since } of stands.begin) {
          const before = plan.find((each) => each.key === key)!.after.filter((each) => wanted.includes(each))
          // Never before all that it waits for was granted, and from the last of these moments.
          expect(before.every((each) => world.get(each)?.resultState === 'valid')).toBe(true)
          expect(since).toBe([at(0), ...before.map((each) => world.get(each)!.decidedAt!)].toSorted().at(-1))
        }
        branches = stands.branches
        expect(branches.map(({ state }) => state)).toEqual(
          wanted.map((key) => naive(key, plan, wanted, world)),
        )
        // Told twice, it says the same.
        expect(standingOf(plan, { ...group, branches }, world)).toEqual(stands)
        return stands
      }
      const round = () => {
        let stands = settle()
        while (stands.begin.length > 0) {
          for (const { key } of stands.begin) world.set(key, begun(key))
          stands = settle()
        }
        return stands
      }
      round()
      for (const [n, { pick, what }] of events.entries()) {
        const keys = [...world.keys()]
        const key = keys[pick % keys.length]!
        world.set(key, happen(world.get(key)!, what, n + 1))
        round()
      }
      // Whatever is still open is granted in the end: then the group ends, and what was granted stands.
      for (let n = 100; n < 200; n++) {
        const open = [...world].find(([, child]) => child.decidedAt === null && child.closedAt === null)
        if (open === undefined) break
        world.set(open[0], happen(happen(open[1], 'answer', n), 'grant', n))
        round()
      }
      const last = settle()
      expect(last).toMatchObject({ ended: true, begin: [] })
      const anyGranted = [...world.values()].some(({ resultState }) => resultState === 'valid')
      expect(last.outcome).toBe(anyGranted ? 'granted' : 'not-granted')
    }),
    { numRuns: 400 },
  )
})

const blank = (key: string): Branch => ({
  ...{ key, procedureCode: '1.001193', name: key, state: 'waiting', reason: null },
  ...{ dossierId: null, code: null, competent: null, dueAt: null, endedAt: null },
})
