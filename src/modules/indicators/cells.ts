import type { Contribution, Delta, Measure } from './contributions.ts'

/** One sum: a measure on a day or in a month, for an authority with all below it, for one procedure or all (`*`). */
export interface Cell {
  authority: string
  procedureCode: string
  measure: Measure
  on: string
  n: number
}

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
  readonly #sums = new Map<string, Cell>()

  add(
    { authority, procedureCode }: Pick<Contribution, 'authority' | 'procedureCode'>,
    deltas: readonly Delta[],
    sign = 1,
  ): void {
    const above = authoritiesAbove(authority)
    for (const { measure, on, n } of deltas)
      for (const each of above) {
        this.#addTo(each, procedureCode, measure, on, sign * n)
        this.#addTo(each, '*', measure, on, sign * n)
      }
  }

  #addTo(authority: string, procedureCode: string, measure: Measure, on: string, n: number): void {
    const key = keyOf({ authority, procedureCode, measure, on })
    const cell = this.#sums.get(key)
    if (cell) cell.n += n
    else this.#sums.set(key, { authority, procedureCode, measure, on, n })
  }

  /** The day cells that are not zero. */
  days(): Cell[] {
    return [...this.#sums.values()].filter(({ n }) => n !== 0)
  }

  /** The month cells that are not zero; each stands on the first of its month. */
  months(): Cell[] {
    const sums = new Map<string, Cell>()
    for (const cell of this.days()) {
      const on = `${cell.on.slice(0, 8)}01`
      const key = keyOf({ ...cell, on })
      const known = sums.get(key)
      if (known) known.n += cell.n
      else sums.set(key, { ...cell, on })
    }
    return [...sums.values()].filter(({ n }) => n !== 0)
  }
}

export const keyOf = ({ authority, procedureCode, measure, on }: Omit<Cell, 'n'>) =>
  `${authority}|${procedureCode}|${measure}|${on}`
