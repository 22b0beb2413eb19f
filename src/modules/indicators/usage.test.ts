import { expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { drainFeed } from '../../kernel/feed.ts'
import { indicatorsConsumer, monthsOfAuthorities, usage } from './index.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
const november = { from: '2026-11-01', to: '2026-11-30' }
const accepted: Happening = {
  at: '2026-11-02T03:00:00.000Z',
  is: 'accepted',
  dueAt: '2026-11-05T10:00:00.000Z',
}
const decided: Happening = { at: '2026-11-09T03:00:00.000Z', is: 'decided' }

test('counts people, drafts and work of an authority and a period, and nobody else’s', async () => {
  await storeDossier(
    db.pool,
    aDossier({ at: '2026-11-02T02:00:00.000Z', competent: 'H99.12', life: [accepted] }),
  )
  await storeDossier(
    db.pool,
    aDossier({ at: '2026-11-03T02:00:00.000Z', competent: 'H99.13', channel: 'direct' }),
  )
  await storeDossier(db.pool, aDossier({ at: '2026-10-02T02:00:00.000Z', competent: 'H99.12' }))
  await insertDraft({ sent: 'H99.12-1', minutes: 8, origins: { a: 'account', b: 'register', c: 'asked' } })
  await insertDraft({ sent: null, minutes: 1, origins: {} })
  const ward = await usage(db.pool, { authority: 'H99.12', ...november })
  expect(ward.officialsTime).toMatchObject({ received: 1, typedAtCounter: 0 })
  expect(ward.convenient).toMatchObject({ accepted: 1, onceOnly: 1, medianMinutes: 8, answersKnown: 2 })
  expect(ward.used).toMatchObject({ peopleOnline: 1, draftsBegun: 2, draftsSent: 1, draftsLeft: 1 })
  const province = await usage(db.pool, { authority: 'H99', ...november })
  expect(province.officialsTime).toMatchObject({ received: 2, typedAtCounter: 1 })
  const elsewhere = await usage(db.pool, { authority: 'H98', ...november })
  expect(elsewhere.officialsTime.received).toBe(0)
})

test('after a reorganisation what was filed before is usage of the authority that was', async () => {
  const life: Happening[] = [accepted, { at: '2026-11-03T03:00:00.000Z', is: 'succeeded', to: 'H96.13' }]
  await storeDossier(db.pool, aDossier({ at: '2026-11-02T02:00:00.000Z', competent: 'H96.12', life }))
  await storeDossier(db.pool, aDossier({ at: '2026-11-04T02:00:00.000Z', competent: 'H96.13' }))
  const received = async (authority: string) =>
    (await usage(db.pool, { authority, ...november })).officialsTime.received
  expect([await received('H96.12'), await received('H96.13'), await received('H96')]).toEqual([1, 1, 2])
})

test('says nothing about time when nothing was sent', async () => {
  const none = await usage(db.pool, { authority: null, from: '2020-01-01', to: '2020-01-31' })
  expect(none.convenient).toEqual({ medianMinutes: null, answersKnown: null, accepted: 0, onceOnly: 0 })
})

test('sets what authorities finished side by side, month by month', async () => {
  const life = [accepted, decided]
  await storeDossier(db.pool, aDossier({ at: '2026-11-02T02:00:00.000Z', competent: 'H97.12', life }))
  await storeDossier(
    db.pool,
    aDossier({ at: '2026-11-02T02:00:00.000Z', competent: 'H97.13', life: [accepted] }),
  )
  await drainFeed(db, [indicatorsConsumer])
  const months = await monthsOfAuthorities(db.pool, { authority: 'H97', ...november })
  expect(months.find(({ authority }) => authority === 'H97.12')).toEqual({
    authority: 'H97.12',
    month: '2026-11-01',
    finished: { early: 0, onTime: 0, late: 1 },
  })
})

async function insertDraft(stated: { sent: string | null; minutes: number; origins: object }): Promise<void> {
  await database.pool.query(
    `insert into dossiers.draft (id, person_id, procedure_code, procedure_version, form_key, form_version, filed_for,
       receiving, origins, submitted_code, created_at, updated_at)
     values (gen_random_uuid(), 'p', '1.001193', 1, 'birth-registration', 1, '{"kind":"self"}', 'H99.12', $1, $2,
       '2026-11-02T02:00:00Z', '2026-11-02T02:00:00Z'::timestamptz + $3 * interval '1 minute')`,
    [stated.origins, stated.sent, stated.minutes],
  )
}
