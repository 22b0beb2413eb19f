import type { Db } from '../../kernel/db.ts'

/** How long another process may go on answering from what it read before a publication. */
const checkEveryMs = 10_000

/** The number that every publication raises. */
async function revisionOf(db: Db): Promise<number> {
  const { rows } = await db.pool.query<{ number: string }>('select number from catalogue.revision')
  return Number(rows[0]?.number)
}

/** Something read from the catalogue and kept in the memory of this process. */
export interface Remembered<T> {
  /** What is known; read at first use. */
  of(db: Db): Promise<T>
  /** Reads again at the next use: for who changed it. */
  forget(db: Db): void
}

interface Kept<T> {
  revision: number
  value: T
  checkedAt: number
}

/**
 * Keeps what `read` gives until something is published here, or for ten seconds after it was published elsewhere.
 * `isEmpty` says that nothing was there yet: that is not kept.
 */
export function remember<T>(
  read: (db: Db) => Promise<T>,
  isEmpty: (value: T) => boolean = () => false,
): Remembered<T> {
  const memory = new WeakMap<Db, Promise<Kept<T>>>()

  async function readKept(db: Db): Promise<Kept<T>> {
    const revision = await revisionOf(db)
    return { revision, value: await read(db), checkedAt: performance.now() }
  }

  function begin(db: Db): Promise<Kept<T>> {
    const made = readKept(db)
    memory.set(db, made)
    const drop = () => memory.get(db) === made && memory.delete(db)
    made.then(({ value }) => isEmpty(value) && drop(), drop)
    return made
  }

  async function refresh(db: Db, kept: Kept<T>): Promise<void> {
    if ((await revisionOf(db)) === kept.revision) return
    memory.set(db, Promise.resolve(await readKept(db)))
  }

  return {
    async of(db) {
      const kept = await (memory.get(db) ?? begin(db))
      const now = performance.now()
      if (now - kept.checkedAt > checkEveryMs) {
        kept.checkedAt = now
        // This question is answered from what is known; the next ones from the new.
        void refresh(db, kept).catch(() => undefined)
      }
      return kept.value
    },
    forget: (db) => void memory.delete(db),
  }
}
