import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import {
  aDossier,
  type BuiltDossier,
  type Happening,
  storeDossier,
} from '../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted as granted } from '../../kernel/errors.ts'
import { drainFeed, stampPositions } from '../../kernel/feed.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { type Grade, grades, rate, ratingToken } from '../feedback/index.ts'
import {
  boardSummary,
  changes,
  dossiersBehind,
  indicatorsConsumer,
  rebuild,
  recompute,
  rememberedSummary,
  todayLine,
} from './index.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
const secret = 'a secret of at least thirty-two letters'
const now = new Date('2026-11-20T07:30:00.000Z')
const month = { from: '2026-11-01', to: '2026-11-30', now }

beforeEach(clear)

async function clear(): Promise<void> {
  await database.pool.query(`truncate journal.entry, feed.position, feed.cursor, dossiers.dossier, dossiers.task,
    dossiers.party, dossiers.private, dossiers.submission_key, feedback.rating, indicators.contribution,
    indicators.daily, indicators.monthly, indicators.scope cascade`)
  await database.pool.query('update indicators.version set version = version + 1')
}

const drain = () => drainFeed(db, [indicatorsConsumer])
const accepted: Happening = {
  at: '2026-11-02T03:00:00.000Z',
  is: 'accepted',
  dueAt: '2026-11-05T10:00:00.000Z',
}
const decided: Happening = { at: '2026-11-04T03:00:00.000Z', is: 'decided' }

async function store(stated: Parameters<typeof aDossier>[0]): Promise<BuiltDossier> {
  const built = aDossier({ at: '2026-11-02T02:00:00.000Z', ...stated })
  await storeDossier(db.pool, built)
  return built
}

test('the board adds up an authority with all below it', async () => {
  await store({ competent: 'H99.12', life: [accepted, decided] })
  await store({ competent: 'H99.12', channel: 'direct', life: [accepted] })
  await store({ competent: 'H99.13', procedureCode: '2.000815', channel: 'post' })
  await store({ competent: 'H98.12' })
  await drain()
  const province = await boardSummary(db.pool, { ...month, authority: 'H99' })
  expect(province).toMatchObject({
    received: 3,
    byChannel: { online: 1, direct: 1, post: 1 },
    finished: { early: 1, onTime: 0, late: 0 },
    inProgress: { inTime: 0, overdue: 1 },
    awaitingIntake: 1,
    onlineShare: 1 / 3,
    onTimeShare: 1,
    timelyShare: 0.5,
    digitalResults: 1,
  })
  expect(province.perAuthority.map(({ authority, received }) => [authority, received])).toEqual([
    ['H99.12', 2],
    ['H99.13', 1],
  ])
  expect(province.perProcedure.map(({ procedureCode, received }) => [procedureCode, received])).toEqual([
    ['1.001193', 2],
    ['2.000815', 1],
  ])
  expect((await boardSummary(db.pool, month)).received).toBe(4)
})

test('nothing yet gives zeros and no shares', async () => {
  expect(await boardSummary(db.pool, month)).toMatchObject({
    received: 0,
    onTimeShare: null,
    satisfaction: { average: null, count: 0 },
    perAuthority: [],
  })
})

test('a dossier becomes overdue as days pass, without anybody acting', async () => {
  await store({ life: [accepted] })
  await drain()
  const on = async (day: string) =>
    (await boardSummary(db.pool, { ...month, now: new Date(`${day}T05:00:00.000Z`) })).inProgress
  expect(await on('2026-11-05')).toEqual({ inTime: 1, overdue: 0 })
  expect(await on('2026-11-06')).toEqual({ inTime: 0, overdue: 1 })
})

