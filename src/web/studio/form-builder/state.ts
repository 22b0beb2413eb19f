import type { FormDraft } from 'motcua/modules/forms/editing'
import { type Selected, wholeForm } from './form-builder.view'

/** A draft with what was open when it stood so. */
interface Step {
  draft: FormDraft
  selected: Selected
}

export interface BuilderState extends Step {
  past: Step[]
  future: Step[]
  /** What was typed into last: letters of one text are one step. */
  tag: string | null
  /** The draft as it is stored, and the number of its saving. */
  saved: FormDraft
  seen: number
  /** The last thing that happened, for the live region; counted, so that the same words are said again. */
  said: { text: string; no: number }
  /** Counts the times when texts changed other than by typing, so that editors with a memory of their own begin anew. */
  epoch: number
}

export type BuilderAct =
  | { do: 'edit'; draft: FormDraft; selected?: Selected; said?: string; tag?: string; fresh?: boolean }
  | { do: 'select'; id: Selected }
  | { do: 'undo' | 'redo'; said: string }
  | { do: 'say'; said: string }
  | { do: 'saved'; draft: FormDraft; seen: number; said: string }

/** The most steps that can be taken back. */
export const mostSteps = 200

export function beginBuilding(draft: FormDraft, seen: number, selected?: Selected): BuilderState {
  return {
    ...{ draft, saved: draft, seen, past: [], future: [], tag: null },
    selected: selected ?? wholeForm,
    said: { text: '', no: 0 },
    epoch: 0,
  }
}

export const isDirty = ({ draft, saved }: BuilderState): boolean =>
  draft !== saved && JSON.stringify(draft) !== JSON.stringify(saved)

/** One act on the builder; the former drafts stay as they were, so that undo gives back the very same. */
export function build(state: BuilderState, act: BuilderAct): BuilderState {
  switch (act.do) {
    case 'select':
      return act.id === state.selected ? state : { ...state, selected: act.id, tag: null }
    case 'say':
      return { ...state, said: say(state, act.said) }
    case 'edit':
      return edited(state, act)
    case 'undo':
    case 'redo':
      return stepped(state, act)
    case 'saved':
      return { ...state, saved: act.draft, seen: act.seen, tag: null, said: say(state, act.said) }
    default:
      return act satisfies never
  }
}

const say = ({ said }: BuilderState, text: string) => ({ text, no: said.no + 1 })

function edited(
  state: BuilderState,
  { draft, selected, said, tag, fresh }: Extract<BuilderAct, { do: 'edit' }>,
): BuilderState {
  if (draft === state.draft) return state
  const goesOn = tag !== undefined && tag === state.tag && state.past.length > 0
  const { draft: before, selected: open } = state
  return {
    ...state,
    draft,
    selected: selected ?? state.selected,
    past: goesOn ? state.past : [...state.past, { draft: before, selected: open }].slice(-mostSteps),
    future: [],
    tag: tag ?? null,
    epoch: state.epoch + (fresh ? 1 : 0),
    said: said === undefined ? state.said : say(state, said),
  }
}

function stepped(
  state: BuilderState,
  { do: way, said }: { do: 'undo' | 'redo'; said: string },
): BuilderState {
  const [from, to] = way === 'undo' ? (['past', 'future'] as const) : (['future', 'past'] as const)
  const step = state[from].at(-1)
  if (!step) return state
  const here: Step = { draft: state.draft, selected: state.selected }
  return {
    ...state,
    ...step,
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], here],
    tag: null,
    epoch: state.epoch + 1,
    said: say(state, said),
  }
}
