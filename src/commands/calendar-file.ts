import { parseCsv } from '../kernel/csv.ts'

/** A problem of a line of the file; line 1 is the header, 0 the file as a whole. */
export interface LineProblem {
  line: number
  column: string
  vi: string
  en: string
}

/** Days as a file states them, not yet known to be right. */
export interface DayInFile {
  date: string
  kind: string
  name: string
  status: string
  basis: string
  note: string | null
}

export interface DaysFile {
  days: DayInFile[]
  /** Line of each day. */
  lines: number[]
  problems: LineProblem[]
}

const needed = ['date', 'kind', 'name_vi', 'basis'] as const
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/**
 * Reads days off from CSV as in db/reference/holidays.csv: date, weekday, kind, name_vi, status, basis, note. A weekday
 * is checked when it is given; without a status a day is official. What the days must be is for the calendar to say.
 */
export function readDaysFile(text: string): DaysFile {
  const rows = rowsOf(text)
  if (!rows)
    return broken({ vi: 'một dấu nháy kép mở ra mà không đóng', en: 'a quote is opened and not closed' })
  const missing = needed.filter((column) => rows[0] && !(column in rows[0]))
  if (missing.length > 0) {
    const columns = missing.join(', ')
    return broken({ vi: `thiếu cột ${columns}`, en: `there is no column ${columns}` })
  }
  const filled = rows
    .map((row, i) => ({ row, line: i + 2 }))
    .filter(({ row }) => Object.values(row).some((cell) => cell.trim() !== ''))
  return {
    days: filled.map(({ row }) => ({
      ...{ date: cell(row, 'date'), kind: cell(row, 'kind'), name: cell(row, 'name_vi') },
      ...{
        status: cell(row, 'status') || 'official',
        basis: cell(row, 'basis'),
        note: cell(row, 'note') || null,
      },
    })),
    lines: filled.map(({ line }) => line),
    problems: filled.flatMap(({ row, line }) => wrongWeekday(row, line)),
  }
}

type Row = Record<string, string>

const cell = (row: Row, column: string) => (row[column] ?? '').trim()

function rowsOf(text: string): Row[] | undefined {
  try {
    return parseCsv(text)
  } catch {
    return undefined
  }
}

const broken = (said: Pick<LineProblem, 'vi' | 'en'>): DaysFile => ({
  days: [],
  lines: [],
  problems: [{ line: 1, column: '', ...said }],
})

function wrongWeekday(row: Row, line: number): LineProblem[] {
  const stated = cell(row, 'weekday')
  const day = new Date(`${cell(row, 'date')}T00:00:00Z`)
  if (stated === '' || Number.isNaN(day.getTime())) return []
  const real = weekdays[day.getUTCDay()]!
  if (stated === real) return []
  return [
    {
      line,
      column: 'weekday',
      vi: `ngày này là ${real}, không phải ${stated}`,
      en: `this date is ${real}, not ${stated}`,
    },
  ]
}
