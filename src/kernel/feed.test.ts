import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/harness/database.ts'
import type { Db, Queryable } from './db.ts'
import { openDatabase } from './db.ts'
import {
  adoptServer,
  advance,
  type Consumer,
  consume,
  drainFeed,
  enqueue,
  type FeedEntry,
  readFeed,
  runFeed,
  stampPositions,
  waitingFor,
} from './feed.ts'
import { newId } from './ids.ts'
import { migrateJobs, runJobs } from './jobs.ts'
import { entryColumns, type NewEntry, seal, start } from './journal.ts'
import { openLog } from './log.ts'

const insertEntries = `
  insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
  select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::timestamptz[], $8::bytea[], $9::bytea[])`

async function write(db: Queryable, count = 1, id = newId()): Promise<string> {
  const act: NewEntry = { kind: 'test.done', data: {}, actor: { kind: 'system', id: 'test' }, at: new Date() }
  await db.query(insertEntries, entryColumns('test', seal(id, start, Array(count).fill(act))))
  return id
}

/** A database with the application's role, and a table in which consumers count. */
async function aFeed() {
  const database = await testDatabase()
  const db = openDatabase(database.url, { role: 'motcua_app' })
  await database.pool.query(
    `create table public.counted (consumer text, stream uuid, n int not null default 1, primary key (consumer, stream));
     grant all on public.counted to motcua_app`,
  )
  return { database, db }
}

const seen = async (db: Queryable, consumer: string) => {
  const { rows } = await db.query('select stream, n from public.counted where consumer = $1', [consumer])
  return new Map(rows.map(({ stream, n }) => [stream as string, n as number]))
}

const counting = (name: string): Consumer =>
  consume(name, async (tx, entries) => {
    for (const { stream } of entries)
      await tx.query(
        `insert into public.counted (consumer, stream) values ($1, $2)
         on conflict (consumer, stream) do update set n = public.counted.n + 1`,
        [name, stream],
      )
  })

const positions = async (db: Queryable) =>
  (await readFeed(db, 0, 100_000)).map(({ position }: FeedEntry) => position)
const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

describe('positions', () => {
  test('have no gaps and miss nothing while many write', async () => {
    const { db } = await aFeed()
    let writing = true
    const stamping = (async () => {
      while (writing) await stampPositions(db)
    })()
    const rival = (async () => {
      while (writing) await stampPositions(db)
    })()
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let i = 0; i < 40; i++) await write(db.pool, 1 + (i % 3))
      }),
    )
    writing = false
    await Promise.all([stamping, rival])
    while ((await stampPositions(db)) > 0);
    const { rows } = await db.pool.query('select count(*) as n from journal.entry')
    expect(await positions(db.pool)).toEqual(oneTo(rows[0].n))
    await db.close()
  })

  test('wait for a transaction that is still open, so nobody reads past it', async () => {
    const { db } = await aFeed()
    const slow = await db.pool.connect()
    await slow.query('begin')
    const first = await write(slow)
    const second = await write(db.pool)
    expect(await stampPositions(db)).toBe(0)
    await slow.query('commit')
    slow.release()
    await drainFeed(db, [])
    expect((await readFeed(db.pool, 0, 10)).map(({ stream }) => stream)).toEqual([first, second])
    await db.close()
  })

  test('skip what was rolled back', async () => {
    const { db } = await aFeed()
    await write(db.pool)
    const client = await db.pool.connect()
    await client.query('begin')
    await write(client, 3)
    await client.query('rollback')
    client.release()
    await write(db.pool)
    await drainFeed(db, [])
    expect(await positions(db.pool)).toEqual([1, 2])
    await db.close()
  })

  test('go on after a restore into another server, the unstamped tail by id', async () => {
    const { database, db } = await aFeed()
    await adoptServer(db)
    await write(db.pool, 2)
    await drainFeed(db, [])
    const tail = [await write(db.pool), await write(db.pool), await write(db.pool)]
    // As after a restore: transaction ids of the old server, far ahead of this one's, and its name on record.
    await database.pool.query(`
      update journal.entry set xid = (xid::text::bigint + 1000000)::text::xid8;
      update feed.sequencer set system_identifier = 'the old server', last_xid = (last_xid::text::bigint + 1000000)::text::xid8`)
    expect(await stampPositions(db)).toBe(0)
    await adoptServer(db)
    const entries = await readFeed(db.pool, 2, 10)
    expect(entries.map(({ stream }) => stream)).toEqual(tail)
    const after = await write(db.pool)
    await drainFeed(db, [])
    expect((await readFeed(db.pool, 5, 10)).map(({ stream }) => stream)).toEqual([after])
    expect(await positions(db.pool)).toEqual(oneTo(6))
    await db.close()
  })

  test('are not given anew when the same server starts again', async () => {
    const { db } = await aFeed()
    await adoptServer(db)
    await write(db.pool, 2)
    await drainFeed(db, [])
    await adoptServer(db)
    await write(db.pool)
    await drainFeed(db, [])
    expect(await positions(db.pool)).toEqual([1, 2, 3])
    await db.close()
  })
})

