import type { Actor, Officer } from '../../identity/index.ts'
import { involved } from '../permission.ts'
import type { DossierView } from '../read-dossier.ts'

/** That somebody opened a dossier or took it out in a file; ids alone. */
export interface Reading {
  dossierId: string
  readerKind: 'officer' | 'system'
  readerId: string
  how: 'opened' | 'exported'
  /** Where and in which post an officer read it. */
  authority: string | null
  post: string | null
  /** Number of the open task that the officer could answer. */
  task: number | null
  at: Date
}

/** What to note of somebody who opened a dossier; nothing of the people whose dossier it is. Pure. */
export function readingOf(
  actor: Actor,
  { dossier, actions }: Pick<DossierView, 'dossier' | 'actions'>,
  at: Date,
): Reading | undefined {
  const about = { dossierId: dossier.id, how: 'opened' as const, at }
  if (actor.kind === 'system') return { ...about, ...asSystem(actor.clientId), task: null }
  // People read their own; what they read is theirs.
  if (actor.kind !== 'officer') return undefined
  const task = actions.find((action) => action.task !== null)?.task ?? null
  const reader = asOfficer(actor, task ? [task.authority] : involved(dossier), task?.role)
  return { ...about, ...reader, task: task?.no ?? null }
}

/** Who reads, and where. */
export type ReadBy = Pick<Reading, 'readerKind' | 'readerId' | 'authority' | 'post'>

export const asSystem = (clientId: string): ReadBy => ({
  ...{ readerKind: 'system', readerId: clientId, authority: null, post: null },
})

/** In which post an officer reads what lies at some authorities: the one with the role that is asked for, if any. */
export function asOfficer({ officerId, posts }: Officer, places: readonly string[], role?: string): ReadBy {
  const there = posts.filter(({ authorityCode }) => places.includes(authorityCode))
  const heir = posts.find(({ archives = [] }) => archives.some((code) => places.includes(code)))
  const post =
    there.find(({ roles }) => role !== undefined && (roles as string[]).includes(role)) ?? there[0] ?? heir
  const { authorityCode: authority = null, postId = null } = post ?? {}
  return { readerKind: 'officer', readerId: officerId, authority, post: postId }
}

const quarterMs = 15 * 60_000

/** The quarter of an hour in which something was read. */
export const quarterOf = (at: Date): Date => new Date(at.getTime() - (at.getTime() % quarterMs))
