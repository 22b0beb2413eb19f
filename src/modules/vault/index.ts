export { vaultRoutes } from './api.ts'
export type { ItemCheck } from './check-item.ts'
export { type EraseParts, eraseCrontab, eraseRemoved, eraseTask } from './erase-removed.ts'
export { type Kept, keepItem, originOfResult } from './keep-item.ts'
export {
  codesServing,
  findPaperKind,
  type PaperGroup,
  type PaperKind,
  paperGroups,
  paperKinds,
} from './paper-kinds.ts'
export { refusals as vaultRefusals } from './refusals.ts'
export { type Ground, groundFor, mayManage, ownersOf, selfOf, vaultRoles } from './rights.ts'
export { isInForce, longestShareDays, type Share, ShareInput } from './sharing.ts'
export { copiedItem, createVault, type OwnItem, type Upload, type Vault, type VaultParts } from './vault.ts'
export * from './vault-item.ts'
export {
  expiring,
  findItem,
  findItems,
  itemsByOrigin,
  itemsOf,
  markEnded,
  noteUses,
  type Read,
  type Removal,
  readsOf,
  sharesOf,
  sharesWith,
  type Use,
  usesOfDossier,
  usesOfItems,
} from './vault-store.ts'
export { entryName, textEntry, type ZipEntry, zipStream } from './zip-stream.ts'
