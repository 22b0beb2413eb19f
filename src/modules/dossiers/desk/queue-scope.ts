import type { Officer } from '../../identity/index.ts'
import type { QueueViewName } from './queue-filter.ts'

/** Tasks of a role at an authority, for some procedures or all: one range of the index of open tasks. */
export interface Scope {
  authority: string
  role: string
  procedures: string[] | null
  /** The procedures of which the officer sees tasks that are not theirs; null for all. */
  watched: string[] | null
  /** Whether the officer holds the role there; else the tasks are only watched. */
  own: boolean
}

const officerRoles = ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post'] as const

/** The ranges that a view of an officer's queue looks into. */
export function scopesOf(officer: Officer, view: QueueViewName): Scope[] {
  switch (view) {
    case 'mine':
    case 'intake':
    case 'return':
    case 'consult':
    case 'takeover':
    case 'visit':
      return ownScopes(officer)
    case 'waiting':
    case 'obligation':
    case 'confirm':
      return watched(officer, ['applicant'])
    case 'sign':
      return watched(officer, ['leader'])
    case 'unheld':
      return watched(officer, officerRoles)
    case 'all':
    case 'messages':
      return watched(officer, [...officerRoles, 'applicant'])
    default:
      return view satisfies never
  }
}

/** The roles that an officer holds, lent ones too. Posts that meet are one range; an unlimited one makes it unlimited. */
export function ownScopes({ posts }: Officer): Scope[] {
  const scopes = new Map<string, Scope>()
  for (const { authorityCode: authority, roles, procedures = null } of posts)
    for (const role of roles) {
      const key = `${authority} ${role}`
      const known = scopes.get(key)
      const sees = joined(known, procedures)
      scopes.set(key, { authority, role, own: true, procedures: sees, watched: sees })
    }
  return [...scopes.values()]
}

const joined = (known: Scope | undefined, procedures: string[] | null) => {
  if (known === undefined) return procedures
  if (known.procedures === null || procedures === null) return null
  return [...new Set([...known.procedures, ...procedures])]
}

// Whoever has only a power for some procedures at a place sees those there, and nothing else of the house.
function watched({ posts }: Officer, roles: readonly string[]): Scope[] {
  const places = Map.groupBy(posts, ({ authorityCode }) => authorityCode)
  return [...places].flatMap(([authority, there]) => {
    const limited = there.every(({ procedures }) => procedures !== undefined)
    const sees = limited ? [...new Set(there.flatMap(({ procedures = [] }) => procedures))] : null
    return roles.map((role) => ({ authority, role, procedures: sees, watched: sees, own: false }))
  })
}

/** Every range at the officer's authorities, the own ones marked: what counts are made of. */
export function allScopes(officer: Officer): Scope[] {
  const own = new Map(ownScopes(officer).map((scope) => [`${scope.authority} ${scope.role}`, scope]))
  return watched(officer, [...officerRoles, 'applicant']).map((scope) => {
    const mine = own.get(`${scope.authority} ${scope.role}`)
    return mine ? { ...mine, watched: scope.watched } : scope
  })
}

/** In whose name an officer answers a task: the own one and those of colleagues who are away. */
export const namesOf = ({ officerId, posts }: Officer): string[] => [
  ...new Set([officerId, ...posts.flatMap(({ standsInFor }) => standsInFor?.officerId ?? [])]),
]

/** The authorities of which an officer sees everything: a power for some procedures makes nobody one of the house. */
export const authoritiesOf = ({ posts }: Officer): string[] => [
  ...new Set(
    posts.filter(({ procedures }) => procedures === undefined).map(({ authorityCode }) => authorityCode),
  ),
]

/** The units in which an officer works, as `authority unit`: whose labels and shared views are theirs too. */
export const unitsOfOfficer = ({ posts }: Officer): string[] => [
  ...new Set(posts.map(({ authorityCode, unitCode }) => `${authorityCode} ${unitCode}`)),
]

/** The post of one's own; a lent one belongs to somebody else's unit. */
export const ownPost = ({ posts }: Officer) => posts.find(({ grant }) => grant === undefined) ?? posts[0]
