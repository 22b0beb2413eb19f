import {
  checkValue,
  type FieldState,
  isBlank,
  isClosed,
  type Problem,
  problemText,
} from 'motcua/modules/forms/browser'
import { splitRow } from './answers.ts'
import type { Live } from './live.ts'
import { messages } from './messages.ts'
import { hasProblem, showProblem } from './show-problem.ts'
import { stateOf } from './states.ts'

/** Objections are written when somebody leaves a field, but what no longer holds goes at once. */
export function takeProblems(
  live: Live,
  states: readonly FieldState[],
  problems: readonly Problem[],
  all: boolean,
): void {
  const now = new Map(problems.map((problem) => [problem.field, problem]))
  const here = all ? [...live.ruled.keys()] : states.map(({ path }) => path)
  const gone = here.filter((path) => live.ruled.has(path) && !now.has(path))
  for (const path of gone) live.ruled.delete(path)
  for (const [path, problem] of now) live.ruled.set(path, problem)
  for (const path of gone) {
    const question = live.drawn.questions.get(path)
    if (question && hasProblem(question)) showProblem(question, live.models.error, problemOf(live, path))
  }
}

/** What is wrong with a question, in words: its own value first, then the rules of the form. */
export function problemOf(live: Live, path: string): string | undefined {
  const { form, touched, ruled } = live
  const state = stateOf(live.states, path)
  if (!state?.visible) return undefined
  const { field, value, required } = state
  const words = (problem: Problem) => problemText(form.compiled, problem, form.locale)
  if (isBlank(value)) {
    const missing = required && touched.has(path)
    return missing ? words({ field: path, code: 'forms.required', params: { type: field.type } }) : undefined
  }
  if (isClosed(state)) return words({ field: path, code: 'forms.choice-closed', params: {} })
  // A place that is typed by name is looked up on the server.
  const onServer = field.type === 'address' || field.type === 'agency' || field.type === 'file'
  const checked = onServer ? undefined : checkValue(field, value, form.context.today)
  if (checked && 'code' in checked) return words({ field: path, ...checked })
  const rule = ruled.get(path)
  return rule && words(rule)
}

/** Where some of these objections of rules stand that speak about this question too. */
export function fieldsOfRules({ form }: Live, said: ReadonlyMap<string, Problem>, path: string): string[] {
  const row = splitRow(path)
  const key = path.replace(/^.*\]\./, '')
  const spoken = form.compiled.definition.rules.filter(
    (rule) => rule.fields.includes(key) || rule.fields.includes(row?.list ?? ''),
  )
  return [...said.values()].flatMap((problem) =>
    spoken.some((rule) => problem.code === `forms.rule.${rule.key}`) && sameRow(problem.field, path)
      ? [problem.field]
      : [],
  )
}

const rowOf = (path: string) => path.slice(0, path.lastIndexOf(']') + 1)
const sameRow = (one: string, other: string) =>
  rowOf(one) === '' || rowOf(other) === '' || rowOf(one) === rowOf(other)

/** Says at a question what is wrong with it now, or that nothing is. */
export function tell(live: Live, path: string): void {
  const question = live.drawn.questions.get(path)
  if (!question || question.hidden) return
  const text = problemOf(live, path)
  if (text === undefined && !hasProblem(question)) return
  showProblem(question, live.models.error, text)
  if (text) live.says.say(messages(live.form.locale)('live.problem', { text }))
}
