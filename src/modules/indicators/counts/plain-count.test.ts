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

/**
 * The same counts the plain way: one look at all dossiers, their entries, scans, acknowledgements and ratings, for a unit
 * and a period. Of the product it takes what a dossier says of itself, and none of the rules of counting.
 */
const plainCount = `
with told as (
  select d.*, coalesce(d.decided_at, d.closed_at) as ended_at,
    (select r.grade from feedback.rating r where r.dossier_id = d.id) as grade,
    exists (select from dossiers.sync s where s.dossier_id = d.id and s.destination = 'national-portal'
              and s.acknowledged_at is not null) as synced,
    exists (select from journal.entry e where e.stream in (d.id, (d.linked ->> 'filing')::uuid)
              and (e.data ->> 'assurance')::int = 2) as proven,
    exists (select from dossiers.digitised_paper s where s.dossier_id = d.id) as scanned,
    exists (select from journal.entry e, jsonb_array_elements(e.data -> 'papers') p where e.stream = d.id) as paper,
    exists (select from journal.entry e, jsonb_array_elements(e.data -> 'papers') p
            where e.stream = d.id and p ->> 'how' = 'vault') as vault,
    exists (select from journal.entry e where e.stream = d.id and jsonb_array_length(e.data -> 'lookedUp') > 0) as looked,
    exists (select from journal.entry e where e.stream = d.id and e.data ? 'signature') as signed,
    case when d.supplement_requests > 1 then (select greatest(e.at, d.accepted_at) from journal.entry e
      where e.stream = d.id and e.kind = 'dossiers.supplement-requested' order by e.sequence offset 1 limit 1) end as twice_at
  from dossiers.dossier d
  where d.branches is null and d.accepted_at is not null
),
-- Who settled it: at the end of the period for what is open then, at the moment for what happened.
held as (
  select t.*, (select coalesce(min(p.who) filter (where p.n = p.first_n), t.competent) from (
      select q ->> 'authority' as who, n, min(n) over () as first_n
      from jsonb_array_elements(t.predecessors) with ordinality u (q, n)
      where q ->> 'as' = 'competent' and t.accepted_at < (q ->> 'until')::timestamptz) p) as accepted_by,
    (select coalesce(min(p.who) filter (where p.n = p.first_n), t.competent) from (
      select q ->> 'authority' as who, n, min(n) over () as first_n
      from jsonb_array_elements(t.predecessors) with ordinality u (q, n)
      where q ->> 'as' = 'competent' and t.ended_at < (q ->> 'until')::timestamptz) p) as ended_by,
    (select coalesce(min(p.who) filter (where p.n = p.first_n), t.competent) from (
      select q ->> 'authority' as who, n, min(n) over () as first_n
      from jsonb_array_elements(t.predecessors) with ordinality u (q, n)
      where q ->> 'as' = 'competent'
        and ((q ->> 'until')::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date > $4::date) p) as open_by
  from told t
),
days as (
  select h.*, (accepted_at at time zone 'Asia/Ho_Chi_Minh')::date as accepted_on,
    (ended_at at time zone 'Asia/Ho_Chi_Minh')::date as ended_on,
    decided_at is not null and (signed or (delivery = 'electronic' and outcome = 'granted')) as has_result,
    supplement_requests > 1 or (index_due_at is not null and ended_at > index_due_at) as ended_late,
    (index_due_at at time zone 'Asia/Ho_Chi_Minh')::date as due_on,
    (twice_at at time zone 'Asia/Ho_Chi_Minh')::date as twice_on
  from held h
),
judged as (
  select d.*,
    accepted_on between $2 and $3 and ($1 = '' or accepted_by || '.' like $1 || '.%') as received,
    ended_on between $2 and $3 and ($1 = '' or ended_by || '.' like $1 || '.%') as finished,
    accepted_on <= $4 and (ended_on is null or ended_on > $4) and ($1 = '' or open_by || '.' like $1 || '.%') as open,
    twice_on <= $4 or (case when $5 then due_on <= $4 else due_on < $4 end) as behind
  from days d
)
select
  count(*) filter (where received)::int as base,
  count(*) filter (where received and channel = 'online')::int as online,
  count(*) filter (where received and synced)::int as synced,
  count(*) filter (where received and has_result)::int as results,
  count(*) filter (where received and has_result and (paper or scanned))::int as digitised,
  count(*) filter (where received and (vault or looked or scanned))::int as reused,
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
const places = ['H99', 'H99.12', 'H99.13', 'H99.13.1', 'H98.12'] as const
const aLife = fc.record({
  start: fc.integer({ min: 0, max: 60 * 24 }),
  competent: fc.constantFrom(...places),
  heirs: fc.array(fc.record({ before: fc.nat(5), to: fc.constantFrom(...places) }), { maxLength: 2 }),
  kind: fc.constantFrom('alone', 'alone', 'linked', 'two-parties' as const),
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
  scanned: fc.boolean(),
  signed: fc.boolean(),
})
type Life = typeof aLife extends fc.Arbitrary<infer L> ? L : never

const paper = { component: 'paper', sha256: 'a'.repeat(64) }

/** A filing that linked dossiers belong to: counted by its branches, and its account is theirs. */
const filing = () =>
  aDossier({ at: '2026-09-20T00:00:00.000Z', assurance: 2, branches: [], competent: 'H99.12' })

/** What was done with a dossier, in the order it was done. */
function lifeOf({ start, dueIn, steps, heirs, competent, kind }: Life): { filed: string; life: Happening[] } {
  let at = Date.parse('2026-09-20T00:00:00.000Z') + start * hour
  const filed = instant(at)
  const life: Happening[] = []
  let [state, holder]: [string, string] = [kind === 'two-parties' ? 'awaited' : 'submitted', competent]
  for (const [i, { hours, choice }] of steps.entries()) {
    const moves = state === 'ended' || state === 'awaited' ? [] : heirs.filter(({ before }) => before === i)
    for (const { to } of moves.filter((each) => each.to !== holder)) {
      at += hour
      life.push({ at: instant(at), is: 'succeeded', to })
      holder = to
    }
    at += hours * hour
    const next = nextOf(state, choice)
    if (next === undefined) break
    const { state: after, ...what } = next
    const wantsDate = ['accepted', 'supplemented', 'obligation-met'].includes(what.is)
    life.push({
      ...what,
      at: instant(at),
      ...(wantsDate && { dueAt: instant(at + dueIn * hour) }),
    } as Happening)
    state = after
  }
  return { filed, life }
}

function build(stated: Life, group: BuiltDossier): BuiltDossier {
  const { papers, lookedUp, assurance, kind, signed, competent, channel, delivery } = stated
  const { filed, life } = lifeOf(stated)
  const fileId = newId()
  const taken = {
    vault: { how: 'vault', vaultItem: newId(), trust: 'own-upload' },
    upload: { how: 'upload' },
    none: {},
  } as const
  const built = aDossier({
    ...{ competent, channel, delivery, at: filed, life },
    papers: papers === 'none' ? [] : [{ ...paper, fileId, ...taken[papers] }],
    ...(lookedUp && { lookedUp: ['birth-certificate'] }),
    ...(assurance && { assurance }),
    ...(kind === 'linked' && { linked: { filing: group.id, code: group.dossier.code, branch: 'birth' } }),
    ...(kind === 'two-parties' && { otherParties: [{ kind: 'second-party' as const, until: null }] }),
  })
  return signed ? withSignature(built) : built
}

type Entry = BuiltDossier['entries'][number]

/** The decision rests on a signed paper: the approval before it names one. */
function withSignature(built: BuiltDossier): BuiltDossier {
  const signature = { paper: newId(), sha256: 'b'.repeat(64), certificate: 'c' }
  const approval = (entry: Entry) =>
    ({ ...entry, kind: 'dossiers.approved', data: { capacity: null, signature } }) as unknown as Entry
  const entries = built.entries.flatMap((entry): Entry[] =>
    entry.kind === 'dossiers.decided' ? [approval(entry), entry] : [entry],
  )
  return { ...built, entries }
}

// biome-ignore lint/suspicious/noExplicitAny: completed with its moment by whoever asks
function nextOf(state: string, choice: number): any {
  if (state === 'awaited') return { is: 'confirmed', state: 'submitted' }
  if (state === 'submitted') {
    if (choice === 0) return { is: 'refused', state: 'ended' }
    if (choice < 3) return { is: 'supplement-requested', state: 'asked-at-intake' }
    return { is: 'accepted', state: 'in-progress' }
  }
  if (state === 'asked-at-intake') return { is: 'supplemented', state: 'submitted' }
  if (state === 'owing') return { is: 'obligation-met', state: 'in-progress' }
  if (state === 'asked') return { is: 'supplemented', state: 'in-progress' }
  if (state === 'decided') return { is: 'returned', state: 'ended' }
  if (state !== 'in-progress') return undefined
  if (choice < 2) return { is: choice === 0 ? 'withdrawn' : 'stopped', state: 'ended' }
  if (choice < 4) return { is: 'supplement-requested', state: 'asked' }
  if (choice === 4) return { is: 'obligation-requested', state: 'owing' }
  return { is: 'decided', outcome: choice === 5 ? 'not-granted' : 'granted', state: 'decided' }
}

// Whole months, ranges that begin and end inside months, a single day, the running month and the year.
const periods = [
  ['2026-10-01', '2026-10-31'],
  ['2026-10-07', '2026-11-05'],
  ['2026-09-24', '2026-10-12'],
  ['2026-10-20', '2026-10-20'],
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
        const group = filing()
        await storeDossier(db.pool, group)
        const built = lives.map((life) => build(life, group))
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
          if (lives[i]!.scanned)
            await database.pool.query(
              `insert into dossiers.digitised_paper (id, dossier_id, component, source, source_files, file_id, sha256, size,
                 pages, fields, officer_id, authority, signer_name, certificate, signed_at)
               values ($1, $2, 'scan', $3, '{}', $1, $3, 1, 1, '{}', 'o', 'H99.12', 'n', 'c', $4)`,
              [newId(), each.id, 'd'.repeat(64), now],
            )
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
        expect(dossiers).toBe(built.length + 1)
        for (const [from, to] of periods) {
          const units = ['', 'H99', 'H99.13', 'H99.13.1', 'H99.12', 'H98']
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
    { numRuns: 8, endOnFailure: true },
  )
})
