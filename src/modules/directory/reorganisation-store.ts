import type { Db, Queryable } from '../../kernel/db.ts'
import { entryColumns } from '../../kernel/journal.ts'
import type { ReorganisationChange } from './decide-reorganisation.ts'
import type { Reorganisation, ReorganisationState } from './reorganisation.ts'
import type { Holding, StandingGrant, StoredPost } from './reorganisation-plan.ts'
import type { OtherDecision } from './reorganisation-problems.ts'

const columns = `id, sequence, head_hash as "headHash", number, issued_on as "issuedOn", issued_by as "issuedBy", title,
  effective_on as "effectiveOn", lines, officers, grants, state, drafted_by as "draftedBy",
  drafted_at as "draftedAt", approved_by as "approvedBy", approved_at as "approvedAt",
  cancelled_by as "cancelledBy", cancelled_at as "cancelledAt", cancel_reason as "cancelReason",
  applied_at as "appliedAt", record, followed_at as "followedAt", followed`

type Row = { [K in keyof Reorganisation]: K extends `${string}At` ? Date | null : Reorganisation[K] }

function toReorganisation(row: Row): Reorganisation {
  const iso = (date: Date | null) => date?.toISOString() ?? null
  return {
    ...row,
    ...{ draftedAt: iso(row.draftedAt)!, approvedAt: iso(row.approvedAt), cancelledAt: iso(row.cancelledAt) },
    ...{ appliedAt: iso(row.appliedAt), followedAt: iso(row.followedAt) },
  } as Reorganisation
}

/** A decision by its id; undefined when there is none. */
export async function findReorganisation(db: Queryable, id: string): Promise<Reorganisation | undefined> {
  const { rows } = await db.query<Row>({
    name: 'directory.reorganisation',
    text: `select ${columns} from directory.reorganisation where id = $1`,
    values: [id],
  })
  return rows[0] && toReorganisation(rows[0])
}

/** Everybody who drafted a decision or changed its draft. */
export async function draftersOf(db: Queryable, id: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'directory.reorganisation-drafters',
    text: `select distinct actor ->> 'id' as id from journal.entry
      where stream = $1 and kind = 'directory.reorganisation-drafted'`,
    values: [id],
  })
  return rows.map((row) => row.id)
}

/** A decision as a list shows it. */
export type ListedReorganisation = Pick<
  Reorganisation,
  'id' | 'number' | 'title' | 'issuedBy' | 'issuedOn' | 'effectiveOn' | 'state' | 'followedAt' | 'draftedAt'
> & { lineCount: number; concerned: string[] }

/** All decisions, those still to take effect first, then the latest; at most 200. */
export async function listReorganisations(db: Queryable): Promise<ListedReorganisation[]> {
  const { rows } = await db.query<
    Omit<ListedReorganisation, 'followedAt' | 'draftedAt'> & { followedAt: Date | null; draftedAt: Date }
  >({
    name: 'directory.list-reorganisations',
    text: `select id, number, title, issued_by as "issuedBy", issued_on as "issuedOn", effective_on as "effectiveOn",
        state, followed_at as "followedAt", drafted_at as "draftedAt", jsonb_array_length(lines) as "lineCount",
        array(select distinct jsonb_array_elements_text(
            case when jsonb_typeof(line -> 'from') = 'array' and line ->> 'kind' = 'merge' then line -> 'from'
              else jsonb_build_array(coalesce(line ->> 'from', line ->> 'authority', '')) end)
          from jsonb_array_elements(case when jsonb_array_length(lines) > 50 then '[]' else lines end) line
          where line ->> 'kind' in ('merge', 'split', 'end', 'rename')) as concerned
      from directory.reorganisation
      order by state in ('applied', 'cancelled'), effective_on desc, drafted_at desc limit 200`,
  })
  return rows.map(({ followedAt, draftedAt, ...row }) => ({
    ...row,
    followedAt: followedAt?.toISOString() ?? null,
    draftedAt: draftedAt.toISOString(),
  }))
}

/** Decisions that are drafted or approved, besides one: what a decision may contradict. */
export async function otherDecisions(db: Queryable, besides: string | null): Promise<OtherDecision[]> {
  const { rows } = await db.query<OtherDecision>({
    name: 'directory.other-reorganisations',
    text: `select id, number, state, effective_on as "effectiveOn", lines, issued_by as "issuedBy"
      from directory.reorganisation where state in ('drafted', 'approved') and id is distinct from $1::uuid
      order by effective_on, drafted_at`,
    values: [besides],
  })
  return rows
}

