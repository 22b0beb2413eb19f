import type { Db } from '../../../kernel/db.ts'
import { findAuthority } from '../../directory/index.ts'
import type { Actor } from '../../identity/index.ts'

/** Kinds of authority that stand for their province. */
const provincial = ['office', 'province']

export interface SetPowers {
  /** Provinces whose sets the actor writes: as procedure control of the province. */
  edit: string[]
  /** Provinces whose sets the actor publishes when somebody else wrote them: as control or leader of the province. */
  publish: string[]
}

/** What an actor may do with the sets of provinces. A power limited to some procedures is not enough. */
export async function powersOverSets(db: Db, actor: Actor): Promise<SetPowers> {
  if (actor.kind !== 'officer') return { edit: [], publish: [] }
  const posts = actor.posts.filter(({ procedures }) => procedures === undefined)
  const held = await Promise.all(
    posts.map(async ({ authorityCode, roles }) => {
      const place = await findAuthority(db, authorityCode)
      return {
        province: place && provincial.includes(place.kind) ? provinceOf(place.code) : undefined,
        roles,
      }
    }),
  )
  const having = (...wanted: string[]) => [
    ...new Set(
      held.flatMap(({ province, roles }) =>
        province && roles.some((role) => wanted.includes(role)) ? [province] : [],
      ),
    ),
  ]
  return { edit: having('control'), publish: having('control', 'leader') }
}

/** `H99.12` stands in province `H99`. */
const provinceOf = (authorityCode: string) => authorityCode.split('.')[0] as string
