import { type RateLimit, rateLimit } from 'motcua/kernel/rate-limit'
import { lookUpTries } from 'motcua/modules/dossiers'

const windowSeconds = 10 * 60
const byAddress = rateLimit({ limit: 30, windowSeconds })

/**
 * Counts one try to look something up without signing in. The seconds to wait when there were too many, else null.
 * Without a code (a secret of the receipt, a verification code) only the address counts: those cannot be guessed.
 */
export function waitBeforeTry(
  { address, code }: { address: string; code?: string },
  now: Date,
  limits: { byCode: RateLimit; byAddress: RateLimit } = { byCode: lookUpTries, byAddress },
): number | null {
  const taken = limits.byAddress.take(address, now)
  if (!taken.allowed) return taken.retryAfterSeconds
  const ofCode = code === undefined ? taken : limits.byCode.take(code.trim().toUpperCase(), now)
  return ofCode.allowed ? null : ofCode.retryAfterSeconds
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
