import type { CompiledForm } from './compile-form.ts'
import { type EvaluateContext, evaluateForm, type FieldState } from './evaluate-form.ts'
import type { Answers, CountLetter, Origins } from './form-definition.ts'
import type { BurdenView } from './form-view.ts'

/** What became of one label: known, prefilled, dropped, asked, asked online only; undefined when it did not apply. */
function letterOf(
  { field, visible, given }: FieldState,
  origins: Origins,
  path: string,
): CountLetter | undefined {
  if (!field.count) return undefined
  if (!visible) return field.count === 'D' ? 'D' : undefined
  if (field.type === 'computed') return field.count === 'N' ? undefined : 'D'
  if (!given) return field.count === 'N' || !field.legalLabel ? 'N' : 'A'
  if (field.count === 'N' || !field.legalLabel) return undefined
  return ['ACC', 'ANS'].includes(origins[path]?.source ?? '') ? 'K' : 'P'
}

/** Counts the questions of one dossier against the labels of the legal form; a corrected fact counts as asked. */
export function burden(
  compiled: CompiledForm,
  answers: Answers,
  origins: Origins,
  context: EvaluateContext = {},
): BurdenView {
  const { pages } = evaluateForm(compiled, answers, { ...context, origins })
  const count: Record<CountLetter, number> = { K: 0, P: 0, D: 0, A: 0, N: 0, C: 0 }
  for (const state of pages.flatMap((page) => page.fields)) {
    const letter = letterOf(state, origins, state.path)
    if (letter) count[letter]++
  }
  const { K, P, D, A, N } = count
  return {
    paper: K + P + D + A,
    known: K,
    prefilled: P,
    dropped: D,
    asked: A,
    onlineOnly: N,
    notAsked: K + P + D,
    asks: A + N,
  }
}

/** The counts that the definition itself states for its base case. */
export function statedCounts(compiled: CompiledForm): Record<CountLetter, number> {
  const count: Record<CountLetter, number> = { K: 0, P: 0, D: 0, A: 0, N: 0, C: 0 }
  for (const page of compiled.definition.pages)
    for (const group of page.groups) for (const field of group.fields) if (field.count) count[field.count]++
  return count
}
