import type { Db, Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { JournalActor } from '../../kernel/journal.ts'
import type { Actor, Officer } from '../identity/index.ts'
import type { ProcedureChange } from './change.ts'
import { findChange, writeChange } from './change-store.ts'
import { type ChangeAct, nextState } from './decide-change.ts'
import { powersOver } from './powers-over-changes.ts'
import { refusals } from './refusals.ts'

/** What the use cases of changes need. */
export interface ChangeParts {
  db: Db
  now: Date
  /** Told that the journal has news. */
  wake?(): void
}

interface Acting {
  id: string
  act: ChangeAct
  officer: Officer
  parts: ChangeParts
}

/** Does one act on a change that is held meanwhile, and writes it with its entry. */
export async function act(
  tx: Queryable,
  { id, act: named, officer, parts }: Acting,
  work: (
    change: ProcedureChange,
  ) => Promise<Outcome<{ change: ProcedureChange; data: Record<string, unknown> }>>,
): Promise<Outcome<ProcedureChange>> {
  const found = await findChange(tx, id, { lock: true })
  if (!found) return refusals.unknown()
  const powers = await powersOver(parts.db, officer)
  const state = nextState(found.change, named, { officerId: officer.officerId, powers })
  if (isRefusal(state)) return state
  const worked = await work(found.change)
  if (isRefusal(worked)) return worked
  const changed = { ...worked.change, state }
  await writeChange(tx, changed, found.head, entry(named, worked.data, officer, parts.now))
  return (await findChange(tx, id))!.change
}

/** Names of entries: what was done, in the past. */
const entryKinds = {
  started: 'started',
  save: 'saved',
  rebase: 'rebased',
  submit: 'submitted',
  'take-back': 'taken-back',
  return: 'returned',
  approve: 'approved',
  publish: 'published',
  withdraw: 'withdrawn',
  abandon: 'abandoned',
  'save-decision': 'decision-saved',
  'open-past': 'past-opened',
} as const

/** The entry of an act in the journal of a change. */
export function entry(
  named: keyof typeof entryKinds,
  data: Record<string, unknown>,
  officer: Officer,
  at: Date,
) {
  return { kind: `changes.${entryKinds[named]}`, data, actor: journalActor(officer), at }
}

function journalActor({ officerId, posts }: Officer): JournalActor {
  const post =
    posts.find(({ roles }) => roles.includes('control')) ??
    posts.find(({ roles }) => roles.includes('leader'))
  return {
    kind: 'officer',
    id: officerId,
    ...(post && { post: post.postId }),
    ...(post?.standsInFor && { for: post.standsInFor.officerId }),
  }
}

/** Which saving of each part somebody saw, as the journal keeps it. */
export const revisionsOf = ({ parts }: ProcedureChange): Record<string, number> =>
  Object.fromEntries(Object.entries(parts).map(([part, saved]) => [part, saved?.revision ?? 0]))

/** Who may edit changes; undefined for everybody else. */
export async function editorOf(actor: Actor, db: Db): Promise<Officer | undefined> {
  return actor.kind === 'officer' && (await powersOver(db, actor)).edit ? actor : undefined
}
