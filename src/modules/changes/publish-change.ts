import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { inTransaction, type Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import {
  addEdition,
  catalogueChanged,
  editionDates,
  endEditions,
  forgetVersions,
  reopenEdition,
  takeEditionBack,
} from '../catalogue/index.ts'
import type { AddedTemplate } from '../documents/index.ts'
import { askForEditionMove } from '../dossiers/index.ts'
import { addFormVersion, forgetForms, formVersions, takeFormBack } from '../forms/index.ts'
import type { Actor, Officer } from '../identity/index.ts'
import {
  forgetProcesses,
  publicationFacts,
  publishedVersions,
  storeProcess,
  takeProcessBack,
} from '../processes/index.ts'
import type { ProcedureChange, Versions } from './change.ts'
import { addTests, findChange } from './change-store.ts'
import { act, type ChangeParts, revisionsOf, stated } from './changes.ts'
import { findingsOfChange } from './checks/check-facts.ts'
import type { Finding } from './checks/finding.ts'
import type { Contents } from './contents.ts'
import { baseContents, contentsOf, effectiveParts, lastEdition } from './effective-parts.ts'
import { endDecided, followedBy, takenKeys } from './neighbours.ts'
import { powersOver } from './powers-over-changes.ts'
import { isPrepared, type PartProblem, type Prepared, prepare } from './prepare-publication.ts'
import { refusals, type StatedProblem } from './refusals.ts'
import { runPackageTests, type TestReport } from './run-package-tests.ts'
import { publishTemplates, withdrawTemplates } from './templates-of.ts'

/** From which day, by which decision, and what becomes of open dossiers. */
export const PublishRequest = z.object({
  id: z.uuid(),
  validFrom: z.iso.date(),
  decision: z.object({ number: cleanText.pipe(z.string().trim().min(1).max(100)), on: z.iso.date() }),
  open: z.enum(['stay', 'move-not-accepted', 'move-all']).default('stay'),
})
export type PublishRequest = z.input<typeof PublishRequest>

/** Whether a change could be published: what is wrong with its parts, and how its test cases went. */
export interface Readiness {
  /** What the checks found; errors keep it from being handed in. */
  findings: Finding[]
  problems: PartProblem[]
  tests: TestReport | null
}

/** Reads every part of a change as it would run and runs the test cases; nothing is stored. */
export async function readinessOf(change: ProcedureChange, parts: ChangeParts): Promise<Readiness> {
  if (change.kind === 'abolish') return { findings: [], problems: [], tests: null }
  const contents = await effectiveParts(parts.db, change)
  const ready = await readinessOfContents(change.code, contents, parts)
  try {
    return { ...ready, findings: await findingsOfChange(parts.db, change, parts.now) }
  } catch (error) {
    // Checks read parts of the right shape; what is wrong with the shape is told already.
    if (ready.problems.length > 0) return ready
    throw error
  }
}

/** The same for parts that belong to no change yet, such as those of a package. */
export async function readinessOfContents(
  code: string,
  contents: Contents,
  parts: ChangeParts,
): Promise<Readiness> {
  const today = dateOfLaw(parts.now)
  const decision = { number: '…', on: today }
  const prepared = await preparedParts(code, contents, { validFrom: today, decision }, parts)
  if (!isPrepared(prepared)) return { findings: [], problems: prepared.problems, tests: null }
  return { findings: [], problems: [], tests: await runPackageTests(prepared, contents.tests) }
}

async function preparedParts(
  code: string,
  contents: Contents,
  stated: { validFrom: string; decision: { number: string; on: string } },
  { db, now }: ChangeParts,
) {
  const formKey = String(contents.procedure.formKey ?? '')
  const [editions, forms] = await Promise.all([editionDates(db.pool, code), formVersions(db, formKey)])
  const version = 1 + Math.max(0, ...editions.map((each) => each.version))
  const formVersion = 1 + Math.max(0, ...forms.map((each) => each.version))
  const facts = await publicationFacts(db, now)
  const prepared = await prepare(contents, { code, version, formVersion, ...stated }, facts)
  const taken = await takenKeys(db.pool, code, contents.procedure)
  return taken.length === 0
    ? prepared
    : { problems: [...(isPrepared(prepared) ? [] : prepared.problems), ...taken] }
}

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

/** Editions of one procedure change one after the other. */
const lockEditions = (tx: Queryable, code: string) =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`changes:${code}`])

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
  const ends = standing.find((each) => each.validFrom === last)?.validTo
  if (change.kind === 'abolish' && ends && validFrom > ends)
    problems.push({ field: 'validFrom', code: 'ends-already', params: { date: ends } })
  if (decision.on > today) problems.push({ field: 'decisionOn', code: 'decision-in-the-future' })
  else if (decision.on > validFrom) problems.push({ field: 'decisionOn', code: 'decision-after-start' })
  return problems
}

