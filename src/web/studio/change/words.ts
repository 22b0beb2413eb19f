import type { ChangeState } from 'motcua/modules/changes'
import type { StateKind } from '../../ui/state'

/** The look of each state of a change; the word beside it says the same. */
export const changeTone: Record<ChangeState, StateKind> = {
  draft: 'waiting',
  'in-review': 'info',
  approved: 'ok',
  published: 'ok',
  withdrawn: 'bad',
  abandoned: 'paused',
}
