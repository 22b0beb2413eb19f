import type { Post } from './actor.ts'

/** What the directory knows of a signed-in officer; identity is to its left and is given this question. */
export interface OfficerRecord {
  officerId: string
  name: string
  /** A locked officer is known but may do nothing. */
  locked?: boolean
  posts: Post[]
}
export type OfficerOf = (issuer: string, subject: string) => Promise<OfficerRecord | undefined>

export interface OfficerCache {
  find(issuer: string, subject: string, now: Date): Promise<OfficerRecord | undefined>
  /** Forgets one officer, or everybody: call it when posts change. */
  forget(issuer?: string, subject?: string): void
}

const keptMs = 30_000
const most = 20_000

/** Keeps officers' posts for 30 seconds, so that a request costs one query; one process may be that far behind. */
export function officerCache(officerOf: OfficerOf): OfficerCache {
  const kept = new Map<string, { record: OfficerRecord | undefined; untilMs: number }>()
  const key = (issuer: string, subject: string) => JSON.stringify([issuer, subject])
  return {
    async find(issuer, subject, now) {
      const found = kept.get(key(issuer, subject))
      if (found && found.untilMs > now.getTime()) return found.record
      const record = await officerOf(issuer, subject)
      if (kept.size >= most) kept.clear()
      kept.set(key(issuer, subject), { record, untilMs: now.getTime() + keptMs })
      return record
    },
    forget(issuer, subject) {
      if (issuer === undefined || subject === undefined) kept.clear()
      else kept.delete(key(issuer, subject))
    },
  }
}
