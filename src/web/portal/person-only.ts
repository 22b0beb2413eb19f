import type { Person } from 'motcua/modules/identity'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, redirect } from 'react-router'
import { signInPath } from '../ui/frame'

/** The signed-in person of a page that is only for people; signed out they sign in first, others may not. */
export function personOnly(args: Pick<LoaderFunctionArgs, 'context' | 'url'>): Person {
  const { actor } = pageContext(args)
  if (actor.kind === 'person') return actor
  if (actor.kind === 'anonymous') throw redirect(signInPath(args.url.pathname + args.url.search))
  throw data(null, { status: 403 })
}
