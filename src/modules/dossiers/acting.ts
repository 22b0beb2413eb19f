import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor } from '../identity/index.ts'
import type { Dossier } from './dossier.ts'
import type { DossierFile } from './dossier-store.ts'
import type { Party } from './party.ts'
import { type Acting, involved } from './permission.ts'

/** What a dossier's file says about an actor. */
export interface Standing {
  applicant: boolean
  /** Number of the other party that the actor is. */
  party?: number | undefined
  /** An officer who is a party of the dossier. */
  conflict?: boolean
}

/** How the policy sees an actor: the applicant of this dossier, another party, an officer with posts, or a system. */
export function actingOf(actor: Actor, { applicant, party, conflict }: Standing): Acting {
  switch (actor.kind) {
    case 'person':
      if (applicant) return { kind: 'applicant', id: actor.personId }
      return party === undefined ? nobody : { kind: 'party', id: actor.personId, no: party }
    case 'officer':
      return {
        kind: 'officer',
        id: actor.officerId,
        posts: actor.posts.map(toPowerPost),
        ...(conflict && { conflict }),
      }
    case 'system':
      return { kind: 'system', id: actor.clientId, authorities: actor.authorityCodes ?? 'all' }
    case 'anonymous':
      return nobody
    default:
      return actor satisfies never
  }
}

const toPowerPost = (post: Extract<Actor, { kind: 'officer' }>['posts'][number]) => {
  const { authorityCode, roles, postId, capacity, procedures, standsInFor } = post
  return {
    authority: authorityCode,
    roles,
    post: postId,
    ...(capacity && { capacity }),
    ...(procedures && { procedures }),
    ...(standsInFor && { standsInFor: standsInFor.officerId }),
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

/**
 * How an actor stands to a dossier on a day of law. Another party is known by the personal id that its account
 * proves; a representative's power ends with its last day.
 */
export function standingOf(
  actor: Actor,
  { dossier, party, others }: Pick<DossierFile, 'dossier' | 'party' | 'others'>,
  today: string,
): Standing {
  if (actor.kind === 'officer')
    return { applicant: false, conflict: isParty(actor.personalId, dossier, party, others) }
  const applicant = isApplicant(actor, party)
  // Whoever only states a number may be anybody.
  if (applicant || actor.kind !== 'person' || !actor.personalId || actor.assurance < 2) return { applicant }
  const named = others.filter(({ personalId }) => personalId === actor.personalId).map(({ no }) => no)
  const inForce = dossier.otherParties.findLast(
    ({ no, until, disagreedAt }) =>
      named.includes(no) && disagreedAt === null && (until === null || until >= today),
  )
  return { applicant: false, party: inForce?.no }
}

function isParty(
  own: string | undefined,
  { otherParties }: Dossier,
  party: Party,
  others: DossierFile['others'],
): boolean {
  if (own === undefined) return false
  if (own === party.personalId) return true
  const named = others.filter(({ personalId }) => personalId === own).map(({ no }) => no)
  // Naming somebody as a representative takes no dossier out of their hands: only their own yes does.
  return otherParties.some(
    ({ no, kind, confirmedAt }) => named.includes(no) && (kind === 'second-party' || confirmedAt !== null),
  )
}

/** Whether a dossier is any of an actor's business; to everybody else it does not exist. */
export function concerns(actor: Actor, file: DossierFile, now: Date): boolean {
  const { applicant, party } = standingOf(actor, file, dateOfLaw(now))
  return applicant || party !== undefined || mayOpen(actor, file.dossier)
}

/**
 * Whether an officer or system may open a dossier: it is received, settled or helped with at their authority, or was at
 * one that theirs took over from.
 */
export function mayOpen(actor: Actor, dossier: Dossier): boolean {
  const concerned = involved(dossier)
  if (actor.kind === 'officer')
    return actor.posts.some(
      ({ authorityCode, procedures, archives = [] }) =>
        (concerned.includes(authorityCode) || archives.some((code) => concerned.includes(code))) &&
        (procedures === undefined || procedures.includes(dossier.procedureCode)),
    )
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
