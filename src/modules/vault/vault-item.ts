/** How far a paper can be relied on, the best first. */
export const trusts = ['issued', 'digitised', 'certified-copy', 'own-upload'] as const
export type Trust = (typeof trusts)[number]

export type ItemState = 'valid' | 'expired' | 'revoked' | 'replaced' | 'removed'

/** Whose a paper is. A person without an account is known by the personal id that somebody proved. */
export type Owner =
  | { kind: 'person'; personId: string | null; personalId: string | null }
  | { kind: 'organisation'; code: string }

/** One paper of a person or an organisation. */
export interface VaultItem {
  id: string
  ownerKind: Owner['kind']
  /** Account of the person, `personal:<id>` for who has none, or the code of the organisation. */
  ownerId: string
  /** Proved personal id of the owner. */
  personalId: string | null
  paperCode: string | null
  name: string
  number: string | null
  /** Dates of law. */
  issuedOn: string | null
  validTo: string | null
  issuer: string | null
  trust: Trust
  /** Null: an issued paper that nobody has opened yet, so that it is not laid out. */
  sha256: string | null
  mediaType: string
  size: number | null
  fileId: string | null
  documentId: string | null
  evidenceId: string | null
  dossierCode: string | null
  /** What makes it the same paper: the act that issued it, else content and code. */
  origin: string
  state: ItemState
  replacedBy: string | null
  /** The owner does not want it offered. */
  hidden: boolean
  fields: Record<string, string>
  addedAt: string
}

/** The state on a day of law: a paper whose last day has passed is expired, whatever was written. Pure. */
export function stateOn({ state, validTo }: Pick<VaultItem, 'state' | 'validTo'>, today: string): ItemState {
  if (state !== 'valid') return state
  return validTo !== null && validTo < today ? 'expired' : 'valid'
}

/** The holder as rows name it: equal for one person however a paper came. */
export const ownerIdOf = (owner: Owner): string =>
  owner.kind === 'organisation' ? owner.code : (owner.personId ?? `personal:${owner.personalId}`)

/** Whether an item is an owner's: of the account, of the proved personal id, or of the organisation. Pure. */
export function isOf(item: Pick<VaultItem, 'ownerKind' | 'ownerId' | 'personalId'>, owner: Owner): boolean {
  if (item.ownerKind !== owner.kind) return false
  if (item.ownerId === ownerIdOf(owner)) return true
  return owner.kind === 'person' && owner.personalId !== null && item.personalId === owner.personalId
}

/** What fits a paper that is asked for, with the one to propose. */
export interface Offers {
  items: VaultItem[]
  /** Chosen beforehand: the only official paper that fits. */
  preselected: string | null
}

/**
 * What of a vault serves as a paper with one of these codes: valid today, not hidden, the most trusted first, then
 * the newest. An own upload is offered and never proposed: uploading something once does not check it. Pure.
 */
export function offersOf(items: readonly VaultItem[], codes: readonly string[], today: string): Offers {
  const fitting = items
    .filter(({ paperCode }) => paperCode !== null && codes.includes(paperCode))
    .filter((item) => !item.hidden && stateOn(item, today) === 'valid')
    .toSorted(byTrust)
  const official = fitting.filter(({ trust }) => trust !== 'own-upload')
  return { items: fitting, preselected: official.length === 1 ? official[0]!.id : null }
}

function byTrust(a: VaultItem, b: VaultItem): number {
  const rank = trusts.indexOf(a.trust) - trusts.indexOf(b.trust)
  return rank || dateOf(b).localeCompare(dateOf(a))
}
const dateOf = ({ issuedOn, addedAt }: VaultItem) => issuedOn ?? addedAt.slice(0, 10)
