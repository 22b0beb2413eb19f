import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aDossier,
  type BuiltDossier,
  type Happening,
  storeDossier,
} from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import { newId } from '../../../kernel/ids.ts'
import { rate, ratingToken } from '../../feedback/index.ts'
import { indexCounts, indicatorsConsumer, verifyFigures } from '../index.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
const secret = 'a secret of at least thirty-two letters'
const now = new Date('2026-11-20T07:30:00.000Z')
const drain = () => drainFeed(db, [indicatorsConsumer])
const clear = () =>
  database.pool.query(`truncate journal.entry, feed.position, feed.cursor, dossiers.dossier, dossiers.task,
    dossiers.party, dossiers.private, dossiers.submission_key, dossiers.sync, feedback.rating,
    indicators.contribution, indicators.daily, indicators.monthly, indicators.scope cascade`)

/** The same counts the plain way: one look at all dossiers, their entries and their ratings, for a unit and a period. */
const plainCount = `
with told as (
  select d.*, coalesce(d.decided_at, d.closed_at) as ended_at,
    (select r.grade from feedback.rating r where r.dossier_id = d.id) as grade,
    exists (select from dossiers.sync s where s.dossier_id = d.id and s.destination = 'national-portal'
              and s.acknowledged_at is not null) as synced,
    exists (select from journal.entry e where e.stream = d.id and (e.data ->> 'assurance')::int = 2) as proven,
    exists (select from journal.entry e, jsonb_array_elements(e.data -> 'papers') p where e.stream = d.id) as paper,
    exists (select from journal.entry e, jsonb_array_elements(e.data -> 'papers') p
            where e.stream = d.id and p ->> 'how' = 'vault') as vault,
    exists (select from journal.entry e where e.stream = d.id and jsonb_array_length(e.data -> 'lookedUp') > 0) as looked,
    case when d.supplement_requests > 1 then (select greatest(e.at, d.accepted_at) from journal.entry e
      where e.stream = d.id and e.kind = 'dossiers.supplement-requested' order by e.sequence offset 1 limit 1) end as twice_at
  from dossiers.dossier d
  where ($1 = '' or d.competent = $1 or d.competent like $1 || '.%') and d.accepted_at is not null
),
days as (
  select t.*, (accepted_at at time zone 'Asia/Ho_Chi_Minh')::date as accepted_on,
    (ended_at at time zone 'Asia/Ho_Chi_Minh')::date as ended_on,
    delivery = 'electronic' and outcome = 'granted' and decided_at is not null as has_result,
    supplement_requests > 1 or (index_due_at is not null and ended_at > index_due_at) as ended_late,
    (index_due_at at time zone 'Asia/Ho_Chi_Minh')::date as due_on,
    (twice_at at time zone 'Asia/Ho_Chi_Minh')::date as twice_on
  from told t
),
judged as (
  select d.*, accepted_on between $2 and $3 as received, ended_on between $2 and $3 as finished,
    accepted_on <= $4 and (ended_on is null or ended_on > $4) as open,
    twice_on <= $4 or (case when $5 then due_on <= $4 else due_on < $4 end) as behind
  from days d
)
select
  count(*) filter (where received)::int as base,
  count(*) filter (where received and channel = 'online')::int as online,
  count(*) filter (where received and synced)::int as synced,
  count(*) filter (where received and has_result)::int as results,
  count(*) filter (where received and has_result and paper)::int as digitised,
  count(*) filter (where received and (vault or looked))::int as reused,
  count(*) filter (where received and (vault or (proven and outcome = 'granted' and decided_at is not null)))::int as vault,
  count(*) filter (where received and proven)::int as population,
  (count(*) filter (where finished) + count(*) filter (where open))::int as judged,
  (count(*) filter (where finished and not ended_late)
    + count(*) filter (where open and behind is not true))::int as on_time,
  (count(*) filter (where finished and not ended_late and grade is distinct from 'not-satisfied')
    + count(*) filter (where open and behind is not true))::int as satisfied
from judged`

async function plainly(unit: string, from: string, to: string) {
  const today = '2026-11-20'
  const { rows } = await database.pool.query(plainCount, [
    unit,
    from,
    to,
    to < today ? to : today,
    to < today,
  ])
  const r = rows[0]
  return {
    ...{ onTime: [r.on_time, r.judged], satisfied: [r.satisfied, r.judged] },
    ...{ onlineDossiers: [r.online, r.base], electronicResults: [r.results, r.base] },
    ...{ digitised: [r.digitised, r.base], reused: [r.reused, r.base], vaultShared: [r.vault, r.base] },
    ...{ populationData: [r.population, r.base], synced: [r.synced, r.base] },
  }
}

