import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, type MessageParams } from 'motcua/kernel/i18n'
import type { WantedApproval } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { Authorisation } from 'motcua/modules/signatures'
import type { PageContext } from 'motcua/web/context'
import { dateText } from '../ui/format'
import type { Flash } from './flash'
import { parseSeen } from './seen'

/** Approves each dossier that was marked, signed with one authorisation; what is refused does not stop the rest. */
export async function approveEach(
  { app, now }: PageContext,
  officer: Officer,
  marked: readonly string[],
  { capacity, authorisation }: { capacity?: string; authorisation?: Authorisation },
): Promise<Flash> {
  const list = marked.slice(0, 50).flatMap((text) => parseSeen(text) ?? [])
  const request: WantedApproval['request'] = { command: 'approve', ...(capacity && { capacity }) }
  const outcomes = await app.dossiers.approve(
    officer,
    list.map(({ code, sequence }) => ({ code, expectedSequence: sequence, request })),
    { now, ...(authorisation && { authorisation }) },
  )
  const flash: Flash = { at: now.toISOString(), command: 'approve', done: [], refused: [] }
  for (const [i, outcome] of outcomes.entries()) {
    const { code } = list[i]!
    if (isRefusal(outcome)) flash.refused.push([code, outcome.code])
    else flash.done.push(code)
  }
  return flash
}

/** Why something was refused, in words; the bare code only when nobody wrote a sentence for it. */
export function refusalText(refusal: Pick<Refusal, 'code'> & { details?: unknown }, locale: Locale): string {
  return findMessage(locale, refusal.code, readable(refusal.details ?? {})) ?? refusal.code
}

/** Details as people write them: days of law are turned around. */
const readable = (details: object): MessageParams =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? dateText(value) : String(value),
    ]),
  )
