import type { Db } from '../../../kernel/db.ts'
import { type Consumer, consume } from '../../../kernel/feed.ts'
import { codeGiver } from '../code-blocks.ts'
import { groupsOf } from './linked-store.ts'
import { settleGroup } from './settle-group.ts'

/**
 * Keeps groups of linked procedures going: whatever happens to a group or to one of its branches, the group is
 * brought to where its branches stand now. News that comes twice, or late, changes nothing more.
 */
export function linkedConsumer(db: Db): Consumer {
  const parts = { db, nextCode: codeGiver(db.pool) }
  return consume('dossiers.linked', async (tx, entries) => {
    const moments = new Map<string, Date>()
    for (const { kind, stream, at } of entries)
      if (kind.startsWith('dossiers.')) moments.set(stream, latest(moments.get(stream), at))
    const groups = new Map<string, Date>()
    for (const [dossier, group] of await groupsOf(tx, [...moments.keys()]))
      groups.set(group, latest(groups.get(group), moments.get(dossier)!))
    // In the order of their ids, so that two statements never wait for each other.
    for (const group of [...groups.keys()].toSorted()) await settleGroup(parts, tx, group, groups.get(group)!)
  })
}

const latest = (known: Date | undefined, at: Date) => (known !== undefined && known > at ? known : at)
