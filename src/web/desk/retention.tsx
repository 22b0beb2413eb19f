import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'
import { Done, NotDone } from './outcome'
import { Pick } from './queue-forms'
import { Batches, ExportForm, HoldForm, Holds, ProposeForm } from './retention-parts'
import { codesIn, retentionPage } from './retention-source'

const acts = ['hold', 'ask', 'lift', 'propose', 'approve', 'decline'] as const
type Act = (typeof acts)[number]

/** What comes due, what is held, what is destroyed: for procedure control and leaders. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const query = new URL(args.request.url).searchParams
  const done = acts.find((act) => act === query.get('xong'))
  const view = await retentionPage(page, officer, query)
  return { ...view, done: done ? messages(page.locale)(`retention.done.${done}`) : null }
}

/** Holds, proposes, decides; a refusal keeps what was typed. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  officerOf(args)
  const form = await args.request.formData()
  const act = acts.find((each) => each === form.get('_action'))
  if (!act) throw data(null, { status: 400 })
  const outcome = await does(page, act, form)
  const typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  if (isRefusal(outcome)) return data({ problem: refusalText(outcome, page.locale), typed }, { status: 422 })
  const place = encodeURIComponent(String(form.get('authority') ?? ''))
  return redirect(`/can-bo/luu-tru?noi=${place}&xong=${act}`)
}

function does({ app, actor }: PageContext, act: Act, form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '')
  const { retention } = app
  switch (act) {
    case 'hold':
      return retention.placeHold(actor, {
        ...{ authority: text('authority'), kind: text('kind'), reason: text('reason') },
        ...{ until: text('until') || null, codes: codesIn(form.get('codes')) },
      })
    case 'ask':
      return retention.askToLift(actor, { id: text('id'), reason: text('reason') })
    case 'lift':
      return retention.liftHold(actor, text('id'))
    case 'propose':
      return retention.propose(actor, { authority: text('authority'), basis: text('basis') })
    case 'approve':
    case 'decline':
      return retention.decide(actor, {
        ...{ id: text('id'), approve: act === 'approve', decision: text('decision') },
      })
    default:
      return act satisfies never
  }
}

export default function Retention({
  actionData,
}: {
  actionData?: { problem: string; typed: Record<string, string> }
}) {
  const t = useT()
  const view = useLoaderData<typeof loader>()
  const typed = actionData?.typed ?? {}
  return (
    <DeskPage>
      <Title>{t('retention.title')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">{t('retention.title')}</h1>
          <p className="small soft max-w-3xl">{t('retention.lead')}</p>
          <form method="get" className="filters">
            <Pick name="noi" label={t('retention.place')} options={view.places} value={view.place} />
            <Pick name="trong" label={t('retention.days')} options={view.spans} value={view.span} />
            <Button kind="second" size="small">
              {t('retention.show')}
            </Button>
          </form>
        </div>
        {view.done && !actionData && <Done>{view.done}</Done>}
        <NotDone problem={actionData?.problem} />
        <div className="pane__part">
          <h2 id="den-han">{t('retention.due.title')}</h2>
          <ComingDue />
        </div>
        <div className="pane__part">
          <h2 id="dot-huy">{t('retention.batch.title')}</h2>
          {view.may.propose && view.mayGo > 0 && <ProposeForm view={view} typed={typed} />}
          <Batches view={view} />
        </div>
        <div className="pane__part">
          <h2 id="giu-lai">{t('retention.hold.title')}</h2>
          <p className="small soft max-w-3xl">{t('retention.hold.lead')}</p>
          <Holds view={view} />
          {view.may.propose && <HoldForm view={view} typed={typed} />}
        </div>
        {view.may.export && (
          <div className="pane__part">
            <h2 id="xuat">{t('retention.export.title')}</h2>
            <p className="small soft max-w-3xl">{t('retention.export.lead')}</p>
            <ExportForm place={view.place} />
          </div>
        )}
        <div className="pane__part">
          <h2 id="thoi-han">{t('retention.rules.title')}</h2>
          <Notice tone="warn" title={t('retention.unsure')} />
          <Rules />
        </div>
      </main>
    </DeskPage>
  )
}

function ComingDue() {
  const t = useT()
  const { counts, dossiers, until, hasMore } = useLoaderData<typeof loader>()
  if (counts.length === 0) return <p className="soft">{t('retention.due.none', { until })}</p>
  const number = (key: 'due' | 'coming' | 'held' | 'listed', title: string) => ({
    ...{ key, title, numeric: true },
    cell: (row: (typeof counts)[number]) => row[key],
  })
  return (
    <>
      <Table
        caption={t('retention.due.title')}
        hideCaption
        rows={counts}
        rowKey={({ authority }) => authority}
        columns={[
          { key: 'place', title: t('retention.due.place'), heading: true, cell: ({ place }) => place },
          number('due', t('retention.due.now')),
          number('coming', t('retention.due.coming')),
          number('held', t('retention.due.held')),
          number('listed', t('retention.due.listed')),
        ]}
      />
      <Table
        caption={t('retention.due.code')}
        hideCaption
        stack
        rows={dossiers}
        rowKey={({ code }) => code}
        columns={[
          {
            ...{ key: 'code', title: t('retention.due.code'), heading: true },
            cell: ({ code }) => <a href={`/can-bo/ho-so/${code}`}>{code}</a>,
          },
          { key: 'ended', title: t('retention.due.ended'), cell: ({ ended }) => ended },
          { key: 'until', title: t('retention.due.until'), cell: (row) => row.until },
          { key: 'state', title: t('retention.due.state'), cell: ({ state }) => state },
          { key: 'rule', title: t('retention.due.rule'), cell: RuleCell },
        ]}
      />
      {hasMore && <p className="pane__note">{t('retention.due.more')}</p>}
    </>
  )
}

const RuleCell = ({ rule, sure }: { rule: string; sure: string }) => (
  <>
    {rule} <small className="soft block">{sure}</small>
  </>
)

function Rules() {
  const t = useT()
  const { rules } = useLoaderData<typeof loader>()
  return (
    <Table
      caption={t('retention.rules.title')}
      hideCaption
      stack
      rows={rules}
      rowKey={({ key }) => key}
      columns={[
        {
          ...{ key: 'name', title: t('retention.rules.name'), heading: true },
          cell: ({ name, basis }) => (
            <>
              {basis} <small className="soft block">{name}</small>
            </>
          ),
        },
        { key: 'part', title: t('retention.rules.part'), cell: ({ part }) => part },
        { key: 'years', title: t('retention.rules.years'), numeric: true, cell: ({ years }) => years },
        { key: 'source', title: t('retention.rules.source'), cell: ({ source }) => source },
        { key: 'sure', title: t('retention.rules.sure'), cell: ({ sure }) => sure },
      ]}
    />
  )
}
