import { demoRoles } from 'motcua/modules/identity'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { Button } from '../ui/button'
import { Main } from '../ui/frame'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import type { RoleCard } from './role-cards'

export function loader(args: LoaderFunctionArgs): { role: RoleCard } {
  const { demonstration, locale } = pageContext(args)
  const wanted = args.url.searchParams.get('vai')
  const role = demoRoles(locale).find(({ key }) => key === wanted) ?? demoRoles(locale)[0]
  if (!demonstration || !role) throw data(null, { status: 404 })
  return { role }
}

/** The site as a phone shows it, inside a page of the desktop; signing in happens inside the phone. */
export default function PhoneFrame({ loaderData: { role } }: { loaderData: { role: RoleCard } }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('web.roles.title'), href: '/vao-vai' }, { label: t('web.home.phoneWidth') }]}>
      <Title>{t('web.home.phoneWidth')}</Title>
      <div className="phone">
        <div>
          <h1>{role.title}</h1>
          <p className="lead mt-3">{role.who.join(' ')}</p>
          <p className="mt-3">
            {t('web.home.try')} <b>{role.tryThis.text}</b>
          </p>
          <form method="post" action={`/vao-vai/${role.key}`} target="dien-thoai" className="mt-5">
            <Button>{t('web.roles.take')}</Button>
          </form>
        </div>
        <iframe className="phone__screen" name="dien-thoai" src="/" title={t('web.home.phoneWidth')} />
      </div>
    </Main>
  )
}
