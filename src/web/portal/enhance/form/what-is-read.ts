import { type LiveForm, readsOf } from 'motcua/modules/forms/browser'
import { splitRow } from './answers.ts'

/** How far a change of one answer reaches: nobody asks for it, only its own row does, or anything may. */
export type Reach = 'none' | 'row' | 'form'

/** Says for each answer how far it reaches, from what the conditions, values and rules of the form read. */
export function reachIn({ compiled }: LiveForm): (path: string) => Reach {
  const reads = [...new Set(Object.values(compiled.trees).flatMap(readsOf))]
  const isRead = (name: string) =>
    reads.some((read) => read === name || read.startsWith(`${name}.`) || name.startsWith(`${read}.`))
  const known = new Map<string, Reach>()
  const reachOf = (path: string): Reach => {
    const row = splitRow(path)
    if (!row) return isRead(path) ? 'form' : 'none'
    if (isRead(row.list)) return 'form'
    const inside = row.inside.replace(/\[\d+\]/g, '')
    const names = [inside, splitRow(row.inside)?.inside ?? inside]
    return names.some(isRead) ? 'row' : 'none'
  }
  return (path) => {
    const column = path.replace(/\[\d+\]/g, '[0]')
    const found = known.get(column) ?? reachOf(column)
    known.set(column, found)
    return found
  }
}
