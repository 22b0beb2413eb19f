import { dateOfLaw } from '../../kernel/time.ts'
import type { Post } from './actor.ts'

/** What the directory knows of a signed-in officer; identity is to its left and is given this question. */
export interface OfficerRecord {
  officerId: string
  name: string
  /** A locked officer is known but may do nothing. */
  locked?: boolean
  /** To find a conflict of interest. */
  personalId?: string
  posts: Post[]
}
/** The officer of an account with the posts of a day of law, own and granted. */
export type OfficerOf = (issuer: string, subject: string, on: string) => Promise<OfficerRecord | undefined>

export interface OfficerCache {
  find(issuer: string, subject: string, now: Date): Promise<OfficerRecord | undefined>
  /** Forgets one officer, or everybody: call it when posts change. */
  forget(issuer?: string, subject?: string): void
}

/** How far behind one process may be when another one ends a grant or locks an officer. */
const keptMs = 3_000
const most = 20_000

/**
 * Keeps officers' posts for three seconds, so that a request costs one query. Grants begin and end with a day of
 * law, so what is kept holds for one day: at midnight everybody is asked again.
 */
export function officerCache(officerOf: OfficerOf): OfficerCache {
  const kept = new Map<string, { record: OfficerRecord | undefined; on: string; untilMs: number }>()
  const key = (issuer: string, subject: string) => JSON.stringify([issuer, subject])
  // Raised by every `forget`, so that an answer which was on its way meanwhile is not kept.
  let edition = 0
  return {
    async find(issuer, subject, now) {
      const on = dateOfLaw(now)
      const found = kept.get(key(issuer, subject))
      if (found && found.on === on && found.untilMs > now.getTime()) return found.record
      const asked = edition
      const record = await officerOf(issuer, subject, on)
      if (asked !== edition) return record
      if (kept.size >= most) kept.clear()
      kept.set(key(issuer, subject), { record, on, untilMs: now.getTime() + keptMs })
      return record
    },
    forget(issuer, subject) {
      edition += 1
      if (issuer === undefined || subject === undefined) kept.clear()
      else kept.delete(key(issuer, subject))
    },
  }
}
