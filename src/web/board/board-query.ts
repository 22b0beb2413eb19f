import type { Step } from 'motcua/modules/indicators'

const { PlainDate } = Temporal

export const periodKinds = ['thang', 'quy', 'nam', '12-thang', 'khac'] as const
export type PeriodKind = (typeof periodKinds)[number]

export const sortKeys = ['ten', 'nhan', 'truc-tuyen', 'xong', 'dung-han', 'qua-han', 'hai-long'] as const
export type SortKey = (typeof sortKeys)[number]

/** What the address of a board asks for. */
export interface BoardAsk {
  kind: PeriodKind
  from: string
  to: string
  step: Step
  /** Null: the authority on top, which holds all. */
  authority: string | null
  sort: SortKey
  direction: 'tang' | 'giam'
  wall: boolean
  /** Key of the set of the index; null: the country's. */
  set: string | null
  /** What was wrong with the address, by the name of its parameter; the rest then counts as not stated. */
  problems: ('period' | 'authority')[]
}

export const stepWords = { day: 'ngay', week: 'tuan', month: 'thang' } as const satisfies Record<Step, string>

/** First and last day of a usual period. A period that has begun ends at its own end: what is to come is empty. */
export function periodOf(kind: Exclude<PeriodKind, 'khac'> | 'khac', today: string) {
  const day = PlainDate.from(today)
  const first = day.with({ day: 1 })
  if (kind === 'quy') {
    const start = first.with({ month: Math.floor((day.month - 1) / 3) * 3 + 1 })
    return { from: String(start), to: endOfMonth(start.add({ months: 2 })) }
  }
  if (kind === 'nam') return { from: `${day.year}-01-01`, to: `${day.year}-12-31` }
  if (kind === '12-thang') return { from: String(first.subtract({ months: 11 })), to: endOfMonth(first) }
  return { from: String(first), to: endOfMonth(first) }
}

/** The period of the same kind just before, to compare with. */
export function periodBefore({ kind, from, to }: Pick<BoardAsk, 'kind' | 'from' | 'to'>) {
  const months = { thang: 1, quy: 3, nam: 12, '12-thang': 12, khac: 0 }[kind]
  const first = PlainDate.from(from)
  const before = String(first.subtract({ days: 1 }))
  if (months > 0) return { from: String(first.subtract({ months })), to: before }
  const next = PlainDate.from(to).add({ days: 1 })
  // Whole months are compared with as many whole months, as they differ in length.
  if (first.day === 1 && next.day === 1)
    return { from: String(first.subtract(first.until(next, { largestUnit: 'months' }))), to: before }
  return { from: String(first.subtract(first.until(next))), to: before }
}

const endOfMonth = (date: Temporal.PlainDate) => String(date.with({ day: date.daysInMonth }))
export const daysOf = (from: string, to: string) => PlainDate.from(from).until(PlainDate.from(to)).days + 1

/** Bars that can still be told apart: days of a month, weeks of half a year, else months. */
export function stepFor(from: string, to: string): Step {
  const days = daysOf(from, to)
  return days <= 45 ? 'day' : days <= 190 ? 'week' : 'month'
}

/** The address of the same board with something changed; what is usual is left out. `more` is what only this page asks. */
export function boardHref(
  path: string,
  ask: BoardAsk,
  change: Partial<BoardAsk> = {},
  more: Readonly<Record<string, string>> = {},
): string {
  const next = { ...ask, ...change }
  const query = new URLSearchParams()
  if (next.kind === 'khac') {
    query.set('tu', next.from)
    query.set('den', next.to)
  } else if (next.kind !== 'thang') query.set('ky', next.kind)
  // The step goes with its period: choosing another period chooses its own.
  if (!('kind' in change) && next.step !== stepFor(next.from, next.to))
    query.set('buoc', stepWords[next.step])
  if (next.authority) query.set('co-quan', next.authority)
  if (next.sort !== 'nhan') query.set('xep', next.sort)
  if (next.direction !== (next.sort === 'ten' ? 'tang' : 'giam')) query.set('chieu', next.direction)
  if (next.set) query.set('bo', next.set)
  if (next.wall) query.set('man-hinh', '1')
  for (const [name, value] of Object.entries(more)) if (value) query.set(name, value)
  const text = query.toString()
  return text ? `${path}?${text}` : path
}
