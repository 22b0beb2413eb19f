import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type Calendar, loadCalendar } from '../../calendar/index.ts'
import { findAuthority } from '../../directory/index.ts'
import type { PastFiling } from '../../dossiers/index.ts'
import type { PastDossier } from './past.ts'

/** A past filing with the calendar and the place by which it was settled; null when its answers were erased. */
export async function pastOf(db: Db, filing: PastFiling): Promise<PastDossier | null> {
  if (filing.answers === null) return null
  const { code, channel, caseCode, answers, papers, pauses, extensionDays, acceptedAt, competent } = filing
  const { calendar, communeCode } = await placeOf(db, competent)
  return {
    ...{ code, channel, caseCode, answers, papers, pauses, extensionDays, acceptedAt, calendar, communeCode },
    submittedOn: dateOfLaw(new Date(filing.submittedAt)),
  }
}

interface Place {
  calendar: Calendar | null
  communeCode: string | null
}
const places = new WeakMap<Db, { until: number; known: Map<string, Promise<Place>> }>()
const keptForMs = 60_000

// Dossiers of one authority follow each other by the thousand; calendars change rarely.
function placeOf(db: Db, authorityCode: string): Promise<Place> {
  const at = performance.now()
  const kept = places.get(db)
  const fresh =
    kept && kept.until > at ? kept : { until: at + keptForMs, known: new Map<string, Promise<Place>>() }
  places.set(db, fresh)
  const found = fresh.known.get(authorityCode) ?? readPlace(db, authorityCode)
  fresh.known.set(authorityCode, found)
  return found
}

async function readPlace(db: Db, authorityCode: string): Promise<Place> {
  const [calendar, authority] = await Promise.all([
    loadCalendar(db, { authorityCode }).catch(() => null),
    findAuthority(db, authorityCode),
  ])
  return { calendar, communeCode: authority?.communeCode ?? null }
}
