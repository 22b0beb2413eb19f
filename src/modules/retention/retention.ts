import type { Readable } from 'node:stream'
import { z } from 'zod'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Files } from '../../kernel/files.ts'
import { isId, newId } from '../../kernel/ids.ts'
import { cleanText } from '../../kernel/text.ts'
import { asOfficer, asSystem, recordExport } from '../dossiers/index.ts'
import type { Actor } from '../identity/index.ts'
import { decideBatch, proposeBatch } from './batches.ts'
import { type ComingDue, comingDue } from './coming-due.ts'
import type { Rule } from './due.ts'
import { exportArchive } from './export-archive.ts'
import { askToLift, liftHold, placeHold, stated } from './holds.ts'
import { refusals } from './refusals.ts'
import {
  type Batch,
  byMachine,
  byOfficer,
  endedByCodes,
  enter,
  findBatch,
  type Hold,
  type Line,
  linesOf,
  listBatches,
  listHolds,
  readRules,
} from './retention-store.ts'
import { mayExport, mayRead } from './rights.ts'

/** So many dossiers go into one export. */
export const mostExported = 1000

export const ExportInput = z.object({
  authority: z.string().max(40),
  codes: z.array(z.string().max(40)).min(1).max(mostExported),
  purpose: cleanText.pipe(z.string().trim().min(1).max(500)),
})

export interface RetentionParts {
  db: Db
  files: Files
  now(): Date
  wake?(): void
}

/** The door of periods, holds, destruction and hand-over to the archive. */
export function createRetention({ db, files, now, wake }: RetentionParts) {
  const woken = async <T>(work: Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const done = await work
    if (!isRefusal(done)) wake?.()
    return done
  }
  return {
    /** What comes due at an authority within some days, and what is overdue to go. */
    async due(actor: Actor, authority: string, days: number): Promise<Outcome<ComingDue>> {
      return (await mayRead(db, actor, authority))
        ? comingDue(db, { authority, days, now: now() })
        : refusals.notYours()
    },
    rules: (): Promise<Rule[]> => readRules(db.pool),
    async holds(actor: Actor, authority: string): Promise<Outcome<Hold[]>> {
      return (await mayRead(db, actor, authority)) ? listHolds(db.pool, authority) : refusals.notYours()
    },
    async batches(actor: Actor, authority: string): Promise<Outcome<Batch[]>> {
      return (await mayRead(db, actor, authority)) ? listBatches(db.pool, authority) : refusals.notYours()
    },
    async batch(actor: Actor, id: string): Promise<Outcome<{ batch: Batch; lines: Line[] }>> {
      const batch = isId(id) ? await findBatch(db.pool, id) : undefined
      // Who may not know of a batch is not told that there is one.
      if (!batch || !(await mayRead(db, actor, batch.authority))) return refusals.unknown()
      return { batch, lines: await linesOf(db.pool, id) }
    },
    /** The certificate of destruction, once the batch is done. */
    async certificate(actor: Actor, id: string): Promise<Outcome<Readable>> {
      const batch = isId(id) ? await findBatch(db.pool, id) : undefined
      if (!batch?.certificate || !(await mayRead(db, actor, batch.authority))) return refusals.unknown()
      return (await files.open(batch.certificate)) ?? refusals.unknown()
    },
    placeHold: (actor: Actor, raw: unknown) => woken(placeHold(db, actor, raw, now())),
    askToLift: (actor: Actor, raw: { id: string; reason: unknown }) =>
      woken(askToLift(db, actor, raw, now())),
    liftHold: (actor: Actor, id: string) => woken(liftHold(db, actor, id, now())),
    propose: (actor: Actor, raw: unknown) => woken(proposeBatch(db, actor, raw, now())),
    decide: (actor: Actor, raw: { id: string; approve: unknown; decision: unknown }) =>
      woken(decideBatch(db, actor, raw, now())),
    /** Dossiers of an authority as one archive; who took what, and why, stands in the journal. */
    async export(actor: Actor, raw: unknown): Promise<Outcome<Readable>> {
      const input = stated(ExportInput, raw)
      if (isRefusal(input)) return input
      if (!mayExport(actor, input.authority)) return refusals.notYours()
      const reader = asOfficer(actor, [input.authority])
      return takeOut({ db, files }, { ...input, by: byOfficer(actor), reader, now: now() })
    },
    /** The same for who runs the installation. */
    exportByMachine: (input: { authority: string; codes: string[]; purpose: string }) =>
      takeOut({ db, files }, { ...input, by: byMachine, reader: asSystem(byMachine.id), now: now() }),
  }
}

export type Retention = ReturnType<typeof createRetention>

interface Taking {
  authority: string
  codes: readonly string[]
  purpose: string
  by: typeof byMachine
  reader: ReturnType<typeof asSystem>
  now: Date
}

async function takeOut(
  { db, files }: Pick<RetentionParts, 'db' | 'files'>,
  { authority, codes, purpose, by, reader, now }: Taking,
): Promise<Outcome<Readable>> {
  const wanted = [...new Set(codes)]
  const found = (await endedByCodes(db.pool, wanted)).filter(({ competent }) => competent === authority)
  const unknown = wanted.filter((code) => !found.some((each) => each.code === code))
  if (unknown.length > 0) return refusals.unknownDossiers({ codes: unknown })
  const open = found.filter(({ closing }) => closing === null).map(({ code }) => code)
  if (open.length > 0) return refusals.notDue({ codes: open })
  const ids = found.map(({ id }) => id)
  const data = { authority, purpose, dossiers: ids }
  await inTransaction(db, async (tx) => {
    await enter(tx, newId(now.getTime()), { kind: 'retention.exported', data, actor: by, at: now })
    await recordExport(tx, reader, { codes: wanted, at: now })
  })
  return exportArchive({ db, files }, ids, now)
}
