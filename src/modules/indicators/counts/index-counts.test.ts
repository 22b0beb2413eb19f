import { expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted as granted } from '../../../kernel/errors.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import { rate, ratingToken } from '../../feedback/index.ts'
import { behindCount, indexCounts, indicatorsConsumer, recompute } from '../index.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app' })
const now = new Date('2026-11-20T07:30:00.000Z')
const month = { from: '2026-11-01', to: '2026-11-30', now }
const october = { from: '2026-10-01', to: '2026-10-31', now }

const drain = () => drainFeed(db, [indicatorsConsumer])
type Stated = Parameters<typeof aDossier>[0]

async function store(stated: Stated) {
  const built = aDossier(stated)
  await storeDossier(db.pool, built)
  return built
}

const accepted = (at: string, dueAt: string): Happening => ({ at, is: 'accepted', dueAt })
const dueLater = '2026-12-24T10:00:00.000Z'

async function countsOf(unit: string, period = month) {
  return (await indexCounts(db, { authorities: [unit], ...period })).get(unit)!
}

test('a unit without dossiers has empty ratios, its services, and says what nobody measures', async () => {
  const { counts, notMeasured, notes } = await countsOf('H99.53')
  expect(counts.onTime).toEqual([0, 0])
  expect(counts.onlineServices![1]).toBeGreaterThan(5)
  expect(counts.fullContent![0]).toBe(counts.fullContent![1])
  expect(counts.certifiedCopies).toBe(true)
  expect(notMeasured).toEqual([
    ...[
      'paidOnline',
      'feeProceduresPaidOnline',
      'feeProceduresProvided',
      'petitionsOnTime',
      'petitionsSatisfied',
    ],
    ...['publishedOnTime', 'updatedOnTime', 'synced'],
  ])
  for (const key of notMeasured) expect(counts).not.toHaveProperty(key)
  expect(notes).toContainEqual({ key: 'period-running', params: { to: '2026-11-30' } })
})

test('on time are those finished in time and those in progress within time, of all that finished or are in progress', async () => {
  const at = '2026-11-02T02:00:00.000Z'
  const open = accepted('2026-11-02T03:00:00.000Z', '2026-11-05T10:00:00.000Z')
  const competent = 'H99.14'
  const life = (...life: Happening[]) => store({ at, competent, life })
  const early = await life(open, { at: '2026-11-04T03:00:00.000Z', is: 'decided' })
  const late = await life(open, { at: '2026-11-06T03:00:00.000Z', is: 'decided' })
  const overdue = await life(open)
  const running = await life(accepted('2026-11-02T03:00:00.000Z', dueLater))
  await life()
  await drain()
  const { counts } = await countsOf(competent)
  expect(counts.onTime).toEqual([2, 4])
  expect(counts.onlineDossiers).toEqual([4, 4])
  const behind = async (side: 'in' | 'out') =>
    (await behindCount(db, { authority: competent, ...month, key: 'onTime', side })).items.map(
      ({ code }) => code,
    )
  expect((await behind('in')).toSorted()).toEqual(
    [early, running].map(({ dossier }) => dossier.code).toSorted(),
  )
  expect((await behind('out')).toSorted()).toEqual(
    [late, overdue].map(({ dossier }) => dossier.code).toSorted(),
  )
})

test('what is due on the last day of a period and not done is late from its midnight in Hà Nội, not while it runs', async () => {
  const competent = 'H99.15'
  const due = '2026-10-31T10:00:00.000Z'
  await store({
    competent,
    at: '2026-10-28T02:00:00.000Z',
    life: [accepted('2026-10-28T03:00:00.000Z', due)],
  })
  await drain()
  const onTime = async (period: typeof month) => (await countsOf(competent, period)).counts.onTime
  expect(await onTime({ ...october, now: new Date('2026-10-31T16:59:00.000Z') })).toEqual([1, 1])
  expect(await onTime({ ...october, now: new Date('2026-10-31T17:00:00.000Z') })).toEqual([0, 1])
})

test('a dossier accepted a minute before midnight counts in the month that ends, a minute after in the next', async () => {
  const competent = 'H99.16'
  const at = (instant: string) =>
    store({ competent, at: '2026-10-30T02:00:00.000Z', life: [accepted(instant, dueLater)] })
  await at('2026-10-31T16:59:00.000Z')
  await at('2026-10-31T17:00:00.000Z')
  await drain()
  expect((await countsOf(competent, october)).counts.onlineDossiers).toEqual([1, 1])
  expect((await countsOf(competent)).counts.onlineDossiers).toEqual([1, 1])
})

