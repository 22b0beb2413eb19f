import type { Db } from '../../src/kernel/db.ts'
import { dossierColumns } from '../../src/modules/dossiers/index.ts'
import { aDossier, storeDossier } from '../../test/builders/a-dossier.ts'

const atOnce = 50_000

/**
 * A year of a large city, made by the database itself: whole lives in journal and rows, spread over communes, procedures,
 * days, channels and outcomes. One in twenty is late, one in twenty still open. Hashes are those of the pattern. What
 * was loaded before (`loaded`) stays, so the same year grows to `count`. Positions in the feed come with it.
 */
export async function loadYearOfDossiers(owner: Db, count: number, loaded = 0): Promise<void> {
  const pattern = aDossier({
    at: '2025-11-20T02:00:00.000Z',
    assurance: 2,
    papers: [{ component: 'paper', fileId: crypto.randomUUID(), sha256: 'a'.repeat(64), how: 'upload' }],
    life: [
      { at: '2025-11-20T03:00:00.000Z', is: 'accepted', dueAt: '2025-11-25T10:00:00.000Z' },
      { at: '2025-11-24T03:00:00.000Z', is: 'decided' },
      { at: '2025-11-24T04:00:00.000Z', is: 'returned' },
    ],
  })
  await storeDossier(owner.pool, pattern)
  await owner.pool.query('set synchronous_commit = off')
  for (let first = loaded + 1; first <= count; first += atOnce) {
    const last = Math.min(count, first + atOnce - 1)
    for (const statement of [row, entries])
      await owner.pool.query(`with copy as (${copies}) ${statement}`, [
        pattern.id,
        first,
        last,
        count,
        loaded,
      ])
    process.stderr.write(`\rstored ${last} of ${count}${last === count ? '\n' : ''}`)
  }
  await stampAll(owner)
  await owner.pool.query('vacuum analyze')
}

// What the sequencer would do five thousand at a time: nobody else writes here.
async function stampAll(owner: Db): Promise<void> {
  const { rows } = await owner.pool.query('select last_xid, last_id, last_position from feed.sequencer')
  const { last_xid, last_id, last_position } = rows[0]
  await owner.pool.query(
    `with stamped as (
       insert into feed.position
       select $3::bigint + row_number() over (order by xid, id), stream, sequence
       from journal.entry where (xid, id) > ($1::xid8, $2::bigint)
     )
     update feed.sequencer s set last_xid = e.xid, last_id = e.id, last_position = $3 +
       (select count(*) from journal.entry where (xid, id) > ($1::xid8, $2::bigint))
     from (select xid, id from journal.entry order by xid desc, id desc limit 1) e`,
    [last_xid, last_id, last_position],
  )
}

const copies = `
  select $1::uuid as pattern, n, late, open,
    ('0190' || lpad(to_hex(n), 8, '0') || '70008000' || lpad(to_hex(n * 7919 % 4294967296), 12, '0'))::uuid as id,
    unit, procedure, unit || '-251120-' || lpad(n::text, 8, '0') as code,
    case when n % 10 < 7 then 'online' else 'direct' end as channel,
    -- Nothing comes at night, and the last ones are of this week.
    ((n - $5::bigint) * 360 / ($4::bigint - $5)) * interval '1 day' + (n % 240) * interval '1 minute' as moved,
    case when late then interval '9 days' else interval '0' end as later
  from (
    select n, 'H99.' || (12 + n % 42) as unit,
      (array['1.001193', '1.004884', '2.000635', '1.004873', '1.000656', '1.000894', '2.000815', '1.004859'])[1 + n / 42 % 8] as procedure,
      n % 20 = 3 as late, n % 20 = 7 and (n - $5::bigint) * 360 / ($4::bigint - $5) > 340 as open
    from generate_series($2::bigint, $3::bigint) n
  ) each`

