import type { Queryable } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { type Owner, ownerIdOf, type Trust, type VaultItem } from './vault-item.ts'
import { insertItem } from './vault-store.ts'

/** What is known of a paper when it is kept; what is left out is unknown. */
export interface Kept {
  owner: Owner
  name: string
  trust: Trust
  mediaType: string
  paperCode?: string | null
  number?: string | null
  issuedOn?: string | null
  validTo?: string | null
  issuer?: string | null
  sha256?: string | null
  size?: number | null
  fileId?: string | null
  documentId?: string | null
  evidenceId?: string | null
  dossierCode?: string | null
  /** What makes it the same paper; without it its content and its code do. */
  origin?: string
  fields?: Record<string, string>
  addedAt: Date
}

/**
 * Keeps a paper in the vault of its owner. The same owner with the same content and code has it once, also after
 * having removed it: whoever keeps it again from the same source gives nothing back. Gives the item's id.
 */
export async function keepItem(tx: Queryable, kept: Kept): Promise<{ id: string; isNew: boolean }> {
  const { owner, addedAt, name, trust, mediaType } = kept
  const origin = kept.origin ?? `${kept.sha256}:${kept.paperCode ?? ''}`
  const item: Omit<VaultItem, 'hidden'> = {
    id: newId(addedAt.getTime()),
    ownerKind: owner.kind,
    ownerId: ownerIdOf(owner),
    personalId: owner.kind === 'person' ? owner.personalId : null,
    paperCode: kept.paperCode ?? null,
    name: name.slice(0, 300),
    number: kept.number ?? null,
    issuedOn: kept.issuedOn ?? null,
    validTo: kept.validTo ?? null,
    issuer: kept.issuer ?? null,
    trust,
    sha256: kept.sha256 ?? null,
    mediaType,
    size: kept.size ?? null,
    fileId: kept.fileId ?? null,
    documentId: kept.documentId ?? null,
    evidenceId: kept.evidenceId ?? null,
    dossierCode: kept.dossierCode ?? null,
    origin,
    state: 'valid',
    replacedBy: null,
    fields: kept.fields ?? {},
    addedAt: addedAt.toISOString(),
  }
  return insertItem(tx, item)
}

/** A paper that an authority issues: its act names it, and it is laid out when somebody first opens it. */
export const originOfResult = (dossierId: string, sequence: number): string =>
  `result:${dossierId}:${sequence}`
