import type { Db } from '../../../kernel/db.ts'
import { type Outcome, refusal } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { publicationFacts } from '../../processes/index.ts'
import type { ProcedureChange } from '../change.ts'
import { canonicalHash } from '../content-hash.ts'
import type { Contents } from '../contents.ts'
import { baseContents, effectiveParts } from '../effective-parts.ts'
import { isPrepared, type PartProblem, prepare } from '../prepare-publication.ts'
import type { ReplayRules } from './past.ts'

/** What a replay refuses. */
export const replayRefusals = {
  nothingBefore: () => refusal('conflict', 'replay.nothing-before'),
  notReady: (d: { problems: PartProblem[] }) => refusal('invalid', 'replay.not-ready', d),
  notYours: () => refusal('forbidden', 'replay.not-yours'),
  unknown: () => refusal('not-found', 'replay.unknown'),
  noSuchDossier: () => refusal('not-found', 'replay.no-such-dossier'),
}

/** The rules before and after a change, ready to run, with the hash of both. */
export interface RulesOfChange {
  before: ReplayRules
  after: ReplayRules
  contents: { before: Contents; after: Contents }
  hash: string
}

/**
 * Reads both sides of a change. Refuses a procedure that is new here or ends, because there is nothing to compare, and a
 * draft that cannot run yet, with everything that is wrong with it.
 */
export async function rulesOfChange(
  db: Db,
  change: ProcedureChange,
  now: Date,
): Promise<Outcome<RulesOfChange>> {
  if (change.base.procedure === null || change.kind === 'abolish') return replayRefusals.nothingBefore()
  const [before, after] = await Promise.all([baseContents(db, change), effectiveParts(db, change)])
  const facts = await publicationFacts(db, now)
  const on = dateOfLaw(now)
  const edition = {
    code: change.code,
    version: 1,
    formVersion: 1,
    validFrom: on,
    decision: { number: '-', on },
  }
  const [old, next] = await Promise.all([before, after].map((contents) => prepare(contents, edition, facts)))
  for (const each of [old!, next!])
    if (!isPrepared(each)) return replayRefusals.notReady({ problems: each.problems })
  return {
    ...{ before: old as ReplayRules, after: next as ReplayRules },
    ...{ contents: { before, after }, hash: hashOf(before, after) },
  }
}

/** Names two sets of rules, without words of tests and papers, which replay nothing. */
export const hashOf = (before: Contents, after: Contents): string =>
  canonicalHash(
    JSON.parse(
      JSON.stringify([before, after].map(({ procedure, form, process }) => ({ procedure, form, process }))),
    ),
  )
