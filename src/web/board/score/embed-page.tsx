import { data, type LoaderFunctionArgs, type MiddlewareFunction } from 'react-router'
import { LinkAction } from '../../ui/button'
import { useShell, useT } from '../../ui/shell'
import { cachedBoard } from '../board-cache'
import { boardHref } from '../board-query'
import type { BoardPage } from '../board-source'
import { NotHereBoundary } from '../not-here-boundary'
import { IndexFrame } from './index-frame'
import { embedPagePath, embedPath, indexPath } from './score.links'
import type { ScoreView } from './score.view'
import { openScore } from './score-source'

type Loaded = BoardPage<ScoreView>

export const middleware: MiddlewareFunction<Response>[] = [cachedBoard]

export function ErrorBoundary() {
  return <NotHereBoundary />
}

export async function loader(args: LoaderFunctionArgs) {
  const { view, choices, top } = await openScore(args, embedPagePath)
  return data({ view, choices, top } satisfies Loaded, { status: view.ask.problems.length > 0 ? 422 : 200 })
}

/** The total on the page of somebody else: how it looks, and what is copied there. */
export default function EmbedPage({ loaderData: { view, choices, top } }: { loaderData: Loaded }) {
  const t = useT()
  const { origin } = useShell()
  const [picture, page] = [boardHref(embedPath, view.ask), boardHref(indexPath, view.ask)]
  const name = `${t('score.title')}, ${view.place}`
  const code = `<a href="${origin}${page}"><img src="${origin}${picture}" alt="${name}" width="320" height="324"></a>`
  return (
    <IndexFrame
      of={{ view, choices, top }}
      title={t('score.embed.title')}
      place={view.place}
      lead={view.place}
      path={embedPagePath}
      below
    >
      <section className="chart" aria-labelledby="anh">
        <div className="cap">
          <h2 id="anh">{t('score.embed.picture')}</h2>
          <p>{t('score.embed.note')}</p>
        </div>
        <a href={page}>
          <img className="embed__picture" src={picture} alt={name} width={320} height={324} />
        </a>
      </section>
      <section className="chart" aria-labelledby="ma-nhung">
        <div className="cap">
          <h2 id="ma-nhung">{t('score.embed.code')}</h2>
          <p>{t('score.embed.text')}</p>
        </div>
        <pre>
          <code>{code}</code>
        </pre>
        <p>
          <LinkAction href={picture} icon="external-link">
            {t('score.embed.alone')}
          </LinkAction>
        </p>
      </section>
    </IndexFrame>
  )
}
