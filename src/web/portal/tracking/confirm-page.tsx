import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { cleanText } from 'motcua/kernel/text'
import { getVersion } from 'motcua/modules/catalogue'
import { declarationLines } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { z } from 'zod'
import { Button, LinkButton } from '../../ui/button'
import { ErrorSummary, errorAt, type Problem } from '../../ui/error-summary'
import { Checkbox, TextArea } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { SummaryList } from '../../ui/summary-list'
import { Title } from '../../ui/title'
import { refusalText } from '../filing/refusal-texts'
import { postedForm } from '../filing/uploads'
import { asShown } from '../own-dossier'
import { personOnly } from '../person-only'
import { type ConfirmView, confirmView } from './confirm.view'
import { confirmationAsked } from './confirmation'

type Loaded = { kind: 'asked'; view: ConfirmView } | { kind: 'done'; code: string } | { kind: 'level' }

export async function loader(args: LoaderFunctionArgs) {
  const { app, locale } = pageContext(args)
  const person = personOnly(args)
  const view = await app.dossiers.view(person, args.params.code ?? '')
  // Says nothing of the dossier: to whoever only stated a number it does not exist.
  if (isRefusal(view) && person.assurance < 2) return data<Loaded>({ kind: 'level' }, { status: 403 })
  if (isRefusal(view)) throw data(null, { status: 404 })
  const asked = confirmationAsked(view)
  if (asked === undefined) return data<Loaded>({ kind: 'done', code: view.dossier.code })
  const version = await getVersion(app.db, view.dossier.procedureCode, view.dossier.procedureVersion)
  // Whoever only helps reads the papers once they have agreed to.
  const declared = asked.party.kind === 'second-party' ? await declarationLines(app.db, view, locale) : []
  const procedure = locale === 'en' ? version.plainNameEn : version.plainName
  return data<Loaded>({ kind: 'asked', view: confirmView(view, asked, { procedure, declared }, locale) })
}

const Reason = cleanText.pipe(z.string().trim().min(1).max(4000))

interface NotSent {
  typed: string
  problems: Problem[]
}

export async function action(args: ActionFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const person = personOnly(args)
  const t = messages(locale)
  const code = args.params.code ?? ''
  const form = await postedForm(args.request)
  const typed = String(form.get('reason') ?? '')
  const again = (problem: Problem, status: number) =>
    data<NotSent>({ typed, problems: [problem] }, { status })
  const taskNo = Number(form.get('_task'))
  const when = asShown(form, now)
  const task = Number.isInteger(taskNo) && taskNo > 0 ? { taskNo } : {}
  if (form.get('_action') === 'disagree') {
    const reason = Reason.safeParse(typed)
    if (!reason.success) return again({ href: '#ly-do', text: t('status.confirm.reasonMissing') }, 422)
    const said = await app.dossiers.act(
      person,
      code,
      { command: 'disagree', ...task, reason: reason.data },
      when,
    )
    if (isRefusal(said)) return again(toProblem(refusalText(said, locale)), httpStatus[said.kind])
    return redirect('/ho-so?da-tra-loi=1', 303)
  }
  if (form.get('sure') !== 'yes')
    return again({ href: '#da-doc', text: t('status.confirm.sureMissing') }, 422)
  const done = await app.dossiers.act(person, code, { command: 'confirm', ...task, seen: false }, when)
  if (isRefusal(done)) return again(toProblem(refusalText(done, locale)), httpStatus[done.kind])
  return redirect(`/ho-so/${code}?da-xac-nhan=1`, 303)
}

const toProblem = (text: string): Problem => ({ href: '#noi-dung', text })

export default function ConfirmPage({
  loaderData,
  actionData,
}: {
  loaderData: Loaded
  actionData?: NotSent
}) {
  const t = useT()
  if (loaderData.kind === 'level')
    return (
      <Main crumbs={[{ label: t('tracking.mine.title'), href: '/ho-so' }]}>
        <Title>{t('tracking.mine.title')}</Title>
        <h1>{t('status.confirm.levelTitle')}</h1>
        <p className="lead mt-3 mb-6">{t('status.confirm.level')}</p>
        <LinkButton href="/tai-khoan">{t('tracking.account.title')}</LinkButton>
      </Main>
    )
  if (loaderData.kind === 'done')
    return (
      <Main crumbs={[{ label: t('tracking.mine.title'), href: '/ho-so' }, { label: loaderData.code }]}>
        <Title>{t('status.confirm.done')}</Title>
        <h1>{t('status.confirm.done')}</h1>
        <p className="lead mt-3 mb-6">{t('status.confirm.doneText')}</p>
        <LinkButton href={`/ho-so/${loaderData.code}`}>{t('filing.supplement.back')}</LinkButton>
      </Main>
    )
  return <Asked view={loaderData.view} notSent={actionData} />
}

function Asked({ view, notSent }: { view: ConfirmView; notSent: NotSent | undefined }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('tracking.mine.title'), href: '/ho-so' }, { label: view.code }]}>
      <Title>{view.title}</Title>
      <ErrorSummary problems={notSent?.problems ?? []} />
      <p className="small faint">
        {view.procedure} · <span className="code">{view.code}</span>
      </p>
      <h1>{view.title}</h1>
      <p className="lead mt-3">{view.lead}</p>
      {view.declared.length > 0 && (
        <section className="section max-w-3xl" aria-labelledby="da-khai">
          <h2 id="da-khai">{t('status.confirm.declared')}</h2>
          <SummaryList rows={view.declared} />
        </section>
      )}
      <form method="post" noValidate className="section max-w-xl">
        <Hidden view={view} />
        {view.assurance && <Notice tone="plain" title={view.assurance} />}
        <Checkbox id="da-doc" name="sure" label={view.sure} error={errorAt(notSent?.problems, 'da-doc')} />
        <div className="btn-row mt-5">
          <Button size="start" name="_action" value="confirm">
            {view.agree}
          </Button>
        </div>
      </form>
      <section className="section max-w-xl" aria-labelledby="khong">
        <details className="more" open={errorAt(notSent?.problems, 'ly-do') !== undefined}>
          <summary id="khong">{view.no}</summary>
          <form method="post" noValidate className="mt-4">
            <Hidden view={view} />
            <TextArea
              id="ly-do"
              name="reason"
              label={t('status.confirm.reason')}
              hint={view.noLead}
              error={errorAt(notSent?.problems, 'ly-do')}
              defaultValue={notSent?.typed}
              maxLength={4000}
              rows={3}
            />
            <div className="mt-4">
              <Button kind="harm" name="_action" value="disagree">
                {view.no}
              </Button>
            </div>
          </form>
        </details>
      </section>
    </Main>
  )
}

const Hidden = ({ view }: { view: ConfirmView }) => (
  <>
    <input type="hidden" name="_task" value={view.taskNo} />
    <input type="hidden" name="_sequence" value={view.sequence} />
  </>
)
