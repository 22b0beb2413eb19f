import type { Db } from 'motcua/kernel/db'
import { findListedProcedure, lifeEvents } from 'motcua/modules/catalogue'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { Main } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Title } from '../ui/title'
import { drawingOf } from './life-events'
import { eventLines, slugOf } from './sources'

interface Entry {
  title: string
  code: string | null
  legal: string | null
  filedHere: boolean
}

interface View {
  title: string
  entries: Entry[]
  others: { key: string; slug: string; title: string }[]
}

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const { app, locale } = pageContext(args)
  const event = (await lifeEvents(app.db)).find(({ name }) => slugOf(name) === args.params.event)
  if (!event) throw data(null, { status: 404 })
  return {
    title: locale === 'en' ? event.nameEn : event.name,
    entries: await Promise.all(event.entries.map((entry) => toEntry(app.db, entry))),
    others: (await eventLines(app.db, locale)).filter(({ key }) => key !== event.key),
  }
}

async function toEntry(db: Db, { plainName, codes }: { plainName: string; codes: string[] }): Promise<Entry> {
  const [code] = codes
  const listed = code ? await findListedProcedure(db, code) : undefined
  return {
    title: plainName,
    code: listed?.code ?? null,
    legal: listed?.name ?? null,
    filedHere: listed?.filedHere ?? false,
  }
}

export default function LifeEventPage({ loaderData: { title, entries, others } }: { loaderData: View }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: title }]}>
      <Title>{title}</Title>
      <h1>{title}</h1>
      <div className="two mt-5">
        <ul className="rows">
          {entries.map((entry) => (
            <li key={entry.title}>
              <EntryLine entry={entry} />
            </li>
          ))}
        </ul>
        <nav aria-label={t('web.event.other')}>
          <h2 className="side">{t('web.event.other')}</h2>
          <ul className="fields">
            {others.map((other) => (
              <li key={other.key}>
                <a className="link-action" href={`/viec-trong-doi/${other.slug}`}>
                  <Icon name={drawingOf(other.key)} />
                  {other.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </Main>
  )
}

function EntryLine({ entry }: { entry: Entry }) {
  const t = useT()
  if (!entry.code) {
    return (
      <div className="rows__link">
        <span>
          {entry.title}
          <small>{t('web.event.notListed')}</small>
        </span>
      </div>
    )
  }
  return (
    <a className="rows__link" href={`/thu-tuc/${entry.code}`}>
      <span>
        <b>{entry.title}</b>
        {entry.legal && <small className="hits__legal">{entry.legal}</small>}
      </span>
      {entry.filedHere && <StateTag state="ok">{t('web.search.withVersion')}</StateTag>}
    </a>
  )
}
