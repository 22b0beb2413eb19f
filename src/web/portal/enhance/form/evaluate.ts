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
  /** The whole evaluation; absent when only one row was asked. */
  whole?: Evaluation
}

/** Evaluates the whole form. */
export function evaluateAll({ compiled, context, pageKeys }: LiveForm, answers: Answers): Found {
  const whole = evaluateForm(compiled, answers, context)
  const states = whole.pages.flatMap((page) => (pageKeys.includes(page.key) ? page.fields : []))
  return { states, problems: whole.problems, whole }
}

/**
 * Evaluates one row of a list that nothing outside its rows reads: as if it were the only one, which then says the
 * same of it as the whole would.
 */
export function evaluateRow(form: LiveForm, answers: Answers, path: string): Found {
  const { list, index } = splitRow(path)!
  const row = rowsAt(answers, list)[index] ?? {}
  const { states, problems } = evaluateAll(form, { ...answers, [list]: [row] })
  const [alone, here] = [`${list}[0]`, `${list}[${index}]`]
  const placed = (text: string) => here + text.slice(alone.length)
  return {
    states: states.flatMap((state) =>
      state.path.startsWith(alone) ? [{ ...state, path: placed(state.path) }] : [],
    ),
    problems: problems.flatMap((problem) =>
      problem.field.startsWith(alone) ? [{ ...problem, field: placed(problem.field) }] : [],
    ),
  }
}
