import { expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import { newId } from '../../../kernel/ids.ts'
import { forgetAuthorities } from '../../directory/index.ts'
import { indexCounts, indexUnits, indicatorsConsumer } from '../index.ts'
import { lineageOf } from './lineage.ts'

const merged = [
  { from: 'H98.01', to: 'H99.12', on: '2025-07-01' },
  { from: 'H97.05', to: 'H98.01', on: '2024-01-01' },
  { from: 'H99.12', to: 'H99', on: '2026-01-01' },
]

test.each([
  ['H99.12', ['H99.12', 'H98.01', 'H97.05']],
  ['H98.01', ['H98.01', 'H97.05']],
  // What stands below by its code is in the sums already; what was merged into that is not.
  ['H99', ['H99']],
  ['H96', ['H96']],
])('%s was counted under %j', (unit, codes) => {
  expect(lineageOf(unit, merged)).toEqual(codes)
})

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app' })
const now = new Date('2026-11-20T07:30:00.000Z')
const [before, after] = ['H99.30', 'H99.31']

async function merge() {
  const id = newId()
  await database.pool.query(
    `insert into directory.reorganisation (id, sequence, head_hash, number, issued_on, issued_by, title, effective_on,
       lines, officers, grants, state, drafted_by, drafted_at, approved_by, approved_at, applied_at)
     values ($1, 1, '', '1/NQ', '2026-06-01', 'HĐND', 'Sáp nhập', '2026-07-01', '[]', '[]', 'end', 'applied', 'a', now(),
       'b', now(), now())`,
    [id],
  )
  await database.pool.query(
    `insert into directory.succession (from_code, to_code, effective_on, decision, rule)
     values ($1, $2, '2026-07-01', $3, '{"kind": "whole"}')`,
    [before, after, id],
  )
  await database.pool.query(`update directory.authority set valid_to = '2026-06-30' where code = $1`, [
    before,
  ])
  await database.pool.query(`update directory.authority set valid_from = '2026-07-01' where code = $1`, [
    after,
  ])
  forgetAuthorities(db)
}

test('a series goes on over a merger: each month has what was merged, once, and the province is as it was', async () => {
  await merge()
  const accepted = (at: string): Happening => ({ at, is: 'accepted', dueAt: '2026-12-24T10:00:00.000Z' })
  const file = (competent: string, day: string, life: Happening[] = []) =>
    storeDossier(
      db.pool,
      aDossier({ competent, at: `${day}T02:00:00.000Z`, life: [accepted(`${day}T03:00:00.000Z`), ...life] }),
    )
  await file(before, '2026-06-10', [{ at: '2026-06-15T03:00:00.000Z', is: 'decided' }])
  // Open on the day of the merger: it moves to the heir.
  await file(before, '2026-06-20', [{ at: '2026-06-30T17:30:00.000Z', is: 'succeeded', to: after }])
  await file(after, '2026-07-02')
  await drainFeed(db, [indicatorsConsumer])
  const counts = async (unit: string, from: string, to: string, withPast: boolean) => {
    const { counts, notes } = (await indexCounts(db, { authorities: [unit], from, to, now, withPast })).get(
      unit,
    )!
    return { received: counts.onlineDossiers, onTime: counts.onTime, notes: notes.map(({ key }) => key) }
  }
  const june = ['2026-06-01', '2026-06-30'] as const
  const july = ['2026-07-01', '2026-07-31'] as const
  expect(await counts(after, ...june, true)).toMatchObject({ received: [2, 2], onTime: [2, 2] })
  expect(await counts(after, ...june, false)).toMatchObject({ received: [0, 0], onTime: [0, 0] })
  expect(await counts(before, ...june, false)).toMatchObject({ received: [2, 2], onTime: [2, 2] })
  expect(await counts(after, ...july, true)).toMatchObject({ received: [1, 1], onTime: [2, 2] })
  expect(await counts('H99', ...june, true)).toMatchObject({ received: [2, 2], onTime: [2, 2] })
  const year = ['2026-01-01', '2026-12-31'] as const
  expect(await counts(after, ...year, true)).toMatchObject({
    ...{ received: [3, 3], onTime: [3, 3] },
    notes: ['period-running', 'unit-began', 'with-predecessors'],
  })
  expect(await counts(before, ...year, false)).toMatchObject({ notes: ['period-running', 'unit-ended'] })
})

test('units that began or ended inside a period are both there, and only while they stood', async () => {
  const codes = async (from: string, to: string) =>
    (await indexUnits(db, { from, to }))
      .map(({ code }) => code)
      .filter((code) => [before, after].includes(code))
  expect(await codes('2026-01-01', '2026-12-31')).toEqual([before, after])
  expect(await codes('2026-06-01', '2026-06-30')).toEqual([before])
  expect(await codes('2026-07-01', '2026-07-31')).toEqual([after])
})