interface ReadyParts {
  /** Null for a procedure that ends. */
  prepared: Prepared | null
  contents: Contents
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

interface Publishing {
  change: ProcedureChange
  prepared: ReadyParts
  request: z.infer<typeof PublishRequest>
  actor: Officer
  parts: ChangeParts
}

async function publishParts(
  tx: Queryable,
  { change, prepared: { prepared, contents }, request, actor, parts }: Publishing,
): Promise<Outcome<{ change: ProcedureChange; data: Record<string, unknown> }>> {
  const { validFrom, decision, open } = request
  const { now } = parts
  const by = actor.officerId
  const announced = { by, decision, at: now }
  const versions: Versions = { ...change.base }
  let endedTo: string | null | undefined
  let templates: AddedTemplate[] = []
  if (prepared === null) {
    endedTo = await endEditions(tx, change.code, validFrom)
  } else {
    const { form } = prepared
    const edition = { ...prepared.edition, validTo: await endDecided(tx, change.code, validFrom) }
    await addEdition(tx, edition, announced)
    versions.procedure = edition.version
    if (change.parts.form || versions.form === null) {
      await addFormVersion(tx, form, { by, at: now })
      versions.form = form.definition.version
    }
    const process = await publishModel(tx, { change, prepared, contents, request, actor, now })
    if (isRefusal(process)) return process
    versions.process = process
    templates = await publishTemplates(tx, { contents, edition, by, at: now })
    await addTests(tx, { procedureCode: change.code, version: edition.version, tests: contents.tests })
    await moveOpen(tx, { change, request, versions, by, now })
  }
  const ended = endedTo === undefined ? {} : { endedTo }
  const publication = { validFrom, decision, versions, templates, open, ...ended, by, at: now.toISOString() }
  const data = { validFrom, decision, versions, open, revisions: revisionsOf(change) }
  return { change: { ...change, publication }, data }
}

// Open dossiers go to it from its day on, when that was decided; the worker moves them.
async function moveOpen(
  tx: Queryable,
  {
    change,
    request: { open, validFrom, decision },
    versions: { procedure, form, process },
    by,
    now,
  }: Pick<Publishing, 'change' | 'request'> & { versions: Versions; by: string; now: Date },
): Promise<void> {
  if (open === 'stay' || procedure === null || form === null || process === null) return
  const plan = { procedureCode: change.code, rule: open, to: { procedure, form, process }, validFrom }
  await askForEditionMove(tx, plan, { decision: decision.number, reason: change.title, by, now })
}

async function publishModel(
  tx: Queryable,
  {
    change,
    prepared,
    contents,
    request,
    actor,
    now,
  }: Omit<Publishing, 'prepared' | 'parts'> & { prepared: Prepared; contents: Contents; now: Date },
): Promise<Outcome<number | null>> {
  if (!change.parts.process && change.base.process !== null) return change.base.process
  const seen = (await publishedVersions(tx, prepared.process.id))[0]?.version ?? 0
  const { validFrom, decision } = request
  const { xml } = contents.process
  const stored = await storeProcess(
    tx,
    actor,
    { xml, validFrom, decision, reason: change.title, seen },
    prepared.process,
    now,
  )
  // A model that was saved as it stands is no new version.
  if (isRefusal(stored)) return stored.code === 'processPage.same-as' ? change.base.process : stored
  return stored.version
}

/** Everything that this process remembers of procedures, forms and processes is read again. */
async function forgetAll({ db, wake }: ChangeParts): Promise<void> {
  forgetVersions(db)
  forgetForms(db)
  forgetProcesses(db)
  await catalogueChanged(db)
  wake?.()
}

export const WithdrawRequest = z.object({
  id: z.uuid(),
  note: cleanText.pipe(z.string().trim().min(1).max(2000)),
})

/**
 * Takes a published change back, on its first day at the latest: what was in force before goes on, and dossiers that
 * were filed meanwhile keep the edition of their receipt. Later a change that brings the former edition back is
 * published instead (`formerContents`). Refuses when a later edition follows it already.
 */
export async function withdrawChange(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts,
): Promise<Outcome<ProcedureChange>> {
  const { db, now } = parts
  if (actor.kind !== 'officer') return refusals.notYours()
  const parsed = WithdrawRequest.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
  const { id, note } = parsed.data
  const done = await inTransaction(db, (tx) =>
    act(tx, { id, act: 'withdraw', officer: actor, parts }, async (change) => {
      await lockEditions(tx, change.code)
      const taken = await takePartsBack(tx, { change, note, actor, now })
      if (isRefusal(taken)) return taken
      const ended = { by: actor.officerId, at: now.toISOString(), reason: note }
      return { change: { ...change, ended }, data: { versions: change.publication!.versions } }
    }),
  )
  if (!isRefusal(done)) await forgetAll(parts)
  return done
}

async function takePartsBack(
  tx: Queryable,
  { change, note, actor, now }: { change: ProcedureChange; note: string; actor: Officer; now: Date },
): Promise<Outcome<true>> {
  const { validFrom, versions } = change.publication!
  const standing = (await editionDates(tx, change.code)).filter(({ withdrawn }) => !withdrawn)
  const later = standing.find((each) => each.validFrom > validFrom)
  const followed = later?.version ?? (await followedBy(tx, change))
  if (followed) return refusals.followed({ version: followed })
  if (validFrom < dateOfLaw(now)) return refusals.inForceAlready({ validFrom })
  if (change.kind === 'abolish') {
    // A procedure that ends has no edition of its own to take back: the last one gets its end again.
    const last = { procedureCode: change.code, version: change.base.procedure! }
    await reopenEdition(tx, { ...last, validTo: change.publication!.endedTo ?? null })
    return true
  }
  await takeEditionBack(tx, { procedureCode: change.code, version: versions.procedure!, at: now })
  const { formKey, processKey } = (await editionKeys(tx, change.code, versions.procedure!))!
  if (versions.form !== change.base.form || change.parts.form)
    await takeFormBack(tx, { key: formKey, version: versions.form!, at: now })
  const { templates: added = [] } = change.publication!
  await withdrawTemplates(tx, { procedureCode: change.code, added, at: now })
  if (versions.process === change.base.process) return true
  const process = { key: processKey, version: versions.process!, reason: note.slice(0, 500) }
  const taken = await takeProcessBack(tx, actor, process, now, { onFirstDay: true })
  return isRefusal(taken) ? taken : true
}

async function editionKeys(tx: Queryable, code: string, version: number) {
  const { rows } = await tx.query<{ formKey: string; processKey: string }>(
    `select definition ->> 'formKey' as "formKey", definition ->> 'processKey' as "processKey"
     from catalogue.procedure_version where procedure_code = $1 and version = $2`,
    [code, version],
  )
  return rows[0]
}

/** The parts that were in force before a published change: what a change that rolls it back starts from. */
export const formerContents = (change: ProcedureChange, { db }: ChangeParts): Promise<Contents> =>
  baseContents(db, change)

/** The parts that a published change put in force. */
export const publishedContents = (change: ProcedureChange, { db }: ChangeParts): Promise<Contents> =>
  contentsOf(db, change.code, change.publication!.versions)
