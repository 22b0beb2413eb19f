import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/harness/database.ts'
import { newId } from './ids.ts'
import {
  type Entry,
  entryColumns,
  hashOf,
  keepPrivate,
  type NewEntry,
  privateHash,
  readStream,
  seal,
  start,
  verifyOtherStreams,
  verifyStream,
} from './journal.ts'

const stream = '0199d000-0000-7000-8000-00000000000a'
const act = (kind: string, data: Record<string, unknown> = {}): NewEntry => ({
  kind,
  data,
  actor: { kind: 'officer', id: 'officer-1' },
  at: new Date('2026-11-19T02:00:00.123Z'),
})
const three = () => seal(stream, start, [act('opened'), act('noted', { words: 'một' }), act('closed')])

describe('the chain of a stream', () => {
  test('numbers entries from one and links each to the one before', () => {
    const [first, second, third] = three()
    expect([first!.sequence, second!.sequence, third!.sequence]).toEqual([1, 2, 3])
    expect(first!.previousHash).toBeNull()
    expect(second!.previousHash).toEqual(first!.hash)
    expect(verifyStream(three())).toBeUndefined()
  })

  test('goes on from a head as if it had been sealed in one go', () => {
    const [first, ...rest] = three()
    const later = seal(stream, { sequence: 1, hash: first!.hash }, [
      act('noted', { words: 'một' }),
      act('closed'),
    ])
    expect(later).toEqual(rest)
  })

  test.each<[string, (entries: Entry[]) => Entry[], string]>([
    ['an entry that is missing', ([a, , c]) => [a!, c!], 'gap'],
    ['a first entry that is missing', ([, b, c]) => [b!, c!], 'gap'],
    ['other words', ([a, b, c]) => [a!, { ...b!, data: { words: 'hai' } }, c!], 'changed'],
    ['another actor', ([a, b, c]) => [a!, { ...b!, actor: { kind: 'person', id: 'p' } }, c!], 'changed'],
    ['another time', ([a, b, c]) => [a!, { ...b!, at: new Date(0) }, c!], 'changed'],
    [
      'an entry sealed anew after a change',
      ([a, b, c]) => {
        const other = act('noted', { words: 'hai' })
        return [a!, { ...b!, ...other, hash: hashOf(stream, 2, a!.hash, other) }, c!]
      },
      'broken-link',
    ],
    ['an entry of another stream', ([a, b, c]) => [a!, { ...b!, stream: newId() }, c!], 'changed'],
  ])('shows %s', (_what, harm, fault) => {
    expect(verifyStream(harm(three()))?.fault).toBe(fault)
  })

  test('does not depend on the order in which keys were written', () => {
    const hash = (data: Record<string, unknown>) =>
      hashOf(stream, 1, null, act('noted', data)).toString('hex')
    expect(hash({ a: 1, b: { c: 2, d: 3 } })).toBe(hash({ b: { d: 3, c: 2 }, a: 1 }))
  })
})

describe('content that can be erased', () => {
  test('is bound by a hash that says nothing without its salt', () => {
    const [ref, kept] = keepPrivate('reason', 'Thiếu giấy tờ')
    const [again] = keepPrivate('reason', 'Thiếu giấy tờ')
    expect(privateHash(kept.salt, kept.content)).toBe(ref.hash)
    expect(again.hash).not.toBe(ref.hash)
    expect(ref.ref).toBe(kept.id)
  })

  test('leaves the chain whole when it is purged with its salt', () => {
    const [reason] = keepPrivate('reason', 'Thiếu giấy tờ')
    // The chain carries only the reference; nothing of the content is needed to check it.
    expect(verifyStream(seal(stream, start, [act('refused', { reason })]))).toBeUndefined()
  })
})

describe('the stored journal', async () => {
  const database = await testDatabase()
  const insert = (entries: Entry[]) =>
    database.pool.query(
      `insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
       select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::timestamptz[], $8::bytea[], $9::bytea[])`,
      entryColumns('test', entries),
    )
  const asApp = async (sql: string) => {
    const client = await database.pool.connect()
    try {
      await client.query('set role motcua_app')
      return await client.query(sql)
    } finally {
      await client.query('reset role')
      client.release()
    }
  }

  test('comes back as it was sealed, whatever the text and numbers', async () => {
    const id = newId()
    const data = {
      name: 'Nguyễn Thị Đẹp 😀',
      nested: [{ b: null, a: 1.5e-7 }, 'a"b\\c\n\u2028'],
      amountVnd: 8_000,
    }
    const entries = seal(id, start, [act('opened', data), act('closed')])
    await insert(entries)
    const back = await readStream(database.pool, id)
    expect(back[0]!.data).toEqual(data)
    expect(verifyStream(back)).toBeUndefined()
  })

  test('shows a changed entry in any stream, but leaves one kind to its owner', async () => {
    const id = newId()
    const [opened, closed] = seal(id, start, [act('opened'), act('closed')])
    await insert([opened!, { ...closed!, kind: 'reopened' }])
    const { faults } = await verifyOtherStreams(database.pool, 'dossier')
    expect(faults).toEqual([{ stream: id, sequence: 2, fault: 'changed' }])
    expect(await verifyOtherStreams(database.pool, 'test')).toEqual({ streams: 0, faults: [] })
  })

  test('cannot be rewritten by the application', async () => {
    await insert(seal(newId(), start, [act('opened')]))
    for (const sql of [
      'update journal.entry set kind = kind',
      'delete from journal.entry',
      'truncate journal.entry',
      'update feed.position set position = position',
      'delete from feed.position',
      'drop table journal.entry',
      'alter table journal.entry disable trigger all',
    ])
      await expect(asApp(sql), sql).rejects.toThrow(/permission denied|must be owner/)
  })

  test('takes no second entry with the same number and no first entry with a predecessor', async () => {
    const id = newId()
    const [first] = seal(id, start, [act('opened')])
    await insert([first!])
    await expect(insert([first!])).rejects.toThrow(/duplicate key/)
    await expect(insert([{ ...first!, stream: newId(), previousHash: first!.hash }])).rejects.toThrow(
      /first_entry_has_no_predecessor/,
    )
  })
})
