import { addWorked, type Calendar, dateOf, instantOf, momentOf, workedBetween } from './calendar.ts'

/** What tells two calendars apart, as far as clocks are concerned. */
export interface CalendarChange {
  /** Dates that work in one and not in the other, in order; of years that both know. */
  dates: string[]
  /** Years that only one of them knows. */
  years: number[]
  /** The working sessions differ, so that every working day does. */
  hours: boolean
}

/** The difference between two calendars: when it is empty, every due date stays. */
export function changedBetween(before: Calendar, after: Calendar): CalendarChange {
  const known = new Set(before.years).intersection(new Set(after.years))
  const either = new Set(before.years).symmetricDifference(new Set(after.years))
  return {
    dates: [...known].flatMap((year) => datesChanged(before, after, year)),
    years: [...either].sort((a, b) => a - b),
    hours: JSON.stringify(before.hours) !== JSON.stringify(after.hours),
  }
}

function datesChanged(before: Calendar, after: Calendar, year: number): string[] {
  const first = Math.round(Date.UTC(year, 0, 1) / 86_400_000)
  const next = Math.round(Date.UTC(year + 1, 0, 1) / 86_400_000)
  return Array.from({ length: next - first }, (_, i) => first + i)
    .filter((day) => worksOn(before, day) !== worksOn(after, day))
    .map(dateOf)
}

function worksOn({ table }: Calendar, day: number): number {
  return table.working[day - table.first]!
}

/**
 * Where an instant lies in a new calendar when the same working time is counted from `from`: for the hours of a step.
 * @throws MissingCalendarYear
 */
export function moveInstant(before: Calendar, after: Calendar, from: string, instant: string): string {
  const [start, end] = [momentOf(from), momentOf(instant)]
  const worked = workedBetween(before, start, end)
  if (worked <= 0) return instant
  // An instant outside working hours was not made by counting: it stays unless the time before it changed.
  const counted = addWorked(before, start, worked) === end
  if (!counted && workedBetween(after, start, end) === worked) return instant
  return instantOf(addWorked(after, start, worked))
}