/** Decisions in a state whose day has come and whose dossiers have not all followed, the earliest first. */
export async function reorganisationsTo(
  db: Queryable,
  asked: { state: ReorganisationState; until: string },
): Promise<Reorganisation[]> {
  const { rows } = await db.query<Row>({
    name: 'directory.reorganisations-to-do',
    text: `select ${columns} from directory.reorganisation
      where state = $1 and effective_on <= $2::date and followed_at is null order by effective_on, drafted_at`,
    values: [asked.state, asked.until],
  })
  return rows.map(toReorganisation)
}

/** Writes a decision after an act with its entry in one statement; false when somebody acted meanwhile. */
export async function writeReorganisation(
  db: Queryable,
  { reorganisation: r, entry, reason }: ReorganisationChange,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'directory.write-reorganisation',
    text: `
with head as (
  insert into directory.reorganisation as r (id, sequence, head_hash, number, issued_on, issued_by, title, effective_on,
    lines, officers, grants, state, drafted_by, drafted_at, approved_by, approved_at, cancelled_by, cancelled_at,
    cancel_reason, cancel_reason_ref, cancel_reason_salt, applied_at, record, followed_at, followed)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
    $24, $25)
  on conflict (id) do update set (sequence, head_hash, number, issued_on, issued_by, title, effective_on, lines,
      officers, grants, state, drafted_by, drafted_at, approved_by, approved_at, cancelled_by, cancelled_at,
      cancel_reason, cancel_reason_ref, cancel_reason_salt, applied_at, record, followed_at, followed)
    = row (excluded.sequence, excluded.head_hash, excluded.number, excluded.issued_on, excluded.issued_by,
      excluded.title, excluded.effective_on, excluded.lines, excluded.officers, excluded.grants, excluded.state,
      excluded.drafted_by, excluded.drafted_at, excluded.approved_by, excluded.approved_at, excluded.cancelled_by,
      excluded.cancelled_at, excluded.cancel_reason, excluded.cancel_reason_ref, excluded.cancel_reason_salt,
      excluded.applied_at, excluded.record, excluded.followed_at, excluded.followed)
    where r.sequence = excluded.sequence - 1
  returning id
)
insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
select e.* from head, unnest($26::uuid[], $27::int[], $28::text[], $29::text[], $30::jsonb[], $31::jsonb[],
  $32::timestamptz[], $33::bytea[], $34::bytea[]) e`,
    values: [
      ...[r.id, r.sequence, r.headHash, r.number, r.issuedOn, r.issuedBy, r.title, r.effectiveOn],
      ...[JSON.stringify(r.lines), JSON.stringify(r.officers), r.grants, r.state, r.draftedBy, r.draftedAt],
      ...[r.approvedBy, r.approvedAt, r.cancelledBy, r.cancelledAt, r.cancelReason],
      ...[reason?.id ?? null, reason?.salt ?? null, r.appliedAt, json(r.record), r.followedAt],
      ...[json(r.followed), ...entryColumns('reorganisation', [entry])],
    ],
  })
  return rowCount === 1
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value))

/** Posts of these authorities, who holds them now, and the grants given there that are in force or still to come. */
export async function staffOf(
  db: Db,
  authorities: readonly string[],
  today: string,
): Promise<{ posts: StoredPost[]; holdings: Holding[]; grants: StandingGrant[] }> {
  const [posts, holdings, grants] = await Promise.all([
    db.pool.query<StoredPost>({
      name: 'directory.posts-of-authorities',
      text: `select id as "postId", authority_code as "authorityCode", unit_code as "unitCode", title, roles, counter,
          capacity from directory.post where authority_code = any ($1) order by array_position($1, authority_code), id`,
      values: [authorities],
    }),
    db.pool.query<Holding>({
      name: 'directory.holdings-of-authorities',
      text: `select held.officer_id as "officerId", o.name, o.locked, held.post_id as "postId"
        from directory.officer_post held join directory.post p on p.id = held.post_id
        join directory.officer o on o.id = held.officer_id
        where p.authority_code = any ($1) and held.valid_to is null order by held.officer_id, held.post_id`,
      values: [authorities],
    }),
    db.pool.query<StandingGrant>({
      name: 'directory.grants-of-authorities',
      text: `select id, kind, authority_code as "authorityCode", giver, receiver, posts from directory.grant
        where authority_code = any ($1) and ended_at is null and valid_to >= $2::date order by granted_at, id`,
      values: [authorities, today],
    }),
  ])
  return { posts: posts.rows, holdings: holdings.rows, grants: grants.rows }
}
