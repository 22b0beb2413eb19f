/**
 * A count would need a year whose days off were not published: it is refused with the year, never guessed.
 * Thrown, because it comes out of the middle of a sum; doors turn it into a refusal (`clockRefusal`).
 */
export class MissingCalendarYear extends Error {
  override name = 'MissingCalendarYear'
  readonly territory: string
  readonly year: number

  constructor(territory: string, year: number) {
    super(`the days off of ${year} were not published for ${territory}`)
    this.territory = territory
    this.year = year
  }
}

/** Facts from which no due date can be computed, such as an instant that is none. */
export class ImpossibleClockFacts extends RangeError {
  override name = 'ImpossibleClockFacts'
  /** Which fact: acceptedAt, limit, cutOff … */
  readonly fact: string

  constructor(fact: string, problem: string) {
    super(`${fact}: ${problem}`)
    this.fact = fact
  }
}
