import type { Db } from '../../../kernel/db.ts'
import { type Calendar, calendarOfVersions, loadCalendar, MissingCalendarYear } from '../../calendar/index.ts'
import { movedDates } from './moved-dates.ts'
import { type Move, type OpenDossier, readOpen, readOpenAgain, writeMoves } from './recompute-store.ts'

/** What a calendar does, or would do, to the open dossiers. */
export interface CalendarEffect {
  /** Open dossiers that were looked at. */
  open: number
  /** Those whose dates move: their legal date, or only hours of their intake and tasks. */
  moved: number
  later: number
  earlier: number
  /** Some of those whose legal date moves. */
  examples: { code: string; authority: string; from: string | null; to: string | null }[]
  /** Dossiers that need a year which nobody published: they stay as they are. */
  withoutYear: number
  /** Some of these. */
  missing: { code: string; year: number }[]
  /** False when there were more than `atMost`. */
  complete: boolean
}

export interface RecomputeOptions {
  /** When the entries are made. */
  now(): Date
  /** Only dossiers that these authorities decide; all, unless said otherwise. */
  authorities?: readonly string[] | undefined
  /** How many dossiers to look at; all, unless said otherwise. */
  atMost?: number
  /** Told after every batch. */
  onProgress?: (effect: CalendarEffect) => void | Promise<void>
}

type CalendarFor = (authorityCode: string) => Promise<Calendar>
/** Keeps what moves and gives the ids of what it kept. */
type Keep = (moves: readonly Move[]) => Promise<ReadonlySet<string>>

const stretchSize = 20_000
const batchesInStretch = 20
const keptAtOnce = 2
const mostExamples = 20
const mostMissing = 50

/** What another calendar would do to the open dossiers; nothing is written. */
export function previewRecomputation(
  db: Db,
  calendarFor: CalendarFor,
  options: RecomputeOptions,
): Promise<CalendarEffect> {
  return walk(db, calendarFor, options, async (moves) => new Set(moves.map(({ dossier }) => dossier.id)))
}

/**
 * Recomputes the dates of all open dossiers with the calendars in force, and leaves a trace in the journal of each that
 * moves. Officers may work meanwhile: who acts first wins, and the dossier is looked at again. Doing it twice changes
 * nothing the second time.
 */
export function recomputeDates(db: Db, options: RecomputeOptions): Promise<CalendarEffect> {
  const calendarFor = (authorityCode: string) => loadCalendar(db, { authorityCode })
  return walk(db, calendarFor, options, (moves) => writeMoves(db.pool, moves, options.now()))
}

/**
 * Walks through the open dossiers, a stretch of them at a time; `keep` says what of a batch was kept, and the rest is
 * read again, because somebody was faster. While two batches are kept the next one is counted, so that neither this
 * process nor the database waits for the other.
 */
async function walk(
  db: Db,
  calendarFor: CalendarFor,
  { authorities, atMost = Number.POSITIVE_INFINITY, onProgress }: RecomputeOptions,
  keep: Keep,
): Promise<CalendarEffect> {
  const effect = noEffect()
  const counter = counterOf(db, calendarFor)
  const keeping: { looked: number; kept: Promise<Counted> }[] = []
  const settle = async () => {
    const { looked, kept } = keeping.shift()!
    tally(effect, looked, await kept)
    await onProgress?.(effect)
  }
  let looked = 0
  for await (const stretch of stretches(db, { authorities, atMost })) {
    for (const batch of interleaved(stretch)) {
      const kept = keepBatch(db, await counter(batch), counter, keep)
      // An error is met where it is awaited.
      kept.catch(() => undefined)
      keeping.push({ looked: batch.length, kept })
      if (keeping.length > keptAtOnce) await settle()
    }
    looked += stretch.length
    if (looked < atMost) continue
    const after = stretch.at(-1)!.id
    effect.complete = (await readOpen(db.pool, { after, limit: 1, authorities })).length === 0
    break
  }
  while (keeping.length > 0) await settle()
  return effect
}

