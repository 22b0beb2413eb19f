import { type Calendar, computeDueAt } from '../../calendar/index.ts'
import type { Dossier, Pause } from '../dossier.ts'
import type { DueDates } from '../entries.ts'

/** Working hours within which an online filing is answered (NĐ 45/2020/NĐ-CP, Điều 11). */
export const intakeHours = 8

type Clocked = Pick<Dossier, 'limit' | 'pauses' | 'supplementRule' | 'extension'>

/** The facts of a dossier's clock as the calendar reads them. */
export function clockFacts(dossier: Clocked, acceptedAt: string, calendar: Calendar) {
  const { limit, pauses, supplementRule, extension } = dossier
  return {
    acceptedAt,
    limit: { amount: limit.amount, unit: limit.unit },
    cutOff: limit.cutOff,
    // Money that is awaited only stops the clock; papers that were missing may start it anew.
    pauses: pauses.map((pause) => ({ ...pause, mode: modeOf(supplementRule, pause.reason) })),
    extensionDays: extension?.days ?? 0,
    additions: limit.addition ? [limit.addition] : [],
    calendar,
  }
}

const modeOf = (rule: Dossier['supplementRule'], reason: Pause['reason']) =>
  rule === 'restart' && reason === 'supplement' ? ('restart' as const) : ('subtract' as const)

/**
 * The legal date and that of the national index, where waiting is always subtracted. Null while the clock stands;
 * what was late before it stopped stays late.
 */
export function dueDates(dossier: Clocked, acceptedAt: string, calendar: Calendar): DueDates {
  const facts = clockFacts(dossier, acceptedAt, calendar)
  const dueAt = computeDueAt(facts)
  if (facts.pauses.every(({ mode }) => mode === 'subtract')) return { dueAt, indexDueAt: dueAt }
  const pauses = facts.pauses.map((pause) => ({ ...pause, mode: 'subtract' as const }))
  return { dueAt, indexDueAt: computeDueAt({ ...facts, pauses }) }
}

/** The dates of a dossier whose clock runs; it throws while a pause is open, when nobody may ask. */
export function runningDates(dossier: Clocked, acceptedAt: string, calendar: Calendar) {
  const { dueAt, indexDueAt } = dueDates(dossier, acceptedAt, calendar)
  if (dueAt === null || indexDueAt === null)
    throw new Error('a due date was asked for while the clock is paused')
  return { dueAt, indexDueAt }
}

/** The dates once the clock stops now. */
export function pausedDates(
  dossier: Clocked & Pick<Dossier, 'acceptedAt'>,
  reason: Pause['reason'],
  { now, calendar }: { now: Date; calendar: Calendar },
): DueDates {
  const pauses = [...dossier.pauses, { from: now.toISOString(), to: null, reason }]
  return dueDates({ ...dossier, pauses }, dossier.acceptedAt!, calendar)
}
