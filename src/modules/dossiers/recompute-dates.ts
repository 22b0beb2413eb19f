import type { Db, Queryable } from '../../kernel/db.ts'
import { entryColumns, type NewEntry, seal } from '../../kernel/journal.ts'
import { type Calendar, calendarOfVersions, loadCalendar, MissingCalendarYear } from '../calendar/index.ts'
import type { Dossier } from './dossier.ts'
import { toDossier } from './dossier-row.ts'
import type { EntryData } from './entries.ts'
import { movedDates } from './moved-dates.ts'

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
  /** Dossiers that need a year which nobody published: they stay as they are, and are told. */
  missing: { code: string; year: number }[]
  /** False when there were more than `atMost`. */
  complete: boolean
}

export interface RecomputeOptions {
  now: Date
  /** How many dossiers to look at; all, unless said otherwise. */
  atMost?: number
  /** Told after every batch. */
  onProgress?: (effect: CalendarEffect) => void
}

type CalendarFor = (authorityCode: string) => Promise<Calendar>

const batchSize = 2000
const mostExamples = 20

/** What another calendar would do to the open dossiers; nothing is written. */
export function previewRecomputation(
  db: Db,
  calendarFor: CalendarFor,
  options: RecomputeOptions,
): Promise<CalendarEffect> {
  return walk(db, calendarFor, options, async () => true)
}

/**
 * Recomputes the dates of all open dossiers with the calendars in force, and leaves a trace in the journal of each that
 * moves. Officers may work meanwhile: who acts first wins, and the dossier is looked at again. Doing it twice changes
 * nothing the second time.
 */
export function recomputeDates(db: Db, options: RecomputeOptions): Promise<CalendarEffect> {
  const calendarFor = (authorityCode: string) => loadCalendar(db, { authorityCode })
  return walk(db, calendarFor, options, (moves) => write(db.pool, moves, options.now))
}

interface Move {
  dossier: Dossier
  data: EntryData['dossiers.due-recomputed']
}

/** Walks through the open dossiers in order; `keep` says whether a batch was kept, else it is read again. */
async function walk(
  db: Db,
  calendarFor: CalendarFor,
  { atMost = Number.POSITIVE_INFINITY, onProgress }: RecomputeOptions,
  keep: (moves: Move[]) => Promise<boolean>,
): Promise<CalendarEffect> {
  const effect: CalendarEffect = {
    ...{ open: 0, moved: 0, later: 0, earlier: 0, examples: [], missing: [], complete: true },
  }
  let next = readBatch(db.pool, null)
  for (let batch = await next; batch.length > 0; batch = await next) {
    // The database reads the next batch while this one is counted.
    const last = batch.at(-1)!.id
    next = readBatch(db.pool, last)
    let moves = await movesOf(db, batch, calendarFor, effect)
    while (!(await keep(moves))) moves = await movesAgain(db, moves, calendarFor)
    tally(effect, batch.length, moves)
    onProgress?.(effect)
    if (effect.open < atMost) continue
    effect.complete = (await next).length === 0
    break
  }
  return effect
}

async function movesAgain(db: Db, moves: readonly Move[], calendarFor: CalendarFor): Promise<Move[]> {
  const ids = moves.map(({ dossier }) => dossier.id)
  const effect = { missing: [] as CalendarEffect['missing'] }
  return movesOf(db, await readSome(db.pool, ids), calendarFor, effect)
}

async function movesOf(
  db: Db,
  batch: readonly Dossier[],
  calendarFor: CalendarFor,
  effect: Pick<CalendarEffect, 'missing'>,
): Promise<Move[]> {
  const calendars = await calendarsOf(db, batch, calendarFor)
  return batch.flatMap((dossier) => {
    const { before, after } = calendars.get(keyOf(dossier))!
    try {
      const data = movedDates(dossier, before, after)
      return data === null ? [] : [{ dossier, data }]
    } catch (error) {
      if (!(error instanceof MissingCalendarYear)) throw error
      effect.missing.push({ code: dossier.code, year: error.year })
      return []
    }
  })
}

const keyOf = ({ competent, calendarVersion }: Dossier) => `${competent} ${calendarVersion}`

// A dossier's hours were counted with the calendar it names; when that cannot be built any more, with today's.
async function calendarsOf(db: Db, batch: readonly Dossier[], calendarFor: CalendarFor) {
  const kinds = new Map(batch.map((dossier) => [keyOf(dossier), dossier]))
  const pairs = [...kinds].map(async ([key, { competent, calendarVersion }]) => {
    const after = await calendarFor(competent)
    const known = await calendarOfVersions(db, { authorityCode: competent, version: calendarVersion })
    return [key, { before: known ?? after, after }] as const
  })
  return new Map(await Promise.all(pairs))
}

