import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import type { OpenPlace, Printed } from '../typst/pool.ts'
import { Seats } from './seats.ts'
import { type TryOptions, tryTemplate } from './try-template.ts'

/** Papers wait for each other, not for templates that somebody tries out meanwhile. */
const printing = new Seats(2, 200)

/** The longest shipped slip takes a hundredth of it. */
const twentySeconds = 20_000

/**
 * Prints a published template that was written by hand. It is a program, so it runs where a template under edit runs:
 * in a process with a limit of memory and time, that may be killed. Refuses by the names of `tryTemplate`.
 */
export async function printByHand(
  given: { source: string; data: object },
  options: Pick<TryOptions, 'createdAt' | 'standard' | 'limitMs' | 'megabytes'>,
): Promise<Outcome<Printed>> {
  const printed = await tryTemplate(given, {
    limitMs: twentySeconds,
    ...options,
    want: 'pdf',
    seats: printing,
  })
  if (isRefusal(printed)) return printed
  return { pdf: new Uint8Array(printed.pdf!), open: printed.open as OpenPlace[] }
}
