import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { cleanText } from 'motcua/kernel/text'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { z } from 'zod'
import { Button, ButtonRow, LinkAction } from '../../ui/button'
import { errorAt, type Problem } from '../../ui/error-summary'
import { Checkbox, TextArea } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { asShown, type OwnDossier, ownDossier } from '../own-dossier'
import { OwnDossierPage } from '../own-dossier-page'
import { personOnly } from '../person-only'
import { refusalText } from './refusal-texts'
import { postedForm } from './uploads'

export const loader = (args: LoaderFunctionArgs) => ownDossier(args, 'withdraw')

const Reason = cleanText.pipe(z.string().trim().min(1).max(4000))

export async function action(args: ActionFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const person = personOnly(args)
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
  const done = await app.dossiers.act(
    person,
    code,
    { command: 'withdraw', reason: reason.data },
    asShown(form, now),
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
  loaderData: OwnDossier
  actionData?: { typed: string; problems: Problem[] }
}) {
  const t = useT()
  return (
    <OwnDossierPage
      dossier={view}
      name={t('filing.withdraw.title')}
      crumb={t('filing.withdraw.title')}
      heading={t(view.possible ? 'filing.withdraw.title' : 'filing.withdraw.not-now')}
      lead={t(view.possible ? 'filing.withdraw.lead' : 'filing.withdraw.not-now-text')}
      problems={actionData?.problems ?? []}
    >
      <TextArea
        id="reason"
        name="reason"
        label={t('filing.withdraw.reason')}
        hint={t('filing.withdraw.reason-hint')}
        error={errorAt(actionData?.problems, 'reason')}
        defaultValue={actionData?.typed}
        maxLength={4000}
        rows={3}
      />
      <Checkbox
        id="sure"
        name="sure"
        label={t('filing.withdraw.sure', { code: view.code })}
        error={errorAt(actionData?.problems, 'sure')}
      />
      <div className="mt-6">
        <ButtonRow>
          <Button kind="harm">{t('filing.withdraw.send')}</Button>
          <LinkAction href={`/ho-so/${view.code}`}>{t('filing.withdraw.keep')}</LinkAction>
        </ButtonRow>
      </div>
    </OwnDossierPage>
  )
}
