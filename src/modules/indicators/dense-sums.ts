import { authoritiesAbove, type Cell, type Counts } from './cells.ts'
import { type Contribution, measures } from './contributions.ts'

const dayMs = 86_400_000
/** More days than any figure spans: a scope and a day are one number. */
const daysOfAScope = 200_000
const width = measures.length
const columnOf = new Map(measures.map((measure, i) => [measure as string, i]))

/**
 * Day sums of a whole installation in little memory: a row of numbers for each cell in one growing array, found by the
 * number of its scope and day. Four million dossiers fit; `CellSums` is for the few of one batch.
 */
export class DenseSums {
  readonly #rows = new Map<number, number>()
  readonly #scopes = new Map<string, number>()
  readonly #names: { authority: string; procedureCode: string }[] = []
  readonly #scopesOf = new Map<string, number[]>()
  readonly #days = new Map<string, number>()
  #values = new Int32Array(1024 * width)

  add({
    authority,
    procedureCode,
    deltas,
  }: Pick<Contribution, 'authority' | 'procedureCode' | 'deltas'>): void {
    const present = this.#above(authority, procedureCode)
    for (const { measure, on, n, authority: own } of deltas) {
      const day = this.#dayOf(on)
      const column = columnOf.get(measure)!
      for (const scope of own === undefined ? present : this.#above(own, procedureCode))
        this.#addAt(this.#rowOf(scope, day), column, n)
    }
  }

  /** How many cells there are. */
  get size(): number {
    return this.#rows.size
  }

  /** Takes a day's cell out; undefined when nothing is in it. */
  take(authority: string, procedureCode: string, on: string): Counts | undefined {
    const scope = this.#scopes.get(`${authority} ${procedureCode}`)
    if (scope === undefined) return undefined
    const key = scope * daysOfAScope + this.#dayOf(on)
    const row = this.#rows.get(key)
    if (row === undefined) return undefined
    this.#rows.delete(key)
    return this.#countsAt(row)
  }

  /** The cells that are left and in which anything is not zero. */
  *left(): Generator<Cell> {
    for (const [key, row] of this.#rows) {
      const counts = this.#countsAt(row)
      if (counts === undefined) continue
      const { authority, procedureCode } = this.#names[Math.floor(key / daysOfAScope)]!
      yield { authority, procedureCode, on: dateOf(key % daysOfAScope), counts }
    }
  }

  /** The same by month; each cell stands on the first day. */
  months(): DenseSums {
    const months = new DenseSums()
    for (const { authority, procedureCode, on, counts } of this.left()) {
      const row = months.#rowOf(
        months.#scopeOf(authority, procedureCode),
        months.#dayOf(`${on.slice(0, 8)}01`),
      )
      for (const [measure, n] of Object.entries(counts)) months.#addAt(row, columnOf.get(measure)!, n)
    }
    return months
  }

  // The row comes first: finding it may have put a wider array in the place of the one before.
  #addAt(row: number, column: number, n: number): void {
    this.#values[row * width + column]! += n
  }

  #countsAt(row: number): Counts | undefined {
    let counts: Counts | undefined
    for (let column = 0; column < width; column++) {
      const n = this.#values[row * width + column]!
      if (n !== 0) counts = { ...counts, [measures[column]!]: n }
    }
    return counts
  }

  #above(authority: string, procedureCode: string): number[] {
    const key = `${authority} ${procedureCode}`
    let scopes = this.#scopesOf.get(key)
    if (scopes === undefined) {
      const each = authoritiesAbove(authority)
      scopes = each.flatMap((code) => [this.#scopeOf(code, procedureCode), this.#scopeOf(code, '*')])
      this.#scopesOf.set(key, scopes)
    }
    return scopes
  }

  #scopeOf(authority: string, procedureCode: string): number {
    const key = `${authority} ${procedureCode}`
    let scope = this.#scopes.get(key)
    if (scope === undefined) {
      scope = this.#names.length
      this.#names.push({ authority, procedureCode })
      this.#scopes.set(key, scope)
    }
    return scope
  }

  #rowOf(scope: number, day: number): number {
    const key = scope * daysOfAScope + day
    let row = this.#rows.get(key)
    if (row === undefined) {
      row = this.#rows.size
      this.#rows.set(key, row)
      if ((row + 1) * width > this.#values.length) {
        const wider = new Int32Array(this.#values.length * 2)
        wider.set(this.#values)
        this.#values = wider
      }
    }
    return row
  }

  #dayOf(on: string): number {
    let day = this.#days.get(on)
    if (day === undefined) {
      day = Date.parse(on) / dayMs
      this.#days.set(on, day)
    }
    return day
  }
}

const dateOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)
