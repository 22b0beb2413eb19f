import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { drawProcess, withdrawProcess } from 'motcua/modules/processes'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkButton } from '../ui/button'
import { TextField } from '../ui/fields'
import { dateText, numberText } from '../ui/format'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'
import { Done, NotDone } from './outcome'
import { ProcessDrawing } from './process-drawing'
import { ProcessFigures } from './process-figures'
import figureStyles from './process-figures.css?url'
import { processFigures } from './process-figures-source'
import { LimitTable, StepTable, VersionTable } from './process-parts'
import styles from './processes.css?url'
import { versionFacts, versionOf } from './processes-source'

export const links = () => [styles, figureStyles].map((href) => ({ rel: 'stylesheet', href }))

/** One version of a process: its drawing, its steps beside the law, and who published what when. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const found = await versionOf(page, args.params)
  const search = new URL(args.request.url).searchParams
  const [facts, figures] = await Promise.all([
    versionFacts(page, officer, found),
    processFigures(page, officer, found.stored, search),
  ])
  const title = messages(page.locale)('processes.drawing.title', { name: facts.name })
  return {
    ...facts,
    drawing: drawProcess(found.stored.compiled, { title, figures: figures?.figures }),
    figures,
    done: doneText(page, search.get('xong'), facts),
  }
}

function doneText(
  { locale }: PageContext,
  done: string | null,
  { version, validFrom, phase }: { version: number; validFrom: string; phase: string },
): string | undefined {
  const t = messages(locale)
  if (done === 'cong-bo') return t('processPage.one.published', { version, date: dateText(validFrom) })
  return done === 'rut' && phase === 'withdrawn' ? t('processPage.one.withdrawnDone', { version }) : undefined
}

/** Takes a version back before its first day. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const { stored } = await versionOf(page, args.params)
  const reason = String((await args.request.formData()).get('reason') ?? '').trim()
  const { app, now, locale } = page
  const { key, version } = stored
  const withdrawn = await withdrawProcess(
    officer,
    { key, version, reason },
    { db: app.db, now, wake: app.wake },
  )
  if (!isRefusal(withdrawn))
    return redirect(`/can-bo/quy-trinh/${encodeURIComponent(key)}/${version}?xong=rut`)
  return data({ reason, problem: refusalText(withdrawn, locale) }, { status: httpStatus[withdrawn.kind] })
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>

export default function ProcessPage({ actionData }: { actionData?: { reason: string; problem: string } }) {
  const t = useT()
  const shown = useLoaderData<typeof loader>()
  const { name, version, drawing, figures, steps, hours, limits, history, mayWithdraw, done } = shown
  const title = t('processPage.one.title', { name, version })
  return (
    <DeskPage>
      <Title>{title}</Title>
      <main id="noi-dung" className="pane proc">
        <Head shown={shown} title={title} />
        {done && !actionData && <Done>{done}</Done>}
        <NotDone problem={actionData?.problem} />
        <div className="proc__body">
          <section aria-labelledby="so-do">
            <h2 id="so-do">{t('processPage.drawing.title')}</h2>
            <ProcessDrawing svg={drawing} />
          </section>
          <ProcessFigures figures={figures} />
          <section aria-labelledby="cac-buoc">
            <h2 id="cac-buoc">{t('processPage.steps.title')}</h2>
            <StepTable steps={steps} hours={hours} />
            <LimitTable limits={limits} />
          </section>
          <section aria-labelledby="phien-ban">
            <h2 id="phien-ban">{t('processPage.history.title')}</h2>
            <VersionTable history={history} />
          </section>
          {mayWithdraw && <Withdraw reason={actionData?.reason} />}
        </div>
      </main>
    </DeskPage>
  )
}

function Head({ shown, title }: { shown: Shown; title: string }) {
  const t = useT()
  const { key, version, phase, tone, period, procedures, openHere, mayImport, mayMove } = shown
  const here = `/can-bo/quy-trinh/${encodeURIComponent(key)}`
  return (
    <div className="pane__head">
      <p className="tiny">
        <a href="/can-bo/quy-trinh" data-hotkey="Q">
          {t('processPage.one.back')}
        </a>
      </p>
      <h1 className="desk__title">{title}</h1>
      <p className="proc__state">
        <StateTag state={tone}>{t(`processPage.one.state.${phase}`)}</StateTag> {period}
      </p>
      <dl className="proc__facts">
        <dt>{t('processPage.one.key')}</dt>
        <dd>{key}</dd>
        <dt>{t('processPage.one.used')}</dt>
        <dd>
          {procedures.length > 0
            ? procedures.map((each) => each.name).join('; ')
            : t('processPage.list.unused')}
        </dd>
        <dt>{t('processPage.one.openDossiers')}</dt>
        <dd>{numberText(openHere)}</dd>
      </dl>
      <p className="btn-row mt-3">
        <LinkButton href={`${here}/${version}/bpmn`} kind="second" size="small" icon="file-text">
          {t('processPage.one.download')}
        </LinkButton>
        {mayImport && (
          <LinkButton href="/can-bo/quy-trinh/nhap" kind="second" size="small">
            {t('processPage.one.newVersion')}
          </LinkButton>
        )}
        {mayMove && (
          <LinkButton href={`${here}/chuyen?tu=${version}`} kind="second" size="small">
            {t('processPage.one.move')}
          </LinkButton>
        )}
      </p>
    </div>
  )
}

function Withdraw({ reason }: { reason: string | undefined }) {
  const t = useT()
  return (
    <section aria-labelledby="rut" className="proc__form">
      <h2 id="rut">{t('processPage.withdraw.title')}</h2>
      <p className="small soft">{t('processPage.withdraw.lead')}</p>
      <form method="post">
        <TextField
          id="reason"
          name="reason"
          label={t('processPage.withdraw.reason')}
          defaultValue={reason}
          maxLength={500}
          autoComplete="off"
        />
        <p className="btn-row mt-3">
          <Button kind="harm">{t('processPage.withdraw.press')}</Button>
        </p>
      </form>
    </section>
  )
}
