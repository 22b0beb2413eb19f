import { dateOfLaw } from 'motcua/kernel/time'
import { findProcessVersion, proceduresUsing, publishedVersions } from 'motcua/modules/processes'
import { whereTimeGoes } from 'motcua/modules/reform'
import { type PageContext, pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { figuresView } from '../../desk/process-figures.view'
import { BarChart } from '../../ui/charts'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Table } from '../../ui/table'
import { Title } from '../../ui/title'
import { AskProblems, BoardHead } from '../board-head'
import type { BoardAsk } from '../board-query'
import type { BoardPage, Choice } from '../board-source'
import { ChooseForm } from '../choose-form'
import { askOf } from '../open-board'
import { stepsPath } from './score.links'
import { ScoreNav } from './score-frame'
import { type StepsView, stepsView } from './steps.view'

type Loaded = BoardPage<StepsView>

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const { ask, place, top, choices } = await askOf(page, args.request)
  const wanted = new URL(args.request.url).searchParams.get('quy-trinh')
  const view = await readSteps(page, { ask, place, wanted })
  return data({ view, choices, top: { ...top, code: '' } } satisfies Loaded, {
    status: ask.problems.length > 0 ? 422 : 200,
  })
}

/** How long each step of a procedure takes in a period, of the version of its process that is in force. */
async function readSteps(
  page: PageContext,
  { ask, place, wanted }: { ask: BoardAsk; place: Choice; wanted: string | null },
): Promise<StepsView> {
  const { app, now, locale } = page
  const today = dateOfLaw(now)
  const versions = (await publishedVersions(app.db.pool)).filter(
    ({ withdrawn, validFrom }) => !withdrawn && validFrom <= today,
  )
  const uses = await proceduresUsing(app.db, [...new Set(versions.map(({ key }) => key))], today)
  const chosen = uses.find(({ code }) => code === wanted) ?? uses[0]
  const latest = versions
    .filter(({ key }) => key === chosen?.processKey)
    .toSorted((a, b) => b.version - a.version)[0]
  const process = latest && (await findProcessVersion(app.db, latest.key, latest.version))
  const time =
    process &&
    (await whereTimeGoes(
      app.db.pool,
      {
        key: process.key,
        version: process.version,
        authority: place.code || null,
        from: ask.from,
        to: ask.to,
      },
      { process: process.compiled, named: [], now },
    ))
  const figures =
    process && time
      ? figuresView({
          ...{ time, process: process.compiled, named: [], locale },
          names: { places: {}, officers: {} },
        })
      : null
  return stepsView({
    ...{ ask, place, locale, now, today, figures, time: time ?? null },
    process: process?.compiled ?? null,
    chosen: chosen?.code ?? '',
    procedures: uses.map(({ code, name }) => ({ code, name })),
  })
}

/** Where the time goes, step by step: what waits, what is worked on, and the step that takes most. */
export default function StepsPage({ loaderData: { view, choices, top } }: { loaderData: Loaded }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('web.nav.figures'), href: '/so-lieu' }]}>
      <Title>{`${t('score.steps.title')}, ${view.place}`}</Title>
      <AskProblems view={view} />
      <ScoreNav current={stepsPath} ask={view.ask} />
      <div className="board score">
        <BoardHead
          view={view}
          title={t('score.steps.title')}
          lead={view.place}
          path={stepsPath}
          {...{ choices, top }}
        />
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
            </section>
          </>
        )}
      </div>
    </Main>
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
