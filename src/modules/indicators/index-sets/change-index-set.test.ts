import { describe, expect, test } from 'vitest'
import { officerAmong } from '../../../../test/builders/officers.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { readStream, verifyStream } from '../../../kernel/journal.ts'
import { allOfficers } from '../../directory/index.ts'
import type { Actor } from '../../identity/index.ts'
import { abandonSet, handInSet, publishSet, returnSet, saveSet, startSet } from './change-index-set.ts'
import type { IndexSet } from './index-set.ts'
import { findIndexSet, findStoredSet, listIndexSets } from './index-set-store.ts'
import { loadIndexSets } from './load-index-sets.ts'
import { refusals, type SetProblem } from './refusals.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 4 })
const now = new Date('2026-11-19T02:00:00Z')
const parts = { db, now }
const officer = officerAmong(await allOfficers(db))
const control = officer('officer-control-1')
const leader = officer('officer-province-leader-1')
const reception = officer('officer-centre-reception-1')
const national = async () => (await listIndexSets(db)).find(({ set }) => set.key === '766-2026')!
const codesOf = (outcome: unknown) =>
  isRefusal(outcome)
    ? ((outcome.details as { problems?: SetProblem[] }).problems ?? []).map(({ code }) => code)
    : []
const decision = { number: '892/QĐ-UBND', on: '2026-11-18' }
const from = (id: string, validFrom: string) => ({ id, decision, validFrom, validTo: null })

/** Moves two points from the first to the second indicator of the first group. */
function moved(set: IndexSet): IndexSet {
  const copy = structuredClone(set)
  const [first, second] = copy.groups[0]!.indicators
  first!.max -= 2
  second!.max += 2
  return copy
}

async function handedIn(): Promise<string> {
  const started = accepted(await startSet(control, (await national()).id, parts))
  const saved = accepted(await saveSet(control, { ...started, set: moved(started.set) }, parts))
  return accepted(await handInSet(control, saved.id, parts)).id
}

describe('the sets that come with the platform', () => {
  test('are found by day, and one that is only tried out by its key alone', async () => {
    expect((await findIndexSet(db, { on: '2026-11-19' }))?.key).toBe('766-2026')
    expect((await findIndexSet(db, { on: '2024-05-01' }))?.key).toBe('766-2022')
    expect(await findIndexSet(db, { on: '2021-05-01' })).toBeUndefined()
    expect((await findIndexSet(db, { on: '2026-11-19', key: '766-2026-metrics' }))?.trial).toBe(true)
    expect(await findIndexSet(db, { on: '2026-11-19', key: 'no-such' })).toBeUndefined()
  })

  test('are not loaded twice', async () => {
    expect(await loadIndexSets(openDatabase(database.url, { max: 1 }))).toBe(false)
    expect((await national()).set.version).toBe(1)
  })

  test('cannot be changed by anybody', async () => {
    expect(await handInSet(control, (await national()).id, parts)).toEqual(refusals.notYours())
  })
})

describe('a set of a province', () => {
  test('is written by control, handed in, and published by somebody else from a day on', async () => {
    const id = await handedIn()
    const published = accepted(await publishSet(leader, from(id, '2027-01-01'), parts))
    expect(published).toMatchObject({
      state: 'published',
      decision,
      publishedBy: 'officer-province-leader-1',
    })
    const own = (on: string) => findIndexSet(db, { on, territory: 'H99' })
    expect(await own('2026-12-31')).toBeUndefined()
    expect(await own('2027-01-01')).toMatchObject({
      key: 'h99-766-2026',
      version: 1,
      validFrom: '2027-01-01',
    })
    expect((await own('2027-01-01'))?.groups[0]?.indicators.map(({ max }) => max)).toEqual([4, 6, 2, 6])
    // The country's set stays what it is.
    expect((await findIndexSet(db, { on: '2027-01-01' }))?.groups[0]?.indicators[0]?.max).toBe(6)
  })

  test('ends the one before it on the day before, and refuses days that overlap', async () => {
    const again = accepted(await startSet(control, (await idsOf('H99'))[0]!, parts))
    expect(again.set).toMatchObject({ key: 'h99-766-2026', version: 2 })
    accepted(await handInSet(control, again.id, parts))
    for (const day of ['2026-12-01', '2027-01-01'])
      expect(codesOf(await publishSet(leader, from(again.id, day), parts))).toEqual(['indexSets.overlaps'])
    accepted(await publishSet(leader, from(again.id, '2027-07-01'), parts))
    const own = async (on: string) => (await findIndexSet(db, { on, territory: 'H99' }))?.version
    expect([await own('2027-06-30'), await own('2027-07-01')]).toEqual([1, 2])
  })

  test('is journalled step by step in one chain', async () => {
    const { rows } = await db.pool.query(
      "select stream from indicators.index_publisher where territory = 'H99'",
    )
    const entries = await readStream(db.pool, rows[0].stream)
    expect(entries.map(({ kind }) => kind).slice(0, 4)).toEqual(
      ['started', 'saved', 'handed-in', 'published'].map((each) => `indicators.index-set-${each}`),
    )
    expect(verifyStream(entries)).toBeUndefined()
  })
})

