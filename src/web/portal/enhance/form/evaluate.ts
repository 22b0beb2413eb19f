import {
  type Answers,
  type Evaluation,
  evaluateForm,
  type FieldState,
  type LiveForm,
  type Problem,
} from 'motcua/modules/forms/browser'
import { rowsAt, splitRow } from './answers.ts'

/** What an evaluation says of the questions it concerns: all of them, or those of one row. */
export interface Found {
  states: FieldState[]
  problems: Problem[]
  warnings: Problem[]
  /** Lists and whether they are shown, by path. */
  lists: { path: string; shown: boolean }[]
  /** The whole evaluation; absent when only one row was asked. */
  whole?: Evaluation
}

/** Evaluates the whole form. */
export function evaluateAll({ compiled, context, pageKeys }: LiveForm, answers: Answers): Found {
  const whole = evaluateForm(compiled, answers, context)
  const drawn = whole.pages.filter((page) => pageKeys.includes(page.key))
  const [only] = drawn
  const states = drawn.length === 1 ? only!.fields : drawn.flatMap((page) => page.fields)
  const { problems, warnings } = whole
  return { states, problems, warnings, lists: drawn.flatMap((page) => page.lists), whole }
}

/**
 * Evaluates one row of a list that nothing outside its rows reads: as if it were the only one, which then says the
 * same of it as the whole would.
 */
export function evaluateRow(form: LiveForm, answers: Answers, path: string): Found {
  const { list, index } = splitRow(path)!
  const row = rowsAt(answers, list)[index] ?? {}
  const { states, problems, warnings, lists } = evaluateAll(form, { ...answers, [list]: [row] })
  const [alone, here] = [`${list}[0]`, `${list}[${index}]`]
  const placed = (text: string) => here + text.slice(alone.length)
  const ofRow = (all: readonly Problem[]) =>
    all.flatMap((one) => (one.field.startsWith(alone) ? [{ ...one, field: placed(one.field) }] : []))
  return {
    states: states.flatMap((state) =>
      state.path.startsWith(alone) ? [{ ...state, path: placed(state.path) }] : [],
    ),
    lists: lists.flatMap(({ path: inner, shown }) =>
      inner.startsWith(alone) ? [{ path: placed(inner), shown }] : [],
    ),
    problems: ofRow(problems),
    warnings: ofRow(warnings),
  }
}
