import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, type MiddlewareFunction } from 'react-router'
import { Button } from '../../ui/button'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Table, Tabs } from '../../ui/table'
import { Title } from '../../ui/title'
import { cachedBoard } from '../board-cache'
import { AskProblems } from '../board-head'
import { type CompareView, compareView } from './compare.view'
import { comparePath, indexPath } from './score.links'
import { ScoreNav } from './score-frame'
import { readScore } from './score-source'

export const middleware: MiddlewareFunction<Response>[] = [cachedBoard]

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const { facts, ask } = await readScore(page, args.request)
  const query = new URL(args.request.url).searchParams
  const [first = '', second = ''] = [query.get('a') ?? '', query.get('b') ?? '']
  const view = compareView(facts, { ask, locale: page.locale, first, second })
  return data(view, { status: ask.problems.length > 0 ? 422 : 200 })
}

/** Two units beside each other, group by group and indicator by indicator. */
export default function ComparePage({ loaderData: view }: { loaderData: CompareView }) {
  const t = useT()
  return (
    <Main
      crumbs={[
        { label: t('web.nav.figures'), href: '/so-lieu' },
        { label: t('score.nav.index'), href: indexPath },
      ]}
    >
      <Title>{t('score.compare.title')}</Title>
      <AskProblems view={view} />
      <ScoreNav current={indexPath} />
      <div className="board score">
        <div className="bhead">
          <div>
            <h1>{t('score.compare.title')}</h1>
            <p className="soft bhead__lead">{t('score.compare.choose')}</p>
          </div>
          <Tabs label={t('board.period.label')} tabs={view.tabs} />
        </div>
        <Choose view={view} />
        {view.names && <Pair view={view} names={view.names} />}
      </div>
    </Main>
  )
}

function Choose({ view }: { view: CompareView }) {
  const t = useT()
  const pick = (name: 'a' | 'b', label: string, value: string) => (
    <label htmlFor={`so-${name}`}>
      <span>{label}</span>
      <select className="input" id={`so-${name}`} name={name} defaultValue={value}>
        <option value="">–</option>
        {view.choices.map((choice) => (
          <option key={choice.code} value={choice.code}>
            {choice.name}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <form method="get" action={comparePath} className="chooser__form no-print">
      {view.kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {pick('a', t('score.compare.first'), view.first)}
      {pick('b', t('score.compare.second'), view.second)}
      <Button kind="second">{t('score.compare.show')}</Button>
    </form>
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
