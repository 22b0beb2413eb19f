import type { FieldState } from 'motcua/modules/forms/browser'

/** What was last said of each question, in the order of the form, and where to find it by its path. */
export interface States {
  list: FieldState[]
  at: Map<string, number>
}

export const noStates = (): States => ({ list: [], at: new Map() })

export const stateOf = ({ list, at }: States, path: string): FieldState | undefined =>
  list[at.get(path) ?? -1]

/**
 * Takes over what an evaluation says and calls back for each question of which it says something else than before.
 * Hundreds of rows are compared place by place; places are sought only when rows came or went.
 */
export function takeOver(
  states: States,
  found: FieldState[],
  changed: (now: FieldState, before: FieldState | undefined) => void,
): void {
  const before = states.list
  const inPlace = found.length === before.length && found.every((state, i) => state.path === before[i]!.path)
  const at = inPlace ? states.at : new Map(found.map(({ path }, i) => [path, i]))
  for (const [i, now] of found.entries()) {
    const old = inPlace ? before[i] : stateOf(states, now.path)
    if (old === undefined || isOther(now, old)) changed(now, old)
  }
  states.list = found
  states.at = at
}

/** The same for some questions alone: those of one row. */
export function takeSome(
  states: States,
  found: readonly FieldState[],
  changed: (now: FieldState, before: FieldState | undefined) => void,
): void {
  for (const now of found) {
    const place = states.at.get(now.path)
    if (place === undefined) continue
    const old = states.list[place]!
    states.list[place] = now
    if (isOther(now, old)) changed(now, old)
  }
}

const isOther = (now: FieldState, before: FieldState) =>
  now.visible !== before.visible ||
  now.required !== before.required ||
  now.value !== before.value ||
  otherClosed(now, before)

/** Whether other choices are closed than before. */
export const otherClosed = ({ closed }: FieldState, before: FieldState | undefined) =>
  closed !== before?.closed && String(closed) !== String(before?.closed)