const hour = 3_600_000
const instant = (ms: number) => new Date(ms).toISOString()
const aLife = fc.record({
  start: fc.integer({ min: 0, max: 60 * 24 }),
  competent: fc.constantFrom('H99', 'H99.12', 'H99.13', 'H99.13.1', 'H98.12'),
  channel: fc.constantFrom('online', 'direct', 'post' as const),
  delivery: fc.constantFrom('electronic', 'counter' as const),
  dueIn: fc.integer({ min: 8, max: 400 }),
  steps: fc.array(fc.record({ hours: fc.integer({ min: 1, max: 200 }), choice: fc.nat(9) }), {
    maxLength: 6,
  }),
  papers: fc.constantFrom('none', 'upload', 'vault' as const),
  lookedUp: fc.boolean(),
  assurance: fc.constantFrom(undefined, 1, 2 as const),
  displeased: fc.boolean(),
  acknowledged: fc.boolean(),
})
type Life = typeof aLife extends fc.Arbitrary<infer L> ? L : never

const paper = { component: 'paper', sha256: 'a'.repeat(64) }

function build({ start, dueIn, steps, papers, lookedUp, assurance, ...stated }: Life): BuiltDossier {
  let at = Date.parse('2026-09-20T00:00:00.000Z') + start * hour
  const filed = instant(at)
  const life: Happening[] = []
  let state = 'submitted'
  for (const { hours, choice } of steps) {
    at += hours * hour
    const due = instant(at + dueIn * hour)
    const next = nextOf(state, choice)
    if (next === undefined) break
    life.push(
      next.is === 'accepted'
        ? { ...next, at: instant(at), dueAt: due }
        : ({ ...next, at: instant(at), ...(next.is === 'supplemented' && { dueAt: due }) } as Happening),
    )
    state = next.state
  }
  const fileId = newId()
  const taken = {
    vault: { how: 'vault', vaultItem: newId(), trust: 'own-upload' },
    upload: { how: 'upload' },
    none: {},
  } as const
  return aDossier({
    ...{ competent: stated.competent, channel: stated.channel, delivery: stated.delivery },
    ...{ at: filed, life, papers: papers === 'none' ? [] : [{ ...paper, fileId, ...taken[papers] }] },
    ...(lookedUp && { lookedUp: ['birth-certificate'] }),
    ...(assurance && { assurance }),
  })
}

// biome-ignore lint/suspicious/noExplicitAny: completed with its moment by whoever asks
function nextOf(state: string, choice: number): any {
  if (state === 'submitted') {
    if (choice === 0) return { is: 'refused', state: 'ended' }
    if (choice < 3) return { is: 'supplement-requested', state: 'asked-at-intake' }
    return { is: 'accepted', state: 'in-progress' }
  }
  if (state === 'asked-at-intake') return { is: 'supplemented', state: 'submitted' }
  if (state === 'asked') return { is: 'supplemented', state: 'in-progress' }
  if (state === 'decided') return { is: 'returned', state: 'ended' }
  if (state !== 'in-progress') return undefined
  if (choice === 0) return { is: 'withdrawn', state: 'ended' }
  if (choice < 5) return { is: 'supplement-requested', state: 'asked' }
  return { is: 'decided', outcome: choice === 5 ? 'not-granted' : 'granted', state: 'decided' }
}

const periods = [
  ['2026-09-01', '2026-09-30'],
  ['2026-10-01', '2026-10-31'],
  ['2026-10-07', '2026-11-05'],
  ['2026-11-01', '2026-11-30'],
  ['2026-01-01', '2026-12-31'],
] as const

test('whatever happens, the live counts equal those of the journal and a plain count of all dossiers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aLife, { minLength: 1, maxLength: 10 }),
      fc.array(fc.nat(9), { maxLength: 15 }),
      async (lives, turns) => {
        await clear()
        const built = lives.map(build)
        for (const turn of turns) {
          await storeDossier(db.pool, built[turn % built.length]!, {
            upTo: Math.min(turn + 1, built[turn % built.length]!.entries.length),
          }).catch(() => undefined)
          if (turn % 4 === 0) await drain()
        }
        for (const [i, each] of built.entries()) {
          await storeDossier(db.pool, each)
          if (lives[i]!.displeased)
            await rate({ db, secret }, ratingToken(secret, each.id), { grade: 'not-satisfied' }, { now })
          // As the partner's report does: the record, and the entry by which the feed tells of it.
          if (lives[i]!.acknowledged)
            await database.pool.query(
              `insert into dossiers.sync values ($1, 'national-portal', 'acknowledged', 1, null, $2, $2)`,
              [each.id, now],
            )
        }
        await database.pool.query('update feed.cursor set position = 0')
        await drain()
        const { differences, dossiers } = await verifyFigures(db)
        expect(differences).toEqual([])
        expect(dossiers).toBe(built.length)
        for (const [from, to] of periods) {
          const units = ['', 'H99', 'H99.13', 'H99.12']
          const live = await indexCounts(db, { authorities: units, from, to, now })
          for (const unit of units) {
            const { synced, ...plain } = await plainly(unit, from, to)
            const { counts, notMeasured } = live.get(unit)!
            expect({ unit, from, ...counts }).toMatchObject({ unit, from, ...plain })
            if (!notMeasured.includes('synced')) expect(counts.synced).toEqual(synced)
          }
        }
      },
    ),
    { numRuns: 12 },
  )
})
