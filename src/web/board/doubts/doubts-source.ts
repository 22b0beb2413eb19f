import { countDoubts, type Doubt, doubts } from 'motcua/modules/dossiers'
import { answersFor } from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'

/** How many dossiers of a unit are doubtful, most first; kinds without any are left out. */
export type Doubted = readonly { doubt: Doubt; count: number }[]

const lastsMs = 300_000
const mostRemembered = 200
const memory = new WeakMap<object, Map<string, { at: number; found: Promise<Doubted> }>>()

/**
 * What is doubtful about the dossiers of a unit, for those who answer for it: everybody else would learn of single
 * dossiers. It reads the dossiers themselves, so five minutes old is fresh enough.
 */
export async function doubtsFor(
  { app, actor, now }: Pick<PageContext, 'app' | 'actor' | 'now'>,
  query: { authority: string; from: string; to: string },
): Promise<Doubted> {
  if (!answersFor(actor, query.authority)) return []
  const known = memory.get(app) ?? new Map()
  memory.set(app, known)
  const key = JSON.stringify(query)
  const remembered = known.get(key)
  if (remembered && now.getTime() - remembered.at < lastsMs) return remembered.found
  if (known.size > mostRemembered) known.clear()
  const found = countDoubts(app.db.pool, query).then((counts) =>
    doubts
      .map((doubt) => ({ doubt, count: counts[doubt] }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count),
  )
  known.set(key, { at: now.getTime(), found })
  found.catch(() => known.delete(key))
  return found
}
