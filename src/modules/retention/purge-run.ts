import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { alone } from '../../kernel/alone.ts'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { isRefusal } from '../../kernel/errors.ts'
import type { Files } from '../../kernel/files.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { keepContent, type Layouts } from '../documents/index.ts'
import { certificateOf } from './certificate.ts'
import { checkJournals } from './check.ts'
import { dueOfDossier, templates } from './coming-due.ts'
import { removeContent } from './remove-content.ts'
import {
  type Batch,
  byMachine,
  endedByIds,
  enter,
  findBatch,
  linesOf,
  lockDossiers,
  readRules,
} from './retention-store.ts'

export const purgeTask = 'retention-purge'
/** Looks each minute for what a process left behind when it died. */
export const purgeCrontab = `* * * * * ${purgeTask}`
const purgeLock = 8026_0120

export interface PurgeParts {
  db: Db
  files: Files
  now(): Date
  baseUrl: string
  layouts?: Layouts
  /** Rest between dossiers, in milliseconds, so that people at work do not feel it. */
  rest?: number
  /** Told after each dossier; for tests that end the process in the middle. */
  onDossier?(code: string): Promise<void> | void
}

/**
 * Runs every approved batch to its end, one at a time in the whole installation. What a process left unfinished goes
 * on: each dossier goes in a transaction of its own with its entry. False when another process is at it.
 */
export function runPurges(parts: PurgeParts): Promise<boolean> {
  return alone(parts.db.pool, { number: purgeLock }, async () => {
    const { rows } = await parts.db.pool.query(
      `select id from retention.batch where state = 'approved' order by decided_at`,
    )
    for (const { id } of rows) await runBatch(parts, id)
    await removeDoomed(parts)
  })
}

/** The worker's task. */
export const purgeTasks = (parts: PurgeParts) => ({
  [purgeTask]: async () => void (await runPurges(parts)),
})

async function runBatch(parts: PurgeParts, id: string): Promise<void> {
  const { db, now, rest = 5 } = parts
  const lines = await linesOf(db.pool, id)
  const ids = lines.map(({ dossierId }) => dossierId)
  const batch = (await findBatch(db.pool, id))!
  if (batch.before === null)
    await db.pool.query('update retention.batch set before = $2 where id = $1', [
      id,
      await checkJournals(db.pool, ids, now()),
    ])
  const templateOf = templates(db)
  for (const line of lines.filter(({ state }) => state === 'waiting')) {
    await purgeOne(db, { batch, id: line.dossierId, templateOf, now: now() })
    await removeDoomed(parts)
    await parts.onDossier?.(line.code)
    await sleep(rest)
  }
  await finish(parts, id, ids)
}

interface One {
  batch: Batch
  id: string
  templateOf: ReturnType<typeof templates>
  now: Date
}

// Between the approval and now a hold may have come, an appeal may have opened it, a rule may have changed.
async function purgeOne(db: Db, { batch, id, templateOf, now }: One): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockDossiers(tx, [id])
    const [dossier] = await endedByIds(tx, [id])
    const rules = await readRules(tx)
    const due = await dueOfDossier(dossier!, { rules, templateOf, on: dateOfLaw(now) })
    const at = now
    // Where row and journal tell different stories, what is beside them may be the only proof of which is true.
    const faulty = (await checkJournals(tx, [id], now)).faults > 0
    if (
      due.state !== 'due' ||
      dossier!.competent !== batch.authority ||
      faulty ||
      (await siblingOpen(tx, id))
    ) {
      const why = due.state !== 'due' ? due.state : faulty ? 'faulty' : 'linked-open'
      await tx.query(
        `update retention.line set state = 'skipped', why = $3, at = $4
         where batch_id = $1 and dossier_id = $2 and state = 'waiting'`,
        [batch.id, id, why, now],
      )
      await enter(tx, batch.id, {
        kind: 'retention.skipped',
        data: { dossier: id, why },
        actor: byMachine,
        at,
      })
      return
    }
    const { rows } = await tx.query('select sequence, head_hash from dossiers.dossier where id = $1', [id])
    const erased = await tx.query('select retention.erase($1, $2, $3, $4) as counts', [
      batch.id,
      id,
      await photosOf(tx, id),
      now,
    ])
    const data = {
      ...{ dossier: id, code: dossier!.code, rule: due.rule.id, dueOn: due.dueOn },
      sequence: rows[0].sequence,
      head: rows[0].head_hash.toString('hex'),
      erased: erased.rows[0].counts,
    }
    await enter(tx, batch.id, { kind: 'retention.purged', data, actor: byMachine, at })
  })
}

// Whoever filed linked procedures filed once: while one of them goes on, what the others share stays.
async function siblingOpen(tx: Queryable, id: string): Promise<boolean> {
  const { rows } = await tx.query(
    `select exists (select from dossiers.dossier d join dossiers.dossier o
       on o.linked ->> 'filing' = d.linked ->> 'filing' or o.id::text = d.linked ->> 'filing'
         or o.linked ->> 'filing' = d.id::text
       where d.id = $1 and o.closed_at is null) as open`,
    [id],
  )
  return rows[0].open
}

// Photos of one paper that were made one file are named by the hashes of the photos in their order.
async function photosOf(tx: Queryable, id: string): Promise<string[]> {
  const { rows } = await tx.query(
    'select component, array_agg(sha256 order by no) as hashes from dossiers.paper where dossier_id = $1 group by component',
    [id],
  )
  return rows
    .filter(({ hashes }) => hashes.length > 1)
    .map(({ hashes }) => createHash('sha256').update(hashes.join('\n')).digest('hex'))
}

/** Takes content that nobody names any more out of the store; what was handed in anew meanwhile stays. */
async function removeDoomed({ db, files, now }: PurgeParts): Promise<void> {
  for (;;) {
    const { rows } = await db.pool.query(
      'select sha256 from retention.doomed where removed_at is null order by doomed_at, sha256 limit 100',
    )
    let settled = 0
    for (const { sha256 } of rows) {
      const outcome = await removeContent({ db: db.pool, files }, sha256, now())
      if (outcome === undefined) continue
      settled += 1
      await db.pool.query('update retention.doomed set removed_at = $2, outcome = $3 where sha256 = $1', [
        sha256,
        now(),
        outcome,
      ])
    }
    if (settled < 100) return
  }
}

async function finish(parts: PurgeParts, id: string, ids: readonly string[]): Promise<void> {
  const { db, files, now } = parts
  const after = await checkJournals(db.pool, ids, now())
  await db.pool.query('update retention.batch set after = $2 where id = $1', [id, after])
  const pdf = await certificateOf(parts, (await findBatch(db.pool, id))!, await linesOf(db.pool, id))
  if (isRefusal(pdf)) throw new Error(`certificate of ${id}: ${pdf.code}`)
  const kept = await keepContent(files, pdf)
  if (isRefusal(kept)) throw new Error(`certificate of ${id}: ${kept.code}`)
  const at = now()
  await inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query(
      `update retention.batch set state = 'done', finished_at = $2, certificate = $3, pseudonyms = null
       where id = $1 and state = 'approved'`,
      [id, at, kept.sha256],
    )
    if (rowCount === 0) return
    const { purged, skipped } = (await findBatch(tx, id))!
    const data = { purged, skipped, certificate: kept.sha256, faults: after.faults, heads: after.heads }
    await enter(tx, id, { kind: 'retention.finished', data, actor: byMachine, at })
  })
}
