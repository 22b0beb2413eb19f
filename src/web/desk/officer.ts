import type { Officer, Role } from 'motcua/modules/identity'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, redirect } from 'react-router'
import { signInPath } from '../ui/frame'

/** Roles that hold dossiers; others have nothing to do at the desk. */
const deskRoles: readonly Role[] = ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post']

/** The officer who asks. A stranger signs in first; somebody else is told that the page is not theirs. */
export function officerOf(args: LoaderFunctionArgs): Officer {
  const { actor } = pageContext(args)
  const { pathname, search } = new URL(args.request.url)
  if (actor.kind === 'anonymous') throw redirect(signInPath(pathname.replace(/\.data$/, '') + search))
  if (actor.kind !== 'officer') throw data(null, { status: 403 })
  return actor
}

export const hasRole = ({ posts }: Officer, role: Role) => posts.some(({ roles }) => roles.includes(role))

/**
 * Where an officer holds a role, or is one of the house: authorities, each once. A power for some procedures alone
 * opens neither the look-up nor the log book of a house.
 */
export const placesOf = ({ posts }: Officer, role?: Role): string[] => [
  ...new Set(
    posts
      .filter(({ roles, procedures }) => (role ? roles.includes(role) : procedures === undefined))
      .map(({ authorityCode }) => authorityCode),
  ),
]

/** The same with the authorities that those took over from: what may be looked up and whose log books are kept. */
export const placesRead = (officer: Officer): string[] => [
  ...new Set([
    ...placesOf(officer),
    ...officer.posts.flatMap(({ archives = [], procedures }) => (procedures === undefined ? archives : [])),
  ]),
]

/** Whether people who booked a time come to this officer, or to the counter that they head. */
export const takesBookings = ({ posts }: Officer) =>
  posts.some(({ roles }) => roles.includes('reception') || roles.includes('head'))

/** Whether the desk has anything for this officer: leaders of the province and procedure control hold no dossiers. */
export const worksOnDossiers = ({ posts }: Officer) =>
  posts.some(({ roles }) => roles.some((role) => deskRoles.includes(role)))

/** For whom somebody stands in, in which posts, through which day. */
export interface StandsIn {
  name: string
  posts: string[]
  until: string
}

/** For whom an officer stands in today, each once. */
export function standsInOf({ posts }: Officer): StandsIn[] {
  const lent = posts.filter((post) => post.standsInFor !== undefined && post.until !== undefined)
  const byGrant = Map.groupBy(lent, ({ grant }) => grant)
  return [...byGrant.values()].map((each) => ({
    name: each[0]!.standsInFor!.name,
    posts: each.map((post) => post.standsInFor!.title),
    until: each[0]!.until!,
  }))
}
