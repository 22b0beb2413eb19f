import type { Replayed, ReplayKind } from './past.ts'
import type { ReplayDetails } from './replay-store.ts'

/** What is kept of a dossier that would come out differently: what each set of rules says, and no answers. */
export function detailsOf({ before, after, differs }: Replayed): ReplayDetails {
  const has = (kind: ReplayKind) => differs.includes(kind)
  const details: ReplayDetails = {}
  if (has('refused')) details.problems = after.problems.slice(0, mostNamed)
  if (has('asked')) details.asked = after.asked.slice(0, mostNamed)
  if (has('papers')) {
    const [old, now] = [before.papers ?? [], after.papers ?? []]
    details.papers = {
      added: now.filter((key) => !old.includes(key)),
      removed: old.filter((key) => !now.includes(key)),
    }
    details.missing = after.missing.filter((key) => !before.missing.includes(key))
  }
  if (has('authority')) details.authority = [before.authority ?? null, after.authority ?? null]
  if (has('case')) details.case = [before.caseCode, after.caseCode]
  if (has('time') && before.limit && after.limit) {
    details.limit = [before.limit, after.limit]
    if (before.dueAt !== undefined) details.due = [before.dueAt, after.dueAt ?? null]
  }
  if (has('price')) details.fees = [before.feesVnd ?? null, after.feesVnd ?? null]
  if (has('path') || has('hours')) details.path = [before.path ?? [], after.path ?? []]
  if (has('accepted')) details.problems = before.problems.slice(0, mostNamed)
  return details
}

const mostNamed = 20
