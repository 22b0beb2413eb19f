/** So many at a time, and so many who wait for them. */
export class Seats {
  readonly #seats: number
  readonly #mostWaiting: number
  #taken = 0
  #waiting: (() => void)[] = []

  constructor(seats: number, mostWaiting: number) {
    this.#seats = seats
    this.#mostWaiting = mostWaiting
  }

  /** Gives what leaves the seat again; undefined when too many wait already. */
  async take(): Promise<(() => void) | undefined> {
    if (this.#taken < this.#seats) this.#taken++
    else {
      if (this.#waiting.length >= this.#mostWaiting) return undefined
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    return () => this.#leave()
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#taken--
  }
}
