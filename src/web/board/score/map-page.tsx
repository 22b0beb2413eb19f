import { tileMapOf } from 'motcua/modules/directory'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, type MiddlewareFunction } from 'react-router'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { cachedBoard } from '../board-cache'
import type { BoardPage } from '../board-source'
import { ChooseForm } from '../choose-form'
import { DataLinks } from '../data-links'
import { NotHereBoundary } from '../not-here-boundary'
import { IndexFrame } from './index-frame'
import { type MapView, mapView } from './map.view'
import { mapPath, unitLinks } from './score.links'
import { readScore } from './score-source'
import { TileMap } from './tile-map'

type Loaded = BoardPage<MapView>

export const middleware: MiddlewareFunction<Response>[] = [cachedBoard]

export function ErrorBoundary() {
  return <NotHereBoundary />
}

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const read = await readScore(args)
  const map = await tileMapOf(read.facts.place.code.slice(0, 3))
  const by = new URL(args.request.url).searchParams.get('theo')
  const view = mapView(read.facts, { ask: read.ask, locale: page.locale, map, by })
  return data({ view, choices: read.choices, top: read.top } satisfies Loaded, {
    status: read.ask.problems.length > 0 ? 422 : 200,
  })
}

/** Every commune as one tile, coloured by how far it stands from the best; the table behind it says the same. */
export default function MapPage({ loaderData: { view, choices, top } }: { loaderData: Loaded }) {
  const t = useT()
  return (
    <IndexFrame
      of={{ view, choices, top }}
      title={t('score.map.title')}
      place={view.place}
      lead={view.place}
      path={mapPath}
      live={view.version}
    >
      <ChooseForm
        view={view}
        path={mapPath}
        button={t('score.map.show')}
        fields={[
          {
            ...{ name: 'theo', label: t('score.map.of'), value: view.by.key },
            options: view.figures.map(({ key, name }) => ({ value: key, label: name })),
          },
        ]}
      />
      {view.tiles.length > 0 ? (
        <figure className="chart" aria-label={view.describe}>
          <figcaption>
            <h2>{view.by.name}</h2>
            <p>{t('score.map.note')}</p>
          </figcaption>
          <TileMap tiles={view.tiles} describe={view.describe} />
          <p className="scale">
            {view.scale.map(({ step, text }) => (
              <span key={step}>
                <i className={step === 0 ? undefined : `h${step}`} />
                {text}
              </span>
            ))}
          </p>
        </figure>
      ) : (
        <p>{t('score.map.none')}</p>
      )}
      <section className="chart" aria-labelledby="bang-ban-do">
        <div className="cap">
          <h2 id="bang-ban-do">{t('score.map.table')}</h2>
        </div>
        <div className="table--short">
          <Table
            caption={t('score.map.table')}
            hideCaption
            rows={view.rows}
            rowKey={({ code }) => code}
            columns={[
              {
                key: 'name',
                title: t('score.table.unit'),
                heading: true,
                cell: ({ name, href }) => <a href={href}>{name}</a>,
              },
              { key: 'value', title: view.by.name, numeric: true, cell: ({ text }) => text },
            ]}
          />
        </div>
        <div className="chart__foot">
          <DataLinks {...unitLinks(view.ask, 'commune')} />
        </div>
      </section>
    </IndexFrame>
  )
}
