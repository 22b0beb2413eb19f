import { messages } from 'motcua/kernel/i18n'
import { type Standing, standings } from 'motcua/modules/indicators'
import { data, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { DeskPage } from '../../desk/desk-page'
import { procedureNames } from '../../desk/names'
import { Pick as PickOne } from '../../desk/queue-forms'
import { useRowCursor } from '../../desk/use-hotkeys'
import { Button, LinkAction } from '../../ui/button'
import { dateText } from '../../ui/format'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { choicesOf, isAsked, type OverdueRow, sumOf } from './overdue.view'
import { askedOverdue, overduePath, readOverdue } from './overdue-source'

const rowsOfPage = 100

/** Every open dossier of a place that is late or due soon, with who holds what; for officers who answer for the place. */
export async function loader(args: LoaderFunctionArgs) {
  const asked = await askedOverdue(args)
  const { page, ask, place, places, cells, query } = asked
  const t = messages(page.locale)
  const shown = sumOf(cells.filter((cell) => isAsked(ask, cell)))
  const pages = Math.max(1, Math.ceil(shown / rowsOfPage))
  const no = Math.min(asked.no, pages)
  const [rows, procedures] = await Promise.all([
    readOverdue(asked, ask, { limit: rowsOfPage, offset: (no - 1) * rowsOfPage }),
    procedureNames(page, [...new Set(cells.map(({ procedureCode }) => procedureCode))]),
  ])
  const counted = (...kinds: Standing[]) => sumOf(cells.filter(({ standing }) => kinds.includes(standing)))
  const search = new URL(args.request.url).searchParams
  const tally = standings.map((standing) => ({
    standing,
    text: t(`overdue.standing.${standing}`),
    count: sumOf(cells.filter((cell) => isAsked({ ...ask, standing }, cell))),
    href: hrefWith(search, { con: ask.standing === standing ? '' : standing, trang: '' }),
    current: ask.standing === standing,
  }))
  return data({
    ...{ rows, shown, tally, place: place.name, code: place.code, soon: dateText(query.soon) },
    ...{ ask, places, ...choicesOf(cells, ask, procedures, page.locale) },
    counts: { law: counted('index', 'none'), index: counted('law', 'none') },
    csvHref: hrefWith(search, { trang: '' }, `${overduePath}.csv`),
    pages,
    no,
    beforeHref: no > 1 ? hrefWith(search, { trang: String(no - 1) }) : null,
    nextHref: no < pages ? hrefWith(search, { trang: String(no + 1) }) : null,
  })
}

function hrefWith(search: URLSearchParams, change: Record<string, string>, path = overduePath): string {
  const query = new URLSearchParams(search)
  for (const [name, value] of Object.entries(change)) value ? query.set(name, value) : query.delete(name)
  return query.size > 0 ? `${path}?${query}` : path
}

export default function OverduePage() {
  const t = useT()
  const view = useLoaderData<typeof loader>()
  useRowCursor()
  const keys = [
    { keys: ['J', 'K'], does: t('desk.keys.move') },
    { keys: ['Enter'], does: t('desk.keys.open') },
  ]
  const title = t('overdue.title')
  return (
    <DeskPage keys={keys} status={t('overdue.status', { count: view.shown })}>
      <Title>{`${title}, ${view.place}`}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">
            {title} <small className="pane__lead">{view.place}</small>
          </h1>
          <p className="small soft">{t('overdue.lead', { date: view.soon })}</p>
          <p className="small soft">{t('overdue.equal', view.counts)}</p>
          <Filters />
        </div>
        {view.rows.length === 0 ? (
          <div className="pane__part">
            <Notice tone="ok" title={t('overdue.none')} />
          </div>
        ) : (
          <OverdueTable rows={view.rows} />
        )}
        <p className="pane__note pane__links">
          {view.pages > 1 && <span>{t('overdue.page', { page: view.no, pages: view.pages })}</span>}
          {view.beforeHref && (
            <LinkAction href={view.beforeHref} icon="arrow-left" small>
              {t('web.table.previous')}
            </LinkAction>
          )}
          {view.nextHref && (
            <LinkAction href={view.nextHref} icon="arrow-right" small>
              {t('web.table.next')}
            </LinkAction>
          )}
          <LinkAction href={view.csvHref} icon="download" small>
            {t('overdue.csv')}
          </LinkAction>
          <LinkAction href={`/bang?co-quan=${view.code}`} icon="arrow-left" small>
            {t('overdue.board')}
          </LinkAction>
        </p>
      </main>
    </DeskPage>
  )
}

function Filters() {
  const t = useT()
  const { tally, ask, code, places, procedures, steps } = useLoaderData<typeof loader>()
  return (
    <>
      <nav className="filters" aria-label={t('overdue.filter')}>
        {tally.map(({ standing, text, count, href, current }) => (
          <a key={standing} href={href} className="filters__chip" aria-current={current ? 'true' : undefined}>
            {text} <span className="count">{count}</span>
            {current && <Icon name="x" />}
          </a>
        ))}
      </nav>
      <form method="get" className="filters">
        {ask.standing && <input type="hidden" name="con" value={ask.standing} />}
        {places.length > 1 && (
          <PickOne
            name="co-quan"
            label={t('overdue.place')}
            options={places.map((place) => ({ value: place.code, label: place.name }))}
            value={code}
          />
        )}
        <PickOne
          name="thu-tuc"
          label={t('overdue.procedure')}
          options={procedures}
          value={ask.procedureCode ?? ''}
          empty={t('overdue.all')}
        />
        <PickOne
          name="buoc"
          label={t('overdue.step')}
          options={steps}
          value={ask.step ?? ''}
          empty={t('overdue.all')}
        />
        <Button kind="second" size="small">
          {t('overdue.show')}
        </Button>
      </form>
    </>
  )
}

const tones = { both: 'warn', index: 'warn', law: 'warn', none: 'bad' } as const

function OverdueTable({ rows }: { rows: readonly OverdueRow[] }) {
  const t = useT()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={t('overdue.caption')} tabIndex={0}>
      <table className="table table--dense table--stack stuck">
        <caption className="vh">{t('overdue.caption')}</caption>
        <thead>
          <tr>
            <th>{t('overdue.columns.dossier')}</th>
            <th>{t('overdue.columns.standing')}</th>
            <th>{t('overdue.columns.law')}</th>
            <th>{t('overdue.columns.index')}</th>
            <th>{t('overdue.columns.step')}</th>
            <th>{t('overdue.columns.holder')}</th>
            <th>{t('overdue.columns.since')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code} data-row={row.code}>
              <th scope="row">
                {row.href ? (
                  <a href={row.href} data-open="">
                    <b className="num">{row.code}</b>
                  </a>
                ) : (
                  <b className="num">{row.code}</b>
                )}
                <small className="soft">
                  {row.procedure}, {row.place}
                </small>
              </th>
              <td
                data-label={t('overdue.columns.standing')}
                className={`stuck__why stuck__why--${tones[row.standing]}`}
              >
                <Icon name={row.standing === 'none' ? 'octagon-alert' : 'clock-alert'} /> {row.standingText}
              </td>
              <td data-label={t('overdue.columns.law')}>{row.law}</td>
              <td data-label={t('overdue.columns.index')}>{row.index}</td>
              <Holds row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Holds({ row: { holds } }: { row: OverdueRow }) {
  const t = useT()
  return (['step', 'holder', 'since'] as const).map((key) => (
    <td key={key} data-label={t(`overdue.columns.${key}`)}>
      {holds.map((hold) => (
        <div key={`${hold.step} ${hold.since}`}>{hold[key]}</div>
      ))}
    </td>
  ))
}
