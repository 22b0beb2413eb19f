import { z } from 'zod'
import { Feel, Limit, TwoLanguages } from './version-parts.ts'

/** A field of a form: dotted names, as in `child.fullName`. */
const FieldKey = z.string().regex(/^[a-zA-Z][\w-]*(\.[a-zA-Z][\w-]*)*$/)
const Key = z.string().regex(/^[a-z][a-z0-9-]*$/)

/** One procedure of a group of linked procedures. */
export const LinkedBranch = z.object({
  key: Key,
  procedureCode: z.string().regex(/^\d\.\d{6}$/),
  /** Branches that must be granted before this one begins; none: it begins with the group. */
  after: z.array(Key),
  /** FEEL over the group's answers: the branch is wanted. Null: always. */
  when: Feel.nullable(),
  /** Fields of the branch's own form, each as FEEL over the group's `answers` and earlier `results.<branch>`. */
  answers: z.record(FieldKey, Feel),
  /** Papers of the branch taken from another component of the group; what has the same key is taken anyway. */
  papers: z.record(Key, Key).default({}),
  /** The share of this branch in the group's limit; null: the limit of its own procedure. */
  limit: Limit.nullable(),
  /** Whether its authority looks after the group; a lead waits for no other branch. */
  lead: z.boolean(),
  /** What the lead does for the people when this branch is not granted, or loses its result, while others stand. */
  compensation: z
    .object({ text: TwoLanguages, role: z.enum(['reception', 'specialist', 'head', 'leader', 'clerk']) })
    .nullable(),
})
export type LinkedBranch = z.infer<typeof LinkedBranch>

/**
 * Procedures filed once and settled by several authorities, in an order (NĐ 118/2025/NĐ-CP, Điều 20). Refuses a
 * definition that could never end: one without a lead, in a circle, or naming a branch that is not there.
 */
export const Linked = z
  .object({ branches: z.array(LinkedBranch).min(1).max(20) })
  .check(({ value, issues }) => {
    for (const { path, message } of inconsistencies(value.branches))
      issues.push({ code: 'custom', input: value, path: ['branches', ...path], message })
  })
export type Linked = z.infer<typeof Linked>

type Ordered = Pick<LinkedBranch, 'key' | 'after' | 'lead'>

function* inconsistencies(
  branches: readonly Ordered[],
): Generator<{ path: (string | number)[]; message: string }> {
  const keys = branches.map(({ key }) => key)
  if (!branches.some(({ lead }) => lead)) yield { path: [], message: 'no branch leads' }
  for (const [i, { key, after, lead }] of branches.entries()) {
    if (keys.indexOf(key) !== i) yield { path: [i, 'key'], message: `${key} is there twice` }
    if (lead && after.length > 0) yield { path: [i, 'after'], message: 'a lead waits for no other branch' }
    for (const each of after)
      if (!keys.includes(each)) yield { path: [i, 'after'], message: `there is no branch ${each}` }
  }
  for (const key of inCircles(branches))
    yield { path: [keys.indexOf(key), 'after'], message: `${key} waits for itself` }
}

// What is left once everything that can begin has begun.
function inCircles(branches: readonly Ordered[]): string[] {
  const begun = new Set<string>()
  const known = new Set(branches.map(({ key }) => key))
  for (;;) {
    const next = branches.filter(
      ({ key, after }) => !begun.has(key) && after.every((each) => begun.has(each) || !known.has(each)),
    )
    if (next.length === 0) return branches.map(({ key }) => key).filter((key) => !begun.has(key))
    for (const { key } of next) begun.add(key)
  }
}

interface Grouped {
  procedureCode: string
  linked: { branches: readonly Pick<LinkedBranch, 'key' | 'procedureCode'>[] } | null
}

/** What branches name that cannot be filed: a procedure that has no version here, or one that is a group itself. */
export function strangeBranches(versions: readonly Grouped[]): string[] {
  const known = new Map(versions.map((version) => [version.procedureCode, version]))
  return versions.flatMap(({ procedureCode: group, linked }) =>
    (linked?.branches ?? []).flatMap(({ key, procedureCode }) => {
      const found = known.get(procedureCode)
      if (found === undefined) return [`${group}: branch ${key} names ${procedureCode}, which has no version`]
      return found.linked === null ? [] : [`${group}: branch ${key} is a group itself`]
    }),
  )
}