test.each([
  ['of a month', 'H99.21', '2026-10-31', '2026-10-01', '2026-10-31'],
  ['of February', 'H99.22', '2026-02-28', '2026-02-01', '2026-02-28'],
  ['of February in a leap year', 'H99.23', '2024-02-29', '2024-02-01', '2024-02-29'],
  ['of a quarter', 'H99.24', '2026-09-30', '2026-07-01', '2026-09-30'],
  ['of a year', 'H99.25', '2025-12-31', '2025-01-01', '2025-12-31'],
  ['of a range in mid-month', 'H99.26', '2026-10-14', '2026-10-03', '2026-10-14'],
])(
  'the last day %s ends at midnight in Hà Nội, to the thousandth of a second',
  async (_, competent, last, from, to) => {
    // 24:00 in Hà Nội is 17:00 of the same day by UTC.
    const [just, over] = [`${last}T16:59:59.999Z`, `${last}T17:00:00.000Z`]
    const next = String(Temporal.PlainDate.from(last).add({ days: 1 }))
    const at = new Date(Date.parse(over) - 3 * 86_400_000).toISOString()
    const begun = { competent, at, channel: 'direct' as const }
    await store({ ...begun, life: [accepted(just, dueLater)] })
    await store({ ...begun, life: [accepted(over, dueLater)] })
    // Due at the end of the last day: decided at that moment it is in time, a moment later it is late and of the next day.
    for (const end of [just, over])
      await store({ ...begun, life: [accepted(at, just), { at: end, is: 'decided' }] })
    await drain()
    const asAt = new Date('2026-11-20T07:30:00.000Z')
    const ended = await countsOf(competent, { from, to, now: asAt })
    // Two received at the beginning, one at the last moment; of these four one is of the next day.
    expect(ended.counts.onlineDossiers).toEqual([0, 3])
    expect(ended.counts.onTime).toEqual([2, 3])
    const after = await countsOf(competent, { from: next, to: next, now: asAt })
    expect(after.counts.onlineDossiers).toEqual([0, 1])
    expect(after.counts.onTime).toEqual([2, 3])
  },
)

test('asked for papers twice is late at once, whatever its date', async () => {
  const competent = 'H99.17'
  const request = (at: string): Happening => ({ at, is: 'supplement-requested' })
  const answer = (at: string): Happening => ({ at, is: 'supplemented', dueAt: dueLater })
  const life = [
    accepted('2026-11-02T03:00:00.000Z', dueLater),
    ...[request('2026-11-03T03:00:00.000Z'), answer('2026-11-04T03:00:00.000Z')],
  ]
  await store({ competent, at: '2026-11-02T02:00:00.000Z', life })
  await drain()
  expect((await countsOf(competent)).counts.onTime).toEqual([1, 1])
  await store({
    ...{ competent, at: '2026-11-02T02:00:00.000Z' },
    life: [...life, request('2026-11-05T03:00:00.000Z'), answer('2026-11-06T03:00:00.000Z')],
  })
  await drain()
  expect((await countsOf(competent)).counts.onTime).toEqual([1, 2])
  expect((await countsOf(competent, { ...month, to: '2026-11-04' })).counts.onTime).toEqual([2, 2])
})

test('papers, accounts and results count on the day of acceptance', async () => {
  const competent = 'H99.18'
  const at = '2026-11-02T02:00:00.000Z'
  const life: Happening[] = [
    accepted('2026-11-02T03:00:00.000Z', dueLater),
    { at: '2026-11-19T03:00:00.000Z', is: 'decided' },
  ]
  const paper = { component: 'paper', fileId: crypto.randomUUID(), sha256: 'a'.repeat(64) }
  const vaultItem = crypto.randomUUID()
  await store({
    competent,
    at,
    life,
    assurance: 2,
    papers: [{ ...paper, how: 'vault', vaultItem, trust: 'issued' }],
  })
  await store({ competent, at, life, assurance: 1, papers: [{ ...paper, how: 'upload' }] })
  await store({ competent, at, life, channel: 'direct', delivery: 'counter', lookedUp: ['register'] })
  await store({ competent, at, life: life.slice(0, 1), papers: [paper] })
  await drain()
  const { counts } = await countsOf(competent, { ...month, to: '2026-11-02' })
  expect(counts).toMatchObject({
    onlineDossiers: [3, 4],
    electronicResults: [2, 4],
    digitised: [2, 4],
    reused: [2, 4],
    vaultShared: [1, 4],
    populationData: [1, 4],
  })
  expect(counts.servicesWithDossiers![0]).toBe(1)
  expect(counts.populationConnected![0]).toBe(1)
  const behind = await behindCount(db, {
    authority: competent,
    ...month,
    key: 'servicesWithDossiers',
    side: 'in',
  })
  expect(behind).toEqual({ kind: 'procedures', items: [{ code: '1.001193' }], next: null })
})

