import { messages } from 'motcua/kernel/i18n'
import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { Button, LinkAction } from '../../ui/button'
import { Main, SampleTag } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { Title } from '../../ui/title'
import { useIndexCrumbs } from '../behind-frame'
import type { Choice } from '../board-source'
import { indexPath } from '../score/score.links'
import { ScoreNav } from '../score/score-frame'
import { closedPath } from './closed.links'
import { type ClosedView, closedView, periodName } from './closed.view'
import { readClosed } from './closed-source'

interface Loaded {
  view: ClosedView
  choices: Choice[]
  periods: { key: string; name: string }[]
}

export async function loader(args: LoaderFunctionArgs): Promise<Loaded> {
  const { locale } = pageContext(args)
  const { facts, choices, periods } = await readClosed(args)
  return {
    ...{ view: closedView(facts, locale), choices },
    periods: periods.map((key) => ({ key, name: periodName(key, messages(locale)) })),
  }
}

/** A closed period as it was kept, every revision since, what changed and why. */
export default function ClosedPage({ loaderData: { view, choices, periods } }: { loaderData: Loaded }) {
  const t = useT()
  const crumbs = useIndexCrumbs(indexPath)
  return (
    <Main crumbs={crumbs}>
      <Title>{`${view.title}, ${view.periodText}`}</Title>
      <ScoreNav current={indexPath} />
      <div className="board score">
        <div>
          <h1>{view.title}</h1>
          <p className="bhead__lead">{t('closed.lead')}</p>
        </div>
        <Choose {...{ view, choices, periods }} />
        <section className="chart" aria-labelledby="ban">
          <div className="cap">
            <h2 id="ban">
              {[view.unit.name, view.periodText].filter(Boolean).join(', ')} <SampleTag />
            </h2>
            {view.isWithheld && <p>{t('closed.withheld')}</p>}
          </div>
          {view.revisions.length === 0 ? <p>{t('closed.none')}</p> : <Revisions view={view} />}
        </section>
        {view.revisions.length > 0 && (
          <p className="no-print">
            <LinkAction href={view.csvHref} icon="download">
              {t('closed.csv')}
            </LinkAction>
          </p>
        )}
      </div>
    </Main>
  )
}

function Choose({ view, choices, periods }: Loaded) {
  const t = useT()
  return (
    <form method="get" action={closedPath} className="chooser__form no-print">
      <label htmlFor="co-quan">
        <span>{t('board.choose.authority')}</span>
        <select className="input" id="co-quan" name="co-quan" defaultValue={view.unit.code}>
          {choices.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor="ky">
        <span>{t('closed.period')}</span>
        <select className="input" id="ky" name="ky" defaultValue={view.period}>
          {periods.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Button kind="second">{t('board.choose.show')}</Button>
    </form>
  )
}

function Revisions({ view }: { view: ClosedView }) {
  const t = useT()
  return (
    <Table
      caption={view.title}
      hideCaption
      stack
      rows={view.revisions}
      rowKey={({ key }) => key}
      columns={[
        {
          key: 'revision',
          title: t('closed.revision'),
          heading: true,
          cell: ({ revision, set }) => (
            <>
              {revision}
              <small className="soft block">{set}</small>
            </>
          ),
        },
        { key: 'when', title: t('closed.when'), cell: ({ when }) => when },
        { key: 'why', title: t('closed.reason'), cell: ({ why }) => why },
        {
          key: 'total',
          title: t('score.table.total'),
          numeric: true,
          cell: ({ total, change }) => (
            <>
              {total}
              {change && <small className="soft block">{change}</small>}
            </>
          ),
        },
        {
          key: 'changed',
          title: t('closed.changed'),
          cell: ({ changed }) =>
            changed.length === 0
              ? '–'
              : changed.map(({ key, name, from, to }) => (
                  <span key={key} className="block">
                    {t('closed.fromTo', { name, from, to })}
                  </span>
                )),
        },
      ]}
    />
  )
}
