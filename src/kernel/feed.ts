import { setTimeout as sleep } from 'node:timers/promises'
import { type Db, inTransaction, type Queryable } from './db.ts'
import { type Entry, toEntry } from './journal.ts'
import type { Log } from './log.ts'

/** An entry with its place in the feed. */
export interface FeedEntry extends Entry {
  position: number
}

/** Who listens: applies batches in order, in the transaction that moves its cursor. A batch may come twice. */
export interface Consumer {
  name: string
  apply(tx: Queryable, entries: FeedEntry[]): Promise<void>
}

/** Declares a consumer; `app.ts` lists them all. */
export function consume(name: string, apply: Consumer['apply']): Consumer {
  return { name, apply }
}

const batchSize = 500
const stampSize = 5000
const sequencerLock = 0x6d63_0001

/**
 * Stamps journal entries older than the oldest running transaction with gap-free positions.
 * Returns how many were stamped; 0 also when another process is the sequencer.
 */
export async function stampPositions(db: Db): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows: lock } = await tx.query('select pg_try_advisory_xact_lock($1) as mine', [sequencerLock])
    if (!lock[0].mine) return 0
    // Whoever moves the head holds the lock, so it is read in a statement of its own, after the lock: no row need
    // be locked, and a look that finds nothing writes nothing.
    const { rows } = await tx.query('select last_xid, last_id, last_position from feed.sequencer')
    const { last_xid, last_id, last_position } = rows[0]
    const values = [last_xid, last_id, last_position, stampSize]
    const { rowCount } = await tx.query({ name: 'feed.stamp', text: stampStatement, values })
    return rowCount ?? 0
  })
}

// The head comes as values: joined in, it would be compared after the whole journal was read.
const stampStatement = `
with fresh as materialized (
  select e.stream, e.sequence, e.xid, e.id, $3::bigint + row_number() over (order by e.xid, e.id) as position
  from journal.entry e
  where (e.xid, e.id) > ($1::xid8, $2::bigint)
    and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    and not exists (select from feed.position p where p.stream = e.stream and p.sequence = e.sequence)
  order by e.xid, e.id
  limit $4
),
stamped as (
  insert into feed.position (position, stream, sequence)
  select position, stream, sequence from fresh
  returning position
),
moved as (
  update feed.sequencer s set last_xid = f.xid, last_id = f.id, last_position = f.position
  from (select xid, id, position from fresh order by position desc limit 1) f
)
select position from stamped`

/**
 * Prepares the sequencer at start. Transaction ids do not survive a restore into another server:
 * when the server is another one, the unstamped tail is stamped by id before anything else.
 */
export async function adoptServer(db: Db): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [sequencerLock])
    const { rows } = await tx.query(
      `select s.system_identifier as known, c.system_identifier::text as current
       from feed.sequencer s, pg_control_system() c`,
    )
    const { known, current } = rows[0]
    if (known === current) return
    if (known !== null) await tx.query(stampTailById)
    await tx.query('update feed.sequencer set system_identifier = $1', [current])
  })
}

const stampTailById = `
with head as (select last_position from feed.sequencer),
tail as (
  select e.stream, e.sequence, head.last_position + row_number() over (order by e.id) as position
  from journal.entry e, head
  where not exists (select from feed.position p where p.stream = e.stream and p.sequence = e.sequence)
),
stamped as (insert into feed.position select position, stream, sequence from tail returning position)
update feed.sequencer set
  last_position = greatest(last_position, (select coalesce(max(position), 0) from stamped)),
  last_xid = pg_current_xact_id(), last_id = 0`

/** Lets a consumer take one batch; returns how many entries it took. */
export async function advance(db: Db, consumer: Consumer): Promise<number> {
  // Looking is most of a quiet feed's work: it takes one read, and no row lock that would have to be written.
  if (!(await hasNews(db.pool, consumer.name))) return 0
  return inTransaction(db, async (tx) => {
    const position = await lockCursor(tx, consumer.name)
    if (position === undefined) return 0
    const entries = await readFeed(tx, position, batchSize)
    if (entries.length === 0) return 0
    await consumer.apply(tx, entries)
    await tx.query('update feed.cursor set position = $2, updated_at = now() where consumer = $1', [
      consumer.name,
      entries.at(-1)!.position,
    ])
    return entries.length
  })
}

async function hasNews(db: Queryable, consumer: string): Promise<boolean> {
  const { rows } = await db.query({
    name: 'feed.has-news',
    // The last position is one look at the index; "is there a later one" was answered by going through all of them.
    text: `select coalesce((select max(p.position) from feed.position p)
             > coalesce((select c.position from feed.cursor c where c.consumer = $1), 0), false) as news`,
    values: [consumer],
  })
  return rows[0].news
}

async function lockCursor(tx: Queryable, consumer: string): Promise<number | undefined> {
  await tx.query('insert into feed.cursor (consumer) values ($1) on conflict do nothing', [consumer])
  const { rows } = await tx.query(
    'select position from feed.cursor where consumer = $1 for update skip locked',
    [consumer],
  )
  return rows[0]?.position
}

