import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import type { Reorganisation, ReorganisationProblem } from 'motcua/modules/directory'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { LinkAction } from '../ui/button'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'
import { Done } from './outcome'
import styles from './reorganise.css?url'
import { problemText } from './reorganise-form.view'
import { Actions, Lines, Officers, Places, Preview } from './reorganise-preview'
import { type DecisionData, decisionData, readsReorganisations } from './reorganise-source'
import { standingTone } from './reorganise-words'
import { useWatch } from './use-watch'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** One decision: what it says, what it would do, who decides on it, how far it is, and the record. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  if (!(await readsReorganisations(page, officer))) throw data(null, { status: 403 })
  const seen = await page.app.reorganisations.see(officer, args.params.id ?? '')
  if (!seen) throw data(null, { status: 404 })
  const shown = await decisionData(page, seen)
  const done = new URL(args.request.url).searchParams.get('xong')
  return { ...shown, done: doneText(done, shown.effectiveOn, page) }
}

const dones = ['drafted', 'placed', 'approved', 'cancelled'] as const

function doneText(asked: string | null, on: string, { locale }: PageContext): string | undefined {
  const done = dones.find((each) => each === asked)
  return done && messages(locale)(`reorganise.done.${done}`, { on })
}

interface Answer {
  problems: Problem[]
}

/** Approves, cancels, or places officers; a refusal is told on the same page. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  if (!(await readsReorganisations(page, officer))) throw data(null, { status: 403 })
  const form = await args.request.formData()
  const id = args.params.id ?? ''
  const { reorganisations } = page.app
  const asked = form.get('_action')
  const { now } = page
  const back = (done: (typeof dones)[number]) => redirect(`/can-bo/sap-xep/${id}?xong=${done}`)
  if (asked === 'approve') {
    const seen = Number(form.get('seen')) || undefined
    const approved = await reorganisations.approve(officer, id, { now, seen })
    return isRefusal(approved) ? refuse(approved, page, 'duyet') : back('approved')
  }
  if (asked === 'cancel') {
    const reason = String(form.get('reason') ?? '').slice(0, 600)
    const cancelled = await reorganisations.cancel(officer, id, { reason }, { now })
    return isRefusal(cancelled) ? refuse(cancelled, page, 'reason') : back('cancelled')
  }
  const found = await reorganisations.find(id)
  if (!found) throw data(null, { status: 404 })
  const placed = await reorganisations.draft(officer, withPlaces(found, form), { now, id })
  return isRefusal(placed) ? refuse(placed, page, 'sap-xep-can-bo') : back('placed')
}

function refuse(refused: Refusal, { locale }: PageContext, anchor: string) {
  const { problems, why } = refused.details as { problems?: ReorganisationProblem[]; why?: 'not-above' }
  const texts = problems?.map((problem) => problemText(problem, locale)) ?? [
    why ? messages(locale)(`reorganise.why.${why}`) : refusalText(refused, locale),
  ]
  return data<Answer>({ problems: texts.map((text) => ({ href: `#${anchor}`, text })) }, { status: 422 })
}

// Who heads what is a matter of the line; where officers go stands beside the lines.
function withPlaces(found: Reorganisation, form: FormData): unknown {
  const { number, issuedOn, issuedBy, title, effectiveOn, grants } = found
  const lines = found.lines.map((line, i) =>
    line.kind === 'merge'
      ? { ...line, head: String(form.get(`head-${i}`) ?? line.head ?? '') || null }
      : line,
  )
  const officers = [...form].flatMap(([name, value]) => {
    const [, from, officerId] = /^to:([^:]+):(.+)$/.exec(name) ?? []
    if (!from || !officerId || typeof value !== 'string' || value === '') return []
    const kept = found.officers.find((each) => each.officerId === officerId && each.from === from)
    if (value === 'kept') return kept ? [kept] : []
    const cut = value.indexOf('/')
    const to = value === 'leave' ? null : { authority: value.slice(0, cut), unit: value.slice(cut + 1) }
    return [{ officerId, from, to, title: kept?.title ?? null, roles: kept?.roles ?? null }]
  })
  return { number, issuedOn, issuedBy, title, effectiveOn, grants, lines, officers }
}

export default function ReorganiseDecision({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { done, ...decision } = useLoaderData<typeof loader>()
  useWatch(decision.state === 'moving' || (decision.state === 'approved' && decision.isToday))
  const problems = actionData?.problems ?? []
  return (
    <DeskPage keys={decision.mayApprove ? [{ keys: ['D'], does: t('reorganise.keys.approve') }] : []}>
      <Title>{decision.title}</Title>
      <main id="noi-dung" className="pane reorg">
        <div className="pane__head">
          <LinkAction href="/can-bo/sap-xep" icon="chevron-left" small>
            {t('reorganise.act.back')}
          </LinkAction>
          <h1 className="desk__title">
            {decision.number}: {decision.title}
          </h1>
          <p className="small soft">
            {decision.of} · {t('reorganise.column.effectiveOn')} <b>{decision.effectiveOn}</b>{' '}
            <StateTag state={standingTone[decision.state]}>
              {t(`reorganise.state.${decision.state}`)}
            </StateTag>
          </p>
        </div>
        {done && !actionData && <Done>{done}</Done>}
        <div className="reorg__body">
          <ErrorSummary problems={problems} />
          <Progress {...decision} />
          <Lines {...decision} />
          {decision.preview && (
            <Preview {...{ preview: decision.preview, at: decision.at, state: decision.state }} />
          )}
          {decision.preview && decision.mayChange && <Places id={decision.id} preview={decision.preview} />}
          <Actions {...decision} />
          {decision.preview && <Officers rows={decision.preview.officers} />}
          <Record record={decision.record} />
        </div>
      </main>
    </DeskPage>
  )
}

function Progress({ state, isToday, effectiveOn, preview, progress, moved, left }: DecisionData) {
  const t = useT()
  if (state === 'approved') {
    if (!isToday) return <Notice title={t('reorganise.progress.waiting', { on: effectiveOn })} />
    const held = (preview?.problems.length ?? 0) > 0
    return held ? (
      <Notice tone="bad" title={t('reorganise.progress.held')} />
    ) : (
      <Notice title={t('reorganise.progress.soon')} role="status" />
    )
  }
  if (state === 'moving') {
    const text = progress
      ? t('reorganise.progress.moving', { ...progress })
      : t('reorganise.progress.movingSoon')
    return <Notice title={text} role="status" />
  }
  if (state !== 'applied') return null
  return (
    <Notice tone={left > 0 ? 'warn' : 'ok'} title={t('reorganise.progress.done', { moved })}>
      {left > 0 ? t('reorganise.progress.left', { count: left }) : undefined}
    </Notice>
  )
}

function Record({ record }: { record: readonly string[] }) {
  const t = useT()
  return (
    <section className="reorg__part">
      <h2>{t('reorganise.record.title')}</h2>
      <ul className="reorg__record">
        {record.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
