import { dateOfLaw } from 'motcua/kernel/time'
import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { Title } from '../../ui/title'
import { dataPath } from './score.links'
import { ScoreNav } from './score-frame'

const kinds = ['sets', 'units', 'counts', 'scores', 'series', 'summary', 'figures'] as const
type Kind = (typeof kinds)[number]

interface Loaded {
  month: string
}

export function loader(args: LoaderFunctionArgs): Loaded {
  return { month: dateOfLaw(pageContext(args).now).slice(0, 7) }
}

const hrefs = (month: string): Record<Kind, { json: string; csv: string | null }> => ({
  sets: { json: '/api/v1/index/sets', csv: null },
  units: { json: `/api/v1/index/units?period=${month}`, csv: null },
  counts: both(`/api/v1/index/counts?period=${month}&level=commune`),
  scores: both(`/api/v1/index/scores?period=${month}&level=commune`),
  series: both('/api/v1/index/series?unit='),
  summary: { json: '/api/v1/board/summary', csv: '/so-lieu/bang.csv?bang=co-quan' },
  figures: { json: '/api/v1/board/figures', csv: null },
})

const both = (json: string) => ({ json, csv: `${json}&format=csv` })

/** Everything that the pages of figures are made of, to be taken away and worked out again. */
export default function DataPage({ loaderData: { month } }: { loaderData: Loaded }) {
  const t = useT()
  const rows = Object.entries(hrefs(month)) as [Kind, { json: string; csv: string | null }][]
  return (
    <Main crumbs={[{ label: t('web.nav.figures'), href: '/so-lieu' }]}>
      <Title>{t('score.data.title')}</Title>
      <ScoreNav current={dataPath} />
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
            <code>npm run motcua -- index score --set 766-2026 --level commune &lt; counts.json</code>
          </pre>
          <p>
            <a href="/api">{t('board.open.docs')}</a>
          </p>
        </section>
      </div>
    </Main>
  )
}
