import type { StateKind } from '../ui/state'

export type FormKind = 'merge' | 'split' | 'rename'
export const formKinds: readonly FormKind[] = ['merge', 'split', 'rename']
/** A split on a page makes up to so many new authorities; bigger ones come as a file. */
export const mostTargets = 3

export type Standing = 'drafted' | 'approved' | 'moving' | 'applied' | 'cancelled'

export const standingTone: Record<Standing, StateKind> = {
  drafted: 'waiting',
  approved: 'info',
  moving: 'info',
  applied: 'ok',
  cancelled: 'paused',
}
