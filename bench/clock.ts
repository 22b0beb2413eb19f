// Due dates per second of one core: the instant alone, with its explanation, and with the sentences of it, over the
// facts that dossiers have. Budget: 200,000 instants a second. Seconds are those the process had the core, so that
// other work on the machine does not count. With --open N it also recomputes N open dossiers after a day off is
// published that moves them all; budget: a million in 120 seconds. The last line is one JSON object.
import { parseArgs } from 'node:util'
import {
  type Calendar,
  computeDue,
  computeDueAt,
  type DueFacts,
  explainAll,
  type LimitUnit,
  type Pause,
  shippedCalendar,
} from '../src/modules/calendar/index.ts'
import { measureRecomputation } from './load/recomputation.ts'

const perRound = 100_000
const rounds = 7

const { values: given } = parseArgs({ options: { open: { type: 'string' } } })
const open = Number(given.open?.replaceAll('_', '') ?? 0)
if (!Number.isSafeInteger(open) || open < 0) throw new RangeError('--open takes a whole number of dossiers')
const report = {
  ...{ bench: 'clock', ...(await dueDates()), budgetPerSecond: 200_000 },
  ...(open > 0 && { recomputation: await measureRecomputation(open) }),
}
process.stdout.write(`${JSON.stringify(report)}\n`)

async function dueDates() {
  const facts = theFacts(await shippedCalendar(), 10_000)
  const plain = facts.filter(({ pauses }) => pauses!.length === 0)
  return {
    duePerSecond: perSecond(facts, computeDueAt),
    withoutPausesPerSecond: perSecond(plain, computeDueAt),
    explainedPerSecond: perSecond(facts, computeDue, 0.2),
    inWordsPerSecond: perSecond(facts, (each) => explainAll(computeDue(each).explanation, 'vi'), 0.03),
  }
}

/** Median over the rounds, after one that warms up. */
function perSecond(facts: readonly DueFacts[], compute: (facts: DueFacts) => unknown, share = 1): number {
  const times = Math.round(perRound * share)
  const measured = Array.from({ length: rounds + 1 }, () => {
    const before = process.cpuUsage()
    for (let i = 0; i < times; i += 1) compute(facts[i % facts.length]!)
    const { user, system } = process.cpuUsage(before)
    return (times * 1e6) / (user + system)
  })
  return Math.round(measured.slice(1).sort((a, b) => a - b)[Math.floor(rounds / 2)]!)
}

/** Two of five dossiers were paused, once or twice, half of those to begin anew; all units, the usual one most. */
function theFacts(calendar: Calendar, count: number): DueFacts[] {
  const random = numbers(2026)
  const unitsByWeight: LimitUnit[] = [
    'working-day',
    'working-day',
    'working-day',
    'working-day',
    'same-day',
    'working-hour',
    'day',
  ]
  return Array.from({ length: count }, () => {
    const accepted = Date.parse('2025-01-02T00:00:00Z') + random(500 * 1440) * 60_000
    const unit = unitsByWeight[random(unitsByWeight.length)]!
    const pauses = Array.from({ length: Math.max(0, random(5) - 2) }, (_, i): Pause => {
      const from = accepted + (i * 4 + 1) * 86_400_000 + random(1440) * 60_000
      const to = new Date(from + random(6 * 1440) * 60_000).toISOString()
      return { from: new Date(from).toISOString(), to, reason: 'supplement' }
    })
    return {
      acceptedAt: new Date(accepted).toISOString(),
      limit: { amount: unit === 'same-day' ? 0 : 1 + random(20), unit },
      cutOff: random(4) === 0 ? '15:00' : null,
      additions: random(20) === 0 ? [{ days: 10, reason: 'law' }] : [],
      extensionDays: random(20) === 0 ? 1 + random(5) : 0,
      pauses,
      restart: random(2) === 0 ? 'restart' : 'subtract',
      calendar,
    }
  })
}

/** Numbers that look random and are the same on every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
