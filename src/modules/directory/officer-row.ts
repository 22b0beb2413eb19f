import type { Capacity, Officer, Post } from './authority.ts'
import { type Lent, postsByGrant } from './power.ts'

/** An officer as the statement below gives it. */
export type OfficerRow = Omit<Officer, 'posts' | 'personalId'> & {
  personalId?: string | null
  posts: (Omit<Post, 'capacity'> & { capacity: Capacity | null })[]
  lent: Lent[]
}

/** The condition that a row of `officer_post` holds on a day of law; without a day, that it has no end. */
export const isHeld = (row: string, on: string) =>
  `(case when ${on}::date is null then ${row}.valid_to is null
     else ${row}.valid_from <= ${on}::date and coalesce(${row}.valid_to, 'infinity') >= ${on}::date end)`

const postColumns = `'postId', p.id, 'title', p.title, 'authorityCode', p.authority_code,
  'unitCode', p.unit_code, 'counter', p.counter, 'roles', p.roles`

/**
 * Officers with their own posts and what is lent to them on a day of law (`on`, a parameter; null: own posts
 * alone). A grant lends nothing once it was ended, outside its days, after its giver was locked or left the
 * post, or when the grant that it hands on is over. `also` are further columns, each with a comma after it.
 */
export const officerQuery = (on: string, also = '') => `
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
           where g.receiver = o.id and g.ended_at is null and ${on}::date between g.valid_from and g.valid_to
             and not giver.locked
             and (g.basis is null or (b.ended_at is null and ${on}::date between b.valid_from and b.valid_to))),
           '[]') as lent
  from directory.officer o
  left join directory.officer_post op on op.officer_id = o.id and ${isHeld('op', on)}
  left join directory.post p on p.id = op.post_id`

/** The officer of a row: own posts first, then those by grant. */
export function toOfficer({ posts, lent, personalId, ...officer }: OfficerRow): Officer {
  const own = posts.map(({ capacity, ...post }): Post => ({ ...post, ...(capacity && { capacity }) }))
  // All posts of a grant may have been left meanwhile.
  const granted = lent.flatMap((each) => postsByGrant(own, { ...each, posts: each.posts ?? [] }))
  return { ...officer, ...(personalId && { personalId }), posts: [...own, ...granted] }
}
