import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { dateOfLaw } from 'motcua/kernel/time'
import { type GrantProblem, phaseOf } from 'motcua/modules/directory'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { LinkButton } from '../ui/button'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { procedureNames } from './names'
import { officerOf } from './officer'
import { Done } from './outcome'
import styles from './powers.css?url'
import { doneText, type PowerValues, powersView, problemsView, readPowerForm } from './powers.view'
import { AbsenceForm, SigningForm } from './powers-forms'
import { PowersList } from './powers-list'
import { powerChoices } from './powers-source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** Dated powers: who stands in for whom, who signs by whose authority; what one may see of them and what one may give. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const { app, now, locale } = page
  const search = new URL(args.request.url).searchParams
  const grants = await app.powers.list(officer)
  const [choices, procedures] = await Promise.all([
    powerChoices(page, officer),
    procedureNames(
      page,
      grants.flatMap((grant) => (grant.fields.length === 0 ? (grant.procedures ?? []) : [])),
    ),
  ])
  const today = dateOfLaw(now)
  const phases = Object.fromEntries(grants.map((grant) => [grant.id, phaseOf(grant, today)]))
  return {
    view: powersView({ grants, phases, officerId: officer.officerId, procedures }, locale),
    choices,
    today,
    officerId: officer.officerId,
    panel: panelOf(search.get('viec'), choices.heads.length > 0),
    done: doneText(grants, search.get('xong'), locale),
  }
}

type Panel = 'absence' | 'signing' | null

function panelOf(asked: string | null, mayGive: boolean): Panel {
  if (asked === 'vang-mat') return 'absence'
  return asked === 'giao-ky' && mayGive ? 'signing' : null
}

interface Refused {
  panel: Panel
  problems: Problem[]
  values?: PowerValues
}

/** Grants or ends; a refusal shows the page again with everything that was typed. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  officerOf(args)
  const form = await args.request.formData()
  return form.get('_action') === 'end' ? end(page, form) : grant(page, form)
}

async function grant(page: PageContext, form: FormData) {
  const { values, request } = readPowerForm(form)
  const made = await page.app.powers.grant(page.actor, request, { now: page.now })
  if (!isRefusal(made)) return redirect(`/can-bo/uy-quyen?xong=${made.grant.id}`)
  const panel: Panel = form.get('_action') === 'signing' ? 'signing' : 'absence'
  return data<Refused>({ panel, values, problems: problemsOf(made, page) }, { status: 422 })
}

async function end(page: PageContext, form: FormData) {
  const id = String(form.get('id') ?? '')
  const reason = String(form.get('reason') ?? '').trim()
  const ended = await page.app.powers.end(page.actor, id, reason ? { reason } : {}, { now: page.now })
  if (!isRefusal(ended)) return redirect(`/can-bo/uy-quyen?xong=${ended.id}`)
  const problems = problemsOf(ended, page).map(({ text }) => ({ href: `#end-${id}`, text }))
  return data<Refused>({ panel: null, problems }, { status: 422 })
}

function problemsOf(refused: Refusal, { locale }: PageContext): Problem[] {
  const { problems } = refused.details as { problems?: GrantProblem[] }
  if (problems) return problemsView(problems, locale)
  return [{ href: '#receiver', text: refusalText(refused, locale) }]
}

export default function Powers({ actionData }: { actionData?: Refused }) {
  const t = useT()
  const { view, choices, today, officerId, done, ...loaded } = useLoaderData<typeof loader>()
  const panel = actionData ? actionData.panel : loaded.panel
  const problems = actionData?.problems ?? []
  const form = { choices, today, officerId, problems, values: actionData?.values }
  return (
    <DeskPage
      keys={[
        { keys: ['V'], does: t('powers.keys.absence') },
        ...(choices.heads.length > 0 ? [{ keys: ['G'], does: t('powers.keys.signing') }] : []),
      ]}
    >
      <Title>{t('powers.title')}</Title>
      <main id="noi-dung" className="pane powers">
        <div className="pane__head">
          <div className="pane__line">
            <h1 className="desk__title">{t('powers.title')}</h1>
            <Openers panel={panel} choices={choices} />
          </div>
          <p className="small soft max-w-3xl">{t('powers.lead')}</p>
        </div>
        {done && !actionData && <Done>{done}</Done>}
        <div className="powers__body">
          <ErrorSummary problems={problems} />
          {panel === 'absence' && <AbsenceForm {...form} />}
          {panel === 'signing' && <SigningForm {...form} />}
          <PowersList view={view} />
        </div>
      </main>
    </DeskPage>
  )
}

function Openers({ panel, choices }: { panel: Panel; choices: { away: unknown[]; heads: unknown[] } }) {
  const t = useT()
  if (panel !== null) return null
  return (
    <p className="btn-row">
      <LinkButton href="/can-bo/uy-quyen?viec=vang-mat" kind="main" icon="calendar" hotkey="V">
        {t(choices.away.length > 1 ? 'powers.absence.openFor' : 'powers.absence.open')}
      </LinkButton>
      {choices.heads.length > 0 && (
        <LinkButton href="/can-bo/uy-quyen?viec=giao-ky" kind="second" hotkey="G">
          {t('powers.signing.open')}
        </LinkButton>
      )}
    </p>
  )
}
