import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { findVersion, limitFor, limitText, type ProcedureVersion } from '../../catalogue/index.ts'
import { findAuthority } from '../../directory/index.ts'
import type { Dossier } from '../dossier.ts'

/** One procedure of a linked filing, as the one receipt of the filing names it. */
export interface LinkedLine {
  name: string
  authority: string
  /** Its share in the limit of the filing. */
  limit: string
}

/** The procedures that a linked filing holds, as of its acceptance; none for an ordinary dossier. */
export async function linkedLines(
  db: Db,
  { dossier, version }: { dossier: Dossier; version: ProcedureVersion },
): Promise<LinkedLine[]> {
  const today = dateOfLaw(dossier.acceptedAt ?? dossier.submittedAt)
  return Promise.all(
    (dossier.branches ?? []).map(async ({ key, name, procedureCode, competent }) => {
      const planned = version.linked?.branches.find((each) => each.key === key)
      const own = await findVersion(db, procedureCode, today)
      const limit = planned?.limit ?? (own && limitFor(own, { channel: dossier.channel }))
      const settles = competent === null ? undefined : await findAuthority(db, competent)
      return { name, authority: settles?.name ?? '', limit: limit ? limitText(limit, 'vi') : '' }
    }),
  )
}