/** Entries after a position, oldest first. */
export async function readFeed(db: Queryable, after: number, limit: number): Promise<FeedEntry[]> {
  const { rows } = await db.query({
    name: 'feed.read',
    text: `select p.position, e.stream, e.sequence, e.kind, e.data, e.actor, e.at, e.previous_hash, e.hash
           from feed.position p join journal.entry e using (stream, sequence)
           where p.position > $1 order by p.position limit $2`,
    values: [after, limit],
  })
  return rows.map((row) => ({ ...toEntry(row), position: row.position }))
}

/**
 * What a consumer has yet to apply, stamped or not, as the transaction of `db` sees it. What lies behind the head without
 * a position will never get one: it is not waiting but lost, and whoever compares shall find it. Only on a server that
 * was restored and not yet adopted the head says nothing, and the whole journal is looked through.
 */
export async function waitingFor(
  db: Queryable,
  consumer: string,
): Promise<Pick<FeedEntry, 'stream' | 'kind' | 'data'>[]> {
  const { rows: heads } = await db.query(
    `select s.last_xid, s.last_id, coalesce(k.position, 0) as position,
       coalesce(s.system_identifier <> c.system_identifier::text, false) as restored
     from feed.sequencer s left join feed.cursor k on k.consumer = $1, pg_control_system() c`,
    [consumer],
  )
  const { last_xid, last_id, position, restored } = heads[0]
  const { rows: stamped } = await db.query(
    `select e.stream, e.kind, e.data from feed.position p join journal.entry e using (stream, sequence)
     where p.position > $1`,
    [position],
  )
  // As in `stampStatement`, the head comes as values.
  const { rows: unstamped } = await db.query(
    `select e.stream, e.kind, e.data from journal.entry e
     where ($3 or (e.xid, e.id) > ($1::xid8, $2::bigint))
       and not exists (select from feed.position p where p.stream = e.stream and p.sequence = e.sequence)`,
    restored ? ['0', 0, true] : [last_xid, last_id, false],
  )
  return [...stamped, ...unstamped]
}

/** An outside call to be made later by the worker; `key` makes a repeated batch enqueue it once. */
export interface JobSpec {
  identifier: string
  payload: Record<string, unknown>
  key?: string
  queue?: string
  run_at?: string
  max_attempts?: number
}

/** Enqueues outside calls, many at once, in the consumer's own transaction; of one key the last is taken. */
export async function enqueue(tx: Queryable, jobs: readonly JobSpec[]): Promise<void> {
  if (jobs.length === 0) return
  const byKey = new Map(jobs.map((job, i) => [job.key ?? i, job]))
  await tx.query('select feed.enqueue($1::jsonb)', [JSON.stringify([...byKey.values()])])
}

/** Runs the sequencer and every consumer to the end of the feed; for commands and tests. */
export async function drainFeed(db: Db, consumers: readonly Consumer[]): Promise<void> {
  while ((await stampPositions(db)) > 0);
  for (const consumer of consumers) while ((await advance(db, consumer)) > 0);
}

/** A running feed: `wake` shortens the wait after a write in this process. */
export interface RunningFeed {
  wake(): void
  stop(): Promise<void>
}

const idleMs = 200

/**
 * Runs the sequencer and the consumers until stopped. Notifying through the database would take a
 * global lock at each commit, so it looks five times a second, and at once when woken.
 */
export function runFeed(db: Db, consumers: readonly Consumer[], log: Log): RunningFeed {
  let running = true
  let rest = new AbortController()
  let woken = false
  const attempt = attempts(log)
  const round = async () => {
    let work = await attempt('sequencer', () => stampPositions(db))
    for (const consumer of consumers) work += await attempt(consumer.name, () => advance(db, consumer))
    return work
  }
  const loop = async () => {
    while (running) {
      woken = false
      const work = await round()
      if (work === 0 && running && !woken) {
        rest = new AbortController()
        await sleep(idleMs, undefined, { signal: rest.signal }).catch(() => undefined)
      }
    }
  }
  const done = loop()
  return {
    wake() {
      woken = true
      rest.abort()
    },
    async stop() {
      running = false
      rest.abort()
      await done
    },
  }
}

/**
 * One part in trouble does not hold back the others. Its trouble is logged when it begins and when it ends,
 * not five times a second while a database recovers.
 */
function attempts(log: Log) {
  const troubled = new Set<string>()
  return async (part: string, work: () => Promise<number>): Promise<number> => {
    try {
      const done = await work()
      if (troubled.delete(part)) log.warn({ part }, 'this part of the feed works again')
      return done
    } catch (error) {
      if (!troubled.has(part))
        log.error({ err: error, part }, 'a part of the feed stumbled and will try again')
      troubled.add(part)
      return 0
    }
  }
}
