import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/harness/database.ts'
import { longestTyped, stashTyped, takeTyped } from './typed-stash.ts'

const { pool } = await testDatabase()
const draftId = '0199d000-0000-7000-8000-0000000000d1'
const now = new Date('2026-11-19T02:00:00Z')
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const typed = [
  ['_asked', 'child.fullName'],
  ['child.fullName', 'Phạm Minh Khôi'],
] as const

await pool.query(
  `insert into dossiers.draft (id, person_id, procedure_code, procedure_version, form_key, form_version, filed_for, created_at, updated_at)
   values ($1, 'p', '1.001193', 1, 'birth-registration', 1, '{"kind":"self"}', $2, $2)`,
  [draftId, now],
)
const stash = (changes: object = {}) =>
  stashTyped(pool, { draftId, pageKey: 'em-be', typed, ...changes }, now)

describe('what was typed after the session ended', () => {
  test('is found once, by its key and its draft', async () => {
    const key = (await stash())!
    expect(await takeTyped(pool, key, '0199d000-0000-7000-8000-0000000000d2', now)).toBeUndefined()
    expect(await takeTyped(pool, 'another', draftId, now)).toBeUndefined()
    expect(await takeTyped(pool, key, draftId, now)).toEqual({ pageKey: 'em-be', typed })
    expect(await takeTyped(pool, key, draftId, now)).toBeUndefined()
  })

  test('is kept for a day', async () => {
    const key = (await stash())!
    expect(await takeTyped(pool, key, draftId, later(25))).toBeUndefined()
  })

  test('is not kept for a draft that does not exist, nor without end', async () => {
    const key = (await stash({ draftId: '0199d000-0000-7000-8000-0000000000d3' }))!
    expect(await takeTyped(pool, key, '0199d000-0000-7000-8000-0000000000d3', now)).toBeUndefined()
    expect(await stash({ draftId: 'x' })).toBeUndefined()
    expect(await stash({ typed: [['a', 'x'.repeat(longestTyped)]] })).toBeUndefined()
  })

  test('may hold characters that PostgreSQL does not: they come back marked', async () => {
    const key = (await stash({ typed: [['a', 'x\u0000y\uD800']] }))!
    expect((await takeTyped(pool, key, draftId, now))?.typed).toEqual([['a', 'x\uFFFDy\uFFFD']])
  })
})
