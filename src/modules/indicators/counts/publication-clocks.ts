import { type Calendar, isWorkingDate } from '../../calendar/index.ts'
import type { Publication } from '../../catalogue/index.ts'
import type { Ratio } from '../index-sets/figures.ts'
import { plusDays } from '../period.ts'

/**
 * Working days that Điều 15 NĐ 63/2010/NĐ-CP and the technical note of the index leave: a decision comes so long before
 * the text takes effect, and what was decided is made public within so long.
 */
const workingDays = {
  national: { beforeEffect: 20, toMakePublic: 10 },
  province: { beforeEffect: 5, toMakePublic: 5 },
} as const

interface Period {
  from: string
  to: string
}

/** Procedures decided on in a period, and of those the ones decided early enough every time; each procedure once. */
export function publishedOnTime(all: readonly Publication[], calendar: Calendar, period: Period): Ratio {
  return timely(
    all,
    ({ decidedOn }) => isIn(decidedOn, period),
    ({ publisher, decidedOn, effectiveOn }) => {
      return decidedOn <= workingDaysBefore(calendar, effectiveOn, workingDays[publisher].beforeEffect)
    },
  )
}

/** Procedures made public in a period, and of those the ones made public soon enough every time; each procedure once. */
export function updatedOnTime(all: readonly Publication[], calendar: Calendar, period: Period): Ratio {
  return timely(
    all,
    ({ madePublicOn }) => isIn(madePublicOn, period),
    ({ publisher, decidedOn, madePublicOn }) => {
      return madePublicOn <= workingDaysAfter(calendar, decidedOn, workingDays[publisher].toMakePublic)
    },
  )
}

const isIn = (day: string, { from, to }: Period) => from <= day && day <= to

function timely(
  all: readonly Publication[],
  counts: (each: Publication) => boolean,
  isTimely: (each: Publication) => boolean,
): Ratio {
  const procedures = Map.groupBy(all.filter(counts), ({ procedureCode }) => procedureCode)
  const good = [...procedures.values()].filter((each) => each.every(isTimely))
  return [good.length, procedures.size]
}

/** The day of law that lies so many working days before another. Throws when a year has no published days off. */
export const workingDaysBefore = (calendar: Calendar, day: string, count: number): string =>
  walk(calendar, day, { count, step: -1 })

/** The day of law that lies so many working days after another. Throws when a year has no published days off. */
export const workingDaysAfter = (calendar: Calendar, day: string, count: number): string =>
  walk(calendar, day, { count, step: 1 })

function walk(calendar: Calendar, from: string, { count, step }: { count: number; step: 1 | -1 }): string {
  let day = from
  for (let left = count; left > 0; ) {
    day = plusDays(day, step)
    if (isWorkingDate(calendar, day)) left -= 1
  }
  return day
}
