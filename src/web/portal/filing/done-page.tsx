import { isRefusal } from 'motcua/kernel/errors'
import { dateOfLaw } from 'motcua/kernel/time'
import { getVersion } from 'motcua/modules/catalogue'
import { findAuthority } from 'motcua/modules/directory'
import { getDraft } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, redirect } from 'react-router'
import { ButtonRow, LinkAction, LinkButton } from '../../ui/button'
import { Door } from '../../ui/door'
import { Main } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { Qr } from '../../ui/qr'
import { useT } from '../../ui/shell'
import { Timeline } from '../../ui/timeline'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import { stagesOf } from '../tracking/branches.view'
import { branchNames } from '../tracking/branches-source'
import { type DoneView, doneView } from './done-page.view'
import { pagePath, reviewKey } from './filing-steps'

export async function loader(args: LoaderFunctionArgs): Promise<DoneView> {
  const { app, now, locale, baseUrl } = pageContext(args)
  const person = personOnly(args)
  const draft = await getDraft(app.db.pool, person.personId, args.params.draftId ?? '')
  if (isRefusal(draft)) throw data(null, { status: 404 })
  if (draft.submittedCode === null) throw redirect(pagePath(draft.id, reviewKey))
  const view = await app.dossiers.view(person, draft.submittedCode)
  if (isRefusal(view)) throw data(null, { status: 404 })
  const { dossier, party } = view
  const [version, authority] = await Promise.all([
    getVersion(app.db, dossier.procedureCode, dossier.procedureVersion),
    findAuthority(app.db, dossier.competent),
  ])
  const { branches } = dossier
  const names = branches && (await branchNames(app, branches, dateOfLaw(now), locale))
  const parts =
    branches &&
    stagesOf(version.linked?.branches ?? [], branches).map((keys) =>
      branches
        .filter(({ key }) => keys.includes(key))
        .map((each) => names?.get(each.procedureCode) ?? each.name),
    )
  return doneView({
    dossier,
    awaited: view.others[0]?.name,
    title: locale === 'en' ? version.plainNameEn : version.plainName,
    secret: party.lookupSecret,
    phone: party.phone,
    email: party.email,
    agency: authority?.name ?? dossier.competent,
    resultName: version.results[0]?.name ?? version.plainName,
    parts,
    baseUrl,
    locale,
  })
}

export default function DonePage({ loaderData: view }: { loaderData: DoneView }) {
  const t = useT()
  return (
    <Main>
      <Title>{`${view.heading} · ${view.title}`}</Title>
      <p className="done__mark">
        <Icon name="circle-check" large />
      </p>
      <p className="small faint">{view.title}</p>
      <h1>{view.heading}</h1>
      <div className="mt-5">
        <Door labelledBy="ma">
          <div className="done__door">
            <div>
              <h2 id="ma">{t('filing.done.code')}</h2>
              <p className="done__code code">{view.code}</p>
              <p className="soft mt-3">
                {t('filing.done.secret')} <b className="code nowrap">{view.secret}</b>.{' '}
                {t('filing.done.secret-text')}
              </p>
              <p className="soft mt-3">{view.toldBy}</p>
            </div>
            <figure className="done__qr">
              <Qr text={view.statusUrl} label={t('filing.done.qr', { code: view.code })} size={168} />
              <figcaption className="small soft">{t('filing.done.qr-text')}</figcaption>
            </figure>
          </div>
        </Door>
      </div>
      <section className="mt-6">
        <h2 className="mb-4">{t('filing.done.next')}</h2>
        <Timeline steps={view.next} />
      </section>
      <div className="mt-6 no-print">
        <ButtonRow>
          <LinkButton href={`/ho-so/${view.code}`}>{t('filing.done.follow')}</LinkButton>
          <LinkAction href="/" icon="arrow-right">
            {t('web.error.home')}
          </LinkAction>
        </ButtonRow>
        <p className="small soft mt-4">{t('filing.done.print')}</p>
      </div>
    </Main>
  )
}
