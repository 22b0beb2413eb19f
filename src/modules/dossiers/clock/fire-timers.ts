import type { Db } from '../../../kernel/db.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { getProcess } from '../../processes/index.ts'
import { fireTimer } from '../deciding/timers.ts'
import { applyEntries, type DossierFile, findByIds, type Write } from '../dossier-store.ts'

/** The task of the worker. */
export const timersTask = 'fire-timers'
/** Looks each minute for timers that are due. */
export const timersCrontab = `* * * * * ${timersTask}`

export interface TimerParts {
  db: Db
  now(): Date
  /** Writes; what happens at one moment may share a statement. */
  append(write: Write): Promise<boolean>
  wake(): void
}

const batch = 200
/** A process that fires more timers of one dossier at once than this goes on with the next look. */
const mostInARow = 20

/**
 * Fires the timers that are due, dossier by dossier; gives how many fired. Who acts on a dossier meanwhile was first:
 * its timers are looked at again the next time.
 */
export async function fireTimers(parts: TimerParts): Promise<number> {
  let fired = 0
  const failures: unknown[] = []
  for (let after = ''; ; ) {
    const ids = await dueAfter(parts, after)
    if (ids.length === 0) break
    after = ids.at(-1)!
    const files = await findByIds(parts.db.pool, ids)
    const settled = await Promise.allSettled(files.map((file) => fireFor(parts, file)))
    for (const each of settled) {
      if (each.status === 'fulfilled') fired += each.value
      else failures.push(each.reason)
    }
  }
  if (fired > 0) parts.wake()
  // One process that cannot go on does not hold up the others, and is not passed over in silence.
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} timers could not fire`)
  return fired
}

async function dueAfter({ db, now }: TimerParts, after: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>({
    name: 'dossiers.timers-due',
    text: `select id from dossiers.dossier
           where next_timer_at <= $1 and id > $2 order by id limit $3`,
    values: [now(), after === '' ? '00000000-0000-0000-0000-000000000000' : after, batch],
  })
  return rows.map(({ id }) => id)
}

async function fireFor({ db, now, append }: TimerParts, { dossier: found, answers }: DossierFile) {
  const [process, calendar] = await Promise.all([
    getProcess(db, found.processKey, found.processVersion),
    loadCalendar(db, { authorityCode: found.competent }),
  ])
  const acting = { kind: 'system', id: 'clock', authorities: 'all' } as const
  let dossier = found
  for (let fired = 0; fired < mostInARow; fired++) {
    const facts = { now: now(), acting, process: process.compiled, calendar, answers }
    const entries = fireTimer(dossier, facts)
    if (entries.length === 0) return fired
    const change = applyEntries(dossier.id, dossier, entries)
    if (!(await append({ change, beside: {} }))) return fired
    dossier = change.after
  }
  return mostInARow
}
