import type { Db, Queryable } from '../../kernel/db.ts'
import { type Consumer, consume, type FeedEntry } from '../../kernel/feed.ts'
import { type Calendar, loadCalendar } from '../calendar/index.ts'
import { type Dossier, findByIds } from '../dossiers/index.ts'
import { dossierTime } from './dossier-time.ts'
import { lockSpans, readEntries, saveTimes, type TimeOfDossier } from './span-store.ts'
import { stepSpans } from './step-spans.ts'

export const consumerName = 'reform'

/** Keeps the time of dossiers: of each that something happened to, as it stands now. */
export const spansConsumer = (db: Db): Consumer =>
  consume(consumerName, (tx, entries) => refreshTimes(db, tx, touched(entries)))

/** Puts dossiers as they stand now in the place of what was stored; inside a transaction, as often as one likes. */
export async function refreshTimes(db: Db, tx: Queryable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await lockSpans(tx)
  await saveTimes(tx, await presentTimes(db, tx, ids))
}

/** The dossiers whose times entries may change. */
export const touched = (entries: readonly Pick<FeedEntry, 'kind' | 'stream'>[]): string[] => [
  ...new Set(entries.flatMap(({ kind, stream }) => (kind.startsWith('dossiers.') ? [stream] : []))),
]

/** Dossiers as time, from their rows and the journal. */
export async function presentTimes(db: Db, tx: Queryable, ids: readonly string[]): Promise<TimeOfDossier[]> {
  const files = await findByIds(tx, ids)
  const entries = await readEntries(tx, ids)
  const calendarOf = await calendarsOf(
    db,
    files.map(({ dossier }) => dossier),
  )
  return files.map(({ dossier }) => {
    const spans = stepSpans(dossier, entries.get(dossier.id) ?? [], calendarOf)
    return { spans, time: dossierTime(dossier, spans, calendarOf(dossier.competent)) }
  })
}

async function calendarsOf(db: Db, dossiers: readonly Dossier[]): Promise<(authority: string) => Calendar> {
  const codes = new Set(
    dossiers.flatMap(({ competent, tasks }) => [competent, ...tasks.map(({ authority }) => authority)]),
  )
  const calendars = new Map<string, Calendar>()
  for (const code of codes) calendars.set(code, await loadCalendar(db, { authorityCode: code }))
  return (authority) => calendars.get(authority)!
}
