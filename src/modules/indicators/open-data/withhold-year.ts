import { type Amounts, withholdTogether } from './withhold-together.ts'

/** What a unit counts in a month, and what stands open at its end. */
export interface MonthAmounts {
  received: number
  finished: number
  open: number
}

/** The twelve months of a year of each cell; all cells have all of them. */
export interface Year {
  months: ReadonlyMap<string, readonly MonthAmounts[]>
  parentOf(code: string): string | null
  /** Cells that were small in a period when it was closed; later facts do not make them large. */
  once?: readonly { code: string; from: string; to: string }[]
}

/** Which cells are withheld in a year: as a whole, in every part of it, in the months of each quarter. */
export interface Withheld {
  year: ReadonlySet<string>
  quarters: ReadonlySet<string>
  /** By quarter: one small month closes all three, or it could be subtracted. */
  months: readonly ReadonlySet<string>[]
}

/** First and last month (0–11) of what is shown while quarters are. */
const parts = [
  [0, 2],
  [3, 5],
  [6, 8],
  [9, 11],
  [0, 5],
  [6, 11],
  [0, 8],
] as const
const quarters = [0, 1, 2, 3] as const

/**
 * What to withhold of a year, from the coarse to the fine: who is withheld for the year is withheld in its quarters, and
 * who is withheld there in its months. So everything shown of a cell is made of the finest stretches shown of it.
 */
export function withholdYear({ months, parentOf, once = [] }: Year): Withheld {
  const at = (spans: readonly (readonly [number, number])[], already: Iterable<string>) =>
    withholdTogether(
      {
        amounts: new Map(
          [...months].map(([code, each]) => [code, spans.flatMap((span) => amountsOf(each, span))]),
        ),
        parentOf,
      },
      new Set(already),
    )
  const before = (fits: (first: number, last: number) => boolean) =>
    once.filter(({ from, to }) => fits(monthOf(from), monthOf(to))).map(({ code }) => code)
  const year = at(
    [[0, 11]],
    before((first, last) => last - first === 11),
  )
  const inParts = at(parts, [...year, ...before((first, last) => last > first && last - first < 11)])
  return {
    year,
    quarters: inParts,
    months: quarters.map((quarter) => {
      const own = [0, 1, 2].map((i) => quarter * 3 + i)
      const small = before((first, last) => first === last && own.includes(first))
      return at(
        own.map((month) => [month, month] as const),
        [...inParts, ...small],
      )
    }),
  }
}

/** Whether everybody may see a cell for whole months of that year. */
export function isShownIn(
  { year, quarters, months }: Withheld,
  code: string,
  first: number,
  last: number,
): boolean {
  if (first === 0 && last === 11) return !year.has(code)
  return [0, 1, 2, 3].every((quarter) => {
    const [start, end] = [quarter * 3, quarter * 3 + 2]
    if (end < first || start > last) return true
    return !(start >= first && end <= last ? quarters : months[quarter]!).has(code)
  })
}

function amountsOf(months: readonly MonthAmounts[], [first, last]: readonly [number, number]): Amounts {
  const inside = months.slice(first, last + 1)
  const sum = (key: 'received' | 'finished') => inside.reduce((all, each) => all + each[key], 0)
  return [sum('received'), sum('finished') + inside.at(-1)!.open]
}

export const monthOf = (date: string) => Number(date.slice(5, 7)) - 1

/** The whole months that a period touches. Asked for every cell of a board: sums are a hundred times faster than dates. */
export function wholeMonths({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const lastDay = new Date(Date.UTC(Number(to.slice(0, 4)), Number(to.slice(5, 7)), 0)).getUTCDate()
  return { from: `${from.slice(0, 8)}01`, to: `${to.slice(0, 8)}${lastDay}` }
}
