import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome, type Refusal } from '../../../kernel/errors.ts'
import type { Officer } from '../../identity/index.ts'
import { getProcess, outcomesOf } from '../../processes/index.ts'
import type { ActOptions } from '../act-on-dossier.ts'
import type { Request } from '../commands.ts'
import type { Dossier } from '../dossier.ts'
import { findByCode } from '../dossier-store.ts'
import { type BulkOutcome, type BulkRun, readRun, recordOutcome, startRun } from './bulk-runs.ts'
import { deskRefusals as refusals } from './desk-refusals.ts'

/** What may be done to many dossiers at once. */
export const bulkCommands = [
  'accept',
  'assign',
  'reassign',
  'completeStep',
  'approve',
  'returnResult',
  'handOver',
  'takeOver',
  'rejectTransfer',
  'explainDelay',
] as const
export type BulkCommand = (typeof bulkCommands)[number]

/** A dossier as the page showed it, with the task of its line. */
export interface Marked {
  code: string
  sequence: number
  taskNo: number | null
}

export interface BulkRequest {
  /** Given by the page: pressing twice, or again after a break, is one run. */
  id: string
  request: Extract<Request, { command: BulkCommand }>
  marked: readonly Marked[]
}

/** At most so many at once, so that whoever pressed can read what became of them. */
export const mostAtOnce = 200

interface Parts {
  db: Db
  act(actor: Officer, code: string, request: Request, options: ActOptions): Promise<Outcome<Dossier>>
}

/**
 * Does one act on each marked dossier, one after another; what is refused does not stop the rest. Each is held to
 * the sequence that the page showed, and what an earlier press of the same run did is not done again.
 */
export async function actOnMany(
  { db, act }: Parts,
  officer: Officer,
  { id, request, marked }: BulkRequest,
  { now }: { now: Date },
): Promise<Outcome<BulkRun>> {
  const chosen = eachOnce(marked)
  if (chosen.length > mostAtOnce) return refusals.tooMany({ most: mostAtOnce })
  const { officerId } = officer
  const mine = await startRun(db.pool, { id, officerId, command: request.command, asked: chosen.length }, now)
  if (!mine) return refusals.notFound()
  const before = (await readRun(db.pool, id))!
  const done = new Set(before.outcomes.filter((each) => each.done).map(keyOf))
  for (const [place, each] of chosen.entries()) {
    if (done.has(keyOf({ code: each.code, taskNo: each.taskNo ?? 0 }))) continue
    const outcome = await act(officer, each.code, await requestFor(db, request, each), {
      now,
      expectedSequence: each.sequence,
    })
    await recordOutcome(db.pool, id, place, toOutcome(each, outcome))
  }
  return (await readRun(db.pool, id))!
}

const keyOf = ({ code, taskNo }: Pick<BulkOutcome, 'code' | 'taskNo'>) => `${code} ${taskNo}`

// Two lines of one dossier are two tasks; the second would be refused for the first, so one is enough.
function eachOnce(marked: readonly Marked[]): Marked[] {
  return [...new Map(marked.map((each) => [each.code, each])).values()]
}

async function requestFor(
  db: Db,
  request: BulkRequest['request'],
  { code, taskNo }: Marked,
): Promise<Request> {
  const named = taskNo !== null && takesTask.has(request.command) ? { ...request, taskNo } : request
  if (named.command !== 'completeStep') return named
  return { ...named, outcome: await ordinaryOutcome(db, code, taskNo) }
}

const takesTask = new Set<string>([
  'assign',
  'reassign',
  'completeStep',
  'approve',
  'returnResult',
  'takeOver',
  'rejectTransfer',
] satisfies BulkCommand[])

/** The ordinary outcome of the step of a task: the first that it names. */
export async function ordinaryOutcome(db: Db, code: string, taskNo: number | null): Promise<string> {
  const file = await findByCode(db.pool, code)
  const task = file?.dossier.tasks.find(({ no, closedAt }) => no === taskNo && closedAt === null)
  if (!file || !task?.stepId) return 'ok'
  const { processKey, processVersion } = file.dossier
  const { compiled } = await getProcess(db, processKey, processVersion)
  return outcomesOf(compiled, task.stepId).find((outcome) => outcome !== 'send-back') ?? 'ok'
}

function toOutcome({ code, taskNo }: Marked, outcome: Outcome<Dossier>): BulkOutcome {
  const base = { code, taskNo: taskNo ?? 0 }
  if (!isRefusal(outcome)) return { ...base, done: true, refusal: null, details: null }
  return { ...base, done: false, refusal: outcome.code, details: wordsOf(outcome) }
}

// What the sentence of a refusal is filled with.
function wordsOf({ details }: Refusal): BulkOutcome['details'] {
  const plain = Object.entries((details ?? {}) as Record<string, unknown>).filter(
    (pair): pair is [string, string | number] => ['string', 'number'].includes(typeof pair[1]),
  )
  return plain.length > 0 ? Object.fromEntries(plain) : null
}
