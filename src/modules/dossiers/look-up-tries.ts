import { type RateLimit, rateLimit } from '../../kernel/rate-limit.ts'

/**
 * Tries of the four digits of one code, from wherever they come and by whichever door. Four digits have ten thousand
 * values: forty tries a day keep guessers busy for most of a year, whatever number of addresses they use.
 */
export function triesOfOneCode(): RateLimit {
  const within = [
    rateLimit({ limit: 10, windowSeconds: 10 * 60 }),
    rateLimit({ limit: 40, windowSeconds: 24 * 60 * 60 }),
  ]
  return {
    take(code, now) {
      const key = code.trim().toUpperCase()
      for (const limit of within) {
        const taken = limit.take(key, now)
        if (!taken.allowed) return taken
      }
      return { allowed: true }
    },
  }
}

/** The one count of this process: pages and API share it. */
export const lookUpTries = triesOfOneCode()

/** Whether a proof is one that could be guessed; a secret of the receipt is not, and keeps working meanwhile. */
export const isGuessable = (proof: string): boolean => proof.trim().length < 8
