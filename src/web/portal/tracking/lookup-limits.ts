import { type RateLimit, rateLimit } from 'motcua/kernel/rate-limit'

const windowSeconds = 10 * 60
/** Four digits have ten thousand values: ten tries in ten minutes keep a guesser busy for a week, per dossier. */
const byCode = rateLimit({ limit: 10, windowSeconds })
const byAddress = rateLimit({ limit: 30, windowSeconds })

/**
 * Counts one try to look something up without signing in. The seconds to wait when there were too many, else null.
 * Without a code (a secret of the receipt, a verification code) only the address counts: those cannot be guessed.
 */
export function waitBeforeTry(
  { address, code }: { address: string; code?: string },
  now: Date,
  limits: { byCode: RateLimit; byAddress: RateLimit } = { byCode, byAddress },
): number | null {
  const taken = [
    limits.byAddress.take(address, now),
    ...(code === undefined ? [] : [limits.byCode.take(code.trim().toUpperCase(), now)]),
  ]
  const waits = taken.flatMap((each) => (each.allowed ? [] : [each.retryAfterSeconds]))
  return waits.length === 0 ? null : Math.max(...waits)
}

/** How a page says "too many": the status and when to come back. */
export const tooMany = (seconds: number) => ({ status: 429, headers: { 'retry-after': String(seconds) } })

/** The `headers` export of a page that may say "too many": passes on when to come back. */
export function retryAfterHeaders({
  loaderHeaders,
  actionHeaders,
}: {
  loaderHeaders: Headers
  actionHeaders: Headers
}) {
  const seconds = actionHeaders.get('retry-after') ?? loaderHeaders.get('retry-after')
  return seconds === null ? new Headers() : new Headers({ 'retry-after': seconds })
}
