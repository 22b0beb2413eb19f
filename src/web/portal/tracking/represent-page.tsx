import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { getVersion } from 'motcua/modules/catalogue'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, ButtonRow, LinkAction, LinkButton } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { DateField, TextField } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { refusalText } from '../filing/refusal-texts'
import { postedForm } from '../filing/uploads'
import { personOnly } from './person-only'
import { type HelperTyped, readHelper } from './represent.view'

interface Loaded {
  code: string
  title: string
  sequence: number
  possible: boolean
}

export async function loader(args: LoaderFunctionArgs): Promise<Loaded> {
  const { app, locale } = pageContext(args)
  const view = await app.dossiers.view(personOnly(args), args.params.code ?? '')
  if (isRefusal(view) || !view.asApplicant) throw data(null, { status: 404 })
  const { dossier, actions } = view
  const version = await getVersion(app.db, dossier.procedureCode, dossier.procedureVersion)
  return {
    code: dossier.code,
    title: locale === 'en' ? version.plainNameEn : version.plainName,
    sequence: dossier.sequence,
    possible: actions.some(({ command }) => command === 'represent'),
  }
}

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
  const sequence = Number(form.get('_sequence'))
  const done = await app.dossiers.act(
    person,
    code,
    { command: 'represent', who, until },
    { now, ...(Number.isInteger(sequence) && { expectedSequence: sequence }) },
  )
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
  loaderData: Loaded
  actionData?: NotSent
}) {
  const t = useT()
  const errorAt = (href: string) => actionData?.problems.find((problem) => problem.href === href)?.text
  const crumbs = [
    { label: t('tracking.mine.title'), href: '/ho-so' },
    { label: view.code, href: `/ho-so/${view.code}` },
    { label: t('status.helper.crumb') },
  ]
  const typed = actionData?.typed
  return (
    <Main crumbs={crumbs}>
      <Title>{`${t('status.helper.title')} · ${view.title}`}</Title>
      <ErrorSummary problems={actionData?.problems ?? []} />
      <p className="small faint">
        {view.title} · <span className="code">{view.code}</span>
      </p>
      <h1>{t('status.helper.title')}</h1>
      <p className="lead mt-3 mb-6">{t(view.possible ? 'status.helper.lead' : 'status.helper.cannot')}</p>
      {view.possible ? (
        <form method="post" noValidate className="max-w-xl">
          <input type="hidden" name="_sequence" value={view.sequence} />
          <TextField
            id="ho-ten"
            name="name"
            label={t('status.helper.name')}
            error={errorAt('#ho-ten')}
            defaultValue={typed?.name}
            autoComplete="off"
            maxLength={200}
          />
          <TextField
            id="so-dinh-danh"
            name="personalId"
            label={t('status.helper.personalId')}
            hint={t('status.helper.personalIdHint')}
            error={errorAt('#so-dinh-danh')}
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
            error={errorAt('#dien-thoai')}
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
            error={errorAt('#den-ngay')}
            {...(typed && { value: typed.until })}
          />
          <div className="mt-6">
            <ButtonRow>
              <Button>{t('status.helper.send')}</Button>
              <LinkAction href={`/ho-so/${view.code}`}>{t('filing.supplement.back')}</LinkAction>
            </ButtonRow>
          </div>
        </form>
      ) : (
        <LinkButton href={`/ho-so/${view.code}`}>{t('filing.supplement.back')}</LinkButton>
      )}
    </Main>
  )
}
