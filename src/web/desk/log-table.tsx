import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import type { LogRow } from './log-book.view'

/** Dossiers with their dates, ended ones too. */
export function LogTable({ caption, rows }: { caption: string; rows: readonly LogRow[] }) {
  const t = useT()
  if (rows.length === 0) return <p className="pane__empty">{t('desk.find.none')}</p>
  const column = (key: keyof LogRow, title: string) => ({ key, title, cell: (row: LogRow) => row[key] })
  return (
    <Table
      caption={caption}
      hideCaption
      stack
      rows={rows}
      rowKey={({ code }) => code}
      columns={[
        {
          key: 'code',
          title: t('web.desk.code'),
          heading: true,
          cell: ({ code, href }) => <a href={href}>{code}</a>,
        },
        column('applicant', t('web.desk.applicant')),
        column('procedure', t('web.desk.procedure')),
        column('channel', t('web.desk.channel')),
        column('submitted', t('desk.log.submitted')),
        column('accepted', t('desk.log.accepted')),
        column('due', t('desk.log.due')),
        column('decided', t('desk.log.decided')),
        column('state', t('desk.log.state')),
      ]}
    />
  )
}
