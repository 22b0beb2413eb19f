import { data, type LoaderFunctionArgs, type MiddlewareFunction } from 'react-router'
import { Enhance, Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { cachedBoard } from '../board-cache'
import { AskProblems, BoardHead } from '../board-head'
import type { BoardPage } from '../board-source'
import { closedOf } from '../closed/closed.links'
import { NotHereBoundary } from '../not-here-boundary'
import { RankTable } from './rank-table'
import { indexPath } from './score.links'
import type { ScoreView } from './score.view'
import { ScoreNav, ScoreNotes, ScoreUse } from './score-frame'
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
    <Main crumbs={view.ask.wall ? undefined : [{ label: t('web.nav.figures'), href: '/so-lieu' }]}>
      <Title>{`${t('score.title')}, ${view.place}`}</Title>
      <AskProblems view={view} />
      {!view.ask.wall && <ScoreNav current={indexPath} ask={view.ask} />}
      <div className="board score" id="so-lieu" data-version={view.version} data-live="/so-lieu/su-kien">
        <BoardHead
          view={view}
          title={t('score.title')}
          lead={view.ask.wall ? view.where : view.place}
          path={indexPath}
          {...{ choices, top }}
        >
          <a href={closedOf(view)}>{t('closed.link')}</a>
        </BoardHead>
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
      </div>
      <Enhance name="live-figures" />
    </Main>
  )
}
