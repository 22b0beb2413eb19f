import { expect, test } from 'vitest'
import {
  aDossier,
  type BuiltDossier,
  type Happening,
  storeDossier,
} from '../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { countDoubts, type Doubt, doubtfulDossiers, doubts } from './doubtful.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
const november = { from: '2026-11-01', to: '2026-11-30' }
const accepted: Happening = {
  at: '2026-11-02T03:00:00.000Z',
  is: 'accepted',
  dueAt: '2026-11-05T10:00:00.000Z',
}
const decided: Happening = { at: '2026-11-04T03:00:00.000Z', is: 'decided' }
const returned: Happening = { at: '2026-11-04T06:00:00.000Z', is: 'returned' }

let unit = 0
/** One dossier at a unit of its own, with something in its row that should not be there. */
async function told(
  change: string | null,
  { life = [accepted, decided], at = '2026-11-02T02:00:00.000Z' } = {},
) {
  unit += 1
  const competent = `H99.${unit}`
  const built: BuiltDossier = aDossier({ competent, at, life })
  await storeDossier(db.pool, built)
  if (change) await database.pool.query(`update dossiers.dossier set ${change} where id = $1`, [built.id])
  const counts = await countDoubts(db.pool, { authority: competent, ...november })
  return { competent, id: built.id, found: doubts.filter((each) => counts[each] > 0) }
}

test('an ordinary dossier is not doubtful, done or not', async () => {
  expect((await told(null)).found).toEqual([])
  expect((await told(null, { life: [accepted] })).found).toEqual([])
  expect(
    (await told(null, { life: [accepted, { at: decided.at, is: 'supplement-requested' }] })).found,
  ).toEqual([])
})

test.each<[Doubt, string | null, Happening[]]>([
  ['ended-before-accepted', `decided_at = '2026-11-02T02:59:59Z'`, [accepted, decided]],
  ['accepted-before-filed', `submitted_at = '2026-11-02T03:00:01Z'`, [accepted, decided]],
  ['no-due-date', 'due_at = null', [accepted]],
  ['due-before-accepted', `due_at = '2026-11-02T02:59:59Z'`, [accepted]],
  ['result-without-paper', null, [accepted, decided, returned]],
  [
    'late-word',
    `partner_word = '{"statedAt":"2026-11-02T03:00:00Z","receivedAt":"2026-11-05T03:00:01Z"}'`,
    [accepted],
  ],
])('%s is found, and opens to the dossier', async (doubt, change, life) => {
  const { competent, id, found } = await told(change, { life })
  expect(found).toEqual([doubt])
  const open = (authority: string) => doubtfulDossiers(db.pool, { authority, doubt, ...november, limit: 10 })
  expect(await open(competent)).toEqual([id])
  expect(await open('H98')).toEqual([])
})

test.each([
  [`decided_at = '2026-11-02T03:00:00Z'`, 'ended in the moment of its acceptance'],
  [
    `partner_word = '{"statedAt":"2026-11-02T03:00:00Z","receivedAt":"2026-11-05T03:00:00Z"}'`,
    'told in time',
  ],
])('%s is not doubtful: %s', async (change) => {
  expect((await told(change)).found).toEqual([])
})

test('days begin at midnight in Hà Nội, and a unit holds those below it', async () => {
  const life = [accepted, decided, returned]
  const { competent } = await told(null, { life, at: '2026-10-31T16:59:59.999Z' })
  const inside = await told(null, { life, at: '2026-10-31T17:00:00.000Z' })
  const count = async (authority: string, period: typeof november) =>
    (await countDoubts(db.pool, { authority, ...period }))['result-without-paper']
  expect(await count(competent, november)).toBe(0)
  expect(await count(competent, { from: '2026-10-31', to: '2026-10-31' })).toBe(1)
  expect(await count(inside.competent, november)).toBe(1)
  const all = (
    await doubtfulDossiers(db.pool, {
      authority: 'H99',
      doubt: 'result-without-paper',
      ...november,
      limit: 99,
    })
  ).length
  expect(await count('H99', november)).toBe(all)
  expect(await count('', november)).toBe(all)
})
