import type { FeedEntry } from '../../kernel/feed.ts'
import type { EntryData, EntryKind } from '../dossiers/index.ts'

/** An entry as far as a message speaks of it. */
export type ToldEntry = Pick<FeedEntry, 'stream' | 'sequence' | 'kind' | 'data' | 'at'> &
  Partial<Pick<FeedEntry, 'actor'>>

/** What an entry of this kind states: the journal keeps kind and data together. */
export const dataOf = <K extends EntryKind>({ data }: Pick<ToldEntry, 'data'>, _kind: K): EntryData[K] =>
  data as unknown as EntryData[K]
