import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import {
  branchAnswers,
  findVersion,
  type GroupFacts,
  isWanted,
  type LinkedBranch,
  type ProcedureVersion,
} from '../../catalogue/index.ts'
import { type Authority, findAuthority, listAuthorities } from '../../directory/index.ts'
import type { Branch } from '../dossier.ts'
import { competentFor, rootOf } from '../filing/routing.ts'

/**
 * The branches that a filing of a group will have, all waiting, each with the authority that settles it as far as the
 * answers say already. Null for an ordinary procedure.
 */
export async function branchesOf(
  db: Db,
  { linked }: Pick<ProcedureVersion, 'linked'>,
  facts: GroupFacts & { competent: string },
): Promise<Branch[] | null> {
  if (linked === null) return null
  const wanted = linked.branches.filter((branch) => isWanted(branch, facts))
  return Promise.all(wanted.map((branch) => waiting(db, branch, facts)))
}

async function waiting(
  db: Db,
  branch: LinkedBranch,
  facts: GroupFacts & { competent: string },
): Promise<Branch> {
  const { key, procedureCode } = branch
  const version = await findVersion(db, procedureCode, facts.today)
  const settles = version && (await competentOf(db, version, branchAnswers(branch, facts), facts))
  return {
    ...{ key, procedureCode, name: version?.plainName ?? procedureCode, state: 'waiting' },
    ...{ dossierId: null, code: null, dueAt: null, endedAt: null, reason: null },
    competent: settles === undefined || isRefusal(settles) ? null : settles.code,
  }
}

/**
 * Who settles a branch: by the rule of its procedure, else the authority of the right kind that serves the place of
 * the group. The agency that the people chose for the group is no choice for a branch of another kind.
 */
export async function competentOf(
  db: Db,
  version: ProcedureVersion,
  answers: Record<string, unknown>,
  { today, competent }: { today: string; competent: string },
): Promise<Outcome<Authority>> {
  const found = await competentFor(db, version, answers, today)
  if (!isRefusal(found)) return found
  const { receivingAgency, ...others } = answers
  const near = await nearby(db, version.executing.kind, competent, today)
  const settles = near && (await competentFor(db, version, others, today, near.code))
  if (settles !== undefined) return settles
  return receivingAgency === undefined ? found : competentFor(db, version, others, today)
}

async function nearby(
  db: Db,
  kind: Authority['kind'],
  competent: string,
  on: string,
): Promise<Authority | undefined> {
  const [here, all] = await Promise.all([
    findAuthority(db, competent),
    listAuthorities(db, { kinds: [kind] }),
  ])
  if (here === undefined) return undefined
  const standing = all.filter(
    ({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo),
  )
  const ofCommune = standing.filter(
    ({ communeCode }) => communeCode !== null && communeCode === here.communeCode,
  )
  if (ofCommune.length === 1) return ofCommune[0]
  const house = await rootOf(db, here)
  const roots = await Promise.all(standing.map((each) => rootOf(db, each)))
  const wide = standing.filter(({ communeCode }, i) => communeCode === null && roots[i] === house)
  // A guess would send the people's papers to strangers.
  return wide.length === 1 ? wide[0] : undefined
}

/** A branch that nobody here settles: it cannot begin. */
export const notCompetent = (branch: Branch): Branch => ({
  ...branch,
  state: 'not-started',
  reason: 'not-competent',
})
