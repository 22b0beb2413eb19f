import type { Db, Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { type JournalActor, keepPrivate, type PrivateContent, seal, start } from '../../kernel/journal.ts'
import { type Dossier, findById, isEnded } from '../dossiers/index.ts'
import {
  changeableUntil,
  type RatedEntry,
  type Rating,
  RatingInput,
  type SealedRatedEntry,
} from './rating.ts'
import { appendRating, findRating } from './rating-store.ts'
import { readRatingToken } from './rating-token.ts'
import { refusals } from './refusals.ts'

export interface FeedbackParts {
  db: Db
  /** Key of the tokens on receipts; a new key ends every receipt's rating link. */
  secret: string
  wake?(): void
}

/** What the rating page shows before and after. */
export interface RatingPage {
  dossier: Pick<Dossier, 'id' | 'code' | 'procedureCode' | 'competent' | 'state'>
  rating: Rating | null
  /** Until when it may be changed; null before the first rating. */
  changeableUntil: string | null
  open: boolean
}

/** The page behind the QR. Refuses unknown tokens and dossiers still being handled. */
export async function ratingPage(
  { db, secret }: FeedbackParts,
  token: string,
  now: Date,
): Promise<Outcome<RatingPage>> {
  const found = await rateable(db.pool, secret, token)
  if (isRefusal(found)) return found
  const { id, code, procedureCode, competent, state } = found.dossier
  const until = found.rating ? changeableUntil(found.rating) : null
  return {
    dossier: { id, code, procedureCode, competent, state },
    rating: found.rating ?? null,
    changeableUntil: until?.toISOString() ?? null,
    open: until === null || now <= until,
  }
}

/**
 * Rates the service of a dossier, or changes the rating within thirty days of the first.
 * Whoever holds the receipt rates; officers have no way to.
 */
export async function rate(
  { db, secret, wake }: FeedbackParts,
  token: string,
  raw: RatingInput,
  { now }: { now: Date },
): Promise<Outcome<Rating>> {
  const found = await rateable(db.pool, secret, token)
  if (isRefusal(found)) return found
  const decided = decideRating(found.dossier.id, found.rating, raw, { now, actor: holderOfTheReceipt })
  if (isRefusal(decided)) return decided
  const { rating, entry, comment } = decided
  if (!(await appendRating(db.pool, rating, entry, comment))) return refusals.ratedMeanwhile()
  wake?.()
  return rating
}

const holderOfTheReceipt: JournalActor = { kind: 'person', id: 'holder-of-the-receipt' }

async function rateable(db: Queryable, secret: string, token: string) {
  const dossierId = readRatingToken(secret, token)
  const file = dossierId === undefined ? undefined : await findById(db, dossierId)
  if (file === undefined) return refusals.unknownToken()
  const { dossier } = file
  if (dossier.state !== 'decided' && !isEnded(dossier)) return refusals.tooEarly()
  return { dossier, rating: await findRating(db, dossier.id) }
}

/** Decides a rating: its new state and sealed entry, or why not. Pure but for the ids that `now` does not give. */
export function decideRating(
  dossierId: string,
  before: Rating | undefined,
  raw: RatingInput,
  { now, actor }: { now: Date; actor: JournalActor },
): Outcome<{ rating: Rating; entry: SealedRatedEntry; comment: PrivateContent | null }> {
  const parsed = RatingInput.safeParse(raw)
  if (!parsed.success)
    return refusals.invalid(parsed.error.issues.map(({ path, code }) => ({ field: path.join('.'), code })))
  if (before && now > changeableUntil(before)) return refusals.closed()
  const { grade, aspects, comment } = parsed.data
  const [ref, kept] = comment === null ? [null, null] : keepPrivate('comment', comment)
  const entry: RatedEntry = {
    kind: 'feedback.rated',
    data: { dossierId, grade, aspects, comment: ref },
    actor,
    at: now,
  }
  const stream = before?.stream ?? newId(now.getTime())
  const head = before ? { sequence: before.sequence, hash: before.headHash } : start
  // `seal` keeps each entry as it was given; only its general type forgets the kind.
  const [sealed] = seal(stream, head, [entry as never]) as unknown as [SealedRatedEntry]
  const { sequence, hash: headHash } = sealed
  const ratedAt = now.toISOString()
  const firstRatedAt = before?.firstRatedAt ?? ratedAt
  const rating = { dossierId, stream, sequence, headHash, grade, aspects, comment, firstRatedAt, ratedAt }
  return { rating, entry: sealed, comment: kept }
}