test.each(['day', 'week', 'month'] as const)(
  'the series by %s holds every dossier of the period',
  async (step) => {
    for (const day of ['01', '02', '08', '09', '15', '19'])
      await store({ at: `2026-11-${day}T02:00:00.000Z` })
    await store({ at: '2026-10-31T02:00:00.000Z' })
    await drain()
    const { series } = await boardSummary(db.pool, { from: '2026-10-30', to: '2026-11-30', now, step })
    expect(series.reduce((sum, { received }) => sum + received, 0)).toBe(7)
    expect(series.at(-1)).toMatchObject({ to: '2026-11-20', moving: true })
  },
)

test('a rating moves the satisfaction, and a changed rating moves it again', async () => {
  const built = await store({ life: [accepted, decided] })
  const give = async (grade: Grade) => {
    granted(await rate({ db, secret }, ratingToken(secret, built.id), { grade }, { now }))
    await drain()
    return (await boardSummary(db.pool, month)).satisfaction
  }
  expect(await give('very-satisfied')).toMatchObject({ average: 2, share: 1, count: 1 })
  expect(await give('not-satisfied')).toMatchObject({ average: 0, share: 0, count: 1 })
})

test('the line of the home page counts today', async () => {
  await store({ at: '2026-11-20T02:00:00.000Z' })
  await store({ life: [accepted, { at: '2026-11-20T03:00:00.000Z', is: 'decided' }] })
  await store({ life: [accepted, decided] })
  await drain()
  expect(await todayLine(db.pool, now)).toEqual({ received: 1, finished: 1, onTimeShare: 0.5 })
})

test('a figure opens to the dossiers behind it', async () => {
  const late = await store({ competent: 'H99.12', life: [accepted] })
  const done = await store({ competent: 'H99.12.1', life: [accepted, decided] })
  await store({ competent: 'H99.120', life: [accepted] })
  await drain()
  const behind = { authority: 'H99.12', from: '2026-11-01', to: '2026-11-20' }
  const codes = async (asked: Parameters<typeof dossiersBehind>[1]) =>
    (await dossiersBehind(db.pool, asked)).map(({ code }) => code)
  expect(await codes({ ...behind, measure: 'overdue' })).toEqual([late.dossier.code])
  expect(await codes({ ...behind, measure: 'overdue', today: '2026-11-20' })).toEqual([late.dossier.code])
  expect(await codes({ ...behind, measure: 'finished-early' })).toEqual([done.dossier.code])
  expect(await codes({ ...behind, measure: 'received', limit: 1 })).toHaveLength(1)
})

test('after a reorganisation a figure opens at the authority whose it is', async () => {
  const succeeded: Happening = { at: '2026-11-03T03:00:00.000Z', is: 'succeeded', to: 'H99.13' }
  const { dossier } = await store({ competent: 'H99.12', life: [accepted, succeeded] })
  await drain()
  const of = (authority: string) => boardSummary(db.pool, { ...month, authority })
  expect(await of('H99.12')).toMatchObject({ received: 1, inProgress: { inTime: 0, overdue: 0 } })
  expect(await of('H99.13')).toMatchObject({ received: 0, inProgress: { inTime: 0, overdue: 1 } })
  expect(await of('H99')).toMatchObject({ received: 1, inProgress: { inTime: 0, overdue: 1 } })
  const behind = async (authority: string | null, measure: 'received' | 'overdue') =>
    (await dossiersBehind(db.pool, { authority, measure, from: '2026-11-01', to: '2026-11-20' })).map(
      ({ code }) => code,
    )
  for (const authority of ['H99', null]) {
    expect(await behind(authority, 'received')).toEqual([dossier.code])
    expect(await behind(authority, 'overdue')).toEqual([dossier.code])
  }
  expect([await behind('H99.12', 'received'), await behind('H99.13', 'received')]).toEqual([
    [dossier.code],
    [],
  ])
  expect([await behind('H99.12', 'overdue'), await behind('H99.13', 'overdue')]).toEqual([[], [dossier.code]])
})

test('the version changes when the figures do', async () => {
  const before = await changes(db.pool)
  await store({})
  await drain()
  expect(await changes(db.pool)).toBeGreaterThan(before)
})

