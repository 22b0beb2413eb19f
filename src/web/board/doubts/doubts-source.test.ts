import { openDatabase } from 'motcua/kernel/db'
import type { PageContext } from 'motcua/web/context'
import { expect, test } from 'vitest'
import { aDossier, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { doubtsFor } from './doubts-source'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
await storeDossier(
  db.pool,
  aDossier({
    ...{ competent: 'H99.14', at: '2026-11-02T02:00:00.000Z' },
    life: [
      { at: '2026-11-02T03:00:00.000Z', is: 'accepted', dueAt: '2026-11-05T10:00:00.000Z' },
      { at: '2026-11-03T03:00:00.000Z', is: 'decided' },
      { at: '2026-11-03T04:00:00.000Z', is: 'returned' },
    ],
  }),
)
const at = (authorityCode: string) => ({ kind: 'officer', posts: [{ authorityCode, roles: [] }] })
const found = (actor: object) =>
  doubtsFor({ app: { db }, now: new Date('2026-11-20T07:30:00.000Z'), actor } as unknown as PageContext, {
    authority: 'H99.14',
    from: '2026-11-01',
    to: '2026-11-30',
  })

test.each([
  ['an officer of the unit', at('H99.14'), 1],
  ['an officer above it', at('H99'), 1],
  ['an officer beside it', at('H99.15'), 0],
  ['a person', { kind: 'person' }, 0],
  ['anybody', { kind: 'anonymous' }, 0],
])('%s learns of doubtful dossiers: %#', async (_, actor, kinds) => {
  expect(await found(actor)).toHaveLength(kinds)
})
