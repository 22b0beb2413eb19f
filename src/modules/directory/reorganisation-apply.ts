import type { Queryable } from '../../kernel/db.ts'
import { type Entry, entryColumns, keepPrivate, type NewEntry, seal } from '../../kernel/journal.ts'
import { searchable } from '../../kernel/text.ts'
import type { Reorganisation } from './reorganisation.ts'
import type { PlannedGrant, ReorganisationPlan } from './reorganisation-plan.ts'

/** The day before a day of law. */
export const dayBefore = (day: string) => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

interface Applying {
  decision: Reorganisation
  plan: ReorganisationPlan
  now: Date
  today: string
}

/** Writes a plan in the directory, in the transaction of the caller. */
export async function applyPlan(tx: Queryable, applying: Applying): Promise<void> {
  await writeAuthorities(tx, applying)
  await writeUnits(tx, applying)
  await writeStaff(tx, applying)
  await writeSuccessions(tx, applying)
  await writeCommunes(tx, applying)
  await writeGrants(tx, applying)
}

const rowsOf = (rows: readonly object[]) => JSON.stringify(rows)

async function writeAuthorities(tx: Queryable, { decision, plan }: Applying): Promise<void> {
  const { id, effectiveOn } = decision
  // One statement for all: a parent that begins with its children is there when they are checked.
  await tx.query(
    `insert into directory.authority (code, name, short_name, kind, parent_code, commune_code, address, phone,
        working_hours, sample, valid_from, reorganised_by)
      select a.code, a.name, a."shortName", a.kind, a."parentCode", a."communeCode", a.address, a.phone,
        a."workingHours", a.sample, $2, $3
      from json_to_recordset($1::json) as a(code text, name text, "shortName" text, kind text, "parentCode" text,
        "communeCode" text, address text, phone text, "workingHours" jsonb, sample boolean)`,
    [rowsOf(plan.begins), effectiveOn, id],
  )
  await tx.query(`update directory.authority set valid_to = $2, reorganised_by = $3 where code = any ($1)`, [
    plan.ends,
    dayBefore(effectiveOn),
    id,
  ])
  await tx.query(
    `update directory.authority a set name = r.name, short_name = r."shortName",
        kind = coalesce(r."authorityKind", a.kind), reorganised_by = $2
      from json_to_recordset($1::json) as r(authority text, name text, "shortName" text, "authorityKind" text)
      where a.code = r.authority`,
    [rowsOf(plan.renames), id],
  )
  await tx.query(
    `update directory.authority a set parent_code = r."parentCode", reorganised_by = $2
      from json_to_recordset($1::json) as r(code text, "parentCode" text) where a.code = r.code`,
    [rowsOf(plan.reparents), id],
  )
}

async function writeUnits(tx: Queryable, { decision, plan }: Applying): Promise<void> {
  const { effectiveOn } = decision
  await tx.query(
    `insert into directory.unit (authority_code, code, name, kind, fields, valid_from)
      select u."authorityCode", u."unitCode", u.name, u.kind, array(select jsonb_array_elements_text(u.fields)), $2
      from json_to_recordset($1::json) as u("authorityCode" text, "unitCode" text, name text, kind text, fields jsonb)
      on conflict (authority_code, code) do update
        set name = excluded.name, kind = excluded.kind, fields = excluded.fields, valid_to = null`,
    [rowsOf(plan.units), effectiveOn],
  )
  await tx.query(
    `update directory.unit u set valid_to = $2
      from json_to_recordset($1::json) as e("authorityCode" text, "unitCode" text)
      where u.authority_code = e."authorityCode" and u.code = e."unitCode"`,
    [rowsOf(plan.unitsEnded), dayBefore(effectiveOn)],
  )
}

// What officers did until now they did in their old posts, even where the decision is applied some days late.
async function writeStaff(tx: Queryable, { decision, plan, today }: Applying): Promise<void> {
  const from = decision.effectiveOn > today ? decision.effectiveOn : today
  await tx.query(
    `insert into directory.post (id, authority_code, unit_code, title, roles, counter, capacity)
      select p."postId", p."authorityCode", p."unitCode", p.title, array(select jsonb_array_elements_text(p.roles)),
        p.counter, p.capacity
      from json_to_recordset($1::json) as p("postId" text, "authorityCode" text, "unitCode" text, title text,
        roles jsonb, counter text, capacity text)`,
    [rowsOf(plan.posts)],
  )
  const pairs = (side: 'from' | 'to') =>
    plan.officers.flatMap((move) =>
      move[side].map(({ postId }) => ({ officer: move.officerId, post: postId })),
    )
  await tx.query(
    `update directory.officer_post held set valid_to = $2
      from json_to_recordset($1::json) as m(officer text, post text)
      where held.officer_id = m.officer and held.post_id = m.post and held.valid_to is null`,
    [rowsOf(pairs('from')), dayBefore(from)],
  )
  await tx.query(
    `insert into directory.officer_post (officer_id, post_id, valid_from)
      select m.officer, m.post, $2 from json_to_recordset($1::json) as m(officer text, post text)`,
    [rowsOf(pairs('to')), from],
  )
}

async function writeSuccessions(tx: Queryable, { decision, plan }: Applying): Promise<void> {
  await tx.query(
    `insert into directory.succession (from_code, to_code, from_unit, to_unit, effective_on, decision, rule)
      select s."from", s."to", s."fromUnit", s."toUnit", $2, $3, s.rule
      from json_to_recordset($1::json) as s("from" text, "to" text, "fromUnit" text, "toUnit" text, rule jsonb)`,
    [rowsOf(plan.successions), decision.effectiveOn, decision.id],
  )
}

