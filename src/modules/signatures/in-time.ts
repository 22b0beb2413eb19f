/** What a promise gives, or undefined when that takes too long; whatever it does later counts for nothing. */
export function inTime<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  const { promise: tooLate, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, ms)
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer))
}
