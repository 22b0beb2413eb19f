import { searchable } from 'motcua/kernel/text'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { Button } from '../ui/button'
import { Main, SampleTag } from '../ui/frame'
import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import type { Centre } from './nearest-centre'
import { receptionPlaces, toCentre } from './sources'

const yearInSeconds = 365 * 24 * 3600

/** The counter that a visitor asked for last, kept so that the home page shows it. */
export function chosenCentre(request: Request): string | undefined {
  return /(?:^|;\s*)noi=([A-Z0-9.]{1,20})/.exec(request.headers.get('cookie') ?? '')?.[1]
}

interface View {
  query: string
  centres: Centre[]
}

export async function loader(args: LoaderFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const query = (args.url.searchParams.get('q') ?? '').trim().slice(0, 100)
  const places = (await receptionPlaces(app.db, now)).filter(({ name }) =>
    searchable(name).includes(searchable(query)),
  )
  const view: View = {
    query,
    centres: await Promise.all(places.map((place) => toCentre(app.db, place, now, locale))),
  }
  const [only] = places.length === 1 ? places : []
  const kept = only && { 'set-cookie': `noi=${only.code}; Path=/; Max-Age=${yearInSeconds}; SameSite=Lax` }
  return data(view, kept ? { headers: kept } : undefined)
}

export default function Centres({ loaderData: { query, centres } }: { loaderData: View }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('web.nav.centres') }]}>
      <Title>{t('web.centres.title')}</Title>
      <h1>{t('web.centres.title')}</h1>
      <p className="lead mt-3">{t('web.centres.lead')}</p>
      <form className="centres__find mt-5" method="get">
        <label className="label" htmlFor="noi">
          {t('web.centres.place')}
        </label>
        <input className="input" id="noi" name="q" type="search" defaultValue={query} maxLength={100} />
        <Button kind="second">{t('web.centres.show')}</Button>
      </form>
      <div className="mt-6">
        {centres.length === 0 ? (
          <p role="status">{t('web.centres.none', { query })}</p>
        ) : (
          <List centres={centres} />
        )}
      </div>
      <p className="mt-4">
        <SampleTag />
      </p>
    </Main>
  )
}

function List({ centres }: { centres: readonly Centre[] }) {
  const t = useT()
  return (
    <Table
      caption={t('web.centres.title')}
      hideCaption
      stack
      rows={centres}
      rowKey={({ code }) => code}
      columns={[
        { key: 'name', title: t('web.centres.name'), heading: true, cell: ({ name }) => name },
        { key: 'address', title: t('web.centres.address'), cell: ({ address }) => address },
        {
          key: 'hours',
          title: t('web.centres.hours'),
          cell: ({ opening }) => (
            <>
              <b>{t(opening.open ? 'web.home.open' : 'web.home.closed')}</b>, {opening.text}
            </>
          ),
        },
        {
          key: 'phone',
          title: t('web.centres.phone'),
          cell: ({ phone }) =>
            phone && (
              <a className="nowrap" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
                {phone}
              </a>
            ),
        },
      ]}
    />
  )
}
