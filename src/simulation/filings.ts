import { at, dateOfLaw } from '../kernel/time.ts'
import { isWorkingDate } from '../modules/calendar/index.ts'
import { channelsOf } from '../modules/catalogue/index.ts'
import { type Channel, dossierCode } from '../modules/dossiers/index.ts'
import type { Random } from './random.ts'
import type { Filing } from './simulate-dossier.ts'
import type { Site, World } from './world.ts'

export interface Span {
  /** First and last date of law. */
  from: string
  to: string
  /** How many dossiers in all. */
  count: number
}

/** Lunar new year days: the weeks before are the busiest of the year. */
const newYears = ['2024-02-10', '2025-01-29', '2026-02-17', '2027-02-06']

/**
 * Spreads filings over the days as people come: Mondays and the weeks before Tết are busy, weekends are online.
 * `taken` says how many numbers earlier simulations used, by authority and day (`H99.12-261119`).
 */
export function* filings(
  world: World,
  span: Span,
  random: Random,
  taken: ReadonlyMap<string, number> = new Map(),
): Generator<Filing> {
  const anySite = world.offers[0]!.sites[0]!
  const days = [...daysOf(span)].map((date) => [date, weightOf(date, anySite)] as const)
  const total = days.reduce((sum, [, weight]) => sum + weight, 0)
  const numbers = new Map(taken)
  let owed = 0
  for (const [date, weight] of days) {
    owed += (span.count * weight) / total
    for (; owed >= 1; owed -= 1) yield aFiling(world, date, random, numbers)
  }
}

function* daysOf({ from, to }: Span): Generator<string> {
  const last = Temporal.PlainDate.from(to)
  for (
    let day = Temporal.PlainDate.from(from);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  )
    yield day.toString()
}

function weightOf(date: string, { calendar }: Site): number {
  if (!isWorkingDate(calendar, date)) return 0.07
  const monday = Temporal.PlainDate.from(date).dayOfWeek === 1 ? 1.35 : 1
  return monday * (isBeforeNewYear(date) ? 1.4 : 1)
}

function isBeforeNewYear(date: string): boolean {
  return newYears.some((newYear) => {
    const days = Temporal.PlainDate.from(date).until(newYear, { largestUnit: 'day' }).days
    return days > 3 && days < 25
  })
}

function aFiling(world: World, date: string, random: Random, numbers: Map<string, number>): Filing {
  const offer = random.weighted(world.offers.map((each) => [each, each.weight] as const))
  const site = random.weighted(offer.sites.map((each) => [each, each.weight] as const))
  const channel = channelOf(date, channelsOf(offer.rules.version), site, random)
  const authority = site.authority.code
  const day = dossierCode(authority, date, 0).slice(0, -6)
  const number = (numbers.get(day) ?? 0) + 1
  numbers.set(day, number)
  // Codes of real filings come from blocks that begin at 1; these stand apart.
  return {
    offer,
    site,
    channel,
    at: at(date, timeOf(channel, random)),
    code: dossierCode(authority, date, firstNumber + number),
  }
}

/** Numbers of invented dossiers begin after this one. */
export const firstNumber = 50_000

// Most is filed online by now; what is not offered online is brought to the counter.
function channelOf(date: string, offered: readonly Channel[], { calendar }: Site, random: Random): Channel {
  const open = isWorkingDate(calendar, date)
  if (offered.includes('online') && (!open || random.chance(0.68))) return 'online'
  return offered.includes('post') && random.chance(0.04) ? 'post' : 'direct'
}

function timeOf(channel: Channel, random: Random): string {
  const hours = channel === 'online' ? onlineHours : counterHours
  return `${two(random.weighted(hours))}:${two(random.whole(0, 59))}:${two(random.whole(0, 59))}`
}

const counterHours = [
  [8, 5],
  [9, 6],
  [10, 5],
  [14, 5],
  [15, 4],
  [16, 2],
] as const
const onlineHours = [
  [7, 2],
  [8, 5],
  [9, 6],
  [10, 5],
  [11, 3],
  [12, 2],
  [13, 3],
  [14, 5],
  [15, 5],
  [16, 4],
  [18, 2],
  [19, 4],
  [20, 5],
  [21, 4],
  [22, 2],
] as const
const two = (number: number) => String(number).padStart(2, '0')

/** The span of `days` days that ends today. */
export function lastDays(days: number, count: number, now: Date): Span {
  const to = dateOfLaw(now)
  return {
    from: Temporal.PlainDate.from(to)
      .subtract({ days: days - 1 })
      .toString(),
    to,
    count,
  }
}
