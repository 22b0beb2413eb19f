import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import type { EntryData } from '../entries.ts'
import type { Stays } from './bulk-move-store.ts'
import { decideMove, ofPlan } from './move-processes.ts'
import { checkPlan, ProcessPlan, readPlan } from './process-plan.ts'
import { type Counted, walk } from './walk.ts'
import type { Move } from './write-moves.ts'

/** What moving the open dossiers of a process to another version would do. */
export interface ProcessMovePreview {
  /** Open dossiers that were looked at. */
  open: number
  moves: number
  stays: number
  /** Tasks whose officer would not keep them. */
  freed: number
  /** Where dossiers stand now; one that stands at two steps counts at both. */
  steps: { step: string; to: string | null; open: number; moves: number }[]
  /** Dossiers that nobody accepted yet: their process has not begun. */
  notBegun: number
  /** Why some stay. */
  reasons: Stays[]
  /** Some that move, with the dates of their tasks. */
  examples: MoveExample[]
  /** False when there were more than were looked at. */
  complete: boolean
}

export interface MoveExample {
  code: string
  authority: string
  tasks: { step: string; to: string; from: string | null; dueAt: string | null }[]
}

/** So many dossiers are looked at by a preview that somebody waits for. */
export const previewedAtMost = 20_000
const mostExamples = 20

/** What `askForProcessMove` would do now; nothing is written. Refuses a plan that it would refuse. */
export async function previewProcessMove(
  db: Db,
  input: unknown,
  { now, atMost = previewedAtMost }: { now: Date; atMost?: number },
): Promise<Outcome<ProcessMovePreview>> {
  const plan = readPlan(ProcessPlan, input)
  if (isRefusal(plan)) return plan
  const change = await checkPlan(db, plan, now)
  if (isRefusal(change)) return change
  const seen = new Seen(plan)
  const decide = decideMove(db, change, { plan, run: '', now: () => now })
  const counted = await walk({
    ...{ db, chosen: ofPlan(plan), atMost },
    decide: async (dossier) => {
      const decided = await decide(dossier)
      seen.note(dossier, decided !== null && 'entry' in decided ? decided : null)
      return decided
    },
    keep: async (moves) => new Set(moves.map(({ dossier }) => dossier.id)),
  })
  return seen.preview(counted)
}

class Seen {
  readonly #plan: ProcessPlan
  readonly #steps = new Map<string, ProcessMovePreview['steps'][number]>()
  readonly #examples: MoveExample[] = []
  #notBegun = 0

  constructor(plan: ProcessPlan) {
    this.#plan = plan
  }

  note({ tasks, acceptedAt, code, competent }: Move['dossier'], move: Move | null): void {
    if (acceptedAt === null) this.#notBegun += 1
    for (const step of new Set(tasks.flatMap(({ stepId }) => stepId ?? []))) this.#at(step, move !== null)
    if (move === null || acceptedAt === null || this.#examples.length >= mostExamples) return
    const { changes = [] } = move.entry.data as EntryData['dossiers.process-changed']
    const example = tasks.flatMap(({ no, stepId, dueAt }) => {
      if (stepId === null) return []
      const set = changes.find((change) => change.no === no)?.set ?? {}
      return [
        { step: stepId, to: set.stepId ?? stepId, from: dueAt, dueAt: 'dueAt' in set ? set.dueAt! : dueAt },
      ]
    })
    this.#examples.push({ code, authority: competent, tasks: example })
  }

  #at(step: string, moves: boolean): void {
    const to = Object.hasOwn(this.#plan.mapping, step) ? this.#plan.mapping[step]! : null
    const counts = this.#steps.get(step) ?? { step, to, open: 0, moves: 0 }
    counts.open += 1
    if (moves) counts.moves += 1
    this.#steps.set(step, counts)
  }

  preview({
    looked: open,
    moved: moves,
    stayed,
    freed,
    stays: reasons,
    complete,
  }: Counted): ProcessMovePreview {
    const steps = [...this.#steps.values()].toSorted((a, b) => b.open - a.open)
    const found = { open, moves, stays: stayed, freed, reasons, complete }
    return { ...found, steps, notBegun: this.#notBegun, examples: this.#examples }
  }
}
