import { newId } from 'motcua/kernel/ids'
import {
  type Label,
  labelColours,
  labelsOn,
  listLabels,
  listSavedViews,
  type QueueFilter,
  readQueueFilter,
  type SavedView,
} from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import type { Choice } from '../ui/fields'
import { officerNames, placeNamesOf, procedureNames } from './names'
import { type QueueView, queueView } from './queue.view'
import { assigneesFor, receiversAt } from './queue-choices'
import { workingTimeOf } from './working-time'

/** Everything that the page of the queue shows. */
export interface QueuePage extends QueueView {
  filter: QueueFilter
  procedures: Record<string, string>
  saved: SavedView[]
  labels: (Label & { count: number })[]
  /** The colours that a label may have; browsers cannot ask the module. */
  colours: readonly Label['colour'][]
  assignees: Choice[]
  receivers: Choice[]
  /** Make a second press of the same page harmless. */
  run: string
  batch: string
}

/** The view with which an officer's day begins, as an address; undefined when none was chosen. */
export async function dayBegins({ app }: PageContext, officer: Officer): Promise<string | undefined> {
  const saved = await listSavedViews(app.db.pool, officer)
  return saved.find(({ isDefault }) => isDefault)?.query
}

/** Looks up a page of the queue with what can be done to it. */
export async function queuePage(
  page: PageContext,
  officer: Officer,
  query: URLSearchParams,
): Promise<QueuePage> {
  const { app, now, locale } = page
  const when = { now, endOfToday: app.endOfToday(now) }
  const filter = readQueueFilter(query)
  const [{ items, next }, counts, saved, labels] = await Promise.all([
    app.dossiers.queue(officer, filter, when),
    app.dossiers.counts(officer, when),
    listSavedViews(app.db.pool, officer),
    listLabels(app.db.pool, officer),
  ])
  const home = officer.posts[0]!.authorityCode
  const codes = items.map((item) => item.procedureCode)
  const [procedures, places, minutes, on, assignees, receivers, officers] = await Promise.all([
    procedureNames(page, [...codes, ...(filter.procedure ? [filter.procedure] : [])]),
    placeNamesOf(page, [home]),
    workingTimeOf(page, [home, ...items.map(({ task }) => task.authority)]),
    labelsOn(
      app.db.pool,
      officer,
      items.map(({ dossierId }) => dossierId),
    ),
    assigneesFor(
      page,
      items.map(({ task }) => task),
    ),
    receiversAt(
      page,
      officer,
      items.slice(0, 20).map(({ competent }) => competent),
    ),
    officerNames(page, filter.assignee && !['me', 'none'].includes(filter.assignee) ? [filter.assignee] : []),
  ])
  const place = (places[home] ?? '').replace(/^\p{Lu}/u, (letter) => letter.toLowerCase())
  const view = queueView({
    ...{ items, next, counts, filter, officer, procedures, officers, place, saved, labels, minutes, locale },
    labelsOn: on,
    ...when,
  })
  return {
    ...view,
    ...{ filter, procedures, saved, labels, assignees, receivers, colours: labelColours },
    run: newId(now.getTime()),
    batch: newId(now.getTime()),
  }
}
