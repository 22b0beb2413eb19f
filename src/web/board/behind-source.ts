import { dateOfLaw } from 'motcua/kernel/time'
import { findByIds, mayOpen } from 'motcua/modules/dossiers'
import { dossiersBehind, type Measure } from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'
import { officerNames, placeNamesOf, procedureNames } from '../desk/names'
import { type BehindRow, behindRows } from './behind.view'

/** At most so many dossiers are listed; more belong into a download or a narrower question. */
export const mostBehind = 200

export interface BehindQuery {
  measure: Measure | 'in-time'
  authority: string | null
  from: string
  to: string
}

/** The dossiers behind a figure, for an officer who answers for the authority. */
export async function readBehind(page: PageContext, query: BehindQuery): Promise<BehindRow[]> {
  return rowsOf(page, await idsBehind(page, query))
}

/** Dossiers as leaders see them in a list: where each is, who has the next step, how late. */
export async function rowsOf(page: PageContext, ids: readonly string[]): Promise<BehindRow[]> {
  const { app, actor, now, locale } = page
  const files = await findByIds(app.db.pool, ids)
  const dossiers = files.map(({ dossier }) => dossier)
  const open = dossiers.flatMap(({ tasks }) => tasks.filter(({ closedAt }) => closedAt === null))
  const [procedures, places, officers] = await Promise.all([
    procedureNames(
      page,
      dossiers.map(({ procedureCode }) => procedureCode),
    ),
    placeNamesOf(page, [
      ...dossiers.map(({ competent }) => competent),
      ...open.map(({ authority }) => authority),
    ]),
    officerNames(
      page,
      open.flatMap(({ assignee }) => assignee ?? []),
    ),
  ])
  return behindRows(
    dossiers.map((dossier) => ({ dossier, opens: mayOpen(actor, dossier) })),
    { names: { procedures, places, officers }, today: dateOfLaw(now), locale },
  )
}

// "Within time" is no sum of its own: it is what is in progress without what is overdue.
async function idsBehind({ app, now }: PageContext, { measure, ...where }: BehindQuery): Promise<string[]> {
  const today = dateOfLaw(now)
  // What will be overdue by the end of the period is not overdue now.
  const to = earlier(where.to, today)
  const find = async (of: Measure) =>
    (await dossiersBehind(app.db.pool, { ...where, to, measure: of, today, limit: mostBehind })).map(
      ({ dossierId }) => dossierId,
    )
  if (measure !== 'in-time') return find(measure)
  const [inProgress, overdue] = await Promise.all([find('in-progress'), find('overdue')])
  return inProgress.filter((id) => !overdue.includes(id))
}

const earlier = (a: string, b: string) => [a, b].toSorted()[0]!
