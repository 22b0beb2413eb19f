import type { Actor, Person } from '../identity/index.ts'
import { isInForce, type Share } from './sharing.ts'
import type { Owner, VaultItem } from './vault-item.ts'
import { isOf } from './vault-item.ts'

/** Roles in an organisation that may keep, use and share its papers; an account without one sees none of them. */
export const vaultRoles = ['owner', 'representative', 'director', 'manager', 'delegate'] as const

/** On what ground somebody may read an item. */
export type Ground =
  | { by: 'owner' }
  | { by: 'organisation'; code: string }
  | { by: 'share'; shareId: string; purpose: string; mayUse: boolean }
  | { by: 'dossier'; code: string }

/** What is known when it is asked. */
export interface AskedFor {
  shares: readonly Share[]
  /** A dossier that concerns the actor, uses the item and is open; absent when there is none. */
  dossier?: string | undefined
  /** Calendar date of law. */
  today: string
}

/**
 * Why somebody may read an item, or undefined: its owner, a member of the organisation with the right, whoever it is
 * shared with, and an officer whose open dossier uses it. A technical administrator may not, nor may a system. Pure.
 */
export function groundFor(
  actor: Actor,
  item: VaultItem,
  { shares, dossier, today }: AskedFor,
): Ground | undefined {
  if (actor.kind === 'anonymous' || actor.kind === 'system') return undefined
  const owned = actor.kind === 'person' ? ownGround(actor, item) : undefined
  if (owned) return owned
  const share = shares.find((each) => isInForce(each, today) && reaches(each, actor))
  if (share) return { by: 'share', shareId: share.id, purpose: share.purpose, mayUse: share.mayUse }
  return actor.kind === 'officer' && dossier !== undefined ? { by: 'dossier', code: dossier } : undefined
}

/** Whether a person may keep, share and remove an item: it is theirs, or their organisation's. Pure. */
export function mayManage(actor: Actor, item: VaultItem): boolean {
  return actor.kind === 'person' && ownGround(actor, item) !== undefined
}

/** Everybody whose vault a person may manage: themselves first. Pure. */
export function ownersOf(person: Person): Owner[] {
  const codes = new Set(person.organisations.filter(({ role }) => hasRight(role)).map(({ code }) => code))
  return [selfOf(person), ...[...codes].map((code) => ({ kind: 'organisation', code }) as const)]
}

/** The person themselves as an owner. Whoever only states a number may be anybody. */
export const selfOf = ({ personId, personalId, assurance }: Person): Owner => ({
  kind: 'person',
  personId,
  personalId: assurance >= 2 ? (personalId ?? null) : null,
})

function ownGround(person: Person, item: VaultItem): Ground | undefined {
  const owner = ownersOf(person).find((each) => isOf(item, each))
  if (owner === undefined) return undefined
  return owner.kind === 'person' ? { by: 'owner' } : { by: 'organisation', code: owner.code }
}

const hasRight = (role: string) => (vaultRoles as readonly string[]).includes(role)

function reaches(
  { withKind, withId }: Share,
  actor: Extract<Actor, { kind: 'person' | 'officer' }>,
): boolean {
  if (actor.kind === 'officer')
    return (
      withKind === 'authority' &&
      actor.posts.some(({ authorityCode, roles }) => authorityCode === withId && !isTechnical(roles))
    )
  if (withKind === 'person') return actor.assurance >= 2 && actor.personalId === withId
  return (
    withKind === 'organisation' &&
    actor.organisations.some(({ code, role }) => code === withId && hasRight(role))
  )
}

// Who only keeps the machines running has no business with what is in them.
const isTechnical = (roles: readonly string[]) => roles.every((role) => role === 'admin')
