const pieceBits = 16
const within = (1 << pieceBits) - 1
/** What stands in a byte whose number is too large for it. */
const elsewhere = -128

/**
 * A great many numbers by their place, nearly all of them small: a byte each, and the few that do not fit stand beside.
 * Growing copies nothing. What was never added to is zero.
 */
export class SmallCounts {
  readonly #pieces: Int8Array[] = []
  readonly #large = new Map<number, number>()

  add(place: number, n: number): void {
    const piece = this.#pieceOf(place)
    const known = piece[place & within]!
    const sum = (known === elsewhere ? this.#large.get(place)! : known) + n
    if (sum > elsewhere && sum < -elsewhere) piece[place & within] = sum
    else {
      piece[place & within] = elsewhere
      this.#large.set(place, sum)
    }
  }

  at(place: number): number {
    const known = this.#pieces[place >>> pieceBits]?.[place & within] ?? 0
    return known === elsewhere ? this.#large.get(place)! : known
  }

  #pieceOf(place: number): Int8Array {
    const i = place >>> pieceBits
    while (this.#pieces.length <= i) this.#pieces.push(new Int8Array(1 << pieceBits))
    return this.#pieces[i]!
  }
}
