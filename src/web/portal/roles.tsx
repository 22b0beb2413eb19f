import { demoRoles } from 'motcua/modules/identity'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { Button } from '../ui/button'
import { Main, SampleTag } from '../ui/frame'
import { useShell, useT } from '../ui/shell'
import { Title } from '../ui/title'
import { type RoleCard, RoleCards } from './role-cards'
import { TourLine } from './tour-line'

interface View {
  roles: RoleCard[]
  tourStop: number
}

export function loader(args: LoaderFunctionArgs): View {
  const { demonstration, locale, tourStop } = pageContext(args)
  if (!demonstration) throw data(null, { status: 404 })
  return { roles: demoRoles(locale), tourStop }
}

export default function Roles({ loaderData: { roles, tourStop } }: { loaderData: View }) {
  const t = useT()
  const { person } = useShell()
  return (
    <Main crumbs={[{ label: t('web.roles.title') }]}>
      <Title>{t('web.roles.title')}</Title>
      <div className="section__head">
        <div>
          <h1>{t('web.roles.title')}</h1>
          <p className="soft mt-2">{t('web.home.rolesLead')}</p>
        </div>
        <SampleTag>{t('web.sample.onlyHere')}</SampleTag>
      </div>
      {person.kind !== 'anonymous' && (
        <form method="post" action="/dang-xuat" className="btn-row mb-5">
          <span>
            {t('web.sample.as')} <b>{person.name}</b>
          </span>
          <Button kind="second" size="small">
            {t('web.roles.leave')}
          </Button>
        </form>
      )}
      <TourLine stop={tourStop} />
      <RoleCards roles={roles} heading="h2" />
    </Main>
  )
}
