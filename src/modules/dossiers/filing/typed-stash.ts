import { createHash } from 'node:crypto'
import type { Queryable } from '../../../kernel/db.ts'
import { isId, newToken } from '../../../kernel/ids.ts'

/** Names and values as a page posted them, in order; files are not among them. */
export type Typed = readonly (readonly [name: string, value: string])[]

/** What was typed for one page of a draft by somebody whose session had ended. */
export interface TypedStash {
  draftId: string
  pageKey: string
  typed: Typed
}

/** The longest that a page's text may be, in characters: far above any form, far below what would fill a disk. */
export const longestTyped = 200_000

const dayInMs = 24 * 60 * 60 * 1000

/**
 * Keeps typed text for a day and gives the key that opens it. Nobody is signed in, so it is bound to the browser
 * by the key and to its owner by the draft. Undefined when there is too much of it.
 */
export async function stashTyped(db: Queryable, stash: TypedStash, now: Date): Promise<string | undefined> {
  if (!isId(stash.draftId) || lengthOf(stash.typed) > longestTyped) return undefined
  const key = newToken()
  await db.query({
    name: 'dossiers.stash-typed',
    text: `with swept as (delete from dossiers.typed_stash where expires_at < $5)
           insert into dossiers.typed_stash (key_hash, draft_id, page_key, typed, expires_at)
           select $1, id, $3, $4, $6 from dossiers.draft where id = $2`,
    values: [
      hashOf(key),
      stash.draftId,
      stash.pageKey,
      JSON.stringify(stash.typed.map(storable)),
      now,
      new Date(now.getTime() + dayInMs),
    ],
  })
  return key
}

/** Takes the typed text out; a second time there is none. The draft must be the one that it was typed for. */
export async function takeTyped(
  db: Queryable,
  key: string,
  draftId: string,
  now: Date,
): Promise<Omit<TypedStash, 'draftId'> | undefined> {
  const { rows } = await db.query({
    name: 'dossiers.take-typed',
    text: 'delete from dossiers.typed_stash where key_hash = $1 and draft_id = $2 and expires_at >= $3 returning page_key, typed',
    values: [hashOf(key), draftId, now],
  })
  return rows[0] && { pageKey: rows[0].page_key, typed: rows[0].typed }
}

// PostgreSQL keeps neither U+0000 nor half a surrogate pair; the form refuses them when it is sent again.
const storable = ([name, value]: Typed[number]) => [clean(name), clean(value)]
const clean = (text: string) => text.replaceAll('\u0000', '\uFFFD').toWellFormed()
const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url')
const lengthOf = (typed: Typed) => typed.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