const idsOf = async (territory: string) =>
  (await listIndexSets(db, { territories: [territory] })).map(({ id }) => id)

describe('refused', () => {
  test.each<[string, Actor]>([
    ['an officer at the counter', reception],
    ['a leader, who publishes only', leader],
    ['nobody', { kind: 'anonymous' }],
  ])('%s does not begin a set', async (_, actor) => {
    expect(await startSet(actor, (await national()).id, parts)).toEqual(refusals.notYours())
  })

  test('publishing what one wrote oneself, or as an officer at the counter', async () => {
    const id = await handedIn()
    expect(await publishSet(control, from(id, '2028-01-01'), parts)).toEqual(refusals.secondPerson())
    expect(await publishSet(reception, from(id, '2028-01-01'), parts)).toEqual(refusals.notYours())
    expect(await startSet(control, (await national()).id, parts)).toEqual(refusals.openDraft())
    accepted(await returnSet(leader, id, parts))
    expect(await publishSet(leader, from(id, '2028-01-01'), parts)).toEqual(refusals.notOpen())
    accepted(await abandonSet(control, id, parts))
    expect((await findStoredSet(db.pool, id))?.state).toBe('abandoned')
  })

  test('points that do not add up: saved as a draft, not handed in', async () => {
    const { id, set, revision } = accepted(await startSet(control, (await national()).id, parts))
    const short = structuredClone(set)
    short.groups[0]!.indicators[0]!.max = 5
    accepted(await saveSet(control, { id, revision, set: short }, parts))
    expect(codesOf(await handInSet(control, id, parts))).toEqual(['indexSets.points-do-not-add-up'])
    expect(await saveSet(control, { id, revision, set }, parts)).toEqual(refusals.savedMeanwhile())
    const zero = structuredClone(short)
    zero.groups[2]!.indicators[0]!.threshold = 0
    expect(codesOf(await saveSet(control, { id, revision: revision + 1, set: zero }, parts))).toEqual([
      'indexSets.threshold-out-of-range',
    ])
    accepted(await abandonSet(control, id, parts))
  })

  test('a first day in the past, a decision that nobody has taken yet, an end before the beginning', async () => {
    const id = await handedIn()
    const publish = (changes: object) => publishSet(leader, { ...from(id, '2028-01-01'), ...changes }, parts)
    expect(codesOf(await publish({ validFrom: '2026-11-18' }))).toEqual(['indexSets.in-the-past'])
    expect(codesOf(await publish({ decision: { ...decision, on: '2026-11-20' } }))).toEqual([
      'indexSets.decision-in-the-future',
    ])
    expect(codesOf(await publish({ validTo: '2027-12-31' }))).toEqual(['indexSets.ends-before-it-begins'])
    expect(codesOf(await publish({ decision: { number: ' ', on: 'soon' } }))).toHaveLength(2)
    accepted(await abandonSet(control, id, parts))
  })

  test('a set that does not exist', async () => {
    expect(await startSet(control, '00000000-0000-4000-8000-000000000000', parts)).toEqual(
      refusals.unknownSet(),
    )
    expect(await handInSet(control, 'x', parts)).toEqual(refusals.unknownSet())
  })
})
