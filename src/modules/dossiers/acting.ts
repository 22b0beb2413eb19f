import type { Actor } from '../identity/index.ts'
import type { Dossier } from './dossier.ts'
import type { Party } from './party.ts'
import type { Acting } from './policy.ts'

/** How the policy sees an actor: the applicant of this dossier, an officer with posts, or a system. */
export function actingOf(actor: Actor, { applicant }: { applicant: boolean }): Acting {
  switch (actor.kind) {
    case 'person':
      return applicant ? { kind: 'applicant', id: actor.personId } : nobody
    case 'officer':
      return {
        kind: 'officer',
        id: actor.officerId,
        posts: actor.posts.map(({ authorityCode, roles, postId }) => ({
          authority: authorityCode,
          roles,
          post: postId,
        })),
      }
    case 'system':
      return { kind: 'system', id: actor.clientId, authorities: actor.authorityCodes ?? 'all' }
    case 'anonymous':
      return nobody
    default:
      return actor satisfies never
  }
}

/** Somebody without any power over a dossier. */
const nobody: Acting = { kind: 'officer', id: '', posts: [] }

/** Whether a dossier is this person's: filed by the account, or for an organisation the account belongs to. */
export function isApplicant(actor: Actor, party: Party): boolean {
  if (actor.kind !== 'person') return false
  if (party.personId === actor.personId) return true
  const { filedFor } = party
  return filedFor.kind === 'organisation' && actor.organisations.some(({ code }) => code === filedFor.code)
}

/** Whether an officer or system may open a dossier: it is received, settled or helped with at their authority. */
export function mayOpen(actor: Actor, dossier: Dossier): boolean {
  const concerned = [
    dossier.receivedBy,
    dossier.competent,
    dossier.helpedBy,
    ...dossier.tasks.map((task) => task.authority),
  ]
  if (actor.kind === 'officer') return actor.posts.some((post) => concerned.includes(post.authorityCode))
  if (actor.kind === 'system' && actor.scopes.includes('dossiers:read'))
    return actor.authorityCodes === undefined || actor.authorityCodes.some((code) => concerned.includes(code))
  return false
}

/** Who owns what an actor uploads. */
export function ownerOf(actor: Actor): { kind: string; id: string } {
  switch (actor.kind) {
    case 'person':
      return { kind: 'person', id: actor.personId }
    case 'officer':
      return { kind: 'officer', id: actor.officerId }
    case 'system':
      return { kind: 'system', id: actor.clientId }
    case 'anonymous':
      return { kind: 'anonymous', id: '' }
    default:
      return actor satisfies never
  }
}
