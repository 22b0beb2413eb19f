import { accepted } from '../../../kernel/errors.ts'
import { referenceNames, referenceText } from '../../directory/index.ts'
import type { IndexSet } from './index-set.ts'
import { readIndexSet } from './read-index-set.ts'

const folder = 'index-sets'

/** Names of the sets that come with the platform, as files of `db/reference`. */
export function shippedSetFiles(): Promise<string[]> {
  return referenceNames(folder, '.json')
}

/** The sets that come with the platform, for questions asked without a database. */
export async function shippedSets(): Promise<IndexSet[]> {
  return Promise.all((await shippedSetFiles()).map(shippedSet))
}

/** One of these files, read as it would be used. */
export async function shippedSet(name: string): Promise<IndexSet> {
  return accepted(readIndexSet(JSON.parse(await referenceText(name))))
}
