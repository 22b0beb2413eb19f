import { type Locale, messages } from '../../kernel/i18n.ts'
import type { PrivateRef } from '../../kernel/journal.ts'
import { zoned } from '../../kernel/time.ts'
import type { EntryKind } from '../dossiers/index.ts'
import type { MessageKind } from './message.ts'
import { dataOf, type ToldEntry } from './told-entry.ts'

/** What a message says of its entry; empty text where the entry says nothing of the kind. */
export type Sayings = Partial<
  Record<
    | 'newDue'
    | 'oldDue'
    | 'amount'
    | 'fees'
    | 'name'
    | 'when'
    | 'place'
    | 'carrier'
    | 'tracking'
    | 'reason'
    | 'until',
    string
  >
>

const wordy = new Set<MessageKind>([
  'extended',
  'apologised',
  'visit-planned',
  'obligation-requested',
  'fees-corrected',
])

/** Whether a message of this kind repeats words that stand beside the journal: only where the app shows them. */
export const speaksOfWords = (kind: MessageKind): boolean => wordy.has(kind)

/** Dates, amounts and words of one entry, as sentences put them. */
export function sayingsOf(entry: ToldEntry, words: ReadonlyMap<string, unknown>, language: Locale): Sayings {
  const t = messages(language)
  const data = entry.data as Record<string, unknown>
  const reason = wordsAt(data.reason, words)
  const base: Sayings = typeof reason === 'string' ? { reason: t('notifications.reason', { reason }) } : {}
  switch (entry.kind as EntryKind) {
    case 'dossiers.extended': {
      const { dueAt, from } = dataOf(entry, 'dossiers.extended')
      return { ...base, newDue: dayText(dueAt), oldDue: dayText(from) }
    }
    case 'dossiers.apologised':
      return { ...base, newDue: dayText(dataOf(entry, 'dossiers.apologised').until) }
    case 'dossiers.due-recomputed': {
      const { dueAt, from } = dataOf(entry, 'dossiers.due-recomputed')
      return { newDue: dayText(dueAt ?? ''), oldDue: dayText(from.dueAt ?? '') }
    }
    case 'dossiers.edition-changed': {
      const { dueAt, promised } = dataOf(entry, 'dossiers.edition-changed')
      return { newDue: dayText(dueAt ?? ''), oldDue: dayText(promised ?? '') }
    }
    case 'dossiers.obligation-requested': {
      const { name, amountVnd } = dataOf(entry, 'dossiers.obligation-requested').obligation
      return { ...base, name, amount: moneyText(amountVnd) }
    }
    case 'dossiers.fees-corrected': {
      const { fees } = dataOf(entry, 'dossiers.fees-corrected')
      return { ...base, fees: fees.map(({ name, toVnd }) => `${name}, ${moneyText(toVnd)}`).join('; ') }
    }
    case 'dossiers.visit-planned': {
      const { on, details } = dataOf(entry, 'dossiers.visit-planned')
      const { place = '' } = (wordsAt(details, words) ?? {}) as { place?: string }
      return { when: momentText(on), place }
    }
    case 'dossiers.result-dispatched': {
      const { carrier, tracking } = dataOf(entry, 'dossiers.result-dispatched')
      return { carrier, tracking }
    }
    case 'dossiers.supplement-requested': {
      const { answerBy } = dataOf(entry, 'dossiers.supplement-requested')
      return answerBy ? { until: slashed(answerBy) } : {}
    }
    default:
      return base
  }
}

const wordsAt = (ref: unknown, words: ReadonlyMap<string, unknown>): unknown =>
  words.get((ref as PrivateRef | null | undefined)?.ref ?? '')

function dayText(instant: string): string {
  return instant === '' ? '' : momentText(instant).slice(6)
}

/** "09:00 24/11/2026": as short as a text message wants it. */
function momentText(instant: string): string {
  const { hour, minute, day, month, year } = zoned(instant)
  return `${two(hour)}:${two(minute)} ${two(day)}/${two(month)}/${year}`
}

const slashed = (date: string) => date.split('-').reverse().join('/')
const two = (value: number) => String(value).padStart(2, '0')
const moneyText = (amountVnd: number) => `${String(amountVnd).replace(/\B(?=(\d{3})+$)/g, '.')} đ`
