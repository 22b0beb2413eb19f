import { findMessage, type Locale } from '../../kernel/i18n.ts'
import { type Answers, holds, type Situation } from './condition.ts'
import type { Case, Channel, Limit, ProcedureVersion } from './procedure-version.ts'

/** The case that the answers fall under: the first special one that applies, else the ordinary one. */
export function caseFor(
  version: ProcedureVersion,
  answers: Answers,
  situation: Omit<Situation, 'answers'> = {},
): Case {
  const special = version.cases.find(
    (each) => each.when !== null && holds(each.when, { ...situation, answers }),
  )
  return special ?? ordinaryCase(version)
}

/** The legal time limit of a case on a channel; without a known case, that of the ordinary one. */
export function limitFor(
  version: ProcedureVersion,
  { caseCode, channel }: { caseCode?: string; channel?: Channel } = {},
): Limit {
  const found = findCase(version, caseCode)
  return (channel && found.channelLimits[channel]) || found.limit
}

/** The days that sector law adds for dossiers settled in a commune; null where it adds none. */
export function additionFor(
  { addition }: Pick<Limit, 'addition'>,
  communeCode: string | null,
): { days: number; reason: string } | null {
  if (addition === null || communeCode === null || !addition.communes.includes(communeCode)) return null
  return { days: addition.days, reason: addition.reason }
}

/** The limit in words: "3 ngày làm việc". */
export function limitText(limit: Omit<Limit, 'addition'>, locale: Locale = 'vi'): string {
  const key = limit.unit === 'same-day' && limit.cutOff ? 'same-day-cut-off' : limit.unit
  return (
    findMessage(locale, `catalogue.limit.${key}`, { amount: limit.amount, cutOff: limit.cutOff ?? '' }) ??
    limit.raw
  )
}

const hoursOfADay = 8

/** The most working hours inside the limit: what the steps of an internal process together may not exceed. */
export function limitHours(limit: Limit): number {
  if (limit.unit === 'working-hour') return limit.amount
  return limit.unit === 'same-day' ? hoursOfADay : limit.amount * hoursOfADay
}

/** Every channel on which some case can be filed. */
export function channelsOf(version: ProcedureVersion): Channel[] {
  const offered = new Set(version.cases.flatMap((each) => each.channels))
  return (['online', 'direct', 'post'] as const).filter((channel) => offered.has(channel))
}

/** A case by its code; the ordinary one when there is no such code. */
export function findCase(version: ProcedureVersion, caseCode?: string): Case {
  return version.cases.find((each) => each.code === caseCode) ?? ordinaryCase(version)
}

function ordinaryCase(version: ProcedureVersion): Case {
  // The schema lets exactly one case be without a condition.
  return version.cases.find((each) => each.when === null)!
}
