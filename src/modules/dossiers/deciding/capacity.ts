import type { Outcome } from '../../../kernel/errors.ts'
import type { Dossier, Task } from '../dossier.ts'
import { gives } from '../permission.ts'
import { refusals } from '../refusals.ts'
import type { Facts } from './facts.ts'

/**
 * In which capacity who acts signs: the one wanted, or the first that a post gives for this dossier. Nobody signs in a
 * capacity that no post of theirs gives (NĐ 30/2020/NĐ-CP, Điều 13).
 */
export function capacityOf(
  { acting }: Pick<Facts, 'acting'>,
  dossier: Dossier,
  { role, authority }: Pick<Task, 'role' | 'authority'>,
  wanted: string | undefined,
): Outcome<{ capacity: string | null }> {
  if (acting.kind !== 'officer') return { capacity: null }
  const powers = acting.posts.filter((post) => gives(post, role, authority, dossier.procedureCode))
  const held = powers.flatMap(({ capacity }) => (capacity ? [capacity] : []))
  if (wanted === undefined || wanted === '') return { capacity: powers[0]?.capacity ?? null }
  return held.includes(wanted) ? { capacity: wanted } : refusals.capacityNotHeld({ capacity: wanted, held })
}
