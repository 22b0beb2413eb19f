import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { editionDates } from '../catalogue/index.ts'
import { lastTemplateDay } from '../documents/index.ts'
import type { Actor } from '../identity/index.ts'
import { act, type ChangeParts, revisionsOf } from './acting.ts'
import { forgetAll, lockEditions } from './around-publication.ts'
import type { ProcedureChange, Versions } from './change.ts'
import { findChange } from './change-store.ts'
import { effectiveParts, lastEdition } from './effective-parts.ts'
import { powersOver } from './powers-over-changes.ts'
import { isPrepared } from './prepare-publication.ts'
import { publishParts, type ReadyParts } from './publish-parts.ts'
import { preparedParts } from './readiness.ts'
import { refusals, type StatedProblem } from './refusals.ts'
import { runPackageTests } from './run-package-tests.ts'
import { stated } from './stated.ts'

/** From which day, by which decision, and what becomes of open dossiers. */
export const PublishRequest = z.object({
  id: z.uuid(),
  validFrom: z.iso.date(),
  decision: z.object({ number: cleanText.pipe(z.string().trim().min(1).max(100)), on: z.iso.date() }),
  open: z.enum(['stay', 'move-not-accepted', 'move-all']).default('stay'),
})
export type PublishRequest = z.input<typeof PublishRequest>

/**
 * Publishes an approved change from a day, by a decision: the edition, its form, its process, its printed papers and
 * its test cases in one transaction; what was in force ends the day before. Refuses days in the past, a decision after
 * the day, what no longer builds on what is in force, and a change whose parts cannot run or whose tests fail.
 */
export async function publishChange(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts,
): Promise<Outcome<ProcedureChange>> {
  const { db } = parts
  if (actor.kind !== 'officer' || !(await powersOver(db, actor)).publish) return refusals.notYours()
  const parsed = PublishRequest.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
  const request = parsed.data
  const found = (await findChange(db.pool, request.id))?.change
  if (!found) return refusals.unknown()
  const problems = await dateProblems(found, request, parts)
  if (problems.length > 0) return refusals.invalid({ problems })
  const dates = await editionDates(db.pool, found.code)
  const prepared = await readyToPublish(found, request, parts)
  if (isRefusal(prepared)) return prepared
  const published = await inTransaction(db, (tx) =>
    act(tx, { id: request.id, act: 'publish', officer: actor, parts }, async (change) => {
      await lockEditions(tx, change.code)
      // What was read before the lock must still be so: another publication or withdrawal may have been faster.
      if (!isDeepStrictEqual(await editionDates(tx, change.code), dates))
        return refusals.baseMoved({ version: dates[0]?.version ?? null })
      if (!isDeepStrictEqual(revisionsOf(change), revisionsOf(found))) return refusals.actedMeanwhile()
      return publishParts(tx, { change, prepared, request, actor, parts })
    }),
  )
  if (isRefusal(published)) return published
  await forgetAll(parts)
  return published
}

async function dateProblems(
  change: ProcedureChange,
  { validFrom, decision }: z.infer<typeof PublishRequest>,
  { db, now }: ChangeParts,
): Promise<StatedProblem[]> {
  const problems: StatedProblem[] = []
  const today = dateOfLaw(now)
  const standing = (await editionDates(db.pool, change.code)).filter(({ withdrawn }) => !withdrawn)
  const last = standing
    .map((each) => each.validFrom)
    .toSorted()
    .at(-1)
  if (validFrom < today) problems.push({ field: 'validFrom', code: 'in-the-past' })
  else if (last !== undefined && validFrom <= last)
    problems.push({ field: 'validFrom', code: 'not-after-the-last', params: { date: last } })
  const lastTemplate = change.kind === 'abolish' ? null : await lastTemplateDay(db.pool, change.code)
  if (lastTemplate !== null && validFrom <= lastTemplate && problems.length === 0)
    problems.push({ field: 'validFrom', code: 'before-a-template', params: { date: lastTemplate } })
  const ends = standing.find((each) => each.validFrom === last)?.validTo
  if (change.kind === 'abolish' && ends && validFrom > ends)
    problems.push({ field: 'validFrom', code: 'ends-already', params: { date: ends } })
  if (decision.on > today) problems.push({ field: 'decisionOn', code: 'decision-in-the-future' })
  else if (decision.on > validFrom) problems.push({ field: 'decisionOn', code: 'decision-after-start' })
  return problems
}

async function readyToPublish(
  change: ProcedureChange,
  { validFrom, decision }: z.infer<typeof PublishRequest>,
  parts: ChangeParts,
): Promise<Outcome<ReadyParts>> {
  const last = await lastEdition(parts.db, change.code, dateOfLaw(parts.now))
  if (!sameVersions(last?.versions, change.base))
    return refusals.baseMoved({ version: last?.versions.procedure ?? null })
  const contents = await effectiveParts(parts.db, change)
  if (change.kind === 'abolish') return { prepared: null, contents }
  const prepared = await preparedParts(change.code, contents, { validFrom, decision }, parts)
  if (!isPrepared(prepared)) return refusals.notReady({ errors: prepared.problems.length, failed: 0 })
  const tests = await runPackageTests(prepared, contents.tests)
  return tests.failed > 0 ? refusals.notReady({ errors: 0, failed: tests.failed }) : { prepared, contents }
}

const sameVersions = (last: Versions | undefined, base: Versions) =>
  (last?.procedure ?? null) === base.procedure &&
  (last?.form ?? null) === base.form &&
  (last?.process ?? null) === base.process
