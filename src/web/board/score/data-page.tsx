import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { Title } from '../../ui/title'
import type { BoardAsk } from '../board-query'
import { NotHereBoundary } from '../not-here-boundary'
import { askOf } from '../open-board'
import { dataPath } from './score.links'
import { ScoreNav } from './score-frame'
import { setAsked } from './set-choice'

const kinds = ['sets', 'units', 'counts', 'scores', 'series', 'summary', 'figures'] as const
type Kind = (typeof kinds)[number]

interface Loaded {
  ask: BoardAsk
}

export async function loader(args: LoaderFunctionArgs): Promise<Loaded> {
  const page = pageContext(args)
  const { ask, place } = await askOf(page, args.request)
  await setAsked(page, ask, place.code)
  return { ask }
}

export function ErrorBoundary() {
  return <NotHereBoundary />
}

/** Each kind of data, of the unit, period and set that the page was opened from. */
function hrefs({ from, to, set, authority }: BoardAsk): Record<Kind, { json: string; csv: string | null }> {
  const at = (path: string, query: Record<string, string | null>) =>
    `${path}?${new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])))}`
  const days = { from, to }
  return {
    sets: { json: '/api/v1/index/sets', csv: null },
    units: { json: at('/api/v1/index/units', days), csv: null },
    counts: both(at('/api/v1/index/counts', { ...days, level: 'commune', set })),
    scores: both(at('/api/v1/index/scores', { ...days, level: 'commune', set })),
    series: both(
      `/api/v1/index/series?${new URLSearchParams({ unit: authority ?? '', ...(set && { set }) })}`,
    ),
    summary: {
      json: at('/api/v1/board/summary', { ...days, authority }),
      csv: at('/so-lieu/bang.csv', { bang: 'co-quan', tu: from, den: to, 'co-quan': authority }),
    },
    figures: { json: '/api/v1/board/figures', csv: null },
  }
}

const both = (json: string) => ({ json, csv: `${json}&format=csv` })

/** Everything that the pages of figures are made of, to be taken away and worked out again. */
export default function DataPage({ loaderData: { ask } }: { loaderData: Loaded }) {
  const t = useT()
  const rows = Object.entries(hrefs(ask)) as [Kind, { json: string; csv: string | null }][]
  return (
    <Main crumbs={[{ label: t('web.nav.figures'), href: '/so-lieu' }]}>
      <Title>{t('score.data.title')}</Title>
      <ScoreNav current={dataPath} ask={ask} />
      <div className="board score">
        <div>
          <h1>{t('score.data.title')}</h1>
          <p className="bhead__lead">{t('score.data.lead')}</p>
        </div>
        <Table
          caption={t('score.data.title')}
          hideCaption
          stack
          rows={rows}
          rowKey={([kind]) => kind}
          columns={[
            {
              key: 'name',
              title: t('score.data.what'),
              heading: true,
              cell: ([kind]) => t(`score.data.kind.${kind}`),
            },
            {
              key: 'json',
              title: 'JSON',
              cell: ([, { json }]) => <a href={json}>{t('score.data.open')} JSON</a>,
            },
            {
              key: 'csv',
              title: 'CSV',
              cell: ([, { csv }]) => (csv ? <a href={csv}>{t('score.data.open')} CSV</a> : '–'),
            },
          ]}
        />
        <section className="chart" aria-labelledby="tinh-lai">
          <div className="cap">
            <h2 id="tinh-lai">{t('score.data.again')}</h2>
          </div>
          <p>{t('score.data.againText')}</p>
          <pre>
            <code>
              npm run motcua -- index score --set {ask.set ?? '766-2026'} --level commune &lt; counts.json
            </code>
          </pre>
          <p>
            <a href="/api">{t('board.open.docs')}</a>
          </p>
        </section>
      </div>
    </Main>
  )
}