test('two hundred who look at a board in one second cost one reading, and see a change in the next', async () => {
  const time = { now: 0 }
  const look = async () => (await rememberedSummary(db.pool, { ...month, clock: () => time.now })).received
  const filed = async () => {
    await store({})
    await drain()
  }
  await filed()
  expect(new Set(await Promise.all(Array.from({ length: 200 }, look)))).toEqual(new Set([1]))
  await filed()
  expect(await look()).toBe(1)
  time.now += 1000
  expect(await look()).toBe(2)
})

test('a replay of the feed and a rebuild change nothing', async () => {
  await store({ life: [accepted, decided] })
  await store({ life: [accepted] })
  await drain()
  const before = await boardSummary(db.pool, month)
  await database.pool.query(`update feed.cursor set position = 0`)
  await drain()
  expect(await rebuild(db)).toBe(2)
  const after = await boardSummary(db.pool, month)
  expect(after).toEqual({ ...before, asAt: after.asAt })
  expect(await recompute(db)).toEqual([])
})

test('what the feed has yet to apply is no difference, and what was wrong before is still found', async () => {
  await store({ life: [accepted] })
  await drain()
  const late = aDossier({ at: '2026-11-02T02:00:00.000Z', life: [accepted, decided] })
  await storeDossier(db.pool, late, { upTo: 1 })
  expect(await recompute(db)).toEqual([])
  await stampPositions(db)
  expect(await recompute(db)).toEqual([])
  const put = (n: number) =>
    database.pool.query(
      `update indicators.daily set received = $1 where authority = 'H99' and procedure_code = '*' and on_date = '2026-11-02'`,
      [n],
    )
  await put(7)
  expect(await recompute(db)).toMatchObject([{ measure: 'received', stored: 7, expected: 1 }])
  await put(1)
  await drain()
  // Counted once, with more to come: it stays as it was counted.
  await storeDossier(db.pool, late)
  expect(await recompute(db)).toEqual([])
  await drain()
  expect(await recompute(db)).toEqual([])
})

test('figures made wrong are found', async () => {
  await store({})
  await drain()
  await database.pool.query(
    `update indicators.daily set received = 7 where authority = 'H99' and procedure_code = '*'`,
  )
  expect(await recompute(db)).toContainEqual(
    expect.objectContaining({
      grain: 'daily',
      authority: 'H99',
      measure: 'received',
      stored: 7,
      expected: 1,
    }),
  )
})

// Lives as they can be: a filing, then steps some hours or days apart, and reorganisations between them.
const step = fc.record({ hours: fc.integer({ min: 1, max: 150 }), choice: fc.integer({ min: 0, max: 9 }) })
const places = ['H99', 'H99.12', 'H99.13', 'H99.13.1']
const heirs = fc.array(fc.record({ before: fc.nat(5), to: fc.constantFrom(...places) }), { maxLength: 3 })
const aLife = fc.record({
  start: fc.integer({ min: 0, max: 60 * 24 }),
  competent: fc.constantFrom(...places),
  heirs,
  procedureCode: fc.constantFrom('1.001193', '2.000815'),
  channel: fc.constantFrom('online', 'direct', 'post' as const),
  dueIn: fc.integer({ min: 8, max: 200 }),
  steps: fc.array(step, { maxLength: 5 }),
  grade: fc.option(fc.constantFrom(...grades)),
})
type Life = typeof aLife extends fc.Arbitrary<infer L> ? L : never

const hour = 3_600_000
const instant = (ms: number) => new Date(ms).toISOString()