const own: Record<string, string> = {
  ...{ id: 'copy.id', code: 'copy.code', competent: 'copy.unit', received_by: 'copy.unit' },
  ...{ procedure_code: 'copy.procedure', channel: 'copy.channel' },
  ...Object.fromEntries(
    ['submitted_at', 'accepted_at', 'promised_due_at', 'due_at', 'index_due_at'].map((name) => [
      name,
      `t.${name} + copy.moved`,
    ]),
  ),
  ...Object.fromEntries(
    ['decided_at', 'closed_at'].map((name) => [
      name,
      `case when not copy.open then t.${name} + copy.moved + copy.later end`,
    ]),
  ),
  state: `case when copy.open then 'in-progress' else t.state end`,
  outcome: 'case when not copy.open then t.outcome end',
}

const row = `insert into dossiers.dossier (${dossierColumns.join(', ')})
  select ${dossierColumns.map((name) => own[name] ?? `t.${name}`).join(', ')}
  from copy join dossiers.dossier t on t.id = copy.pattern`

// Dates inside an entry move with it; what the fold reads of the first one is its own.
const entries = `
  insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
  select copy.id, e.sequence, e.stream_kind, e.kind,
    case e.sequence
      when 1 then e.data || jsonb_build_object('code', copy.code, 'competent', copy.unit, 'receivedBy', copy.unit,
        'procedureCode', copy.procedure, 'channel', copy.channel)
      when 2 then e.data || jsonb_build_object('dueAt',
        to_char(('2025-11-25T10:00:00'::timestamp + copy.moved), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      else e.data end,
    e.actor, e.at + copy.moved + case when e.sequence > 2 then copy.later else interval '0' end, e.previous_hash, e.hash
  from copy join journal.entry e on e.stream = copy.pattern and (e.sequence < 3 or not copy.open)
  order by copy.n, e.sequence`

/** Every sum of a day, unit and procedure the plain way, with the levels above; nothing is kept. */
export async function plainFigures(db: Db): Promise<number> {
  const { rows } = await db.pool.query(`
    select count(*)::int as n from (
      select unit, procedure_code, on_date, count(*) filter (where what = 1) as received,
        count(*) filter (where what = 2 and channel = 'online') as online,
        count(*) filter (where what = 2 and has_result) as results, count(*) filter (where what = 2 and paper) as digitised,
        count(*) filter (where what = 2 and proven) as proven, count(*) filter (where what = 3 and not late) as in_time,
        count(*) filter (where what = 3 and late) as late
      from (
        select d.competent, d.procedure_code as procedure, d.channel, d.outcome = 'granted' and d.delivery = 'electronic' as has_result,
          jsonb_array_length(e.data -> 'papers') > 0 as paper, (e.data ->> 'assurance')::int = 2 as proven,
          d.decided_at > d.index_due_at as late, what, (w.at at time zone 'Asia/Ho_Chi_Minh')::date as on_date
        from dossiers.dossier d join journal.entry e on e.stream = d.id and e.sequence = 1
        cross join lateral (values (1, d.submitted_at), (2, d.accepted_at), (3, d.decided_at)) w (what, at)
        where w.at is not null
      ) told
      cross join lateral (values (competent), (split_part(competent, '.', 1)), ('')) u (unit)
      cross join lateral (values (procedure), ('*')) p (procedure_code)
      group by grouping sets ((unit, procedure_code, on_date), (unit, procedure_code, date_trunc('month', on_date)))
    ) figures`)
  return rows[0].n
}

/** The counts of one unit and period the plain way. */
export async function plainMonth(
  db: Db,
  unit: string,
  { from, to }: { from: string; to: string },
): Promise<number> {
  const { rows } = await db.pool.query(
    `select count(*) filter (where received) as base, count(*) filter (where received and channel = 'online') as online,
       count(*) filter (where received and outcome = 'granted' and delivery = 'electronic') as results,
       count(*) filter (where finished) + count(*) filter (where open) as judged,
       count(*) filter (where finished and decided_at <= index_due_at)
         + count(*) filter (where open and index_due_at > $3) as on_time
     from (
       select d.*, accepted_at between $2 and $3 as received, decided_at between $2 and $3 as finished,
         accepted_at <= $3 and coalesce(decided_at > $3, true) as open
       from dossiers.dossier d where d.competent = $1
     ) told`,
    [unit, `${from}T00:00:00+07:00`, `${to}T23:59:59.999+07:00`],
  )
  return rows.length
}
