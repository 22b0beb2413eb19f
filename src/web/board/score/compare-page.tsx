import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, type MiddlewareFunction } from 'react-router'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { cachedBoard } from '../board-cache'
import type { BoardPage } from '../board-source'
import { ChooseForm } from '../choose-form'
import { DataLinks } from '../data-links'
import { NotHereBoundary } from '../not-here-boundary'
import { type CompareView, compareView } from './compare.view'
import { IndexFrame } from './index-frame'
import { comparePath, unitLinks } from './score.links'
import { readScore } from './score-source'

export const middleware: MiddlewareFunction<Response>[] = [cachedBoard]

export function ErrorBoundary() {
  return <NotHereBoundary />
}

type Loaded = BoardPage<CompareView>

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const { facts, ask, choices, top } = await readScore(args)
  const query = new URL(args.request.url).searchParams
  const [first, second] = [query.get('a') ?? '', query.get('b') ?? '']
  const view = compareView(facts, { ask, locale: page.locale, first, second })
  return data({ view, choices, top } satisfies Loaded, { status: ask.problems.length > 0 ? 422 : 200 })
}

/** Two units beside each other, group by group and indicator by indicator. */
export default function ComparePage({ loaderData: { view, choices, top } }: { loaderData: Loaded }) {
  const t = useT()
  const options = [
    { value: '', label: t('score.compare.pick') },
    ...view.units.map(({ code, name }) => ({ value: code, label: name })),
  ]
  return (
    <IndexFrame
      of={{ view, choices, top }}
      title={t('score.compare.title')}
      lead={t('score.compare.choose')}
      path={comparePath}
      below
      live={view.version}
    >
      <ChooseForm
        view={view}
        path={comparePath}
        button={t('score.compare.show')}
        fields={[
          { name: 'a', label: t('score.compare.first'), value: view.first, options },
          { name: 'b', label: t('score.compare.second'), value: view.second, options },
        ]}
      />
      {view.names && (
        <div>
          <Pair view={view} names={view.names} />
          <div className="chart__foot">
            <DataLinks {...unitLinks(view.ask, view.level)} />
          </div>
        </div>
      )}
    </IndexFrame>
  )
}

function Pair({ view: { rows }, names }: { view: CompareView; names: readonly string[] }) {
  const t = useT()
  const side = (index: 0 | 1) => ({
    key: `side-${index}`,
    title: names[index]!,
    numeric: true,
    cell: ({ points, notes, kind }: CompareView['rows'][number]) => (
      <>
        {kind === 'indicator' ? points[index] : <b>{points[index]}</b>}
        {notes[index] && <small className="soft block">{notes[index]}</small>}
      </>
    ),
  })
  return (
    <Table
      caption={names.join(', ')}
      hideCaption
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          key: 'name',
          title: t('score.why.indicator'),
          heading: true,
          cell: ({ name, kind }) =>
            kind === 'total' ? t('score.table.total') : <span className={`compare__${kind}`}>{name}</span>,
        },
        side(0),
        side(1),
        {
          key: 'difference',
          title: t('score.compare.difference'),
          numeric: true,
          cell: ({ difference }) => difference?.text ?? '–',
        },
      ]}
    />
  )
}
