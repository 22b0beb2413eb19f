import { setImmediate } from 'node:timers/promises'
import { alone } from '../../../kernel/alone.ts'
import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/feed.ts'
import { newId } from '../../../kernel/ids.ts'
import { countPastFilings, type PastFiling, readPastFilings } from '../../dossiers/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { ProcedureChange } from '../change.ts'
import { findChange } from '../change-store.ts'
import { powersOver } from '../powers-over-changes.ts'
import type { ReplayKind } from './past.ts'
import { pastOf } from './past-of.ts'
import { detailsOf } from './replay-details.ts'
import { replayOne } from './replay-one.ts'
import {
  addReplayRun,
  keepBatch,
  lastReplayRun,
  noteReplayBegins,
  noteReplayEnds,
  type ReplayLine,
  type ReplayRun,
  unfinishedReplays,
} from './replay-store.ts'
import { type RulesOfChange, replayRefusals, rulesOfChange } from './rules-of.ts'

/** The task of the worker. */
export const replayTask = 'replay-past'
/** Looks each minute for what a process left behind when it died. */
export const replayCrontab = `* * * * * ${replayTask}`

const replayLock = 8_026_161
const atOnce = 1000
const beforeOthers = 100
/** Dossiers kept by their codes; beyond that they are only counted. */
const mostLines = 50_000

export interface ReplayParts {
  db: Db
  now(): Date
}

/**
 * Whose dossiers somebody may replay: control and leaders of the province those of all (null), control of an authority
 * those of its own; undefined when none.
 */
export async function replayScope(db: Db, actor: Actor): Promise<string[] | null | undefined> {
  if (actor.kind !== 'officer') return undefined
  const powers = await powersOver(db, actor)
  if (powers.review || powers.publish) return null
  if (!powers.edit) return undefined
  const own = actor.posts.filter(
    ({ roles, procedures }) => procedures === undefined && roles.includes('control'),
  )
  return [...new Set(own.map(({ authorityCode }) => authorityCode))].toSorted()
}

/** Asks for the past dossiers of a procedure to be replayed under the rules of a change; the worker does it. */
export async function askForReplay(
  db: Db,
  actor: Actor,
  change: ProcedureChange,
  now: Date,
): Promise<Outcome<{ id: string }>> {
  const authorities = await replayScope(db, actor)
  if (authorities === undefined || actor.kind !== 'officer') return replayRefusals.notYours()
  const rules = await rulesOfChange(db, change, now)
  if (isRefusal(rules)) return rules
  const id = newId(now.getTime())
  const asked = {
    id,
    changeId: change.id,
    authorities,
    by: actor.officerId,
    rulesHash: rules.hash,
    askedAt: now,
  }
  await addReplayRun(db.pool, asked)
  await enqueue(db.pool, [{ identifier: replayTask, payload: {} }])
  return { id }
}

/** The last run of a change that an actor may see. */
export async function replayFor(db: Db, actor: Actor, changeId: string): Promise<ReplayRun | undefined> {
  const authorities = await replayScope(db, actor)
  return authorities === undefined ? undefined : lastReplayRun(db.pool, changeId, authorities)
}

/** Does every run that was asked for, one at a time in the whole installation. False when another process is at it. */
export function runReplays(parts: ReplayParts): Promise<boolean> {
  return alone(parts.db.pool, { number: replayLock }, async () => {
    const failures: unknown[] = []
    for (const run of await unfinishedReplays(parts.db.pool))
      await doReplay(run, parts).catch((error) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  })
}

/** The worker's task. */
export const replayTasks = (parts: ReplayParts) => ({
  [replayTask]: async () => {
    await runReplays(parts)
  },
})

async function doReplay(run: ReplayRun, { db, now }: ReplayParts): Promise<void> {
  const found = (await findChange(db.pool, run.changeId))?.change
  const rules = found ? await rulesOfChange(db, found, now()) : replayRefusals.unknown()
  if (isRefusal(rules)) return noteReplayEnds(db.pool, run.id, now(), rules.code)
  // What was drafted since then is another question.
  if (rules.hash !== run.rulesHash) return noteReplayEnds(db.pool, run.id, now(), 'replay.changed-since')
  const past = { procedureCode: found!.code, authorities: run.authorities }
  await noteReplayBegins(db.pool, run.id, await countPastFilings(db.pool, past), now())
  const tally = new Tally(run)
  for (let after = run.lastId; ; ) {
    const batch = await readPastFilings(db.pool, { ...past, after, limit: atOnce })
    if (batch.length === 0) break
    after = batch.at(-1)!.id
    await keepBatch(db.pool, run.id, { lastId: after, ...(await replayBatch(db, batch, rules, tally)) })
  }
  await noteReplayEnds(db.pool, run.id, now())
}

class Tally {
  place: number
  lines: number
  readonly counts: ReplayRun['counts']

  constructor({ looked, differing, counts }: ReplayRun) {
    this.place = looked
    this.lines = Math.min(differing, mostLines)
    this.counts = { ...counts }
  }

  note(kinds: readonly ReplayKind[]): void {
    for (const kind of kinds) this.counts[kind] = (this.counts[kind] ?? 0) + 1
  }
}

async function replayBatch(db: Db, batch: readonly PastFiling[], rules: RulesOfChange, tally: Tally) {
  const lines: ReplayLine[] = []
  let [erased, differing] = [0, 0]
  for (const [i, filing] of batch.entries()) {
    // Others are served by the same process.
    if (i % beforeOthers === 0) await setImmediate()
    tally.place += 1
    const past = await pastOf(db, filing)
    if (past === null) {
      erased += 1
      continue
    }
    const found = replayOne(rules.before, rules.after, past)
    if (found.differs.length === 0) continue
    differing += 1
    tally.note(found.differs)
    if (tally.lines >= mostLines) continue
    tally.lines += 1
    const { code, competent: authority } = filing
    lines.push({ place: tally.place, code, authority, kinds: found.differs, details: detailsOf(found) })
  }
  return { looked: batch.length, erased, differing, lines, counts: tally.counts }
}
