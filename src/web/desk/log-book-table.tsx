import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import type { BookRow } from './log-book.view'

/** The lines of a unit's log book, in the order of the book. */
export function LogBookTable({ rows }: { rows: readonly BookRow[] }) {
  const t = useT()
  if (rows.length === 0) return <p className="pane__empty">{t('logbook.none')}</p>
  const column = (key: keyof BookRow, title: string) => ({ key, title, cell: (row: BookRow) => row[key] })
  return (
    <Table
      caption={t('desk.log.title')}
      hideCaption
      stack
      rows={rows}
      rowKey={({ code }) => code}
      columns={[
        column('number', t('logbook.number')),
        {
          key: 'code',
          title: t('web.desk.code'),
          heading: true,
          cell: ({ code, href }) => <a href={href}>{code}</a>,
        },
        column('applicant', t('web.desk.applicant')),
        column('procedure', t('web.desk.procedure')),
        column('received', t('desk.log.accepted')),
        column('due', t('desk.log.due')),
        column('decided', t('desk.log.decided')),
        column('returned', t('logbook.returned')),
        column('state', t('desk.log.state')),
      ]}
    />
  )
}
