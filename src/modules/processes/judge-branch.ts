import { type Feel, holds, pathsOf } from '../../kernel/feel/index.ts'
import type { Branch } from './compiled-process.ts'

/** Whether a branch is taken after an outcome; undefined when that depends on something else as well. */
export function judge({ condition }: Pick<Branch, 'condition'>, outcome: string | null): boolean | undefined {
  if (condition === null) return true
  if (!readsOnlyOutcome(condition)) return undefined
  try {
    return holds(condition, { outcome })
  } catch {
    return false
  }
}

function readsOnlyOutcome(condition: Feel): boolean {
  const known = alone.get(condition)
  if (known !== undefined) return known
  const found =
    pathsOf(condition).every((path) => path === 'outcome') &&
    !JSON.stringify(condition).includes('"name":"today"')
  alone.set(condition, found)
  return found
}

const alone = new WeakMap<Feel, boolean>()
