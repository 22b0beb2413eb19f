import { dateOfLaw } from 'motcua/kernel/time'
import { computeDueAt, loadCalendar, MissingCalendarYear } from 'motcua/modules/calendar'
import { findOfficer, unitsOf } from 'motcua/modules/directory'
import { type Dossier, findByIds, mayOpen } from 'motcua/modules/dossiers'
import {
  answersFor,
  type OverdueCell,
  type OverdueFilter,
  type OverdueQuery,
  overdueCells,
  overdueList,
  standings,
} from 'motcua/modules/indicators'
import { type PageContext, pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { z } from 'zod'
import { officerNames, placeNamesOf, procedureNames } from '../../desk/names'
import { officerOf } from '../../desk/officer'
import { boardPlaces, type Choice } from '../board-source'
import { type OverdueAsk, type OverdueNames, type OverdueRow, overdueRows } from './overdue.view'

/** Where the list stands. */
export const overduePath = '/bang/qua-han'

/** Working days ahead that count as soon. */
const soonDays = 2

const text = z.string().max(300).catch('')
const Asked = z.object({
  'co-quan': text,
  'thu-tuc': text,
  buoc: text,
  con: z.enum(standings).nullable().catch(null),
  trang: z.coerce.number().int().min(1).max(10_000).catch(1),
})

/** What a page of late dossiers asks for, once it is sure that this officer answers for the place. */
export interface AskedOverdue {
  page: PageContext
  query: OverdueQuery
  ask: OverdueAsk
  place: Choice
  places: Choice[]
  no: number
  cells: OverdueCell[]
}

/** Reads the address; 403 for officers of other places. */
export async function askedOverdue(args: LoaderFunctionArgs): Promise<AskedOverdue> {
  const officer = officerOf(args)
  const page = pageContext(args)
  const search = new URL(args.request.url).searchParams
  const asked = Asked.parse(Object.fromEntries(Object.keys(Asked.shape).map((key) => [key, search.get(key)])))
  const { choices } = await boardPlaces(page)
  const wanted = asked['co-quan'] || officer.posts[0]?.authorityCode
  const place = choices.find(({ code }) => code === wanted)
  if (!place) throw data(null, { status: 404 })
  if (!answersFor(officer, place.code)) throw data(null, { status: 403 })
  const query = { authority: place.code, today: dateOfLaw(page.now), soon: await soonOf(page, place.code) }
  return {
    ...{ page, query, place, no: asked.trang },
    ask: { procedureCode: asked['thu-tuc'] || null, step: asked.buoc || null, standing: asked.con },
    places: choices.filter(({ code }) => answersFor(officer, code)),
    cells: await overdueCells(page.app.db.pool, query),
  }
}

async function soonOf({ app, now }: PageContext, authorityCode: string): Promise<string> {
  const calendar = await loadCalendar(app.db, { authorityCode })
  try {
    const limit = { amount: soonDays, unit: 'working-day' as const }
    const due = computeDueAt({ acceptedAt: now.toISOString(), limit, calendar })
    if (due !== null) return dateOfLaw(due)
  } catch (error) {
    if (!(error instanceof MissingCalendarYear)) throw error
  }
  // Nobody published that year's days off yet.
  return String(Temporal.PlainDate.from(dateOfLaw(now)).add({ days: soonDays }))
}

/** So many dossiers as rows, in the order of the list. */
export async function readOverdue(
  { page, query }: Pick<AskedOverdue, 'page' | 'query'>,
  filter: OverdueFilter,
  part: { limit: number; offset: number },
): Promise<OverdueRow[]> {
  const { app, actor, now, locale } = page
  const items = await overdueList(app.db.pool, query, filter, part)
  const files = await findByIds(
    app.db.pool,
    items.map(({ dossierId }) => dossierId),
  )
  const byId = new Map(files.map(({ dossier }) => [dossier.id, dossier]))
  const known = items.flatMap((item) => {
    const dossier = byId.get(item.dossierId)
    return dossier ? [{ item, dossier, opens: mayOpen(actor, dossier) }] : []
  })
  const names = await namesOf(
    page,
    known.map(({ dossier }) => dossier),
  )
  return overdueRows({ items: known, names, now, locale })
}

async function namesOf(page: PageContext, dossiers: readonly Dossier[]): Promise<OverdueNames> {
  const open = dossiers.flatMap(({ tasks }) => tasks.filter(({ closedAt }) => closedAt === null))
  const held = open.flatMap(({ assignee, authority }) => (assignee ? [{ assignee, authority }] : []))
  const places = [...dossiers.map(({ competent }) => competent), ...open.map(({ authority }) => authority)]
  const [procedures, placeNames, officers, desks] = await Promise.all([
    procedureNames(
      page,
      dossiers.map(({ procedureCode }) => procedureCode),
    ),
    placeNamesOf(page, places),
    officerNames(
      page,
      held.map(({ assignee }) => assignee),
    ),
    desksOf(page, open, held),
  ])
  return { procedures, places: placeNames, officers, ...desks }
}

interface Held {
  assignee: string
  authority: string
}

/** The unit of each step, that of its holder's post or of its kind, and in whose place its holder stands. */
async function desksOf(
  { app, now }: PageContext,
  open: readonly { authority: string; unitKind: string }[],
  held: readonly Held[],
): Promise<Pick<OverdueNames, 'units' | 'onBehalf'>> {
  const authorities = [...new Set(open.map(({ authority }) => authority))]
  const all = new Map(
    await Promise.all(authorities.map(async (code) => [code, await unitsOf(app.db, code)] as const)),
  )
  const ids = [...new Set(held.map(({ assignee }) => assignee))]
  const found = await Promise.all(ids.map((id) => findOfficer(app.db, id, dateOfLaw(now))))
  const postsOf = new Map(found.flatMap((each) => (each ? [[each.officerId, each.posts] as const] : [])))
  const units: Record<string, string> = {}
  const onBehalf: Record<string, string> = {}
  for (const { authority, unitKind } of open) {
    const unit = all.get(authority)?.find(({ kind }) => kind === unitKind)
    if (unit) units[`${authority} ${unitKind}`] = unit.name
  }
  for (const { assignee, authority } of held) {
    const posts = (postsOf.get(assignee) ?? []).filter((post) => post.authorityCode === authority)
    const post = posts.find(({ grant }) => grant === undefined) ?? posts[0]
    const unit = all.get(authority)?.find(({ unitCode }) => unitCode === post?.unitCode)
    if (unit) units[`${authority} ${assignee}`] = unit.name
    if (post?.standsInFor) onBehalf[`${assignee} ${authority}`] = post.standsInFor.name
  }
  return { units, onBehalf }
}
