import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { BarChart } from '../../ui/charts'
import { Icon } from '../../ui/icon'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import type { BoardPage } from '../board-source'
import { ChooseForm } from '../choose-form'
import { IndexFrame } from './index-frame'
import { stepsPath } from './score.links'
import { type StepsView, stepsView } from './steps.view'
import { readSteps } from './steps-source'

type Loaded = BoardPage<StepsView>

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const { top, choices, ...read } = await readSteps(page, args.request)
  const view = stepsView({ ...read, locale: page.locale, now: page.now })
  return data({ view, choices, top: { ...top, code: '' } } satisfies Loaded, {
    status: view.ask.problems.length > 0 ? 422 : 200,
  })
}

/** Where the time goes, step by step: what waits, what is worked on, and the step that takes most. */
export default function StepsPage({ loaderData: { view, choices, top } }: { loaderData: Loaded }) {
  const t = useT()
  return (
    <IndexFrame
      of={{ view, choices, top }}
      title={t('score.steps.title')}
      place={view.place}
      lead={view.place}
      path={stepsPath}
    >
      <ChooseForm
        view={view}
        path={stepsPath}
        button={t('score.steps.show')}
        fields={[
          {
            ...{ name: 'quy-trinh', label: t('score.steps.procedure'), value: view.chosen },
            options: view.procedures.map(({ code, name }) => ({ value: code, label: name })),
          },
        ]}
      />
      {view.bars.length === 0 ? (
        <p>{t('score.steps.none')}</p>
      ) : (
        <>
          <figure className="chart" aria-labelledby="cac-buoc">
            <figcaption>
              <h2 id="cac-buoc">{view.finding}</h2>
              <p>{t('score.steps.note')}</p>
            </figcaption>
            <BarChart bars={view.bars} describe={view.describe} />
          </figure>
          <ul className="score__said">
            {view.findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
          <section className="chart" aria-labelledby="bang-buoc">
            <div className="cap">
              <h2 id="bang-buoc">{t('reform.steps.title')}</h2>
            </div>
            <StepTable view={view} />
            <div className="chart__foot">
              <a href={view.csv}>
                <Icon name="download" />
                {t('board.table.csv')}
              </a>
            </div>
          </section>
        </>
      )}
    </IndexFrame>
  )
}

function StepTable({ view: { rows } }: { view: StepsView }) {
  const t = useT()
  const number = (key: 'done' | 'planned' | 'over' | 'open' | 'again' | 'share') => ({
    key,
    title: t(`reform.steps.${key}`),
    numeric: true,
    cell: (row: StepsView['rows'][number]) => row[key],
  })
  const spread = (key: 'waiting' | 'working') => ({
    key,
    title: t(`reform.steps.${key}`),
    numeric: true,
    cell: (row: StepsView['rows'][number]) => (
      <>
        {row[key].half}
        {row[key].most && <small className="soft block">{row[key].most}</small>}
      </>
    ),
  })
  return (
    <Table
      caption={t('reform.steps.title')}
      hideCaption
      stack
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        { key: 'name', title: t('reform.steps.name'), heading: true, cell: ({ name }) => name },
        spread('waiting'),
        spread('working'),
        number('planned'),
        number('over'),
        number('share'),
        number('done'),
        number('open'),
        number('again'),
      ]}
    />
  )
}
