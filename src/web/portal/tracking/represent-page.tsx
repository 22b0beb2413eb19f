import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, ButtonRow, LinkAction } from '../../ui/button'
import { errorAt, type Problem } from '../../ui/error-summary'
import { DateField, TextField } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { refusalText } from '../filing/refusal-texts'
import { postedForm } from '../filing/uploads'
import { asShown, type OwnDossier, ownDossier } from '../own-dossier'
import { OwnDossierPage } from '../own-dossier-page'
import { personOnly } from '../person-only'
import { type HelperTyped, readHelper } from './represent.view'

export const loader = (args: LoaderFunctionArgs) => ownDossier(args, 'represent')

interface NotSent {
  typed: HelperTyped
  problems: Problem[]
}

/** Names somebody who may follow and supplement until a day. */
export async function action(args: ActionFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const person = personOnly(args)
  const form = await postedForm(args.request)
  const { typed, problems, who, until } = readHelper(form, { now, own: person.personalId, locale })
  if (problems.length > 0) return data<NotSent>({ typed, problems }, { status: 422 })
  const code = args.params.code ?? ''
  const done = await app.dossiers.act(person, code, { command: 'represent', who, until }, asShown(form, now))
  if (isRefusal(done))
    return data<NotSent>(
      { typed, problems: [{ href: '#noi-dung', text: refusalText(done, locale) }] },
      { status: httpStatus[done.kind] },
    )
  return redirect(`/ho-so/${code}?da-nho=1`, 303)
}

export default function RepresentPage({
  loaderData: view,
  actionData,
}: {
  loaderData: OwnDossier
  actionData?: NotSent
}) {
  const t = useT()
  const typed = actionData?.typed
  return (
    <OwnDossierPage
      dossier={view}
      name={t('status.helper.title')}
      crumb={t('status.helper.crumb')}
      heading={t('status.helper.title')}
      lead={t(view.possible ? 'status.helper.lead' : 'status.helper.cannot')}
      problems={actionData?.problems ?? []}
    >
      <TextField
        id="ho-ten"
        name="name"
        label={t('status.helper.name')}
        error={errorAt(actionData?.problems, 'ho-ten')}
        defaultValue={typed?.name}
        autoComplete="off"
        maxLength={200}
      />
      <TextField
        id="so-dinh-danh"
        name="personalId"
        label={t('status.helper.personalId')}
        hint={t('status.helper.personalIdHint')}
        error={errorAt(actionData?.problems, 'so-dinh-danh')}
        defaultValue={typed?.personalId}
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
        width="mid"
        code
      />
      <TextField
        id="dien-thoai"
        name="phone"
        type="tel"
        label={t('status.helper.phone')}
        hint={t('status.helper.phoneHint')}
        error={errorAt(actionData?.problems, 'dien-thoai')}
        defaultValue={typed?.phone}
        inputMode="tel"
        autoComplete="off"
        maxLength={20}
        width="mid"
      />
      <DateField
        id="den-ngay"
        name="until"
        label={t('status.helper.untilLabel')}
        hint={t('status.helper.untilHint')}
        error={errorAt(actionData?.problems, 'den-ngay')}
        {...(typed && { value: typed.until })}
      />
      <div className="mt-6">
        <ButtonRow>
          <Button>{t('status.helper.send')}</Button>
          <LinkAction href={`/ho-so/${view.code}`}>{t('filing.supplement.back')}</LinkAction>
        </ButtonRow>
      </div>
    </OwnDossierPage>
  )
}
