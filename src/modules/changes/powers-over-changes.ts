import type { Db } from '../../kernel/db.ts'
import { findAuthority } from '../directory/index.ts'
import type { Actor } from '../identity/index.ts'
import { mayPublish } from '../processes/index.ts'
import type { Powers } from './decide-change.ts'

/** Kinds of authority whose control and leaders look over what is to hold for the province. */
const provincial = ['office', 'province']

/**
 * What an actor may do with changes of procedures: procedure control of any authority edits, control and leaders of
 * the province review, control of the province publishes. A power limited to some procedures is not enough.
 */
export async function powersOver(db: Db, actor: Actor): Promise<Powers> {
  if (actor.kind !== 'officer') return { edit: false, review: false, publish: false }
  const posts = actor.posts.filter(({ procedures }) => procedures === undefined)
  const edit = posts.some(({ roles }) => roles.includes('control'))
  const heads = posts.filter(({ roles }) => roles.includes('control') || roles.includes('leader'))
  const places = await Promise.all(heads.map(({ authorityCode }) => findAuthority(db, authorityCode)))
  const review = places.some((place) => place !== undefined && provincial.includes(place.kind))
  return { edit, review, publish: await mayPublish(db, actor) }
}
