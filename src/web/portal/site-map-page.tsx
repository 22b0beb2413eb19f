import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { Main } from '../ui/frame'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { officialPages, openPages, publicPages, signedInPages } from './site-map'
import { eventLines, filedHere } from './sources'

interface View {
  events: { path: string; label: string }[]
  procedures: { path: string; label: string }[]
}

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const { app, locale } = pageContext(args)
  const [events, procedures] = await Promise.all([eventLines(app.db, locale), filedHere(app.db, locale)])
  return {
    events: events.map(({ slug, title }) => ({ path: `/viec-trong-doi/${slug}`, label: title })),
    procedures: procedures.map(({ code, title }) => ({ path: `/thu-tuc/${code}`, label: title })),
  }
}

export default function SiteMap({ loaderData: { events, procedures } }: { loaderData: View }) {
  const t = useT()
  const named = (pages: readonly { path: string; key: Parameters<typeof t>[0] }[]) =>
    pages.map(({ path, key }) => ({ path, label: t(key) }))
  return (
    <Main crumbs={[{ label: t('web.siteMap.title') }]}>
      <Title>{t('web.siteMap.title')}</Title>
      <h1>{t('web.siteMap.title')}</h1>
      <div className="sitemap mt-5">
        <Part title={t('web.siteMap.people')} links={[...named(publicPages), ...named(signedInPages)]} />
        <Part title={t('web.siteMap.catalogue')} links={procedures} />
        <Part title={t('web.siteMap.events')} links={events} />
        <Part title={t('web.siteMap.open')} links={named(openPages)} />
        <Part title={t('web.siteMap.officials')} links={named(officialPages)} />
      </div>
    </Main>
  )
}

function Part({ title, links }: { title: string; links: readonly { path: string; label: string }[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul className="fields mt-2">
        {links.map(({ path, label }) => (
          <li key={path}>
            <a href={path}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
