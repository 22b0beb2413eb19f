import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { drainFeed } from '../../kernel/feed.ts'
import { lastDays as spanOfDays } from '../../simulation/filings.ts'
import { simulate } from '../../simulation/simulate.ts'
import { getProcess, type ProcessVersion } from '../processes/index.ts'
import { rebuildTimes, recomputeTimes, spansConsumer, type TimeAsked, whereTimeGoes } from './index.ts'

const now = new Date('2026-11-20T03:00:00.000Z')
const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 4 })
afterAll(() => db.close())

const everything: TimeAsked = { key: 'marital-status', version: 1, authority: null, from: null, to: null }
let process: ProcessVersion
const ask = (asked: Partial<TimeAsked> = {}, named: string[] = []) =>
  whereTimeGoes(db.pool, { ...everything, ...asked }, { process: process.compiled, named, now })

beforeAll(async () => {
  await simulate(db, { span: spanOfDays(60, 500, now), seed: 3, now })
  await drainFeed(db, [spansConsumer(db)])
  process = await getProcess(db, everything.key, everything.version)
})

describe('what is stored', () => {
  test('is what a full recomputation makes', async () => {
    const { rows } = await db.pool.query('select count(*)::int as n from reform.step_span')
    expect(rows[0].n).toBeGreaterThan(1000)
    expect(await recomputeTimes(db)).toEqual([])
  })

  test('stays the same when the feed comes twice, and nothing is written again', async () => {
    const versions = async () =>
      (await db.pool.query('select max(xmin::text::bigint) as last from reform.step_span')).rows[0].last
    const before = await versions()
    await database.pool.query(`update feed.cursor set position = 0 where consumer = 'reform'`)
    await drainFeed(db, [spansConsumer(db)])
    expect(await versions()).toBe(before)
    expect(await recomputeTimes(db)).toEqual([])
  })

  test('does not differ by what the feed has yet to apply', async () => {
    await database.pool.query(`update feed.cursor set position = position - 400 where consumer = 'reform'`)
    const { rows } = await database.pool.query(
      `delete from reform.step_span where dossier_id in (
         select e.stream from journal.entry e join feed.position p using (stream, sequence)
         order by p.position desc limit 400) returning no`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(await recomputeTimes(db)).toEqual([])
    await drainFeed(db, [spansConsumer(db)])
    expect(await recomputeTimes(db)).toEqual([])
  })

  test('is put right by a rebuild, which the recomputation asks for', async () => {
    await database.pool.query(
      `update reform.step_span set waiting = waiting + 1 where no = 2 and kind = 'step'`,
    )
    await database.pool.query(`delete from reform.dossier_time where dossier_id =
      (select dossier_id from reform.dossier_time limit 1)`)
    const wrong = await recomputeTimes(db)
    expect(wrong.length).toBeGreaterThan(10)
    expect(new Set(wrong.flatMap(({ fields }) => fields))).toContain('waiting')
    await rebuildTimes(db)
    expect(await recomputeTimes(db)).toEqual([])
  })
})

interface Row {
  kind: string
  whose: string
  step_id: string | null
  authority: string
  done: boolean
  closed_at: Date | null
  waiting: number
  working: number
  round_waiting: number
  round_working: number
}

/** The value that half, or nine in ten, are not above: by sorting all. */
const nth = (values: number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1]

describe('figures', () => {
  test.each<[string, Partial<TimeAsked>]>([
    ['of everything', {}],
    ['of one authority', { authority: 'H99.12' }],
    ['of some days', { from: '2026-10-20', to: '2026-11-05' }],
    ['of a place and some days', { authority: 'H99', from: '2026-11-01', to: '2026-11-20' }],
  ])('%s are those that counting each span by itself gives', async (_, asked) => {
    const { rows } = await db.pool.query<Row>(
      `select * from reform.step_span where process_key = $1 and process_version = 1`,
      [everything.key],
    )
    const { authority, from, to } = { ...everything, ...asked }
    const here = rows.filter((row) => authority === null || `${row.authority}.`.startsWith(`${authority}.`))
    const ended = here.filter(
      ({ closed_at }) =>
        closed_at !== null &&
        (from === null || closed_at >= new Date(`${from}T00:00:00+07:00`)) &&
        (to === null || closed_at <= new Date(`${to}T23:59:59.999+07:00`)),
    )
    const beside = ({ kind, done }: Row) =>
      ['visit', 'handover', 'return'].includes(kind) || (kind === 'wait' && !done)
    const took = (row: Row) => (beside(row) ? 0 : row.waiting + row.working)
    const all = ended.reduce((sum, row) => sum + took(row), 0)
    const figures = await ask(asked)
    expect(figures.steps.length).toBeGreaterThanOrEqual(Object.keys(process.compiled.steps).length)
    for (const line of figures.steps) {
      const of = (row: Row) =>
        row.kind === line.kind && row.step_id === line.stepId && row.whose === line.whose
      const done = ended.filter((row) => of(row) && row.done)
      const spread = (value: (row: Row) => number) =>
        done.length === 0 ? null : { p50: nth(done.map(value), 0.5), p90: nth(done.map(value), 0.9) }
      const sum = ended.filter(of).reduce((total, row) => total + took(row), 0)
      expect(line).toMatchObject({
        done: done.length,
        openNow: here.filter((row) => of(row) && row.closed_at === null).length,
        waiting: spread((row) => row.round_waiting),
        working: spread((row) => row.round_working),
        overPlan: done.filter((row) => row.round_waiting + row.round_working > (line.planned ?? Infinity))
          .length,
      })
      expect(line.share).toBeCloseTo(all === 0 ? 0 : sum / all)
    }
  })

  test('the time of all stages is that of the dossiers decided', async () => {
    const { total } = await ask()
    expect(total.dossiers).toBeGreaterThan(20)
    expect(total.stages.settling.dossiers).toBe(total.dossiers)
    expect(total.stages.settling.waiting).toBeGreaterThan(0)
    expect(total.untilDecided!.p50).toBeLessThanOrEqual(total.untilDecided!.p90)
    expect((await ask({ from: '2020-01-01', to: '2020-12-31' })).total).toMatchObject({
      dossiers: 0,
      untilDecided: null,
    })
  })

  test('who holds what is told by name only where that may be known', async () => {
    await database.pool.query(
      `update reform.step_span set holder = 'somebody', closed_at = null
       where process_key = $1 and step_id = 'verify' and closed_at > '2026-10-15'`,
      [everything.key],
    )
    const [open] = (await ask()).holders
    const { holders } = await ask({}, [open!.authority])
    expect(open!.officerId).toBeNull()
    expect(holders.filter(({ officerId }) => officerId !== null).map(({ authority }) => authority)).toEqual(
      holders.filter(({ authority }) => authority === open!.authority).map(() => open!.authority),
    )
    expect(holders.some(({ officerId }) => officerId === 'somebody')).toBe(true)
  })
})
