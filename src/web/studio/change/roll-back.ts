import { messages } from 'motcua/kernel/i18n'
import {
  type ChangeParts,
  formerContents,
  type ProcedureChange,
  partKinds,
  publishedContents,
  startChange,
} from 'motcua/modules/changes'
import type { Officer } from 'motcua/modules/identity'

/**
 * Begins a change that brings back what was in force before a published one: the way back once its first day is over.
 * Only the parts that differ are drafted.
 */
export async function rollBack(officer: Officer, change: ProcedureChange, parts: ChangeParts) {
  const [former, published] = await Promise.all([
    formerContents(change, parts),
    publishedContents(change, parts),
  ])
  const differing = partKinds.filter(
    (part) => JSON.stringify(former[part]) !== JSON.stringify(published[part]),
  )
  const title = `${messages('vi')('studio.act.rollBack')}: ${change.title}`.slice(0, 200)
  return startChange(
    officer,
    { code: change.code, kind: 'amend', title, reason: change.title },
    { ...parts, contents: Object.fromEntries(differing.map((part) => [part, former[part]])) },
  )
}
