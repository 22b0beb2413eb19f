import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { findAuthority } from '../directory/index.ts'
import { forgetCalendars } from './authority-calendar.ts'
import { addVersion, findYear, lockYear, type NewVersion } from './calendar-store.ts'
import { refusals } from './refusals.ts'
import { country } from './versions.ts'
import { readYear, type YearToPublish } from './year-of-days.ts'

export interface PublishedYear {
  territory: string
  year: number
  /** Number of the new version; null when the newest version said the same already. */
  version: number | null
}

export interface PublishOptions {
  /** The newest version that the publisher saw, null for none; another one is refused. Not looked at when left out. */
  seen?: number | null
  /** What is stored in the same transaction when there is a new version. */
  beside?: (tx: Queryable, published: PublishedYear) => Promise<void>
}

/**
 * Publishes the days off of a territory and year as a new version; older ones stay, for the due dates that name them.
 * Who may do so is for the caller to know. Refuses days that cannot be, all of them named, unknown territories, and
 * what was written before somebody else published.
 */
export async function publishYear(
  db: Db,
  input: YearToPublish,
  options: PublishOptions = {},
): Promise<Outcome<PublishedYear>> {
  const read = readYear(input)
  if (isRefusal(read)) return read
  const { territory, year } = read
  if (territory !== country && !(await findAuthority(db, territory)))
    return refusals.unknownTerritory({ territory })
  const days = read.days.toSorted((a, b) => (a.date < b.date ? -1 : 1))
  const version = await addOnce(db, { ...read, days }, options)
  if (version === 'taken') return refusals.publishedMeanwhile({ territory, year })
  forgetCalendars(db)
  return { territory, year, version: version ?? null }
}

type Added = number | undefined | 'taken'

// Two people publish at once: the second number is taken, and what it would correct was not seen by them.
async function addOnce(db: Db, published: NewVersion, options: PublishOptions): Promise<Added> {
  try {
    return await inTransaction(db, (tx) => add(tx, published, options))
  } catch (error) {
    if ((error as { code?: string }).code === '23505') return 'taken'
    throw error
  }
}

async function add(tx: Queryable, published: NewVersion, { seen, beside }: PublishOptions): Promise<Added> {
  const { territory, year } = published
  await lockYear(tx, { territory, year })
  const newest = seen === undefined ? undefined : await findYear(tx, { territory, year })
  if (seen !== undefined && (newest?.version ?? null) !== seen) return 'taken'
  const version = await addVersion(tx, published)
  if (version !== undefined) await beside?.(tx, { territory, year, version })
  return version
}
