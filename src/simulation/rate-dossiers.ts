import type { Db } from '../kernel/db.ts'
import { isRefusal } from '../kernel/errors.ts'
import { appendRating, decideRating, type Grade } from '../modules/feedback/index.ts'
import type { Random } from './random.ts'
import type { SimulatedDossier } from './simulate-dossier.ts'

const shareOfRaters = 0.35
const inTime: readonly (readonly [Grade, number])[] = [
  ['very-satisfied', 62],
  ['satisfied', 34],
  ['not-satisfied', 4],
]
const late: readonly (readonly [Grade, number])[] = [
  ['very-satisfied', 8],
  ['satisfied', 40],
  ['not-satisfied', 52],
]

/** Lets about a third of those who got their result say how it was; whoever waited too long says so. */
export async function rateDossiers(
  db: Db,
  batch: readonly SimulatedDossier[],
  until: Date,
  random: Random,
): Promise<void> {
  for (const { dossier } of batch) {
    if (dossier.state !== 'returned' || !random.chance(shareOfRaters)) continue
    const now = new Date(Date.parse(dossier.closedAt!) + random.waiting(6) * 3_600_000)
    if (now > until) continue
    const wasLate = dossier.dueAt !== null && dossier.decidedAt! > dossier.dueAt
    const grade = random.weighted(wasLate ? late : inTime)
    const rated = decideRating(
      dossier.id,
      undefined,
      { grade },
      { now, actor: { kind: 'person', id: 'simulated' } },
    )
    if (!isRefusal(rated)) await appendRating(db.pool, rated.rating, rated.entry, rated.comment)
  }
}
