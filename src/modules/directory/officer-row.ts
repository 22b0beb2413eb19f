import { dateOfLaw } from '../../kernel/time.ts'
import type { Capacity, Officer, Post } from './authority.ts'
import { type Lent, postsByGrant } from './power.ts'

/** An officer as the statement below gives it. */
export type OfficerRow = Omit<Officer, 'posts' | 'personalId'> & {
  personalId?: string | null
  posts: (Omit<Post, 'capacity' | 'archives'> & { capacity: Capacity | null; archives: string[] | null })[]
  lent: Lent[]
}

/** The condition that a row of `officer_post` holds on a day of law; without a day, that it has no end. */
export const isHeld = (row: string, on: string) =>
  `(case when ${on}::date is null then ${row}.valid_to is null
     else ${row}.valid_from <= ${on}::date and coalesce(${row}.valid_to, 'infinity') >= ${on}::date end)`

// Whoever took over keeps the archive, over as many reorganisations as there were. Who only gave part away and stands
// keeps its own.
const takenOver = `directory.succession s join directory.authority gone on gone.code = s.from_code
      and gone.valid_to < s.effective_on`
const archives = `(with recursive before (code) as (
    select s.from_code from ${takenOver} where s.to_code = p.authority_code and s.from_unit is null
    union
    select s.from_code from before b join (${takenOver}) on s.to_code = b.code and s.from_unit is null)
  select json_agg(code order by code) from before)`

const postColumns = `'postId', p.id, 'title', p.title, 'authorityCode', p.authority_code,
  'unitCode', p.unit_code, 'counter', p.counter, 'roles', p.roles, 'archives', ${archives}`

/** Whose posts are asked for when: on a day of law, at an instant that is past, or own posts as they stand. */
export type When = string | Date | undefined

/** The parameters `on` and `at` of the statement below. */
export const parametersOf = (when: When): [on: string | null, at: Date | null] =>
  when instanceof Date ? [dateOfLaw(when), when] : [when ?? null, null]

// On a day that it was ended on a grant gives nothing any more; at an instant it gave something until it was ended.
const inForce = (grant: string, { on, at }: Parameters) =>
  `(${on}::date between ${grant}.valid_from and ${grant}.valid_to
    and (${at}::timestamptz is null or ${grant}.granted_at <= ${at}::timestamptz)
    and (${grant}.ended_at is null or case when ${at}::timestamptz is null
           then (${grant}.ended_at at time zone 'Asia/Ho_Chi_Minh')::date > ${on}::date
           else ${grant}.ended_at > ${at}::timestamptz end))`

interface Parameters {
  on: string
  at: string
  /** Further columns, each with a comma after it. */
  also?: string
}

/**
 * Officers with their own posts and what is lent to them (without a day: own posts alone). A grant lends nothing
 * once it was ended, outside its days, after its giver left the post, or when the grant that it hands on is over;
 * nor when its giver is locked, unless the question is how it was at an instant.
 */
export const officerQuery = ({ on, at, also = '' }: Parameters) => `
  select o.id as "officerId", o.name, o.issuer, o.subject, o.locked, o.sample,${also}
         coalesce(json_agg(json_build_object(${postColumns}, 'capacity', p.capacity) order by p.id)
           filter (where p.id is not null), '[]') as posts,
         coalesce((
           select json_agg(json_build_object('grant', g.id, 'kind', g.kind, 'capacity', g.capacity,
                    'procedures', g.procedures, 'until', g.valid_to, 'giver', json_build_object('officerId', giver.id, 'name', giver.name),
                    'posts', (select json_agg(json_build_object(${postColumns}) order by p.id)
                              from directory.officer_post held join directory.post p on p.id = held.post_id
                              where held.officer_id = coalesce(b.giver, g.giver) and p.id = any (g.posts)
                                and ${isHeld('held', on)}))
                  order by g.granted_at, g.id)
           from directory.grant g
           join directory.officer giver on giver.id = g.giver
           left join directory.grant b on b.id = g.basis
           where g.receiver = o.id and ${inForce('g', { on, at })}
             and (${at}::timestamptz is not null or not giver.locked)
             and (g.basis is null or ${inForce('b', { on, at })})),
           '[]') as lent
  from directory.officer o
  left join directory.officer_post op on op.officer_id = o.id and ${isHeld('op', on)}
  left join directory.post p on p.id = op.post_id`

/** The officer of a row: own posts first, then those by grant. */
export function toOfficer({ posts, lent, personalId, ...officer }: OfficerRow): Officer {
  const own = posts.map(({ capacity, archives, ...post }): Post => {
    return { ...post, ...(capacity && { capacity }), ...(archives && { archives }) }
  })
  // All posts of a grant may have been left meanwhile.
  const granted = lent.flatMap((each) =>
    postsByGrant(own, { ...each, posts: (each.posts ?? []).map(withoutEmpty) }),
  )
  return { ...officer, ...(personalId && { personalId }), posts: [...own, ...granted] }
}

// JSON of the server says null where there is nothing to tell.
function withoutEmpty({ archives, ...post }: Lent['posts'][number]): Lent['posts'][number] {
  return archives ? { ...post, archives } : post
}
