import { canonicalJson } from '../../../kernel/canonical-json.ts'
import type { Db, Queryable } from '../../../kernel/db.ts'
import { accepted } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { loadWhenChanged } from '../../directory/index.ts'
import type { IndexSet } from './index-set.ts'
import { country, newestVersion, type StoredSet, setsOfTerritory, writeSet } from './index-set-store.ts'
import { readIndexSet } from './read-index-set.ts'
import { shippedSetFiles } from './shipped.ts'

/** Loads the sets that come with the platform; one that changed gets a new version, the old one stays. */
export async function loadIndexSets(db: Db): Promise<boolean> {
  const source = { key: 'indicators.index-sets', edition: 1, names: await shippedSetFiles() }
  return loadWhenChanged(db, source, async (tx, texts) => {
    const now = new Date()
    for (const text of texts) await loadSet(tx, accepted(readIndexSet(JSON.parse(text))), now)
  })
}

async function loadSet(tx: Queryable, set: IndexSet, now: Date): Promise<void> {
  const known = (await setsOfTerritory(tx, country)).filter((each) => each.set.key === set.key)
  const newest = known.toSorted((a, b) => b.set.version - a.set.version)[0]
  if (newest && sameAs(newest.set, set)) return
  const version = Math.max(set.version, (await newestVersion(tx, set.key)) + 1)
  await writeSet(tx, {
    ...unsigned,
    id: newId(now.getTime()),
    set: { ...set, version },
    editedAt: now,
    publishedAt: now,
  })
}

const unsigned: Omit<StoredSet, 'id' | 'set' | 'editedAt' | 'publishedAt'> = {
  territory: country,
  state: 'published',
  revision: 1,
  decision: null,
  editedBy: null,
  handedInBy: null,
  handedInAt: null,
  publishedBy: null,
}

const sameAs = ({ version: _, ...a }: IndexSet, { version: __, ...b }: IndexSet) =>
  canonicalJson(JSON.parse(JSON.stringify(a))) === canonicalJson(JSON.parse(JSON.stringify(b)))
