import { alone } from '../../kernel/alone.ts'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { filesFor, forgetFiles } from '../documents/index.ts'
import {
  copyMark,
  enter,
  finishErasure,
  keptByItems,
  lockItem,
  noteHashes,
  type WaitingErasure,
  waitingErasures,
} from './vault-store.ts'

export const eraseTask = 'vault-erase'
export const eraseCrontab = `*/5 * * * * ${eraseTask}`
const eraseLock = 8026_0086
/** A filing that was being sent when the paper was removed has ended by then. */
const graceMs = 5 * 60_000

export interface EraseParts {
  db: Db
  now(): Date
  /** Which of some files dossiers hold. */
  heldFiles(tx: Queryable, fileIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Takes a content out of the store unless something needs it; undefined: it is too fresh, try again. */
  removeContent(sha256: string): Promise<'removed' | 'needed' | 'absent' | undefined>
}

/**
 * Destroys the content of own uploads that their owners removed. What a dossier holds stays there, and so does what
 * somebody else has the same of; either is said. False when another process is at it.
 */
export function eraseRemoved(parts: EraseParts): Promise<boolean> {
  return alone(parts.db.pool, { number: eraseLock }, async () => {
    const before = new Date(parts.now().getTime() - graceMs)
    for (const erasure of await waitingErasures(parts.db.pool, before)) await eraseOne(parts, erasure)
  })
}

async function eraseOne(parts: EraseParts, erasure: WaitingErasure): Promise<void> {
  const { db, now } = parts
  const { id, itemId } = erasure
  const hashes = erasure.hashes ?? (await inTransaction(db, (tx) => forget(parts, tx, erasure)))
  if (hashes === undefined) return
  const outcomes = []
  for (const sha256 of hashes) outcomes.push(await parts.removeContent(sha256))
  if (outcomes.includes(undefined)) return
  const outcome = outcomes.includes('needed') ? 'held' : 'erased'
  await inTransaction(db, async (tx) => {
    if (!(await finishErasure(tx, id, outcome, now()))) return
    await enter(tx, itemId, { kind: 'vault.erased', data: { outcome }, actor: byMachine, at: now() })
  })
}

/** Forgets the files of a removed item that nothing holds; undefined when its owner uploaded it again meanwhile. */
async function forget(
  { heldFiles, now }: EraseParts,
  tx: Queryable,
  { id, itemId, fileId }: WaitingErasure,
): Promise<string[] | undefined> {
  const item = await lockItem(tx, itemId)
  if (item.state !== 'removed') {
    await finishErasure(tx, id, 'put-back', now())
    return undefined
  }
  const own = [...(fileId === null ? [] : [fileId]), ...(await filesFor(tx, `${copyMark}${itemId}`))]
  const held = await heldFiles(tx, own)
  const kept = await keptByItems(tx, own)
  const gone = await forgetFiles(
    tx,
    own.filter((each) => !held.has(each) && !kept.has(each)),
  )
  const hashes = [...new Set([...gone, ...(item.sha256 === null ? [] : [item.sha256])])]
  await noteHashes(tx, id, hashes)
  return hashes
}

const byMachine = { kind: 'system', id: 'vault' } as const
