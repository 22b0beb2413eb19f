import { dateOfLaw } from '../../kernel/time.ts'

export const closings = ['granted', 'not-granted', 'refused', 'withdrawn', 'stopped', 'revoked'] as const
/** How a dossier ended; a result that was revoked later counts as that. */
export type Closing = (typeof closings)[number]

/** A period as it stood in force for some days. What it does not name, it does not ask for. */
export interface Rule {
  id: string
  /** First and last day of law on which it is in force. */
  validFrom: string
  validTo: string | null
  /** The dossier with what people stated, the papers that were issued as its result, or a time booked at a counter. */
  part: 'dossier' | 'result' | 'booking'
  procedureCode: string | null
  /** Template of the result, as the catalogue names it. */
  template: string | null
  closing: Closing | null
  /** Null: for ever. */
  years: number | null
  basis: string
  source: string
  /** C read in the law, S in a secondary source, R remembered, U a default that nobody confirmed. */
  confidence: 'C' | 'S' | 'R' | 'U'
}

/** What is held, and until when; null: until somebody lifts it. */
export interface HoldInForce {
  id: string
  until: string | null
}

/** What the periods look at. Days of law. */
export interface Ended {
  procedureCode: string
  /** Template of the result that was issued; null where nothing was. */
  template: string | null
  /** Null while it is open, or while anything in it waits for somebody. */
  closing: Closing | null
  endedOn: string | null
  holds: readonly HoldInForce[]
}

export type Due =
  | { state: 'open' }
  | { state: 'permanent'; rule: Rule }
  | {
      state: 'kept' | 'held' | 'due'
      /** Last day on which it must be kept. */
      dueOn: string
      rule: Rule
      /** The period of the issued papers; undefined where nothing was issued. */
      resultRule: Rule | undefined
      /** The issued papers stay although the dossier goes. */
      keepResults: boolean
    }

/**
 * Until when a dossier is kept and what then goes. Pure. Years are counted from the end of the calendar year in which
 * the dossier ended (not read in the law; it keeps longer, never shorter). Papers whose period is longer but not for
 * ever keep the whole dossier with them.
 */
export function dueOf(ended: Ended, rules: readonly Rule[], on: string): Due {
  const { closing, endedOn, template } = ended
  if (closing === null || endedOn === null) return { state: 'open' }
  const facts = { ...ended, closing }
  const rule = ruleFor('dossier', facts, rules, on)
  // Where no period is stated nothing may be destroyed.
  if (rule === undefined) return { state: 'open' }
  const resultRule = template === null ? undefined : ruleFor('result', facts, rules, on)
  if (rule.years === null || (template !== null && resultRule === undefined))
    return { state: 'permanent', rule }
  const years = Math.max(rule.years, resultRule?.years ?? 0)
  const dueOn = `${Number(endedOn.slice(0, 4)) + years}-12-31`
  const keepResults = resultRule !== undefined && resultRule.years === null
  const held = ended.holds.some(({ until }) => until === null || until >= on)
  const state = held ? 'held' : dueOn < on ? 'due' : 'kept'
  return { state, dueOn, rule, resultRule, keepResults }
}

type Facts = Ended & { closing: Closing }

/** The rule in force that says most about the case; of two that say as much, the younger. */
export function ruleFor(
  part: Rule['part'],
  facts: Facts,
  rules: readonly Rule[],
  on: string,
): Rule | undefined {
  return rules
    .filter((rule) => rule.part === part && inForce(rule, on) && fits(rule, facts))
    .toSorted((a, b) => weight(b) - weight(a) || (a.validFrom < b.validFrom ? 1 : -1))[0]
}

const inForce = ({ validFrom, validTo }: Rule, on: string) =>
  validFrom <= on && (validTo === null || on <= validTo)

const fits = (rule: Rule, { procedureCode, template, closing }: Facts) =>
  (rule.procedureCode === null || rule.procedureCode === procedureCode) &&
  (rule.template === null || rule.template === template) &&
  (rule.closing === null || rule.closing === closing)

const weight = ({ procedureCode, template, closing }: Rule) =>
  (procedureCode === null ? 0 : 4) + (template === null ? 0 : 2) + (closing === null ? 0 : 1)

/** How a dossier ended, by its row; null while it is open. */
export function closingOf(row: {
  state: string
  outcome: string | null
  resultState: string
  closedAt: Date | null
  openTasks: number
}): Closing | null {
  if (row.closedAt === null || row.openTasks > 0) return null
  if (row.resultState === 'revoked') return 'revoked'
  if (row.state === 'returned') return row.outcome === 'granted' ? 'granted' : 'not-granted'
  return closings.find((closing) => closing === row.state) ?? null
}

/** The last day on which something must have ended for its shortest period to be over by `on`. */
export function endedBy(rules: readonly Rule[], on: string): string {
  const years = rules.filter(({ part }) => part === 'dossier').map((rule) => rule.years ?? 100)
  return `${Number(on.slice(0, 4)) - Math.min(100, ...years) - 1}-12-31`
}

/** Today in days of law, moved by some days. */
export const dayAfter = (now: Date, days: number): string =>
  Temporal.PlainDate.from(dateOfLaw(now)).add({ days }).toString()
