import { expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import { boardSummary, indexCounts, indicatorsConsumer } from '../index.ts'
import { overdueCells, overdueList } from './overdue-list.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
const now = new Date('2026-11-20T07:30:00.000Z')
const query = { authority: 'H99', today: '2026-11-20', soon: '2026-11-24' }

const opened = { at: '2026-11-02T03:00:00.000Z', is: 'accepted' } as const
const onDay = (day: string) => `2026-11-${day}T10:00:00.000Z`
async function stored(life: Happening[], competent = 'H99.12', procedureCode = '1.001193') {
  const built = aDossier({ at: '2026-11-02T02:00:00.000Z', competent, procedureCode, life })
  await storeDossier(db.pool, built)
  return built.dossier.code
}
const due = (day: string, competent?: string, procedureCode?: string) =>
  stored([{ ...opened, dueAt: onDay(day) }], competent, procedureCode)

const soon = await due('24')
const today = await due('20', 'H99.13')
await due('25')
const longLate = await due('05')
const late = await due('19', 'H99.13', '2.000001')
const ended = await stored([
  { ...opened, dueAt: onDay('05') },
  { at: onDay('09'), is: 'decided' },
])
// Asked for papers twice: the law gives a new date after each, the index counts it late at once.
const newDate = await stored([
  { ...opened, dueAt: onDay('06') },
  { at: onDay('03'), is: 'supplement-requested' },
  { at: onDay('04'), is: 'supplemented', dueAt: onDay('20') },
  { at: onDay('05'), is: 'supplement-requested' },
  { at: onDay('10'), is: 'supplemented', dueAt: onDay('23') },
])
const elsewhere = await due('05', 'H98.12')
await drainFeed(db, [indicatorsConsumer])

const codes = async (...asked: Parameters<typeof overdueList> extends [unknown, ...infer R] ? R : never) =>
  (await overdueList(db.pool, ...asked)).map(({ code }) => code)

test('what can still be saved stands on top, then what is lost, the longest late first', async () => {
  const list = await overdueList(db.pool, query)
  expect(list.map(({ code, standing }) => [code, standing])).toEqual([
    [today, 'both'],
    [soon, 'both'],
    [newDate, 'law'],
    [longLate, 'none'],
    [late, 'none'],
  ])
  expect(list.map(({ code }) => code)).not.toContain(ended)
  expect(list.map(({ code }) => code)).not.toContain(elsewhere)
})

test.each(['H99', 'H99.12', 'H99.13', 'H98', ''])(
  'counts as many as the board, for “%s”',
  async (authority) => {
    const cells = await overdueCells(db.pool, { ...query, authority })
    const sum = (...kinds: string[]) =>
      cells.reduce((all, { standing, count }) => all + (kinds.includes(standing) ? count : 0), 0)
    const span = { from: '2026-11-01', to: '2026-11-30', now }
    const board = await boardSummary(db.pool, { ...span, authority: authority || null, step: 'day' })
    expect(sum('index', 'none')).toBe(board.inProgress.overdue)
    const { counts } = (await indexCounts(db, { ...span, authorities: [authority] })).get(authority)!
    const done = board.finished.late
    expect(sum('law', 'none')).toBe(counts.onTime![1] - counts.onTime![0] - done)
    expect(sum('both', 'index', 'law', 'none')).toBe(
      (await overdueList(db.pool, { ...query, authority }, {}, { limit: 1000 })).length,
    )
  },
)

test('is narrowed by unit, procedure, step and what can be saved, and goes on page by page', async () => {
  expect(await codes({ ...query, authority: 'H99.13' })).toEqual([today, late])
  expect(await codes(query, { procedureCode: '2.000001' })).toEqual([late])
  expect(await codes(query, { standing: 'none' })).toEqual([longLate, late])
  expect(await codes(query, { step: 'no such step' })).toEqual([])
  const step = (await overdueCells(db.pool, query)).map((cell) => cell.step).find((name) => name !== null)
  expect((await codes(query, { step })).length).toBeGreaterThan(0)
  expect(await codes(query, {}, { limit: 2, offset: 2 })).toEqual([newDate, longLate])
})
