import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, type MessageParams } from 'motcua/kernel/i18n'
import type { Request as Act } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { dateText } from '../ui/format'
import type { Flash } from './flash'
import { parseSeen } from './seen'

/** Does one act on each dossier, one after another; what is refused does not stop the rest. */
export async function actOnEach(
  { app, now }: PageContext,
  officer: Officer,
  marked: readonly string[],
  actOf: (code: string) => Act,
): Promise<Flash> {
  const flash: Flash = { at: now.toISOString(), command: '', done: [], refused: [] }
  for (const text of marked.slice(0, 50)) {
    const dossier = parseSeen(text)
    if (!dossier) continue
    const act = actOf(dossier.code)
    flash.command = act.command
    const outcome = await app.dossiers.act(officer, dossier.code, act, {
      now,
      expectedSequence: dossier.sequence,
    })
    if (isRefusal(outcome)) flash.refused.push([dossier.code, outcome.code])
    else flash.done.push(dossier.code)
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
