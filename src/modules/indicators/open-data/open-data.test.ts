import { expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import { type Caller, mountRoutes } from '../../../kernel/http.ts'
import { openLog } from '../../../kernel/log.ts'
import {
  type Counts,
  indicatorRoutes,
  indicatorsConsumer,
  loadIndexSets,
  periodNamed,
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
await fill('H99.17', 5, 0)
await drainFeed(db, [indicatorsConsumer])

const month = 'period=2026-11'

// What somebody outside writes who has nothing but the two downloads: no code of the product from here …
type Row = Record<string, string>
function readTable(text: string): Row[] {
  const cells = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) =>
      cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!,
    )
  const [heads, ...lines] = text.replace('\uFEFF', '').trimEnd().split(/\r?\n/)
  return lines.map((line) => Object.fromEntries(cells(heads!).map((head, i) => [head, cells(line)[i] ?? ''])))
}
const halfUp = (points: number) => Math.floor(points * 100 + 0.5 + 1e-9) / 100
// biome-ignore lint/suspicious/noExplicitAny: the set as anybody downloads it
function pointsOf(indicator: any, row: Row): number | 'missing' | 'shared' {
  const { max, levels, inheritedFrom, counts, threshold = 1, whenZero, atOtherLevels } = indicator
  if (!levels.includes(row.level) && !inheritedFrom)
    return atOtherLevels === 'full' ? max : atOtherLevels === 'shared' ? 'shared' : 0
  if (counts === 'certifiedCopies') return row[counts] === 'true' ? max : 0
  const [n, d] = [row[`${counts}.n`], row[`${counts}.d`]]
  if (!n || !d) return 'missing'
  if (Number(d) > 0) return Math.min(max, halfUp((max * Number(n)) / Number(d) / threshold))
  return whenZero === 'full' ? max : whenZero === 'shared' ? 'shared' : 0
}
// biome-ignore lint/suspicious/noExplicitAny: the set as anybody downloads it
function totalOf(set: any, row: Row): number {
  let total = 0
  for (const { indicators } of set.groups) {
    // biome-ignore lint/suspicious/noExplicitAny: the set as anybody downloads it
    const all = indicators.map((each: any) => ({ max: each.max, points: pointsOf(each, row) }))
    const scored = all.filter(({ points }: { points: unknown }) => typeof points === 'number')
    const sum = (key: 'max' | 'points') =>
      scored.reduce((n: number, each: Record<string, number>) => n + each[key]!, 0)
    const rate = sum('max') === 0 ? 0 : sum('points') / sum('max')
    for (const { max, points } of all)
      total += points === 'shared' ? halfUp(max * rate) : points === 'missing' ? 0 : points
  }
  return Math.round(total * 100) / 100
}
// … to here.

test('an outsider recomputes every total and the ranking from the downloaded counts and the published set', async () => {
  const { items, set } = await json(`/index/scores?${month}`)
  const { items: sets } = await json('/index/sets')
  const published = sets.find((each: { key: string }) => each.key === set.key)
  const rows = readTable(await (await ask(`/index/counts?${month}&format=csv`)).text())
  expect(rows).toHaveLength(items.length)
  const shown = rows.filter(({ withheld }) => withheld === '')
  const mine = new Map(shown.map((row) => [row.code, totalOf(published, row)]))
  const theirs = items.flatMap((each: { code: string; score: { total: number } | null }) =>
    each.score ? [[each.code, each.score.total]] : [],
  )
  expect(mine.size).toBe(theirs.length)
  for (const [code, total] of theirs) expect(mine.get(code)).toBeCloseTo(total, 2)
  const rankOf = (totals: [string, number][]) =>
    totals.filter(([code]) => ['H99.14', 'H99.15'].includes(code)).toSorted(([, a], [, b]) => b - a)
  expect(rankOf([...mine] as [string, number][]).map(([code]) => code)).toEqual(['H99.15', 'H99.14'])
  expect(rows.filter(({ withheld }) => withheld !== '').map(({ code }) => code)).toEqual(['H99.16', 'H99.17'])
})

test('counts of fewer than five dossiers are withheld, and the score that would tell them', async () => {
  const { items } = await json(`/index/scores?${month}&level=commune&below=H99.16`)
  expect(items).toMatchObject([{ code: 'H99.16', score: null }])
  expect(items[0].withheld).toContain('satisfied')
  expect(items[0].counts).not.toHaveProperty('onTime')
  expect(items[0].counts).toHaveProperty('onlineServices')
})

test('so are those of the smallest unit beside it: from the province nobody can subtract the others', async () => {
  const { items } = await json(`/index/scores?${month}`)
  const judged = (code: string) =>
    items.find((each: { code: string }) => each.code === code).counts.onTime?.[1]
  expect(['H99', 'H99.14', 'H99.15', 'H99.16', 'H99.17'].map(judged)).toEqual([
    ...[19, 6, 6, undefined, undefined],
  ])
})

test.each([
  ['own', 'H99.16', false],
  ['above', 'H99.16', true],
  ['neighbour', 'H99.16', false],
] as const)('%s sees what is withheld of %s: %s', async (who, unit, sees) => {
  const answer = await ask(`/index/scores?${month}&below=${unit}`, who)
  const { items } = await answer.json()
  expect(items[0].counts.onTime).toEqual(sees ? [1, 2] : undefined)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const text = await (await ask(`/index/scores?${month}&below=${unit}&format=csv`, who)).text()
  expect(readTable(text)[0]!['onTime.d']).toBe(sees ? '2' : '')
})

test('a period is widened to whole months, and the answer says so', async () => {
  const { from, to, protection } = await json('/index/scores?from=2026-11-03&to=2026-11-05&level=commune')
  expect([from, to]).toEqual(['2026-11-01', '2026-11-30'])
  expect(protection).toEqual({
    ...{ fewest: 5, months: 'whole', procedures: 'all' },
    asked: { from: '2026-11-03', to: '2026-11-05' },
  })
  expect((await json(`/index/scores?${month}&level=commune`)).protection.asked).toBeNull()
  const { items } = await json('/index/series?unit=H99.14&from=2026-11-03&to=2026-11-05')
  expect(items.map((each: { from: string; to: string }) => [each.from, each.to])).toEqual([
    ['2026-11-01', '2026-11-30'],
  ])
})

test('of one procedure dossiers are counted for the whole installation alone', async () => {
  const { items, protection } = await json(`/index/scores?${month}&procedure=1.001193`)
  const judged = (code: string) => items.find((each: { code: string }) => each.code === code).counts.onTime
  expect(['', 'H99', 'H99.14'].map(judged)).toEqual([[17, 19], [17, 19], undefined])
  expect(protection.procedures).toBe('whole-installation')
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

test('a series of too many months is refused as too long, and says how many may be asked for', async () => {
  const answer = await json('/index/series?unit=H99.14&from=2019-01-01&to=2026-11-30')
  expect(answer).toMatchObject({ code: 'indicators.too-long', details: { months: 60 } })
})

test('a set that does not exist is not found', async () => {
  expect((await ask(`/index/scores?${month}&set=no-such-set`)).status).toBe(404)
})