/** Open dossiers in the order of their ids, the next ones read while these are worked on. */
async function* stretches(
  db: Db,
  { authorities, atMost }: { authorities: RecomputeOptions['authorities']; atMost: number },
) {
  const limit = Math.min(stretchSize, atMost)
  const read = (after: string | null) => {
    const reading = readOpen(db.pool, { after, limit, authorities })
    reading.catch(() => undefined)
    return reading
  }
  let next = read(null)
  for (let stretch = await next; stretch.length > 0; stretch = await next) {
    next = read(stretch.at(-1)!.id)
    yield stretch
  }
}

// Neighbours in a stretch share pages of the table. Written all at once they would need new pages and new entries in
// every index; written a few of a page at a time, each takes the place that the one before it left.
function interleaved(stretch: readonly OpenDossier[]): OpenDossier[][] {
  const batches = Array.from({ length: batchesInStretch }, (_, k) =>
    stretch.filter((_, i) => i % batchesInStretch === k),
  )
  return batches.filter((batch) => batch.length > 0)
}

const noEffect = (): CalendarEffect => ({
  ...{ open: 0, moved: 0, later: 0, earlier: 0, examples: [], withoutYear: 0, missing: [], complete: true },
})

interface Counted {
  moves: Move[]
  missing: CalendarEffect['missing']
}
type Counter = (batch: readonly OpenDossier[]) => Promise<Counted>

// Who acted meanwhile was first: those dossiers are read and counted again.
async function keepBatch(db: Db, counted: Counted, counter: Counter, keep: Keep): Promise<Counted> {
  const kept: Counted = { moves: [], missing: counted.missing }
  for (let left = counted.moves; left.length > 0; ) {
    const written = await keep(left)
    kept.moves.push(...left.filter(({ dossier }) => written.has(dossier.id)))
    const again = left.map(({ dossier }) => dossier.id).filter((id) => !written.has(id))
    if (again.length === 0) break
    const recounted = await counter(await readOpenAgain(db.pool, again))
    kept.missing.push(...recounted.missing)
    left = recounted.moves
  }
  return kept
}

// A dossier's hours were counted with the calendar it names; when that cannot be built any more, with today's.
// Dossiers of one authority were mostly counted with the same few calendars: each is looked up once in a walk.
function counterOf(db: Db, calendarFor: CalendarFor): Counter {
  const known = new Map<string, Promise<{ before: Calendar; after: Calendar }>>()
  const both = async ({ competent, calendarVersion }: OpenDossier) => {
    const after = await calendarFor(competent)
    const before = await calendarOfVersions(db, { authorityCode: competent, version: calendarVersion })
    return { before: before ?? after, after }
  }
  const calendarsOf = (dossier: OpenDossier) => {
    const key = `${dossier.competent} ${dossier.calendarVersion}`
    const found = known.get(key) ?? both(dossier)
    known.set(key, found)
    return found
  }
  return async (batch) => {
    const counted: Counted = { moves: [], missing: [] }
    for (const dossier of batch) count(counted, dossier, await calendarsOf(dossier))
    return counted
  }
}

function count(
  { moves, missing }: Counted,
  dossier: OpenDossier,
  { before, after }: { before: Calendar; after: Calendar },
): void {
  try {
    const data = movedDates(dossier, before, after)
    if (data !== null) moves.push({ dossier, data })
  } catch (error) {
    if (!(error instanceof MissingCalendarYear)) throw error
    missing.push({ code: dossier.code, year: error.year })
  }
}

function tally(effect: CalendarEffect, looked: number, { moves, missing }: Counted): void {
  effect.open += looked
  effect.moved += moves.length
  effect.withoutYear += missing.length
  effect.missing.push(...missing.slice(0, mostMissing - effect.missing.length))
  for (const { dossier, data } of moves) {
    if (data.dueAt === data.from.dueAt) continue
    if ((data.dueAt ?? '') > (data.from.dueAt ?? '')) effect.later += 1
    else effect.earlier += 1
    if (effect.examples.length >= mostExamples) continue
    const { code, competent: authority } = dossier
    effect.examples.push({ code, authority, from: data.from.dueAt, to: data.dueAt })
  }
}
