import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { cleanText } from 'motcua/kernel/text'
import { getVersion } from 'motcua/modules/catalogue'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { z } from 'zod'
import { Button, ButtonRow, LinkAction, LinkButton } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { Checkbox, TextArea } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { signedIn } from './filing-source'
import { refusalText } from './refusal-texts'
import { postedForm } from './uploads'

interface View {
  code: string
  title: string
  sequence: number
  possible: boolean
}

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const { app, locale } = pageContext(args)
  const view = await app.dossiers.view(signedIn(args), args.params.code ?? '')
  if (isRefusal(view) || !view.asApplicant) throw data(null, { status: 404 })
  const { dossier, actions } = view
  const version = await getVersion(app.db, dossier.procedureCode, dossier.procedureVersion)
  return {
    code: dossier.code,
    title: locale === 'en' ? version.plainNameEn : version.plainName,
    sequence: dossier.sequence,
    possible: actions.some(({ command }) => command === 'withdraw'),
  }
}

const Reason = cleanText.pipe(z.string().trim().min(1).max(4000))

export async function action(args: ActionFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const person = signedIn(args)
  const t = messages(locale)
  const form = await postedForm(args.request)
  const typed = String(form.get('reason') ?? '')
  const reason = Reason.safeParse(typed)
  const problems: Problem[] = [
    ...(reason.success ? [] : [{ href: '#reason', text: t('filing.withdraw.reason-missing') }]),
    ...(form.get('sure') === 'yes' ? [] : [{ href: '#sure', text: t('filing.withdraw.sure-missing') }]),
  ]
  if (!reason.success || problems.length > 0) return data({ typed, problems }, { status: 422 })
  const code = args.params.code ?? ''
  const sequence = Number(form.get('_sequence'))
  const done = await app.dossiers.act(
    person,
    code,
    { command: 'withdraw', reason: reason.data },
    { now, ...(Number.isInteger(sequence) && { expectedSequence: sequence }) },
  )
  if (isRefusal(done))
    return data(
      { typed, problems: [{ href: '#noi-dung', text: refusalText(done, locale) }] },
      { status: httpStatus[done.kind] },
    )
  return redirect(`/ho-so/${code}?da-rut=1`, 303)
}

export default function WithdrawPage({
  loaderData: view,
  actionData,
}: {
  loaderData: View
  actionData?: { typed: string; problems: Problem[] }
}) {
  const t = useT()
  const errorAt = (href: string) => actionData?.problems.find((problem) => problem.href === href)?.text
  const crumbs = [
    { label: t('web.nav.mine'), href: '/ho-so' },
    { label: view.code, href: `/ho-so/${view.code}` },
    { label: t('filing.withdraw.title') },
  ]
  return (
    <Main crumbs={crumbs}>
      <Title>{`${t('filing.withdraw.title')} · ${view.title}`}</Title>
      <ErrorSummary problems={actionData?.problems ?? []} />
      <p className="small faint">
        {view.title} · <span className="code">{view.code}</span>
      </p>
      <h1>{t(view.possible ? 'filing.withdraw.title' : 'filing.withdraw.not-now')}</h1>
      <p className="lead mt-3 mb-6">
        {t(view.possible ? 'filing.withdraw.lead' : 'filing.withdraw.not-now-text')}
      </p>
      {view.possible ? (
        <form method="post" noValidate className="max-w-xl">
          <input type="hidden" name="_sequence" value={view.sequence} />
          <TextArea
            id="reason"
            name="reason"
            label={t('filing.withdraw.reason')}
            hint={t('filing.withdraw.reason-hint')}
            error={errorAt('#reason')}
            defaultValue={actionData?.typed}
            maxLength={4000}
            rows={3}
          />
          <Checkbox
            id="sure"
            name="sure"
            label={t('filing.withdraw.sure', { code: view.code })}
            error={errorAt('#sure')}
          />
          <div className="mt-6">
            <ButtonRow>
              <Button kind="harm">{t('filing.withdraw.send')}</Button>
              <LinkAction href={`/ho-so/${view.code}`}>{t('filing.withdraw.keep')}</LinkAction>
            </ButtonRow>
          </div>
        </form>
      ) : (
        <LinkButton href={`/ho-so/${view.code}`}>{t('filing.supplement.back')}</LinkButton>
      )}
    </Main>
  )
}
