import { z } from 'zod'
import type { Calendar } from './calendar.ts'
import { ImpossibleClockFacts } from './errors.ts'
import type { Rule } from './rules.ts'

/** Longest limit, addition or extension, in its unit; a longer one is a mistake. */
const longest = 2000

export const LimitUnit = z.enum(['working-hour', 'working-day', 'day', 'same-day'])
export type LimitUnit = z.infer<typeof LimitUnit>

export const Limit = z
  .object({ amount: z.number().min(0).max(longest), unit: LimitUnit })
  .refine(({ amount, unit }) => unit === 'working-hour' || Number.isInteger(amount), {
    path: ['amount'],
    message: 'a limit in days is a whole number',
  })
export type Limit = z.infer<typeof Limit>

/** A span that does not count; `to` null while it lasts. Instants. */
export interface Pause {
  from: string
  to: string | null
  reason: string
  /** What this pause does to the count, where it differs from `DueFacts.restart`. */
  mode?: 'restart' | 'subtract'
}

/** Days that law adds to a limit, such as for remote areas. */
export interface Addition {
  /** In days of the limit: days where it counts those, else working days. */
  days: number
  reason: string
  rule?: Rule
}

export interface DueFacts {
  /** When a complete, valid dossier was received: an instant. */
  acceptedAt: string
  limit: Limit
  /** Wall time after which a dossier counts as received on the next working day; same-day procedures: 15:00. */
  cutOff?: string | null
  additions?: readonly Addition[]
  pauses?: readonly Pause[]
  /** Extension in days: working days, or calendar days when the limit counts those. */
  extensionDays?: number
  calendar: Calendar
  /** `restart`: the count begins anew when a pause ends. `subtract`: paused time is given back. */
  restart?: 'restart' | 'subtract'
}

/** Refuses amounts that no sum can take; instants and times are checked where they are read. */
export function checkFacts({ limit, additions, extensionDays }: DueFacts): void {
  if (!Object.hasOwn(LimitUnit.enum, limit.unit))
    throw new ImpossibleClockFacts('limit', `no such unit: ${limit.unit}`)
  checkAmount('limit', limit.amount, limit.unit !== 'working-hour')
  if (extensionDays !== undefined) checkAmount('extensionDays', extensionDays)
  if (additions) for (const { days } of additions) checkAmount('additions', days)
}

function checkAmount(fact: string, amount: number, whole = true): void {
  const fits = whole ? Number.isInteger(amount) : Number.isFinite(amount)
  if (!fits || amount < 0 || amount > longest)
    throw new ImpossibleClockFacts(fact, `0 to ${longest}${whole ? ', whole' : ''}; not ${amount}`)
}
