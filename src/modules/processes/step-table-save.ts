import type { StepTable } from './step-table.ts'
import { modelToSteps } from './step-table-from-model.ts'
import { stepsIntoModel, stepsToModel } from './step-table-model.ts'

/**
 * The file of a table that was edited. When the steps and where they lead are those of the file before, that file
 * keeps its drawing and everything that others wrote; otherwise it is drawn anew.
 */
export async function savedTable(
  table: StepTable,
  process: { key: string; name: string },
  before?: string,
): Promise<{ xml: string; redrawn: boolean }> {
  const old = before === undefined ? undefined : await modelToSteps(before)
  if (before !== undefined && old && 'table' in old && sameWays(old.table, table) && old.key === process.key)
    return { xml: await stepsIntoModel(table, before), redrawn: false }
  return { xml: await stepsToModel(table, process), redrawn: true }
}

/** Whether two tables have the same steps, in the same order, leading to the same places. */
const sameWays = (a: StepTable, b: StepTable) => waysIn(a) === waysIn(b)

const waysIn = ({ rows }: StepTable) =>
  JSON.stringify(
    rows.map(({ id, outcomes }, i) => [
      id,
      outcomes.map(({ outcome, to }) => [outcome, to === 'granted' && i === rows.length - 1 ? 'next' : to]),
    ]),
  )

/** The rows of a new table under the ids of the steps that have the same name, so that those stay the same steps. */
export function withKnownIds(rows: StepTable['rows'], before: StepTable['rows']): StepTable['rows'] {
  const known = new Map(before.map(({ name, id }) => [plain(name), id]))
  const ids = new Map<string, string>()
  const used = new Set<string>()
  for (const { id, name } of rows) {
    const kept = known.get(plain(name))
    if (kept === undefined || used.has(kept)) continue
    ids.set(id, kept)
    used.add(kept)
  }
  const clash = (id: string) => !ids.has(id) && used.has(id)
  for (const { id } of rows) if (clash(id)) ids.set(id, freeId(id, [...used, ...rows.map((row) => row.id)]))
  const idOf = (id: string) => ids.get(id) ?? id
  return rows.map((row) => ({
    ...row,
    id: idOf(row.id),
    outcomes: row.outcomes.map(({ outcome, to }) => ({
      outcome,
      to: to.startsWith('#') ? (`#${idOf(to.slice(1))}` as const) : to,
    })),
  }))
}

const plain = (name: string) => name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

function freeId(id: string, used: string[]): string {
  for (let number = 2; ; number += 1) if (!used.includes(`${id}-${number}`)) return `${id}-${number}`
}
