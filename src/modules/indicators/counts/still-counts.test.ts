import { beforeAll, describe, expect, test } from 'vitest'
import {
  aDossier,
  type BuiltDossier,
  type DossierStated,
  type Happening,
  storeDossier,
} from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted as granted } from '../../../kernel/errors.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import { rate, ratingToken } from '../../feedback/index.ts'
import { behindCount, countStill, indicatorsConsumer, type RatioKey } from '../index.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
const secret = 'a secret of at least thirty-two letters'
const now = new Date('2026-11-20T07:30:00.000Z')
const month = { authority: 'H99', from: '2026-11-01', to: '2026-11-30', now }

const at = '2026-11-02T02:00:00.000Z'
const onDay = (day: string) => `2026-11-${day}T03:00:00.000Z`
const accepted: Happening = { at: onDay('02'), is: 'accepted', dueAt: '2026-11-25T10:00:00.000Z' }
const dueSoon: Happening = { ...accepted, dueAt: '2026-11-05T10:00:00.000Z' }
const decided = (day = '04'): Happening => ({ at: onDay(day), is: 'decided' })
const returned: Happening = { at: onDay('05'), is: 'returned' }

const names = new Map<string, string>()
async function store(name: string, life: Happening[], stated: DossierStated = {}): Promise<BuiltDossier> {
  const built = aDossier({ at, competent: 'H99.12', delivery: 'counter', ...stated, life })
  names.set(built.dossier.code, name)
  await storeDossier(db.pool, built)
  return built
}

const out = async (key: RatioKey, still: boolean | null = null) =>
  Object.fromEntries(
    (await behindCount(db, { ...month, key, side: 'out', still })).items.map(({ code, reason }) => [
      names.get(code),
      reason,
    ]),
  )

beforeAll(async () => {
  await store('open', [accepted])
  await store('open and proven', [accepted], { assurance: 2 })
  await store('past its date', [dueSoon])
  await store('ended late', [dueSoon, decided('09'), returned])
  await store('on paper', [accepted, decided(), returned])
  await store('no papers', [accepted, decided(), returned], { delivery: 'electronic' })
  await store('withdrawn', [accepted, { at: onDay('04'), is: 'withdrawn' }])
  await store('at the counter', [accepted], { channel: 'direct' })
  const bad = await store('displeased', [accepted, decided(), returned])
  const longAgo = await store('displeased long ago', [accepted, decided(), returned])
  const grade = { grade: 'not-satisfied' } as const
  granted(await rate({ db, secret }, ratingToken(secret, bad.id), grade, { now }))
  granted(await rate({ db, secret }, ratingToken(secret, longAgo.id), grade, { now }))
  await database.pool.query(
    `update feedback.rating set first_rated_at = first_rated_at - interval '31 days' where dossier_id = $1`,
    [longAgo.id],
  )
  await drainFeed(db, [indicatorsConsumer])
})

describe('what misses a figure is told apart', () => {
  test('what was late stays late, and says how', async () => {
    expect(await out('onTime')).toEqual({ 'past its date': 'date-passed', 'ended late': 'ended-late' })
    expect(await out('onTime', true)).toEqual({})
    expect(await countStill(db, { ...month, key: 'onTime' })).toBe(0)
  })

  test('a bad word may be taken back within thirty days', async () => {
    expect(await out('satisfied', true)).toEqual({ displeased: 'rating-changeable' })
    expect(await out('satisfied', false)).toEqual({
      'displeased long ago': 'rating-closed',
      'past its date': 'date-passed',
      'ended late': 'ended-late',
    })
  })

  test('a result is signed with its decision, not after it', async () => {
    const still = await out('electronicResults', true)
    expect(Object.keys(still).toSorted()).toEqual([
      ...['at the counter', 'open', 'open and proven', 'past its date'],
    ])
    expect(new Set(Object.values(still))).toEqual(new Set(['not-decided']))
    expect(await out('electronicResults', false)).toMatchObject({
      ...{ 'on paper': 'given-on-paper', 'ended late': 'given-on-paper', withdrawn: 'no-result' },
    })
    expect(await countStill(db, { ...month, key: 'electronicResults' })).toBe(4)
  })

  test('papers are digitised while the work goes on', async () => {
    expect(await out('digitised')).toMatchObject({ 'no papers': 'no-papers', open: 'not-decided' })
    expect(await out('reused')).toMatchObject({ open: 'not-digitised', 'on paper': 'closed' })
    expect(await out('vaultShared')).toMatchObject({
      ...{ open: 'from-vault', 'open and proven': 'not-decided', 'on paper': 'not-proven' },
    })
  })

  test('how it was filed and by whom is past', async () => {
    expect(await out('onlineDossiers')).toEqual({ 'at the counter': 'filed-otherwise' })
    expect(await out('populationData', true)).toEqual({})
    expect(await out('populationData', false)).toMatchObject({ open: 'not-proven' })
  })

  test('nothing is lost or said twice by the split', async () => {
    const keys = ['onTime', 'satisfied', 'synced', 'electronicResults', 'digitised', 'reused'] as const
    for (const key of [...keys, 'onlineDossiers', 'vaultShared', 'populationData'] as const) {
      const [still, gone] = [await out(key, true), await out(key, false)]
      expect({ ...still, ...gone }, key).toEqual(await out(key))
      expect(Object.keys(still).length + Object.keys(gone).length).toBe(Object.keys(await out(key)).length)
    }
  })
})

test('what may still count does once it is done', async () => {
  const built = aDossier({ at, competent: 'H99.12', delivery: 'electronic', life: [accepted, decided('19')] })
  names.set(built.dossier.code, 'electronic')
  await storeDossier(db.pool, built, { upTo: 2 })
  await drainFeed(db, [indicatorsConsumer])
  expect(await out('electronicResults', true)).toMatchObject({ electronic: 'not-decided' })
  await storeDossier(db.pool, built)
  await drainFeed(db, [indicatorsConsumer])
  const { items } = await behindCount(db, { ...month, key: 'electronicResults', side: 'in' })
  expect(items.map(({ code }) => names.get(code))).toContain('electronic')
})
