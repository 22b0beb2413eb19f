import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { findAuthority } from '../directory/index.ts'
import { forgetCalendars } from './authority-calendar.ts'
import { addVersion, type NewVersion } from './calendar-store.ts'
import { refusals } from './refusals.ts'
import { country } from './versions.ts'
import { readYear, type YearToPublish } from './year-of-days.ts'

export interface PublishedYear {
  territory: string
  year: number
  /** Number of the new version; null when the newest version said the same already. */
  version: number | null
}

/**
 * Publishes the days off of a territory and year as a new version; older ones stay, for the due dates that name them.
 * Who may do so is for the caller to know. Refuses days that cannot be, all of them named, and unknown territories.
 */
export async function publishYear(db: Db, input: YearToPublish): Promise<Outcome<PublishedYear>> {
  const read = readYear(input)
  if (isRefusal(read)) return read
  const { territory, year } = read
  if (territory !== country && !(await findAuthority(db, territory)))
    return refusals.unknownTerritory({ territory })
  const days = read.days.toSorted((a, b) => (a.date < b.date ? -1 : 1))
  const version = await addOnce(db, { ...read, days })
  if (version === 'taken') return refusals.publishedMeanwhile({ territory, year })
  forgetCalendars(db)
  return { territory, year, version: version ?? null }
}

// Two people publish at once: the second number is taken, and what it would correct was not seen by them.
async function addOnce(db: Db, published: NewVersion): Promise<number | undefined | 'taken'> {
  try {
    return await addVersion(db.pool, published)
  } catch (error) {
    if ((error as { code?: string }).code === '23505') return 'taken'
    throw error
  }
}
