import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import type { ReorganisationProblem } from 'motcua/modules/directory'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { LinkButton } from '../ui/button'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { type Column, Table } from '../ui/table'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'
import styles from './reorganise.css?url'
import type { DecisionRow } from './reorganise.view'
import { formProblems, type ReorganiseValues, readReorganiseForm, requestOf } from './reorganise-form.view'
import { ReorganiseForm } from './reorganise-forms'
import {
  decisionList,
  formChoices,
  formFacts,
  reachOfOfficer,
  readsReorganisations,
} from './reorganise-source'
import { type FormKind, formKinds, standingTone } from './reorganise-words'

export const links = () => [{ rel: 'stylesheet', href: styles }]

const jobs: Record<string, FormKind> = { gop: 'merge', tach: 'split', 'doi-ten': 'rename' }
const wordOf = (kind: FormKind) => Object.keys(jobs).find((word) => jobs[word] === kind)!

/** Decisions by which authorities are reorganised, and the forms of the usual ones. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  if (!(await readsReorganisations(page, officer))) throw data(null, { status: 403 })
  const search = new URL(args.request.url).searchParams
  const reach = await reachOfOfficer(page, officer)
  const panel = reach ? (jobs[search.get('viec') ?? ''] ?? null) : null
  return {
    ...(await decisionList(page)),
    mayDraft: reach !== undefined,
    panel,
    choices: reach && panel ? await formChoices(page, reach, search.get('tu')) : null,
  }
}

interface Answer {
  values: ReorganiseValues
  problems: Problem[]
}

/** Saves a draft and goes on to its preview; a refusal shows the form again with everything that was typed. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  if (!(await readsReorganisations(page, officer))) throw data(null, { status: 403 })
  const values = readReorganiseForm(await args.request.formData())
  const reach = await reachOfOfficer(page, officer)
  if (!reach) throw data(null, { status: 403 })
  const facts = await formFacts(page, reach, values.from[0])
  const drafted = await page.app.reorganisations.draft(officer, requestOf(values, facts), { now: page.now })
  if (!isRefusal(drafted)) return redirect(`/can-bo/sap-xep/${drafted.id}?xong=drafted`)
  return data<Answer>({ values, problems: problemsOf(drafted, values.kind, page) }, { status: 422 })
}

function problemsOf(refused: Refusal, kind: FormKind, { locale }: PageContext): Problem[] {
  const { problems, why } = refused.details as { problems?: ReorganisationProblem[]; why?: 'not-control' }
  if (problems) return formProblems(problems, kind, locale)
  const text = why ? messages(locale)(`reorganise.why.${why}`) : refusalText(refused, locale)
  return [{ href: '#from', text }]
}

export default function Reorganise({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { coming, past, mayDraft, choices, ...loaded } = useLoaderData<typeof loader>()
  const panel = actionData?.values.kind ?? loaded.panel
  return (
    <DeskPage
      keys={
        mayDraft && panel === null
          ? formKinds.map((kind) => ({ keys: [hotkeys[kind]], does: t(`reorganise.keys.${kind}`) }))
          : []
      }
    >
      <Title>{t('reorganise.title')}</Title>
      <main id="noi-dung" className="pane reorg">
        <div className="pane__head">
          <h1 className="desk__title">{t('reorganise.title')}</h1>
          <p className="small soft max-w-3xl">{t('reorganise.lead')}</p>
          {mayDraft && panel === null && <Openers />}
        </div>
        <div className="reorg__body">
          <ErrorSummary problems={actionData?.problems ?? []} />
          {panel && choices && (
            <ReorganiseForm
              {...{ kind: panel, word: wordOf(panel), choices }}
              values={actionData?.values}
              problems={actionData?.problems ?? []}
            />
          )}
          {coming.length + past.length === 0 && <p className="pane__empty">{t('reorganise.empty')}</p>}
          <Decisions title={t('reorganise.group.coming')} rows={coming} />
          <Decisions title={t('reorganise.group.past')} rows={past} />
        </div>
      </main>
    </DeskPage>
  )
}

const hotkeys = { merge: 'G', split: 'T', rename: 'D' } as const

function Openers() {
  const t = useT()
  return (
    <p className="btn-row">
      {formKinds.map((kind, i) => (
        <LinkButton
          key={kind}
          href={`/can-bo/sap-xep?viec=${wordOf(kind)}`}
          kind={i === 0 ? 'main' : 'second'}
          size="small"
          hotkey={hotkeys[kind]}
        >
          {t(`reorganise.open.${kind}`)}
        </LinkButton>
      ))}
    </p>
  )
}

function Decisions({ title, rows }: { title: string; rows: readonly DecisionRow[] }) {
  const t = useT()
  if (rows.length === 0) return null
  const columns: Column<DecisionRow>[] = [
    { key: 'decision', title: t('reorganise.column.decision'), heading: true, cell: Decision },
    { key: 'effectiveOn', title: t('reorganise.column.effectiveOn'), cell: ({ effectiveOn }) => effectiveOn },
    { key: 'concerned', title: t('reorganise.column.concerned'), cell: ({ concerned }) => concerned },
    { key: 'state', title: t('reorganise.column.state'), cell: (row) => <Standing {...row} /> },
  ]
  return (
    <section className="reorg__part">
      <h2>
        {title} <span className="count">{rows.length}</span>
      </h2>
      <Table caption={title} hideCaption columns={columns} rows={rows} rowKey={({ id }) => id} stack />
    </section>
  )
}

function Decision({ id, number, title, of }: DecisionRow) {
  return (
    <>
      <a href={`/can-bo/sap-xep/${id}`}>
        {number}: {title}
      </a>
      <small className="reorg__small">{of}</small>
    </>
  )
}

function Standing({ state }: Pick<DecisionRow, 'state'>) {
  const t = useT()
  return <StateTag state={standingTone[state]}>{t(`reorganise.state.${state}`)}</StateTag>
}
