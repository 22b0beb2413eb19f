import { messages } from 'motcua/kernel/i18n'
import { openHandOvers } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { momentText } from '../ui/format'
import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { sideText } from './handover.view'
import { officerNames, placeNamesOf } from './names'
import { officerOf } from './officer'

/** Hand-overs on which something still waits, given or to be taken where the officer works. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const t = messages(page.locale)
  const open = await openHandOvers(page.app.db.pool, officer)
  const [officers, places] = await Promise.all([
    officerNames(
      page,
      open.flatMap(({ givenBy, to }) => [givenBy, ...(to.officer ? [to.officer] : [])]),
    ),
    placeNamesOf(
      page,
      open.map(({ to }) => to.authority),
    ),
  ])
  return {
    rows: open.map(({ batch, givenAt, givenBy, to, waiting }) => ({
      batch,
      at: momentText(givenAt, page.locale),
      giver: officers[givenBy] ?? givenBy,
      taker: sideText(to, { officers, places, locale: page.locale }),
      waiting: t('work.handover.waitingCount', { count: waiting }),
    })),
  }
}

type Row = Awaited<ReturnType<typeof loader>>['rows'][number]

export default function HandOvers() {
  const t = useT()
  const { rows } = useLoaderData<typeof loader>()
  const column = (key: keyof Row, title: string) => ({ key, title, cell: (row: Row) => row[key] })
  return (
    <DeskPage>
      <Title>{t('work.handover.list')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">{t('work.handover.list')}</h1>
          <p className="small soft">{t('work.handover.listLead')}</p>
        </div>
        {rows.length === 0 ? (
          <p className="pane__empty">{t('work.handover.none')}</p>
        ) : (
          <Table
            caption={t('work.handover.list')}
            hideCaption
            stack
            rows={rows}
            rowKey={({ batch }) => batch}
            columns={[
              {
                key: 'at',
                title: t('work.handover.at'),
                heading: true,
                cell: ({ batch, at }) => <a href={`/can-bo/ban-giao/${batch}`}>{at}</a>,
              },
              column('giver', t('work.handover.giver')),
              column('taker', t('work.handover.taker')),
              column('waiting', t('desk.log.state')),
            ]}
          />
        )}
      </main>
    </DeskPage>
  )
}