function build({ start, dueIn, steps, heirs, grade: _, ...stated }: Life): BuiltDossier {
  let at = Date.parse('2026-09-20T00:00:00.000Z') + start * hour
  let state = 'submitted'
  let holder = stated.competent
  const life: Happening[] = []
  const filedAt = instant(at)
  for (const [i, { hours, choice }] of steps.entries()) {
    for (const { before, to } of state === 'ended' ? [] : heirs) {
      if (before !== i || to === holder) continue
      at += hour
      life.push({ at: instant(at), is: 'succeeded', to })
      holder = to
    }
    at += hours * hour
    const next = happening(state, choice, instant(at), instant(at + dueIn * hour))
    if (next === undefined) break
    life.push(next.happening)
    state = next.state
  }
  return aDossier({ ...stated, at: filedAt, life })
}

function happening(
  state: string,
  choice: number,
  at: string,
  dueAt: string,
): { happening: Happening; state: string } | undefined {
  const to = (next: string, it: Happening) => ({ state: next, happening: it })
  if (state === 'submitted') {
    if (choice === 0) return to('ended', { at, is: 'refused' })
    if (choice === 1) return to('asked-at-intake', { at, is: 'supplement-requested' })
    return to('in-progress', { at, is: 'accepted', dueAt })
  }
  if (state === 'asked-at-intake') return to('submitted', { at, is: 'supplemented' })
  if (state === 'in-progress') {
    if (choice < 2) return to('ended', { at, is: choice === 0 ? 'withdrawn' : 'stopped' })
    if (choice < 4) return to('asked', { at, is: 'supplement-requested' })
    return to('decided', { at, is: 'decided', outcome: choice === 4 ? 'not-granted' : 'granted' })
  }
  if (state === 'asked') return to('in-progress', { at, is: 'supplemented', dueAt })
  if (state === 'decided') return to('ended', { at, is: 'returned' })
  return undefined
}

/** Who settled a dossier at the end of a day. */
function holderAt({ competent, predecessors }: BuiltDossier['dossier'], day: string): string {
  const before = predecessors.filter(({ as }) => as === 'competent')
  return before.find(({ until }) => dateOfLaw(until) > day)?.authority ?? competent
}

/** Counts overdue and in-progress dossiers of a day the slow way, one by one. */
function countSlowly(built: readonly BuiltDossier[], day: string, authority = '') {
  const present = built
    .map(({ dossier }) => dossier)
    .filter((dossier) => holderAt(dossier, day).startsWith(authority))
    .filter(({ acceptedAt }) => acceptedAt && dateOfLaw(acceptedAt) <= day)
  const open = present.filter(({ decidedAt, closedAt }) => {
    const end = decidedAt ?? closedAt
    return end === null || dateOfLaw(end) > day
  })
  const overdue = open.filter(({ dueAt }) => dueAt !== null && dateOfLaw(dueAt) < day).length
  return { inTime: open.length - overdue, overdue }
}

test('whatever happens in whatever order, the live figures equal a full recomputation and a slow count', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aLife, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(7), { maxLength: 25 }),
      async (lives, turns) => {
        await clear()
        const built = lives.map(build)
        const done = built.map(() => 0)
        for (const turn of turns) {
          const i = turn % built.length
          done[i] = Math.min(done[i]! + 1, built[i]!.entries.length)
          await storeDossier(db.pool, built[i]!, { upTo: done[i]! })
          if (turn % 3 === 0) await drain()
        }
        for (const [i, each] of built.entries()) {
          await storeDossier(db.pool, each)
          const { grade } = lives[i]!
          if (grade) await rate({ db, secret }, ratingToken(secret, each.id), { grade }, { now })
        }
        await drain()
        expect(await recompute(db)).toEqual([])
        for (const day of ['2026-09-30', '2026-10-17', '2026-11-20'])
          for (const authority of [undefined, 'H99.12', 'H99.13', 'H99.13.1']) {
            const of = authority === undefined ? {} : { authority }
            const board = await boardSummary(db.pool, { from: '2026-09-01', to: day, now, ...of })
            expect(board.inProgress).toEqual(countSlowly(built, day, authority))
          }
      },
    ),
    { numRuns: 15 },
  )
})