describe('what waits for a consumer', () => {
  const waits = async (db: Db, consumer: string) =>
    (await waitingFor(db.pool, consumer)).map(({ stream }) => stream)

  test('is what it has yet to take, stamped or not', async () => {
    const { db } = await aFeed()
    const taken = await write(db.pool)
    await drainFeed(db, [counting('one')])
    const stamped = await write(db.pool)
    await stampPositions(db)
    const fresh = await write(db.pool)
    expect(await waits(db, 'one')).toEqual([stamped, fresh])
    expect(await waits(db, 'another')).toEqual([taken, stamped, fresh])
    await db.close()
  })

  test('is all without a position after a restore, and nothing that the head has passed', async () => {
    const { database, db } = await aFeed()
    await adoptServer(db)
    await write(db.pool)
    await drainFeed(db, [counting('one')])
    const later = await write(db.pool)
    const passHead = `update feed.sequencer set last_xid = (last_xid::text::bigint + 1000)::text::xid8`
    await database.pool.query(passHead)
    expect(await waits(db, 'one')).toEqual([])
    await database.pool.query(`update feed.sequencer set system_identifier = 'the old server'`)
    expect(await waits(db, 'one')).toEqual([later])
    await db.close()
  })
})

describe('consumers', () => {
  test('take every entry once, in order, in one transaction with their cursor', async () => {
    const { db } = await aFeed()
    const order: number[] = []
    const noting = consume('noting', async (tx, entries) => {
      order.push(...entries.map(({ position }) => position))
      await counting('noting').apply(tx, entries)
    })
    for (let i = 0; i < 7; i++) await write(db.pool)
    await drainFeed(db, [noting])
    await drainFeed(db, [noting])
    expect(order).toEqual(oneTo(7))
    expect(new Set((await seen(db.pool, 'noting')).values())).toEqual(new Set([1]))
    await db.close()
  })

  test('that fail half-way leave no trace, and apply the batch once when it is repeated', async () => {
    const { db } = await aFeed()
    let failing = true
    const shaky = consume('shaky', async (tx, entries) => {
      await counting('shaky').apply(tx, entries)
      if (failing) throw new Error('the light went out')
    })
    for (let i = 0; i < 5; i++) await write(db.pool)
    await stampPositions(db)
    await expect(advance(db, shaky)).rejects.toThrow('the light went out')
    expect((await seen(db.pool, 'shaky')).size).toBe(0)
    failing = false
    await drainFeed(db, [shaky])
    expect([...(await seen(db.pool, 'shaky')).values()]).toEqual([1, 1, 1, 1, 1])
    await db.close()
  })

  test('in two processes do not take the same batch twice', async () => {
    const { db } = await aFeed()
    for (let i = 0; i < 30; i++) await write(db.pool)
    await stampPositions(db)
    const consumer = counting('shared')
    await Promise.all(Array.from({ length: 6 }, () => drainFeed(db, [consumer])))
    const counts = await seen(db.pool, 'shared')
    expect(counts.size).toBe(30)
    expect(new Set(counts.values())).toEqual(new Set([1]))
    await db.close()
  })

  test('in trouble do not hold back the others', async () => {
    const { db } = await aFeed()
    const broken = consume('broken', () => Promise.reject(new Error('always')))
    const feed = runFeed(db, [broken, counting('healthy')], openLog('silent'))
    const stream = await write(db.pool)
    feed.wake()
    await expect.poll(async () => (await seen(db.pool, 'healthy')).get(stream), { timeout: 10_000 }).toBe(1)
    await feed.stop()
    await db.close()
  })

  test('read the past again when their cursor is moved back', async () => {
    const { db } = await aFeed()
    const consumer = counting('replayed')
    const stream = await write(db.pool)
    await drainFeed(db, [consumer])
    await db.pool.query(`update feed.cursor set position = 0 where consumer = 'replayed'`)
    await drainFeed(db, [consumer])
    expect((await seen(db.pool, 'replayed')).get(stream)).toBe(2)
    await db.close()
  })
})

describe('jobs', () => {
  test('are enqueued by the application once for each key, and made by the worker', async () => {
    const { database, db } = await aFeed()
    await migrateJobs(database.url)
    const told: unknown[] = []
    const job = { identifier: 'tell', payload: { to: 'chị Lan' }, key: 'tell:1' }
    await enqueue(db.pool, [job, job])
    await enqueue(db.pool, [job, { identifier: 'tell', payload: { to: 'anh Sơn' }, key: 'tell:2' }])
    const worker = await runJobs(
      database.url,
      { tell: async (payload) => void told.push(payload) },
      openLog('silent'),
    )
    await expect.poll(() => told.length, { timeout: 15_000 }).toBe(2)
    await worker.stop()
    expect(told).toEqual(expect.arrayContaining([{ to: 'chị Lan' }, { to: 'anh Sơn' }]))
    await db.close()
  })

  test('vanish with the transaction that enqueued them', async () => {
    const { database, db } = await aFeed()
    await migrateJobs(database.url)
    const client = await db.pool.connect()
    await client.query('begin')
    await enqueue(client, [{ identifier: 'tell', payload: {} }])
    await client.query('rollback')
    client.release()
    const { rows } = await database.pool.query('select count(*) as n from graphile_worker.jobs')
    expect(rows[0].n).toBe(0)
    await db.close()
  })

  test('cannot be read or changed by the application', async () => {
    const { database, db } = await aFeed()
    await migrateJobs(database.url)
    await expect(db.pool.query('select * from graphile_worker._private_jobs')).rejects.toThrow(
      /permission denied/,
    )
    await db.close()
  })
})
