import { dateOfDay, dayOfDate } from '../../kernel/time.ts'
import { authoritiesAbove } from './cells.ts'
import { type Contribution, measures } from './contributions.ts'
import { DayRows } from './day-rows.ts'
import { SmallCounts } from './small-counts.ts'

const width = measures.length
const columnOf = new Map(measures.map((measure, i) => [measure as string, i]))

/** A cell with its sums in the order of `measures`. */
export interface DenseCell {
  authority: string
  procedureCode: string
  on: string
  sums: number[]
}

/**
 * Adds up contributions into day sums, in little memory: a row of bytes for each cell. Four million dossiers fit, also
 * those of a province in which hundreds of procedures are wanted each day.
 */
export class DenseSums {
  readonly #scopes: Scopes
  readonly #rows = new DayRows()
  readonly #counts = new SmallCounts()
  readonly #days = new Map<string, number>()

  constructor(scopes: Scopes = new Scopes()) {
    this.#scopes = scopes
  }

  add(
    { authority, procedureCode, deltas }: Pick<Contribution, 'authority' | 'procedureCode' | 'deltas'>,
    sign = 1,
  ): void {
    const present = this.#scopes.above(authority, procedureCode)
    for (const { measure, on, n, authority: own } of deltas) {
      const day = this.#dayOf(on)
      const column = columnOf.get(measure)!
      for (const scope of own === undefined ? present : this.#scopes.above(own, procedureCode))
        this.#counts.add(this.#rows.rowOf(scope, day) * width + column, sign * n)
    }
  }

  /** How many cells there are. */
  get size(): number {
    return this.#rows.size
  }

  /** Takes out the sums of a cell; undefined when there is no such cell. */
  take(authority: string, procedureCode: string, on: string): number[] | undefined {
    const scope = this.#scopes.find(authority, procedureCode)
    const row = scope === undefined ? undefined : this.#rows.take(scope, this.#dayOf(on))
    return row === undefined ? undefined : this.#sumsAt(row)
  }

  /** The cells that were not taken and in which anything is not zero. */
  *left(): Generator<DenseCell> {
    for (const { scope, day, row } of this.#rows) {
      const sums = this.#sumsAt(row)
      if (sums.some((n) => n !== 0)) yield { ...this.#scopes.nameOf(scope), on: dateOfDay(day), sums }
    }
  }

  /** The same by month; each cell stands on the first day. */
  months(): DenseSums {
    const months = new DenseSums(this.#scopes)
    for (const { scope, day, row } of this.#rows) {
      const first = months.#dayOf(`${dateOfDay(day).slice(0, 8)}01`)
      for (let column = 0; column < width; column++) {
        const n = this.#counts.at(row * width + column)
        if (n !== 0) months.#counts.add(months.#rows.rowOf(scope, first) * width + column, n)
      }
    }
    return months
  }

  #sumsAt(row: number): number[] {
    return measures.map((_, column) => this.#counts.at(row * width + column))
  }

  #dayOf(on: string): number {
    let day = this.#days.get(on)
    if (day === undefined) {
      day = dayOfDate(on)
      this.#days.set(on, day)
    }
    return day
  }
}

/** Numbers for pairs of authority and procedure. */
class Scopes {
  readonly #numbers = new Map<string, number>()
  readonly #names: { authority: string; procedureCode: string }[] = []
  readonly #above = new Map<string, number[]>()

  find(authority: string, procedureCode: string): number | undefined {
    return this.#numbers.get(`${authority} ${procedureCode}`)
  }

  nameOf(scope: number): { authority: string; procedureCode: string } {
    return this.#names[scope]!
  }

  /** All scopes in which something of an authority and a procedure counts. */
  above(authority: string, procedureCode: string): number[] {
    const key = `${authority} ${procedureCode}`
    let scopes = this.#above.get(key)
    if (scopes === undefined) {
      const each = authoritiesAbove(authority)
      scopes = each.flatMap((code) => [this.#of(code, procedureCode), this.#of(code, '*')])
      this.#above.set(key, scopes)
    }
    return scopes
  }

  #of(authority: string, procedureCode: string): number {
    const key = `${authority} ${procedureCode}`
    let scope = this.#numbers.get(key)
    if (scope === undefined) {
      scope = this.#names.length
      this.#names.push({ authority, procedureCode })
      this.#numbers.set(key, scope)
    }
    return scope
  }
}
