import { readLog } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { daysOf, logRows, spanOf } from './log-book.view'
import { LogTable } from './log-table'
import { procedureNames } from './names'
import { officerOf, placesOf } from './officer'

const most = 500

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const days = daysOf(new URL(args.request.url).searchParams, page.now)
  const lines = await readLog(page.app.db.pool, {
    authorities: placesOf(officer),
    ...spanOf(days),
    limit: most + 1,
  })
  const shown = lines.slice(0, most)
  const procedures = await procedureNames(
    page,
    shown.map(({ procedureCode }) => procedureCode),
  )
  return { days, rows: logRows(shown, procedures, page.locale), hasMore: lines.length > most }
}

export default function LogBook() {
  const t = useT()
  const { days, rows, hasMore } = useLoaderData<typeof loader>()
  const count = t('desk.log.count', { count: rows.length })
  return (
    <DeskPage keys={[{ keys: ['/'], does: t('desk.keys.find') }]} status={count}>
      <Title>{t('desk.log.title')}</Title>
      <main id="noi-dung" className="pane">
        <div className="pane__head">
          <h1 className="desk__title">
            {t('desk.log.title')} <small className="pane__lead">{count}</small>
          </h1>
          <p className="small soft">{t('desk.log.lead')}</p>
          <form method="get" className="filters">
            <label>
              {t('desk.log.from')} <input className="input" type="date" name="tu" defaultValue={days.from} />
            </label>
            <label>
              {t('desk.log.to')} <input className="input" type="date" name="den" defaultValue={days.to} />
            </label>
            <Button kind="second" size="small">
              {t('desk.log.show')}
            </Button>
            <LinkAction href={`/can-bo/so-theo-doi.csv?tu=${days.from}&den=${days.to}`} icon="download" small>
              {t('desk.log.csv')}
            </LinkAction>
          </form>
          {hasMore && <p role="status">{t('desk.log.more')}</p>}
        </div>
        <LogTable caption={t('desk.log.title')} rows={rows} />
      </main>
    </DeskPage>
  )
}