// The list of communes follows: what ends is mapped to what takes over, and what begins is found by its name.
async function writeCommunes(tx: Queryable, { decision, plan }: Applying): Promise<void> {
  const { id, effectiveOn, number } = decision
  const began = plan.begins.flatMap(({ kind, commune, sample }) =>
    kind === 'commune' && commune
      ? [
          {
            ...commune,
            sample,
            searchable: searchable(commune.fullName),
            before: sourcesOf(plan, commune.code),
          },
        ]
      : [],
  )
  const renamed = plan.renames.flatMap(({ commune }) =>
    commune
      ? [{ ...commune, sample: null, searchable: searchable(commune.fullName), before: [commune.code] }]
      : [],
  )
  const gone = [...new Set([...plan.communes.map(({ from }) => from), ...renamed.map(({ code }) => code)])]
  if (began.length + gone.length === 0) return
  await tx.query(
    `with new as (
        select n.*, old.province_code, coalesce(n.sample, old.sample) as is_sample
        from json_to_recordset($1::json) as n(code text, name text, "fullName" text, kind text, sample boolean,
          searchable text, before jsonb)
        join lateral (
          select province_code, sample from directory.administrative_unit u
          where u.level = 'commune' and u.code in (select jsonb_array_elements_text(n.before)) and u.valid_to is null
          order by u.code limit 1) old on true),
      ended as (
        update directory.administrative_unit u set valid_to = $2
        where u.level = 'commune' and u.valid_to is null and u.valid_from < $3::date
          and (u.code = any ($4) or u.code in (select code from new)))
      insert into directory.administrative_unit (level, code, valid_from, name, full_name, kind, province_code,
        legal_basis, sample, searchable)
      select 'commune', code, $3, name, "fullName", kind, province_code, $5, is_sample, searchable from new
      on conflict (level, code, valid_from) do nothing`,
    [rowsOf([...began, ...renamed]), dayBefore(effectiveOn), effectiveOn, gone, number],
  )
  await tx.query(
    `insert into directory.commune_mapping (old_province_code, old_district_code, old_commune_code, new_province_code,
        new_commune_code, divided, effective_on, decision)
      select p.province_code, '', m."from", p.province_code, t.code, jsonb_array_length(m."to") > 1, $2, $3
      from json_to_recordset($1::json) as m("from" text, "to" jsonb),
        jsonb_array_elements_text(m."to") t(code),
        lateral (select province_code from directory.administrative_unit u
          where u.level = 'commune' and u.code = t.code and u.valid_to is null) p
      on conflict do nothing`,
    [rowsOf(plan.communes.map(({ from, to }) => ({ from, to: [...new Set(to)] }))), effectiveOn, id],
  )
}

const sourcesOf = (plan: ReorganisationPlan, code: string) => [
  ...plan.communes.filter(({ to }) => to.includes(code)).map(({ from }) => from),
  code,
]

interface GrantHead {
  id: string
  sequence: number
  head_hash: Buffer
  posts: string[]
  granted_by: string
}

async function writeGrants(tx: Queryable, { decision, plan, now }: Applying): Promise<void> {
  if (plan.grants.length === 0) return
  const { rows } = await tx.query<GrantHead>(
    `select id, sequence, head_hash, posts, granted_by from directory.grant
      where id = any ($1::uuid[]) and ended_at is null for update`,
    [plan.grants.map(({ id }) => id)],
  )
  const heads = new Map(rows.map((row) => [row.id, row]))
  for (const { id, follows } of plan.grants) {
    const head = heads.get(id)
    if (!head) continue
    if (follows) await followGrant(tx, head, follows, { decision, now })
    else await endGrantFor(tx, head, { decision, now })
  }
}

const actor = { kind: 'system' as const, id: 'reorganisation' }

// Old posts stay named: papers about what was done then ask who held what.
async function followGrant(
  tx: Queryable,
  head: GrantHead,
  { authorityCode, posts }: NonNullable<PlannedGrant['follows']>,
  { decision, now }: Pick<Applying, 'decision' | 'now'>,
): Promise<void> {
  const data = { decision: decision.id, authority: authorityCode, posts }
  const entry = sealed(head, { kind: 'directory.grant-followed', data, actor, at: now })
  await tx.query(
    `update directory.grant set sequence = $2, head_hash = $3, authority_code = $4, posts = $5 where id = $1`,
    [head.id, entry.sequence, entry.hash, authorityCode, [...new Set([...head.posts, ...posts])]],
  )
  await addEntry(tx, entry)
}

async function endGrantFor(
  tx: Queryable,
  head: GrantHead,
  { decision, now }: Pick<Applying, 'decision' | 'now'>,
): Promise<void> {
  const reason = `Cơ quan được sắp xếp lại theo ${decision.number}, từ ngày ${dayText(decision.effectiveOn)}`
  const [ref, kept] = keepPrivate('end-reason', reason)
  const entry = sealed(head, { kind: 'directory.grant-ended', data: { reason: ref }, actor, at: now })
  await tx.query(
    `update directory.grant set sequence = $2, head_hash = $3, ended_at = $4, ended_by = $5, end_reason = $6,
        end_reason_ref = $7, end_reason_salt = $8 where id = $1`,
    [head.id, entry.sequence, entry.hash, now, head.granted_by, reason, kept.id, kept.salt],
  )
  await addEntry(tx, entry)
}

const dayText = (day: string) => day.split('-').reverse().join('/')

const sealed = (head: GrantHead, entry: NewEntry): Entry =>
  seal(head.id, { sequence: head.sequence, hash: head.head_hash }, [entry])[0]!

async function addEntry(tx: Queryable, entry: Entry): Promise<void> {
  await tx.query(
    `insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
      select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::timestamptz[],
        $8::bytea[], $9::bytea[])`,
    entryColumns('grant', [entry]),
  )
}