test('one is displeased once, by coming late or by a bad word', async () => {
  const competent = 'H99.19'
  const secret = 'a secret of at least thirty-two letters'
  const due = '2026-11-05T10:00:00.000Z'
  const life = (at: string): Happening[] => [accepted('2026-11-02T03:00:00.000Z', due), { at, is: 'decided' }]
  const at = '2026-11-02T02:00:00.000Z'
  const [good, bad, badAndLate] = [
    await store({ competent, at, life: life('2026-11-04T03:00:00.000Z') }),
    await store({ competent, at, life: life('2026-11-04T03:00:00.000Z') }),
    await store({ competent, at, life: life('2026-11-06T03:00:00.000Z') }),
  ]
  await drain()
  expect((await countsOf(competent)).counts.satisfied).toEqual([2, 3])
  for (const { id } of [bad, badAndLate])
    granted(await rate({ db, secret }, ratingToken(secret, id), { grade: 'not-satisfied' }, { now }))
  await drain()
  expect((await countsOf(competent)).counts.satisfied).toEqual([1, 3])
  const { items } = await behindCount(db, { authority: competent, ...month, key: 'satisfied', side: 'in' })
  expect(items.map(({ code }) => code)).toEqual([good.dossier.code])
})

test('synchronisation is measured from the first word of the national portal on', async () => {
  const competent = 'H99.20'
  const life = [accepted('2026-11-02T03:00:00.000Z', dueLater)]
  const { id } = await store({ competent, at: '2026-11-02T02:00:00.000Z', life })
  await store({ competent, at: '2026-11-02T02:00:00.000Z', life })
  await drain()
  expect((await countsOf(competent)).notMeasured).toContain('synced')
  const { createDossiers } = await import('../../dossiers/index.ts')
  const dossiers = createDossiers(db, () => undefined)
  const actor = { kind: 'system', clientId: 'portal', name: 'Cổng', scopes: ['dossiers:sync'] } as const
  const { rows } = await db.pool.query('select code from dossiers.dossier where id = $1', [id])
  const report = { code: rows[0].code, destination: 'national-portal', sequence: 1, message: null }
  const say = async (state: 'sent' | 'acknowledged' | 'waiting') =>
    granted(await dossiers.recordSync({ ...actor, scopes: [...actor.scopes] }, { ...report, state }, { now }))
  await say('sent')
  await drain()
  expect((await countsOf(competent)).counts.synced).toEqual([0, 2])
  await say('acknowledged')
  await say('acknowledged')
  await say('waiting')
  await drain()
  const { counts, notMeasured } = await countsOf(competent)
  expect([counts.synced, notMeasured]).toEqual([[1, 2], expect.not.arrayContaining(['synced'])])
})

test('many units come in one reading, and a province is all below it', async () => {
  const all = await indexCounts(db, { authorities: ['', 'H99', 'H99.14', 'H99.18'], ...month })
  expect([...all.keys()]).toEqual(['', 'H99', 'H99.14', 'H99.18'])
  const base = (unit: string) => all.get(unit)!.counts.onlineDossiers![1]
  expect(base('')).toBe(base('H99'))
  expect(base('H99')).toBeGreaterThanOrEqual(base('H99.14') + base('H99.18'))
})

test('one procedure alone has only its own dossiers and is one service', async () => {
  const procedureCode = '1.001193'
  const counts = async (code: string | null) =>
    (await indexCounts(db, { authorities: ['H99'], procedureCode: code, ...month })).get('H99')!.counts
  expect((await counts(procedureCode)).onlineServices).toEqual([1, 1])
  expect((await counts(procedureCode)).onTime).toEqual((await counts(null)).onTime)
  expect((await counts('2.000815')).onTime).toEqual([0, 0])
})

test('the pages of a figure are every dossier behind it, once', async () => {
  const key = 'onlineDossiers'
  const ask = (page: string | null) =>
    behindCount(db, { authority: 'H99', ...month, key, side: 'in', page, limit: 3 })
  const codes: string[] = []
  for (let page = await ask(null); ; page = await ask(page.next)) {
    codes.push(...page.items.map(({ code }) => code))
    if (page.next === null) break
  }
  const [count] = (await countsOf('H99')).counts.onlineDossiers!
  expect(new Set(codes).size).toBe(count)
  expect(codes).toHaveLength(count)
})

test('the figures of all this are those of the journal', async () => {
  expect(await recompute(db)).toEqual([])
})
