import type { Actor } from '../identity/index.ts'

/** Whether an officer has a post at an authority or at one above it. */
export function answersFor(actor: Actor, authority: string): boolean {
  return (
    actor.kind === 'officer' &&
    actor.posts.some(({ authorityCode }) => `${authority}.`.startsWith(`${authorityCode}.`))
  )
}
