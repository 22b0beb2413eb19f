import { expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { parseCsv } from '../../../kernel/csv.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import { type Caller, mountRoutes } from '../../../kernel/http.ts'
import { openLog } from '../../../kernel/log.ts'
import {
  type Counts,
  indicatorRoutes,
  indicatorsConsumer,
  Level,
  loadIndexSets,
  periodNamed,
  ratioKeys,
  readIndexSet,
  scoreIndex,
  takeSnapshots,
} from '../index.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app' })
const owner = openDatabase(database.url, { max: 2 })
await loadIndexSets(owner)
await owner.close()
const now = new Date('2026-11-20T07:30:00.000Z')

const post = (authorityCode: string) => ({ postId: 'p', title: '', authorityCode, unitCode: 'u', roles: [] })
const callers: Record<string, Caller> = {
  anybody: { kind: 'anonymous' },
  own: { kind: 'officer', posts: [post('H99.14')] },
  above: { kind: 'officer', posts: [post('H99')] },
  neighbour: { kind: 'officer', posts: [post('H99.15')] },
}

const rest = (who: keyof typeof callers) =>
  mountRoutes({
    ...{ app: { db }, routes: indicatorRoutes, resolveActor: async () => callers[who]!, now: () => now },
    ...{ log: openLog('silent'), title: 'test', version: '0' },
  })
const ask = async (path: string, who: keyof typeof callers = 'anybody') => rest(who).request(path)
// biome-ignore lint/suspicious/noExplicitAny: an answer as anybody outside has it
const json = async (path: string): Promise<any> => (await ask(path)).json()

const accepted: Happening = {
  at: '2026-11-02T03:00:00.000Z',
  is: 'accepted',
  dueAt: '2026-11-05T10:00:00.000Z',
}
async function fill(competent: string, inTime: number, late: number) {
  const life = (day: string): Happening[] => [accepted, { at: `2026-11-${day}T03:00:00.000Z`, is: 'decided' }]
  for (let i = 0; i < inTime + late; i++)
    await storeDossier(
      db.pool,
      aDossier({ competent, at: '2026-11-02T02:00:00.000Z', life: life(i < inTime ? '04' : '09') }),
    )
}
await fill('H99.14', 5, 1)
await fill('H99.15', 6, 0)
await fill('H99.16', 1, 1)
await drainFeed(db, [indicatorsConsumer])

const month = 'period=2026-11'

test('an outsider computes the ranking anew from the downloaded counts and the published set', async () => {
  const { items, set } = await json(`/index/scores?${month}&level=commune`)
  const sets = await json('/index/sets')
  const published = readIndexSet(sets.items.find((each: { key: string }) => each.key === set.key))
  if ('refused' in published) throw new Error('the set is not whole')
  const text = await (await ask(`/index/counts?${month}&level=commune&format=csv`)).text()
  const lines = parseCsv(text).filter(({ withheld }) => withheld === '')
  const mine = lines.map((line) => {
    const counts: Record<string, unknown> = { certifiedCopies: line.certifiedCopies === 'true' }
    for (const key of ratioKeys)
      if (line[`${key}.n`] !== '') counts[key] = [Number(line[`${key}.n`]), Number(line[`${key}.d`])]
    const { total } = scoreIndex(published, counts as Counts, { level: Level.parse(line.level) })
    return [line.code, total]
  })
  const theirs = items.flatMap((each: { code: string; score: { total: number } | null }) =>
    each.score ? [[each.code, each.score.total]] : [],
  )
  expect(mine).toEqual(theirs)
  const rank = mine.toSorted(([, a], [, b]) => Number(b) - Number(a)).map(([code]) => code)
  expect(rank.slice(0, 2)).toEqual(['H99.15', 'H99.14'])
})

test('counts of fewer than five dossiers are withheld, and the score that would tell them', async () => {
  const { items } = await json(`/index/scores?${month}&level=commune&below=H99.16`)
  expect(items).toMatchObject([{ code: 'H99.16', score: null }])
  expect(items[0].withheld).toContain('satisfied')
  expect(items[0].counts).not.toHaveProperty('onTime')
  expect(items[0].counts).toHaveProperty('onlineServices')
})

test('what is public may be kept for a minute; refusals and what officers see may not', async () => {
  const kept = async (path: string, who: keyof typeof callers = 'anybody') =>
    (await ask(path, who)).headers.get('cache-control')
  expect(await kept(`/index/scores?${month}`)).toBe('public, max-age=60')
  expect(await kept(`/index/scores?${month}&format=csv`)).toBe('public, max-age=60')
  expect(await kept('/index/scores?period=2026-99')).toBe('no-store')
  expect(await kept(`/index/behind?${month}&unit=H99.14&figure=onTime&side=out`, 'own')).toBe('no-store')
  expect(await kept('/board/summary')).toBe('no-store')
})

test('a unit has its months one by one, and its closed periods as they were', async () => {
  const { items } = await json('/index/series?unit=H99.14&from=2026-10-01&to=2026-11-30')
  expect(items.map(({ from, unit }: never) => [from, (unit as { counts: Counts }).counts.onTime])).toEqual([
    ['2026-10-01', [0, 0]],
    ['2026-11-01', [5, 6]],
  ])
  await takeSnapshots(db, { now, periods: [periodNamed('2026-11')] })
  const of = async (unit: string) => (await json(`/index/snapshots?unit=${unit}&${month}`)).items
  expect(await of('H99.14')).toMatchObject([{ revision: 1, counts: { onTime: [5, 6] } }])
  const [small] = await of('H99.16')
  expect(small.counts).not.toHaveProperty('onTime')
  expect(small.score).toBeNull()
})

test.each([
  ['anybody', 401],
  ['neighbour', 403],
  ['own', 200],
  ['above', 200],
] as const)('%s who opens a figure gets %i', async (who, status) => {
  const answer = await ask(`/index/behind?${month}&unit=H99.14&figure=onTime&side=out`, who)
  expect(answer.status).toBe(status)
  if (status === 200) expect((await answer.json()).items).toHaveLength(1)
})

test.each([
  'period=2026-13',
  'from=2026-11-30&to=2026-11-01',
  'period=2026-11&level=village',
  "period=2026-11&below=H99'",
  'period=2026-11&set=A%20B',
])('%s is refused', async (query) => {
  expect((await ask(`/index/scores?${query}`)).status).toBe(422)
})

test('a set that does not exist is not found', async () => {
  expect((await ask(`/index/scores?${month}&set=no-such-set`)).status).toBe(404)
})
