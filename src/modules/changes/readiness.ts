import { type Recent, recent } from '../../kernel/recent.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { editionDates } from '../catalogue/index.ts'
import { formVersions } from '../forms/index.ts'
import { publicationFacts } from '../processes/index.ts'
import { type ChangeParts, revisionsOf } from './acting.ts'
import type { ProcedureChange } from './change.ts'
import { findingsOfChange } from './checks/check-facts.ts'
import type { Finding } from './checks/finding.ts'
import { isSame } from './content-hash.ts'
import type { Contents } from './contents.ts'
import { baseContents, effectiveParts } from './effective-parts.ts'
import { takenKeys } from './neighbours.ts'
import { isPrepared, type PartProblem, prepare } from './prepare-publication.ts'
import type { CaseRules } from './run-package-case.ts'
import { runPackageTests, type TestReport } from './run-package-tests.ts'

/** Whether a change could be published: what is wrong with its parts, and how its test cases went. */
export interface Readiness {
  /** What the checks found; errors keep it from being handed in. */
  findings: Finding[]
  problems: PartProblem[]
  tests: TestReport | null
  /** Nothing differs from what the change began from: there is nothing to hand in. */
  unchanged: boolean
}

/** Reads every part of a change as it would run and runs the test cases; nothing is stored. */
export async function readinessOf(change: ProcedureChange, parts: ChangeParts): Promise<Readiness> {
  if (change.kind === 'abolish') return { findings: [], problems: [], tests: null, unchanged: false }
  const contents = await effectiveParts(parts.db, change)
  const ready = {
    ...(await readinessOfContents(change.code, contents, parts)),
    unchanged: await isUnchanged(change, contents, parts),
  }
  try {
    return { ...ready, findings: await findingsOfChange(parts.db, change, parts.now) }
  } catch (error) {
    // Checks read parts of the right shape; what is wrong with the shape is told already.
    if (ready.problems.length > 0) return ready
    throw error
  }
}

const known = new WeakMap<ChangeParts['db'], Recent<string, Kept>>()
interface Kept {
  readiness: Promise<Readiness>
  at: number
}
const mostKept = 50
/** What else is in force, and who holds which role, may have changed since. */
const keptForMs = 60_000

/**
 * The same for a page that is looked at again and again: what was found for exactly these savings within the last
 * minute. Whoever acts on a change asks `readinessOf`.
 */
export function readinessSeen(change: ProcedureChange, parts: ChangeParts): Promise<Readiness> {
  const recently = known.get(parts.db) ?? recent<string, Kept>(mostKept)
  known.set(parts.db, recently)
  const at = parts.now.getTime()
  // A saving is never written over, so its number says what it holds.
  const key = JSON.stringify([
    change.id,
    change.base,
    Object.entries(revisionsOf(change)).toSorted(),
    dateOfLaw(parts.now),
  ])
  const kept = recently.get(key)
  if (kept && Math.abs(at - kept.at) < keptForMs) return kept.readiness
  const readiness = readinessOf(change, parts)
  recently.set(key, { readiness, at })
  readiness.catch(() => recently.delete(key))
  return readiness
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
  const none = { findings: [], unchanged: false }
  if (!isPrepared(prepared)) return { ...none, problems: prepared.problems, tests: null }
  return { ...none, problems: [], tests: await runPackageTests(prepared, contents.tests) }
}

async function isUnchanged(change: ProcedureChange, contents: Contents, { db }: ChangeParts) {
  if (change.base.procedure === null) return false
  return isSame(contents, await baseContents(db, change))
}

/** What a test case of a draft runs on; undefined while its parts cannot run. */
export async function caseRulesOf(
  code: string,
  contents: Contents,
  parts: ChangeParts,
): Promise<CaseRules | undefined> {
  const validFrom = dateOfLaw(parts.now)
  const decision = { number: '…', on: validFrom }
  const prepared = await preparedParts(code, contents, { validFrom, decision }, parts)
  return isPrepared(prepared) ? prepared : undefined
}

/** Every part as it would run under its next number, or what keeps it from running. */
export async function preparedParts(
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
