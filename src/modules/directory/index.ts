export * from './authority.ts'
export {
  allOfficers,
  findAuthority,
  findOfficer,
  findOfficerByAccount,
  findPlace,
  forgetAuthorities,
  listAuthorities,
  officersOf,
  oldToNew,
  placesOn,
  searchPlaces,
  unitsOf,
} from './directory-store.ts'
export { demonstrationIssuer, loadDirectory } from './load-directory.ts'
export * from './place.ts'
export { loadWhenChanged, referenceNames, referenceText, upsertRows } from './reference-load.ts'
