import type { Db, Queryable } from '../../kernel/db.ts'
import { entryColumns } from '../../kernel/journal.ts'
import type { Post } from './authority.ts'
import type { GrantChange } from './decide-grant.ts'
import type { Grant } from './power.ts'

const columns = `g.id, g.sequence, g.head_hash as "headHash", g.kind, g.authority_code as "authorityCode", g.giver,
  g.receiver, g.posts, g.capacity, g.procedures, g.fields, g.document_number, g.document_on, g.basis, g.reason,
  g.valid_from as "from", g.valid_to as "to", g.granted_by as "grantedBy", g.granted_at, g.ended_at,
  g.ended_by as "endedBy", g.end_reason as "endReason"`

type Row = Omit<Grant, 'document' | 'grantedAt' | 'endedAt'> & {
  document_number: string | null
  document_on: string | null
  granted_at: Date
  ended_at: Date | null
}

function toGrant({ document_number, document_on, granted_at, ended_at, ...row }: Row): Grant {
  return {
    ...row,
    document: document_number && document_on ? { number: document_number, on: document_on } : null,
    grantedAt: granted_at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
  }
}

/** Grants by their ids; unknown ids are left out. */
export async function grantsByIds(db: Db, ids: readonly string[]): Promise<Grant[]> {
  if (ids.length === 0) return []
  const { rows } = await db.pool.query<Row>({
    name: 'directory.grants-by-ids',
    text: `select ${columns} from directory.grant g where g.id = any ($1::uuid[])`,
    values: [ids],
  })
  return rows.map(toGrant)
}

/** A grant with the names of those it concerns and the posts it lends. */
export interface ListedGrant extends Grant {
  giverName: string
  receiverName: string
  grantedByName: string
  endedByName: string | null
  lent: Pick<Post, 'postId' | 'title' | 'authorityCode' | 'unitCode' | 'roles'>[]
  /** Units of the receiver at the authority of the grant. */
  receiverUnits: string[]
}

/** The grants of these authorities and those that concern an officer, the latest first; at most 300. */
export async function listGrants(
  db: Db,
  { authorities, officerId }: { authorities: readonly string[]; officerId: string },
): Promise<ListedGrant[]> {
  const { rows } = await db.pool.query<Row & Omit<ListedGrant, keyof Grant>>({
    name: 'directory.list-grants',
    text: `select ${columns}, giver.name as "giverName", receiver.name as "receiverName",
        granter.name as "grantedByName", ender.name as "endedByName",
        coalesce((select json_agg(json_build_object('postId', p.id, 'title', p.title, 'authorityCode',
            p.authority_code, 'unitCode', p.unit_code, 'roles', p.roles) order by p.id)
          from directory.post p where p.id = any (g.posts)), '[]') as lent,
        array(select distinct p.unit_code from directory.officer_post held
          join directory.post p on p.id = held.post_id and p.authority_code = g.authority_code
          where held.officer_id = g.receiver and held.valid_to is null order by 1) as "receiverUnits"
      from directory.grant g
      join directory.officer giver on giver.id = g.giver
      join directory.officer receiver on receiver.id = g.receiver
      join directory.officer granter on granter.id = g.granted_by
      left join directory.officer ender on ender.id = g.ended_by
      where g.authority_code = any ($1) or g.giver = $2 or g.receiver = $2
      order by g.granted_at desc, g.id desc limit 300`,
    values: [authorities, officerId],
  })
  return rows.map((row) => ({ ...row, ...toGrant(row) }))
}

/** Posts by their ids, whoever holds them. */
export async function postsByIds(
  db: Db,
  ids: readonly string[],
): Promise<Pick<Post, 'postId' | 'authorityCode' | 'unitCode' | 'roles'>[]> {
  const { rows } = await db.pool.query<Pick<Post, 'postId' | 'authorityCode' | 'unitCode' | 'roles'>>({
    name: 'directory.posts-by-ids',
    text: `select id as "postId", authority_code as "authorityCode", unit_code as "unitCode", roles
           from directory.post where id = any ($1)`,
    values: [ids],
  })
  return rows
}

/** Writes a new grant with its entry in one statement. */
export async function insertGrant(db: Queryable, { grant, entry, reason }: GrantChange): Promise<void> {
  await db.query({
    name: 'directory.insert-grant',
    text: `
with head as (
  insert into directory.grant (id, sequence, head_hash, kind, authority_code, giver, receiver, posts, capacity,
    procedures, fields, document_number, document_on, basis, reason, reason_ref, reason_salt, valid_from, valid_to,
    granted_by, granted_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
  returning id
)
insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
select e.* from head, unnest($22::uuid[], $23::int[], $24::text[], $25::text[], $26::jsonb[], $27::jsonb[],
  $28::timestamptz[], $29::bytea[], $30::bytea[]) e`,
    values: [
      ...[grant.id, grant.sequence, grant.headHash, grant.kind, grant.authorityCode, grant.giver],
      ...[grant.receiver, grant.posts, grant.capacity, grant.procedures, grant.fields],
      ...[grant.document?.number ?? null, grant.document?.on ?? null, grant.basis],
      ...[grant.reason, reason.id, reason.salt, grant.from, grant.to, grant.grantedBy, grant.grantedAt],
      ...entryColumns('grant', [entry]),
    ],
  })
}

/**
 * Ends a grant with its entry in one statement, guarded by the sequence the decision was made on.
 * False when somebody ended it meanwhile.
 */
export async function endGrant(db: Queryable, { grant, entry, reason }: GrantChange): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'directory.end-grant',
    text: `
with head as (
  update directory.grant set sequence = $2, head_hash = $3, ended_at = $4, ended_by = $5, end_reason = $6,
    end_reason_ref = $7, end_reason_salt = $8
  where id = $1 and sequence = $2 - 1 and ended_at is null
  returning id
)
insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
select e.* from head, unnest($9::uuid[], $10::int[], $11::text[], $12::text[], $13::jsonb[], $14::jsonb[],
  $15::timestamptz[], $16::bytea[], $17::bytea[]) e`,
    values: [
      ...[grant.id, grant.sequence, grant.headHash, grant.endedAt, grant.endedBy, grant.endReason],
      ...[reason.id, reason.salt],
      ...entryColumns('grant', [entry]),
    ],
  })
  return rowCount === 1
}
