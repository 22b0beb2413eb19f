import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { listFields, searchProcedures } from 'motcua/modules/catalogue'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { LinkButton } from '../ui/button'
import { numberText } from '../ui/format'
import { Main } from '../ui/frame'
import { useT } from '../ui/shell'
import { Empty, FilterChip } from '../ui/table'
import { Title } from '../ui/title'
import { Hits } from './hits'
import { bodiesText, type Hit, readSearch, searchPath, toHit } from './search.view'
import { SearchBox } from './search-box'
import { countProcedures } from './sources'

interface View {
  query: string
  field: string | null
  total: string
  hits: Hit[]
  nextHref: string | null
  nothing: { all: string; bodies: string; near: { text: string; code: string }[] } | null
  fields: { name: string; count: string; href: string }[]
}

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const { app, now, locale } = pageContext(args)
  const asked = readSearch(args.url.searchParams)
  const page = await searchProcedures(app.db, { ...asked, limit: 25 })
  if (isRefusal(page)) throw data(null, { status: 404 })
  const fields = asked.q || asked.field ? [] : await listFields(app.db)
  return {
    query: asked.q,
    field: asked.field ?? null,
    total: numberText(page.total, locale),
    hits: page.items.map((procedure) => toHit(procedure, locale)),
    nextHref: page.nextCursor && searchPath({ ...asked, cursor: page.nextCursor }),
    nothing:
      page.total > 0
        ? null
        : {
            all: numberText(await countProcedures(app.db, now), locale),
            bodies: bodiesText(page.publishers, (count) =>
              messages(locale)('web.search.otherBodies', { count }),
            ),
            near: page.near,
          },
    fields: fields.map(({ name, count }) => ({
      name,
      count: numberText(count, locale),
      href: searchPath({ field: name }),
    })),
  }
}

export default function SearchPage({ loaderData: view }: { loaderData: View }) {
  const t = useT()
  const title = view.query
    ? t('web.search.title', { query: view.query })
    : (view.field ?? t('web.search.titleAll'))
  return (
    <Main crumbs={[{ label: t('web.nav.procedures') }]}>
      <Title>{title}</Title>
      <h1 className="long-title">{title}</h1>
      <div className="searchbar mt-4">
        <SearchBox query={view.query} label={t('web.search.label')} />
      </div>
      {view.field && (
        <div className="filters mt-4">
          <FilterChip
            name={t('web.procedure.field')}
            value={view.field}
            removeHref={searchPath({ q: view.query })}
          />
        </div>
      )}
      {view.nothing ? <Nothing query={view.query} nothing={view.nothing} /> : <Found view={view} />}
    </Main>
  )
}

function Found({ view }: { view: View }) {
  const t = useT()
  return (
    <div className={view.fields.length > 0 ? 'two mt-5' : 'mt-5 max-w-4xl'}>
      <section aria-label={t('web.search.label')}>
        <p className="soft" role="status">
          {t('web.search.found', { count: view.total })}
        </p>
        <Hits hits={view.hits} />
        {view.nextHref && (
          <div className="mt-5">
            <LinkButton kind="second" href={view.nextHref} after="arrow-right">
              {t('web.search.more')}
            </LinkButton>
          </div>
        )}
      </section>
      {view.fields.length > 0 && (
        <nav aria-label={t('web.search.fields')}>
          <h2 className="side">{t('web.search.fields')}</h2>
          <ul className="fields">
            {view.fields.map(({ name, count, href }) => (
              <li key={name}>
                <a href={href}>{name}</a> <span className="count">{count}</span>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}

function Nothing({ query, nothing }: { query: string; nothing: NonNullable<View['nothing']> }) {
  const t = useT()
  return (
    <div className="mt-5 max-w-3xl">
      <Empty title={t('web.search.none', { query })} icon="search">
        <p className="soft">{t('web.search.noneText', { count: nothing.all, bodies: nothing.bodies })}</p>
        <p className="soft">{t('web.search.noneBodies')}</p>
        {nothing.near.length > 0 && (
          <>
            <p>
              <b>{t('web.search.near')}</b>
            </p>
            <ul className="near-words">
              {nothing.near.map(({ text, code }) => (
                <li key={code}>
                  <a className="link-action" href={`/thu-tuc/${code}`}>
                    {text}
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        <p className="soft">{t('web.search.tips')}</p>
      </Empty>
    </div>
  )
}
