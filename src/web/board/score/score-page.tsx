import { data, type LoaderFunctionArgs, type MiddlewareFunction } from 'react-router'
import { useT } from '../../ui/shell'
import { cachedBoard } from '../board-cache'
import type { BoardPage } from '../board-source'
import { closedOf } from '../closed/closed.links'
import { NotHereBoundary } from '../not-here-boundary'
import { IndexFrame } from './index-frame'
import { RankTable } from './rank-table'
import { indexPath } from './score.links'
import type { ScoreView } from './score.view'
import { ScoreNotes, ScoreUse } from './score-frame'
import { Heat, Shape, Trend } from './score-pictures'
import { openScore } from './score-source'
import { ScoreGroups, ScoreTop, WhyChanged } from './score-top'

type Loaded = BoardPage<ScoreView>

export const middleware: MiddlewareFunction<Response>[] = [cachedBoard]

export function ErrorBoundary() {
  return <NotHereBoundary />
}

export async function loader(args: LoaderFunctionArgs) {
  const { view, choices, top } = await openScore(args)
  const status = view.ask.problems.length > 0 ? 422 : 200
  return data({ view, choices, top } satisfies Loaded, { status })
}

/** The index of a unit and a period: total, groups, what would raise it, why it changed, who stands where. */
export default function ScorePage({ loaderData }: { loaderData: Loaded }) {
  const t = useT()
  const { view, choices, top } = loaderData
  return (
    <IndexFrame
      of={{ view, choices, top }}
      title={t('score.title')}
      place={view.place}
      lead={view.ask.wall ? view.where : view.place}
      path={indexPath}
      live={view.version}
      said={<a href={closedOf(view)}>{t('closed.link')}</a>}
    >
      <div className="top">
        <ScoreTop view={view} />
        <ScoreGroups view={view} />
      </div>
      <div className="mid">
        <Trend view={view} />
        <Shape view={view} />
      </div>
      <WhyChanged view={view} />
      <Heat view={view} />
      <RankTable view={view} />
      <ScoreNotes view={view} />
      <ScoreUse view={view} />
    </IndexFrame>
  )
}
