import { type Answers, isBlank } from 'motcua/modules/forms/browser'

type Row = Record<string, unknown>

/** `members[0].children[1].fullName` as its list, its place in it and what is inside; undefined outside lists. */
export function splitRow(path: string): { list: string; index: number; inside: string } | undefined {
  const found = /^([^[\]]+)\[(\d+)\]\.(.+)$/.exec(path)
  return found ? { list: found[1]!, index: Number(found[2]), inside: found[3]! } : undefined
}

/** The answers with one value changed; whatever holds it is copied, so that nothing remembered goes stale. */
export function withValue(answers: Answers, path: string, value: unknown): Answers {
  const row = splitRow(path)
  if (!row) {
    const next = { ...answers }
    if (isBlank(value)) delete next[path]
    else next[path] = value
    return next
  }
  const rows = [...rowsAt(answers, row.list)]
  rows[row.index] = withValue(rows[row.index] ?? {}, row.inside, value)
  return { ...answers, [row.list]: rows }
}

/** The rows of a list, which may itself stand in a row: `members[0].children`. */
export function rowsAt(answers: Answers, list: string): Row[] {
  const outer = splitRow(list)
  if (outer) return rowsAt(rowsAt(answers, outer.list)[outer.index] ?? {}, outer.inside)
  const rows = answers[list]
  return Array.isArray(rows) ? rows : []
}

/** The answers with other rows in one list. */
export function withRows(answers: Answers, list: string, rows: readonly Row[]): Answers {
  const outer = splitRow(list)
  if (!outer) return { ...answers, [list]: rows }
  const above = [...rowsAt(answers, outer.list)]
  above[outer.index] = withRows(above[outer.index] ?? {}, outer.inside, rows)
  return { ...answers, [outer.list]: above }
}