function tally(effect: CalendarEffect, looked: number, moves: readonly Move[]): void {
  effect.open += looked
  effect.moved += moves.length
  for (const { dossier, data } of moves) {
    if (data.dueAt === data.from.dueAt) continue
    if ((data.dueAt ?? '') > (data.from.dueAt ?? '')) effect.later += 1
    else effect.earlier += 1
    if (effect.examples.length >= mostExamples) continue
    const { code, competent: authority } = dossier
    effect.examples.push({ code, authority, from: data.from.dueAt, to: data.dueAt })
  }
}

const columns = `d.*, (select json_agg(t order by t.no) from dossiers.task t
  where t.dossier_id = d.id and t.closed_at is null) as open_tasks`

async function readBatch(db: Queryable, after: string | null): Promise<Dossier[]> {
  const { rows } = await db.query({
    name: 'dossiers.open-batch',
    text: `select ${columns} from dossiers.dossier d
           where d.decided_at is null and d.closed_at is null and d.id > $1 order by d.id limit ${batchSize}`,
    values: [after ?? '00000000-0000-0000-0000-000000000000'],
  })
  return rows.map((row) => toDossier(row, row.open_tasks ?? []))
}

async function readSome(db: Queryable, ids: readonly string[]): Promise<Dossier[]> {
  const { rows } = await db.query(
    `select ${columns} from dossiers.dossier d
     where d.decided_at is null and d.closed_at is null and d.id = any($1)`,
    [ids],
  )
  return rows.map((row) => toDossier(row, row.open_tasks ?? []))
}

/** Writes what moves; false when somebody acted on one of them meanwhile, and then nothing was written. */
async function write(db: Queryable, moves: readonly Move[], now: Date): Promise<boolean> {
  if (moves.length === 0) return true
  const entries = moves.map(({ dossier, data }) => {
    const head = { sequence: dossier.sequence, hash: dossier.headHash }
    const stated: NewEntry = {
      kind: 'dossiers.due-recomputed',
      data: data as unknown as Record<string, unknown>,
      actor: { kind: 'system', id: 'calendar' },
      at: now,
    }
    return seal(dossier.id, head, [stated])[0]!
  })
  const tasks = moves.flatMap(({ dossier, data }) => data.tasks.map((task) => ({ ...task, id: dossier.id })))
  const { rowCount } = await db.query({
    name: 'dossiers.recompute',
    text: writeStatement,
    values: [
      ...entryColumns('dossier', entries),
      moves.map(({ data }) => data.dueAt),
      moves.map(({ data }) => data.indexDueAt),
      moves.map(({ data }) => data.intakeDueAt),
      moves.map(({ data }) => data.calendarVersion),
      tasks.map(({ id }) => id),
      tasks.map(({ no }) => no),
      tasks.map(({ dueAt }) => dueAt),
    ],
  })
  return rowCount === moves.length
}

const writeStatement = `
with change as (
  select * from unnest($1::uuid[], $2::int[], $9::bytea[], $10::timestamptz[], $11::timestamptz[],
    $12::timestamptz[], $13::text[]) c (id, sequence, hash, due_at, index_due_at, intake_due_at, calendar_version)
),
-- All or nothing: a dossier that moved on since it was read sends the whole batch back.
current as (
  select d.id from dossiers.dossier d join change c on c.id = d.id and d.sequence = c.sequence - 1
  order by d.id for update of d
),
whole as (select (select count(*) from current) = (select count(*) from change) as yes),
head as (
  update dossiers.dossier d set sequence = c.sequence, head_hash = c.hash, due_at = c.due_at,
    index_due_at = c.index_due_at, intake_due_at = c.intake_due_at, calendar_version = c.calendar_version
  from change c, whole
  where d.id = c.id and whole.yes
  returning d.id
),
entries as (
  insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
  select e.* from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[],
    $7::timestamptz[], $8::bytea[], $9::bytea[]) e, whole where whole.yes
),
tasks as (
  update dossiers.task t set due_at = v.due_at
  from unnest($14::uuid[], $15::int[], $16::timestamptz[]) v (id, no, due_at), whole
  where t.dossier_id = v.id and t.no = v.no and whole.yes
)
select id from head`
