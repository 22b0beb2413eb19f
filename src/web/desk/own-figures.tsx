import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { answerWithinDays, objectTo } from 'motcua/modules/indicators'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { Select, TextArea, TextField } from '../ui/fields'
import { percentText } from '../ui/format'
import { useShell, useT } from '../ui/shell'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'
import { Done, NotDone } from './outcome'
import { ownFigures } from './own-figures-source'

const path = '/can-bo/so-lieu-cua-toi'
const figures = ['on-time', 'satisfied', 'workload'] as const

/** The officer's own figures with the dossiers behind them, and what was objected to. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const query = new URL(args.request.url).searchParams
  const t = messages(page.locale)
  return {
    ...(await ownFigures(page, officer, query)),
    done: query.get('xong') === 'gui' ? t('officerFigures.object.sent', { days: answerWithinDays }) : null,
  }
}

/** Objects to a figure; a refusal keeps what was typed. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  officerOf(args)
  const form = await args.request.formData()
  const outcome = await object(page, form)
  const typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  if (isRefusal(outcome)) return data({ problem: refusalText(outcome, page.locale), typed }, { status: 422 })
  return redirect(`${path}?xong=gui`)
}

const text = (form: FormData, name: string) => String(form.get(name) ?? '')

const object = ({ app, actor, now }: PageContext, form: FormData) =>
  objectTo(
    app.db,
    actor,
    {
      figure: text(form, 'figure') as (typeof figures)[number],
      ...{ from: text(form, 'from'), to: text(form, 'to') },
      ...{ dossier: text(form, 'dossier'), words: text(form, 'words') },
    },
    { now },
  )

export default function OwnFigures({
  actionData,
}: {
  actionData?: { problem: string; typed: Record<string, string> }
}) {
  const t = useT()
  const view = useLoaderData<typeof loader>()
  const typed = actionData?.typed ?? {}
  return (
    <DeskPage>
      <Title>{t('officerFigures.title')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">{t('officerFigures.title')}</h1>
          <p className="small soft max-w-3xl">{t('officerFigures.lead')}</p>
          <form method="get" className="filters">
            <div>
              <TextField
                id="tu"
                name="tu"
                type="date"
                label={t('officerFigures.from')}
                defaultValue={view.from}
              />
            </div>
            <div>
              <TextField
                id="den"
                name="den"
                type="date"
                label={t('officerFigures.to')}
                defaultValue={view.to}
              />
            </div>
            <Button kind="second" size="small">
              {t('officerFigures.show')}
            </Button>
          </form>
        </div>
        {view.done && !actionData && <Done>{view.done}</Done>}
        <NotDone problem={actionData?.problem} />
        {view.waiting > 0 && (
          <div className="pane__part">
            <LinkAction href="/can-bo/y-kien-so-lieu" icon="message-square">
              {t('officerFigures.answer.waiting', { count: view.waiting })}
            </LinkAction>
          </div>
        )}
        <div className="pane__part">
          <Figures />
          {view.corrected > 0 && (
            <p className="small soft mt-3">{t('officerFigures.corrected', { count: view.corrected })}</p>
          )}
        </div>
        <div className="pane__part">
          <h2>{t('officerFigures.steps.title')}</h2>
          <Steps />
        </div>
        <div className="pane__part" id="y-kien">
          <h2>{t('officerFigures.object.title')}</h2>
          <ObjectForm typed={typed} />
        </div>
        <div className="pane__part">
          <h2>{t('officerFigures.own.title')}</h2>
          <Own />
        </div>
      </main>
    </DeskPage>
  )
}

function useShare() {
  const t = useT()
  const { locale } = useShell()
  return ([n, d]: readonly [number, number]) =>
    d === 0 ? t('officerFigures.none') : `${t('officerFigures.of', { n, d })} (${percentText(n / d, locale)})`
}

function Figures() {
  const t = useT()
  const share = useShare()
  const { figures: own, context } = useLoaderData<typeof loader>()
  const { steps, dossiers, open } = own
  const few = t('officerFigures.few')
  const rows = [
    { key: 'on-time', own: share(own.onTime), all: context ? share(context.onTime) : few },
    { key: 'satisfied', own: share(own.satisfied), all: context ? share(context.satisfied) : few },
    {
      key: 'workload',
      own: t('officerFigures.load', { steps, dossiers, open }),
      all: context
        ? t('officerFigures.contextLoad', { steps: context.stepsEach, people: context.people })
        : few,
    },
  ] as const
  return (
    <Table
      caption={t('officerFigures.title')}
      hideCaption
      stack
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          ...{ key: 'figure', title: t('officerFigures.table.figure'), heading: true },
          cell: ({ key }) => t(`officerFigures.figure.${key}`),
        },
        { key: 'own', title: t('officerFigures.table.own'), cell: (row) => row.own },
        { key: 'all', title: t('officerFigures.table.context'), cell: ({ all }) => all },
      ]}
    />
  )
}

function Steps() {
  const t = useT()
  const { steps, from, to } = useLoaderData<typeof loader>()
  if (steps.length === 0) return <p className="soft">{t('officerFigures.steps.none')}</p>
  return (
    <Table
      caption={t('officerFigures.steps.title')}
      hideCaption
      stack
      rows={steps}
      rowKey={({ code, closedAt, step }) => `${code} ${step} ${closedAt}`}
      columns={[
        {
          ...{ key: 'code', title: t('officerFigures.steps.code'), heading: true },
          cell: ({ code }) => <a href={`/can-bo/ho-so/${code}`}>{code}</a>,
        },
        { key: 'step', title: t('officerFigures.steps.step'), cell: ({ step }) => step },
        { key: 'closed', title: t('officerFigures.steps.closed'), cell: ({ closedAt }) => closedAt },
        {
          ...{ key: 'due', title: t('officerFigures.steps.due') },
          cell: ({ dueAt, late }) =>
            dueAt && `${dueAt} · ${t(late ? 'officerFigures.steps.late' : 'officerFigures.steps.inTime')}`,
        },
        {
          ...{ key: 'rated', title: t('officerFigures.steps.rated') },
          cell: ({ grade }) => (grade ? t(`indicators.measure.rating-${grade as 'satisfied'}`) : '–'),
        },
        {
          ...{ key: 'object', title: t('officerFigures.objectTo') },
          cell: ({ code, leftOut }) =>
            leftOut.length > 0 ? (
              t('officerFigures.leftOut', {
                figures: leftOut.map((key) => t(`officerFigures.figure.${key}`)).join(', '),
              })
            ) : (
              <a href={`${path}?tu=${from}&den=${to}&ho-so=${code}#y-kien`}>
                {t('officerFigures.objectTo')}
                <span className="vh"> {code}</span>
              </a>
            ),
        },
      ]}
    />
  )
}

function ObjectForm({ typed }: { typed: Record<string, string> }) {
  const t = useT()
  const { from, to, dossier } = useLoaderData<typeof loader>()
  return (
    <form method="post" action={path} className="powers__form">
      <input type="hidden" name="from" value={from} />
      <input type="hidden" name="to" value={to} />
      <p className="small soft max-w-3xl">{t('officerFigures.object.lead')}</p>
      <Select
        id="figure"
        name="figure"
        label={t('officerFigures.object.figure')}
        defaultValue={typed.figure ?? 'on-time'}
        options={figures.map((value) => ({ value, label: t(`officerFigures.figure.${value}`) }))}
      />
      <TextField
        id="dossier"
        name="dossier"
        label={t('officerFigures.object.dossier')}
        defaultValue={typed.dossier ?? dossier}
        maxLength={40}
        autoComplete="off"
      />
      <TextArea
        id="words"
        name="words"
        label={t('officerFigures.object.words')}
        defaultValue={typed.words}
        maxLength={2000}
      />
      <p className="btn-row mt-5">
        <Button>{t('officerFigures.object.send')}</Button>
      </p>
    </form>
  )
}

function Own() {
  const t = useT()
  const { own } = useLoaderData<typeof loader>()
  if (own.length === 0) return <p className="soft">{t('officerFigures.own.none')}</p>
  return (
    <ul>
      {own.map(({ id, figure, from, to, n, d, dossier, words, answer, agreed, answerBy }) => (
        <li key={id} className="mt-5">
          <b>{t(`officerFigures.figure.${figure}`)}</b>, {from}–{to}, {t('officerFigures.of', { n, d })}{' '}
          {dossier && <a href={`/can-bo/ho-so/${dossier}`}>{dossier}</a>}
          <p>{words}</p>
          <p className="soft">
            {answer === null
              ? answerBy
                ? t('officerFigures.own.waitingBy', { at: answerBy })
                : t('officerFigures.own.waiting')
              : `${t(agreed ? 'officerFigures.own.agreed' : 'officerFigures.own.kept')}: ${answer}`}
          </p>
        </li>
      ))}
    </ul>
  )
}
