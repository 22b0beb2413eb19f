import { type Db, inTransaction, type Queryable } from '../../../kernel/db.ts'
import { type Consumer, consume } from '../../../kernel/feed.ts'
import { codeGiver } from '../code-blocks.ts'
import { groupsOf, openGroups } from './linked-store.ts'
import { settleGroup } from './settle-group.ts'

/** Told of a group that cannot go on, with what stands in its way. */
export type OnTrouble = (error: unknown, group: string) => void

/**
 * Keeps groups of linked procedures going: whatever happens to a group or to one of its branches, the group is
 * brought to where its branches stand now. News that comes twice, or late, changes nothing more. A group in trouble
 * does not hold back the others; without `onTrouble` it is thrown.
 */
export function linkedConsumer(db: Db, onTrouble?: OnTrouble): Consumer {
  const parts = { db, nextCode: codeGiver(db.pool) }
  return consume('dossiers.linked', async (tx, entries) => {
    const moments = new Map<string, Date>()
    for (const { kind, stream, at } of entries)
      if (kind.startsWith('dossiers.')) moments.set(stream, latest(moments.get(stream), at))
    const groups = new Map<string, Date>()
    for (const [dossier, group] of await groupsOf(tx, [...moments.keys()]))
      groups.set(group, latest(groups.get(group), moments.get(dossier)!))
    // In the order of their ids, so that two statements never wait for each other.
    for (const group of [...groups.keys()].toSorted()) {
      const settle = () => settleGroup(parts, tx, group, groups.get(group)!)
      await (onTrouble ? apart(tx, settle, (error) => onTrouble(error, group)) : settle())
    }
  })
}

const latest = (known: Date | undefined, at: Date) => (known !== undefined && known > at ? known : at)

// What one of them wrote before it stumbled is taken back; the rest of the batch stays.
async function apart(tx: Queryable, work: () => Promise<void>, trouble: (error: unknown) => void) {
  await tx.query('savepoint linked_group')
  try {
    await work()
    await tx.query('release savepoint linked_group')
  } catch (error) {
    await tx.query('rollback to savepoint linked_group')
    trouble(error)
  }
}

/** Looks at every open group once more, each by itself: what could not go on when its news came may now. */
export async function settleOpenGroups(db: Db, now: Date, onTrouble: OnTrouble): Promise<void> {
  const parts = { db, nextCode: codeGiver(db.pool) }
  for (const group of await openGroups(db.pool)) {
    try {
      await inTransaction(db, (tx) => settleGroup(parts, tx, group, now))
    } catch (error) {
      onTrouble(error, group)
    }
  }
}
