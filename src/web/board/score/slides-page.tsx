import { data, type LoaderFunctionArgs, type MiddlewareFunction } from 'react-router'
import { LinkAction } from '../../ui/button'
import { Enhance } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { cachedBoard } from '../board-cache'
import { boardHref } from '../board-query'
import { NotHereBoundary } from '../not-here-boundary'
import { Raises } from './raises'
import { RankTable } from './rank-table'
import { indexPath } from './score.links'
import type { ScoreView } from './score.view'
import { Heat, Shape, Trend } from './score-pictures'
import { openScore } from './score-source'
import { ScoreGroups, ScoreTop, WhyChanged } from './score-top'

export const middleware: MiddlewareFunction<Response>[] = [cachedBoard]

export function ErrorBoundary() {
  return <NotHereBoundary />
}

export async function loader(args: LoaderFunctionArgs) {
  const { view } = await openScore(args)
  return data(view, { status: view.ask.problems.length > 0 ? 422 : 200 })
}

/** The index for a meeting: one thing a screen, moved through by keys and buttons, printed one a page. */
export default function SlidesPage({ loaderData: view }: { loaderData: ScoreView }) {
  const t = useT()
  const slides = [
    { key: 'total', body: <ScoreTop view={view} isBrief /> },
    { key: 'groups', body: <ScoreGroups view={view} /> },
    { key: 'trend', body: <Trend view={view} /> },
    { key: 'shape', body: <Shape view={view} /> },
    { key: 'raise', body: <Raises view={view} /> },
    { key: 'why', body: view.why && view.why.rows.length > 0 ? <WhyChanged view={view} /> : null },
    { key: 'heat', body: view.heat.rows.length > 1 ? <Heat view={view} /> : null },
    { key: 'rank', body: <RankTable view={view} /> },
  ].filter(({ body }) => body !== null)
  return (
    <main
      id="noi-dung"
      className="slides score"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys that scroll must reach what scrolls
      tabIndex={0}
      data-version={view.version}
      data-live="/so-lieu/su-kien"
    >
      <Title>{`${t('score.slides.title')}: ${view.place}`}</Title>
      {slides.map(({ key, body }, index) => (
        <section key={key} className="slide" id={`trang-${index + 1}`}>
          <header>
            {index === 0 ? <h1>{t('score.title')}</h1> : <p>{t('score.title')}</p>}
            <p className="soft">{`${view.where} · ${view.period} · ${view.asAt.time} ${view.asAt.date}`}</p>
          </header>
          <div className="slide__body">{body}</div>
          <footer className="soft">
            <span className="num">{t('score.slides.of', { page: index + 1, pages: slides.length })}</span>
            <span className="slide__move">
              {index > 0 && (
                <LinkAction href={`#trang-${index}`} icon="arrow-left">
                  {t('score.slides.previous')}
                </LinkAction>
              )}
              {index + 1 < slides.length && (
                <LinkAction href={`#trang-${index + 2}`} icon="arrow-right">
                  {t('score.slides.next')}
                </LinkAction>
              )}
            </span>
            <LinkAction href={boardHref(indexPath, view.ask)} icon="x">
              {t('score.slides.leave')}
            </LinkAction>
          </footer>
        </section>
      ))}
      <Enhance name="live-figures" />
      <Enhance name="slides" />
    </main>
  )
}
