import { beginning, plusDays } from '../period.ts'

/** First and last day of law of what is counted. */
export interface Span {
  from: string
  to: string
}

/**
 * Time from the beginning of counting, cut wherever one of many periods begins or ends, so that each sum is read once:
 * flows of a period are the pieces inside it, a stock is all pieces up to its day.
 */
export interface Cuts {
  /** First days of the pieces, in order; the first is `beginning`. */
  starts: string[]
  /** Last day of the last piece. */
  last: string
  /** First days of months in which a piece begins or ends midway: those are read by day, all others by month. */
  byDay: string[]
}

/** Cuts time at the ends of periods and after the days of stocks. Pure. */
export function cutsOf(periods: readonly Span[], stocksOn: readonly string[]): Cuts {
  const ends = [...periods.map(({ to }) => to), ...stocksOn]
  const starts = new Set([
    beginning,
    ...periods.map(({ from }) => from),
    ...ends.map((day) => plusDays(day, 1)),
  ])
  const byDay = [...starts].filter((day) => !day.endsWith('-01')).map((day) => `${day.slice(0, 8)}01`)
  const last = ends.toSorted().at(-1) ?? beginning
  return {
    starts: [...starts].filter((day) => day <= last).toSorted(),
    last,
    byDay: [...new Set(byDay)].toSorted(),
  }
}

/** The pieces of a span, as numbers: from the first up to and without the second. The span must be one that was cut. */
export function piecesOf({ starts }: Cuts, { from, to }: Span): [first: number, end: number] {
  const end = starts.findIndex((day) => day > to)
  return [starts.indexOf(from), end < 0 ? starts.length : end]
}
