import type { Contribution, Delta, Measure } from './contributions.ts'

/** The sums of a day or month, for an authority with all below it, for one procedure or all (`*`). */
export interface Cell {
  authority: string
  procedureCode: string
  on: string
  counts: Counts
}

export type Counts = Partial<Record<Measure, number>>

/** Every authority whose figures include this one's: itself, those above it by code, and '' for all. */
export function authoritiesAbove(code: string): string[] {
  const parts = code.split('.')
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('.')), '']
}

/** The authority directly above, by code; null for the whole. */
export function parentOf(code: string): string | null {
  if (code === '') return null
  const dot = code.lastIndexOf('.')
  return dot < 0 ? '' : code.slice(0, dot)
}

/** Adds up deltas into day cells; month cells follow from them. */
export class CellSums {
  readonly #cells = new Map<string, Cell>()

  add(
    { authority, procedureCode }: Pick<Contribution, 'authority' | 'procedureCode'>,
    deltas: readonly Delta[],
    sign = 1,
  ): void {
    const above = authoritiesAbove(authority)
    for (const { measure, on, n, authority: own } of deltas)
      for (const each of own === undefined ? above : authoritiesAbove(own))
        for (const procedure of [procedureCode, '*']) {
          const cell = cellAt(this.#cells, { authority: each, procedureCode: procedure, on })
          cell.counts[measure] = (cell.counts[measure] ?? 0) + sign * n
        }
  }

  /** The day cells in which anything is not zero. */
  days(): Cell[] {
    return [...this.#cells.values()].filter(isSomething)
  }

  /** The month cells in which anything is not zero; each stands on the first of its month. */
  months(): Cell[] {
    const months = new Map<string, Cell>()
    for (const cell of this.#cells.values()) {
      const month = cellAt(months, { ...cell, on: `${cell.on.slice(0, 8)}01` })
      for (const [measure, n] of Object.entries(cell.counts) as [Measure, number][])
        month.counts[measure] = (month.counts[measure] ?? 0) + n
    }
    return [...months.values()].filter(isSomething)
  }
}

function cellAt(cells: Map<string, Cell>, { authority, procedureCode, on }: Omit<Cell, 'counts'>): Cell {
  const key = keyOf({ authority, procedureCode, on })
  const known = cells.get(key)
  if (known) return known
  const cell = { authority, procedureCode, on, counts: {} }
  cells.set(key, cell)
  return cell
}

const isSomething = ({ counts }: Cell) => Object.values(counts).some((n) => n !== 0)

export const keyOf = ({ authority, procedureCode, on }: Omit<Cell, 'counts'>) =>
  `${authority}|${procedureCode}|${on}`
