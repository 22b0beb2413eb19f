import type { Db } from '../../../kernel/db.ts'
import { type Answers, getVersion } from '../../catalogue/index.ts'
import type { Authority } from '../../directory/index.ts'
import type { Dossier } from '../dossier.ts'
import { readKnown } from '../dossier-store.ts'
import { settledByRule } from './routing.ts'

/** Where a dossier belongs by the rule of its procedure, when that is not where it lies. */
export interface Belonging {
  authority: Authority
  rule: { vi: string; en: string }
  /** Nobody else may settle it; otherwise the law leaves the people a choice, which they made. */
  binding: boolean
}

/** Which authority a dossier should be transferred to; null when it is where it belongs, or no rule says. */
export async function belongsElsewhere(
  db: Db,
  { dossier, answers }: { dossier: Dossier; answers: Answers },
  on: string,
): Promise<Belonging | null> {
  const [version, known] = await Promise.all([
    getVersion(db, dossier.procedureCode, dossier.procedureVersion),
    readKnown(db.pool, dossier.id),
  ])
  if (version.routing.length === 0) return null
  const found = await settledByRule(db, version, { ...known, ...answers }, { on, channel: dossier.channel })
  if (found === null || found.allowed.some(({ code }) => code === dossier.competent)) return null
  const { allowed, route } = found
  return { authority: allowed[0]!, rule: route.text, binding: route.binding }
}
