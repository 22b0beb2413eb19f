import { accepted, isRefusal } from '../../kernel/errors.ts'
import { compileFeel, type EvaluateOptions, type Feel, tryFeel } from '../../kernel/feel/index.ts'

/** Answers by dotted field key, as forms keep them. */
export type Answers = Readonly<Record<string, unknown>>

/** What the conditions of a procedure may read besides the answers. */
export interface Situation {
  answers?: Answers
  channel?: string
  caseCode?: string
  /** The date of law, `YYYY-MM-DD`, for conditions that compare with today. */
  today?: string
}

const compiled = new Map<string, Feel>()
const mostKept = 2000

/** Whether a FEEL condition is true; no condition always is, and what cannot be evaluated is not. */
export function holds(condition: string | null, situation: Situation): boolean {
  if (condition === null) return true
  return resultIn(condition, situation) === true
}

/** What an expression says in a situation; null when it cannot be computed or costs too much. */
export function resultIn(text: string, situation: Situation): unknown {
  return resultOf(text, contextOf(situation), { today: situation.today })
}

/** What an expression says; null when it cannot be computed or costs too much. */
export function resultOf(text: string, context: Record<string, unknown>, options?: EvaluateOptions): unknown {
  const value = tryFeel(treeOf(text), context, options)
  return isRefusal(value) ? null : value
}

// The schema of a version has compiled each condition once, so none is refused here.
function treeOf(text: string): Feel {
  const known = compiled.get(text)
  if (known) return known
  const tree = accepted(compileFeel(text))
  if (compiled.size >= mostKept) compiled.clear()
  compiled.set(text, tree)
  return tree
}

function contextOf({ answers = {}, channel, caseCode }: Situation): Record<string, unknown> {
  return { ...nestAnswers(answers), channel: channel ?? null, caseCode: caseCode ?? null }
}

/** `{'child.sex': 'nam'}` as FEEL sees it: `{child: {sex: 'nam'}}`. */
export function nestAnswers(answers: Answers): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(answers)) put(root, key.split('.'), value)
  return root
}

function put(context: Record<string, unknown>, [head, ...rest]: string[], value: unknown): void {
  if (head === undefined || head === '__proto__') return
  if (rest.length === 0) {
    context[head] = value
    return
  }
  const inner = context[head]
  const next = isContext(inner) ? inner : {}
  context[head] = next
  put(next, rest, value)
}

const isContext = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
