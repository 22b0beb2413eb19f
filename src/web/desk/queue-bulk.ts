import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { type Locale, messages } from 'motcua/kernel/i18n'
import { newId } from 'motcua/kernel/ids'
import {
  actOnMany,
  type BulkCommand,
  type BulkRequest,
  type BulkRun,
  bulkCommands,
  type Marked,
  mostAtOnce,
} from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { Authorisation } from 'motcua/modules/signatures'
import type { PageContext } from 'motcua/web/context'
import { refusalText } from './acting'
import type { Flash } from './flash'
import { parseSeen } from './seen'

type BulkAct = BulkRequest['request']

/** What a page posted for many dossiers: the run, or what is still to be said. Pure. */
export function readBulk(form: FormData, locale: Locale): BulkRequest | { problem: string } {
  const t = messages(locale)
  const marked = markedIn(form)
  if (marked.length === 0) return { problem: t('desk.queue.nothingSelected') }
  if (marked.length > mostAtOnce) return { problem: t('work.bulk.tooMany', { most: mostAtOnce }) }
  const command = String(form.get('command') ?? '')
  if (!isBulk(command)) return { problem: t('dossiers.input-invalid_value') }
  const run = String(form.get('run') ?? '')
  const request = requestOf(command, form, locale)
  if ('problem' in request) return request
  return { id: runPattern.test(run) ? run : newId(), request, marked }
}

const runPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const isBulk = (command: string): command is BulkCommand =>
  (bulkCommands as readonly string[]).includes(command)

export function markedIn(form: FormData): Marked[] {
  return form.getAll('code').flatMap((value) => (typeof value === 'string' ? (parseSeen(value) ?? []) : []))
}

function requestOf(command: BulkCommand, form: FormData, locale: Locale): BulkAct | { problem: string } {
  const t = messages(locale)
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .trim()
      .slice(0, 4000)
  const reason = text('reason')
  switch (command) {
    case 'accept':
    case 'approve':
    case 'takeOver':
      return { command }
    case 'completeStep':
      return { command, outcome: 'ok' }
    case 'returnResult':
      return { command, delivery: 'counter' }
    case 'assign':
      return text('officer')
        ? { command, officer: text('officer') }
        : { problem: t('work.bulk.officerMissing') }
    case 'reassign':
      if (!text('officer')) return { problem: t('work.bulk.officerMissing') }
      return reason
        ? { command, officer: text('officer'), reason }
        : { problem: t('work.bulk.reasonMissing') }
    case 'rejectTransfer':
      return reason ? { command, reason } : { problem: t('work.bulk.reasonMissing') }
    case 'explainDelay':
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text('until'))) return { problem: t('work.stuck.untilMissing') }
      return reason ? { command, until: text('until'), reason } : { problem: t('work.bulk.reasonMissing') }
    case 'handOver':
      return handOver(text('receiver'), text('sheets'), text('batch'), t('work.bulk.receiverMissing'))
    default:
      return command satisfies never
  }
}

const receivers = ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post'] as const

function handOver(
  receiver: string,
  sheets: string,
  batch: string,
  problem: string,
): BulkAct | { problem: string } {
  const [authority = '', wanted, officer = ''] = receiver.split('|')
  const role = receivers.find((each) => each === wanted)
  if (!authority || !role) return { problem }
  const counted = Number(sheets)
  return {
    command: 'handOver',
    to: { authority, role, officer: officer || null },
    sheets: Number.isInteger(counted) && counted >= 0 && counted <= 10_000 ? counted : 0,
    batch: runPattern.test(batch) ? batch : newId(),
  }
}

/** Does it, and says where to go on: the list it came from, with what became of it; a slip of papers is shown at once. */
export async function runBulk(
  { app, now, locale }: PageContext,
  officer: Officer,
  request: BulkRequest,
  authorisation: { authorisation?: Authorisation } = {},
): Promise<{ flash: Flash; run: BulkRun; slip?: string } | { problem: string }> {
  const act = pinOnce<typeof app.dossiers.act>((actor, code, asked, options) =>
    app.dossiers.act(actor, code, asked, { ...options, ...authorisation }),
  )
  const run = await actOnMany({ db: app.db, act }, officer, request, { now })
  if (isRefusal(run)) return { problem: refusalText(run, locale) }
  const anyDone = run.outcomes.some(({ done }) => done)
  const slip = request.request.command === 'handOver' && anyDone ? request.request.batch : undefined
  return { flash: flashOf(run, now), run, ...(slip && { slip }) }
}

/** A PIN that was wrong is wrong for the rest as well: one press takes one try, however much is marked. */
export function pinOnce<Act extends (...asked: never[]) => Promise<unknown>>(act: Act): Act {
  let wrong: Refusal | undefined
  return (async (...asked) => {
    const done = wrong ?? (await act(...asked))
    if (isRefusal(done) && wrongPins.has(done.code)) wrong = done
    return done
  }) as Act
}

const wrongPins = new Set(['signatures.wrong-pin', 'signatures.locked'])

/** A cookie holds little: the first few by name, the rest as numbers; the whole stands on a page of its own. */
const mostNamed = 8

function flashOf({ id, command, outcomes }: BulkRun, now: Date): Flash {
  const done = outcomes.filter((each) => each.done)
  const refused = outcomes.filter((each) => !each.done)
  return {
    at: now.toISOString(),
    command,
    done: done.slice(0, mostNamed).map(({ code }) => code),
    refused: refused.slice(0, mostNamed).map(({ code, refusal }) => [code, refusal ?? '']),
    run: { id, done: done.length, all: outcomes.length },
  }
}
