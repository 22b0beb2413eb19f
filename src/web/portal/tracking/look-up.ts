import { isRefusal } from 'motcua/kernel/errors'
import { dateOfLaw } from 'motcua/kernel/time'
import { lookUp } from 'motcua/modules/dossiers'
import type { PageContext } from 'motcua/web/context'
import { branchNames } from './branches-source'
import { type PublicStatusView, publicStatusView } from './public-status.view'
import { authorityNames, procedureNames } from './status-source'

/** The short status of a dossier, or undefined when the code or its proof is wrong: the two are not told apart. */
export async function findPublicStatus(
  { app, now, locale }: PageContext,
  code: string,
  proof: string,
): Promise<PublicStatusView | undefined> {
  const found = await lookUp(app.db.pool, code, proof)
  if (isRefusal(found)) return undefined
  const parts = found.parts ?? []
  const [procedures, partNames, authorities] = await Promise.all([
    procedureNames(app, [found.procedureCode], locale),
    branchNames(app, parts, dateOfLaw(now), locale),
    authorityNames(app, [
      ...[found.receivedBy, found.competent, found.helpedBy ?? found.competent],
      ...parts.flatMap(({ competent }) => competent ?? []),
    ]),
  ])
  const names = {
    procedure: procedures.get(found.procedureCode) ?? found.procedureCode,
    place: (code: string) => authorities.get(code) ?? code,
    part: (code: string) => partNames.get(code),
  }
  return publicStatusView(found, names, now, locale)
}
