export type { Profile } from './account.ts'
export {
  type Actor,
  anonymous,
  type Officer,
  type Organisation,
  type Person,
  type Post,
  type Role,
  roles,
  type System,
} from './actor.ts'
export { type DemoRole, type DemoRoleKey, demoRoleKeys, demoRoles } from './demo-roles.ts'
export { createIdentity, type Identity, type IdentityConfig, type IdentityParts } from './identity.ts'
export { localPath } from './local-path.ts'
export type { OfficerOf, OfficerRecord } from './officer-cache.ts'
export { type RepresentationProblem, refusals as identityRefusals } from './refusals.ts'
export type { ProviderSettings } from './relying-party.ts'
export * from './representation.ts'
export { identityRoutes } from './routes.ts'
export { isSameOrigin, requestOrigin, sameOrigin } from './same-origin.ts'
export {
  createSandboxToken,
  createToken,
  type IssuedToken,
  TokenRequest,
  type TokenScope,
  tokenScopes,
} from './tokens.ts'
