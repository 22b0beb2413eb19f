export { directoryRoutes } from './api.ts'
export * from './authority.ts'
export { type GrantedData, isCollective, mayRecordFor } from './decide-grant.ts'
export {
  allOfficers,
  findAuthority,
  findOfficer,
  findOfficerByAccount,
  findPlace,
  forgetAuthorities,
  kinOf,
  listAuthorities,
  officersOf,
  officersOfUnit,
  oldToNew,
  personalIdsOf,
  placesOn,
  presentAt,
  resolveAuthority,
  searchPlaces,
  unitsOf,
} from './directory-store.ts'
export { demonstrationIssuer, loadDirectory } from './load-directory.ts'
export * from './place.ts'
export {
  EndRequest,
  type Grant,
  type GrantPhase,
  GrantRequest,
  isDeputy,
  isPrincipal,
  ownPosts,
  phaseOf,
} from './power.ts'
export { createPowers, type LimitOf, type Powers, type PowersParts, type SeenGrant } from './powers.ts'
export {
  loadWhenChanged,
  packagedNames,
  referenceNames,
  referenceText,
  upsertRows,
} from './reference-load.ts'
export { type GrantProblem, refusals as powersRefusals, reorganisationRefusals } from './refusals.ts'
export {
  begunBy,
  concernedBy,
  endedBy,
  type GovernedCommune,
  type NewAuthority,
  type OfficerPlace,
  type Reorganisation,
  type ReorganisationLine,
  ReorganisationRequest,
  type ReorganisationState,
} from './reorganisation.ts'
export { julyFirst, julyFirst2025, type ReformExample, storeExample } from './reorganisation-example.ts'
export type { ReorganisationPlan } from './reorganisation-plan.ts'
export type { OpenWork, ReorganisationProblem } from './reorganisation-problems.ts'
export type { ListedReorganisation } from './reorganisation-store.ts'
export {
  createReorganisations,
  type ReorganisationPreview,
  type Reorganisations,
  type SeenReorganisation,
} from './reorganisations.ts'
export { signatureLines } from './signature-lines.ts'
export { type Kin, type Resolved, type Succession, stands } from './succession.ts'
export { type TileMap, tileMapOf } from './tile-map.ts'
