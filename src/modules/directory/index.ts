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
  listAuthorities,
  officersOf,
  officersOfUnit,
  oldToNew,
  personalIdsOf,
  placesOn,
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
export { loadWhenChanged, referenceNames, referenceText, upsertRows } from './reference-load.ts'
export { type GrantProblem, refusals as powersRefusals } from './refusals.ts'
export { signatureLines } from './signature-lines.ts'
