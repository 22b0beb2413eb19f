import type { Outcome } from '../../kernel/errors.ts'
import type { ChangeState, ProcedureChange } from './change.ts'
import { refusals } from './refusals.ts'

/** What people do with a change besides editing it. */
export type ChangeAct =
  | 'save'
  | 'rebase'
  | 'submit'
  | 'take-back'
  | 'return'
  | 'approve'
  | 'publish'
  | 'withdraw'
  | 'abandon'

/** From which states each act leads where; an act that is not listed for a state is refused there. */
export const changeMoves: Record<ChangeAct, Partial<Record<ChangeState, ChangeState>>> = {
  save: { draft: 'draft' },
  rebase: { draft: 'draft' },
  submit: { draft: 'in-review' },
  'take-back': { 'in-review': 'draft', approved: 'draft' },
  return: { 'in-review': 'draft' },
  approve: { 'in-review': 'approved' },
  publish: { approved: 'published' },
  withdraw: { published: 'withdrawn' },
  abandon: { draft: 'abandoned', 'in-review': 'abandoned', approved: 'abandoned' },
}

/** What the actor may do at all; looked up from the posts by the caller. */
export interface Powers {
  edit: boolean
  review: boolean
  publish: boolean
}

/** Acts on the work of others: for who began or edited it, and for the province. */
const ofOwners: readonly ChangeAct[] = ['take-back', 'abandon']

const needed: Record<ChangeAct, keyof Powers> = {
  save: 'edit',
  rebase: 'edit',
  submit: 'edit',
  'take-back': 'edit',
  abandon: 'edit',
  return: 'review',
  approve: 'review',
  publish: 'publish',
  withdraw: 'publish',
}

/**
 * The state that an act leads to. Refuses what the state or the posts do not allow, and the review by somebody who
 * edited the change: four eyes are two people. Control of one authority does not end what others work on.
 */
export function nextState(
  change: Pick<ProcedureChange, 'state' | 'editors' | 'startedBy'>,
  act: ChangeAct,
  by: { officerId: string; powers: Powers },
): Outcome<ChangeState> {
  if (!by.powers[needed[act]]) return refusals.notYours()
  const worked = change.editors.includes(by.officerId) || change.startedBy === by.officerId
  if (ofOwners.includes(act) && !worked && !by.powers.review) return refusals.notYours()
  const next = changeMoves[act][change.state]
  if (next === undefined) return refusals.notNow({ state: change.state })
  const reviews = act === 'approve' || act === 'return'
  if (reviews && worked) return refusals.notByEditors()
  return next
}

/** What this person may do with the change now. */
export function actsOpen(
  change: Pick<ProcedureChange, 'state' | 'editors' | 'startedBy'>,
  by: { officerId: string; powers: Powers },
): ChangeAct[] {
  return (Object.keys(changeMoves) as ChangeAct[]).filter(
    (act) => typeof nextState(change, act, by) === 'string',
  )
}
