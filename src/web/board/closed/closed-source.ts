import { dateOfLaw } from 'motcua/kernel/time'
import {
  answersFor,
  closedPeriods,
  library,
  listIndexSets,
  PeriodKey,
  periodBefore,
  periodOf,
  shownSnapshots,
} from 'motcua/modules/indicators'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { boardPlaces, type Choice } from '../board-source'
import type { ClosedFacts } from './closed.view'

/** A closed period as it was asked for, and what else may be chosen. */
export interface ReadClosed {
  facts: ClosedFacts
  choices: Choice[]
  /** Names of the periods that have been closed lately, the newest first. */
  periods: string[]
}

/** Reads the closed period that the address names: last month of the whole unless it says otherwise. */
export async function readClosed(args: LoaderFunctionArgs): Promise<ReadClosed> {
  const page = pageContext(args)
  const { app, actor, locale, now } = page
  const query = new URL(args.request.url).searchParams
  const { top, choices } = await boardPlaces(page)
  const code = query.get('co-quan') || (top?.code ?? '')
  const place = choices.find((each) => each.code === code)
  const today = dateOfLaw(now)
  const period = PeriodKey.safeParse(query.get('ky') ?? periodBefore(periodOf('month', today)).key)
  if ((!place && code !== '') || !period.success) throw data(null, { status: 404 })
  const [snapshots, figures, sets] = await Promise.all([
    shownSnapshots(app.db, { actor, unit: code, period: period.data }),
    library(),
    listIndexSets(app.db),
  ])
  const closed = closedPeriods(today).filter(({ kind }) => kind !== 'day' || answersFor(actor, code))
  return {
    facts: {
      ...{ unit: { code, name: place?.name ?? '' }, period: period.data, snapshots },
      figures: Object.fromEntries(figures.map(({ key, name }) => [key, name[locale]])),
      sets: Object.fromEntries(sets.map(({ set }) => [set.key, set.name[locale]])),
    },
    choices,
    periods: [...new Set([period.data, ...closed.map(({ key }) => key).toReversed()])],
  }
}
