const pageBits = 4
const daysOfAPage = 1 << pageBits
/** More pages than any scope has up to the year 9999. */
const pagesOfAScope = 1 << 19
/** The first day that has a number here, as days since 1970: the year 1. */
const firstDay = -719_162
const pagesOfAPiece = 256

/**
 * Numbers the days of scopes in the order in which they come. A scope has most days of a year or few, so rows are looked
 * up by pages of 16 days: a map with an entry for each day would take ten times the memory.
 */
export class DayRows {
  readonly #pages = new Map<number, number>()
  readonly #pieces: Int32Array[] = []
  #size = 0

  /** How many rows were given. */
  get size(): number {
    return this.#size
  }

  /** The row of a day, a new one when it has none. */
  rowOf(scope: number, day: number): number {
    const key = keyOf(scope, day)
    let page = this.#pages.get(key)
    if (page === undefined) {
      page = this.#pages.size
      this.#pages.set(key, page)
      if (page % pagesOfAPiece === 0) this.#pieces.push(new Int32Array(pagesOfAPiece * daysOfAPage))
    }
    const rows = this.#pieceOf(page)
    const place = placeOf(page, day)
    // Zero says that the day has no row.
    if (rows[place] === 0) rows[place] = ++this.#size
    return rows[place]! - 1
  }

  /** Gives the row of a day, if it has one, and forgets it. */
  take(scope: number, day: number): number | undefined {
    const page = this.#pages.get(keyOf(scope, day))
    if (page === undefined) return undefined
    const rows = this.#pieceOf(page)
    const place = placeOf(page, day)
    const row = rows[place]!
    rows[place] = 0
    return row === 0 ? undefined : row - 1
  }

  *[Symbol.iterator](): Generator<{ scope: number; day: number; row: number }> {
    for (const [key, page] of this.#pages) {
      const scope = Math.floor(key / pagesOfAScope)
      const first = (key % pagesOfAScope) * daysOfAPage + firstDay
      const rows = this.#pieceOf(page)
      for (let i = 0; i < daysOfAPage; i++) {
        const row = rows[placeOf(page, first + i)]!
        if (row > 0) yield { scope, day: first + i, row: row - 1 }
      }
    }
  }

  #pieceOf(page: number): Int32Array {
    return this.#pieces[Math.floor(page / pagesOfAPiece)]!
  }
}

const keyOf = (scope: number, day: number) => scope * pagesOfAScope + ((day - firstDay) >>> pageBits)

const placeOf = (page: number, day: number) =>
  (page % pagesOfAPiece) * daysOfAPage + ((day - firstDay) & (daysOfAPage - 1))
