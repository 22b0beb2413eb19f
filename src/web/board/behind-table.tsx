import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Table } from '../ui/table'
import type { BehindRow } from './behind.view'

/** Dossiers behind a figure: where each is, who has the next step, how late. */
export function BehindTable({ caption, rows }: { caption: string; rows: readonly BehindRow[] }) {
  const t = useT()
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
          title: t('board.inside.code'),
          heading: true,
          cell: ({ code, href }) =>
            href ? (
              <a className="num" href={href}>
                {code}
              </a>
            ) : (
              <span className="num">{code}</span>
            ),
        },
        { key: 'procedure', title: t('board.inside.procedure'), cell: ({ procedure }) => procedure },
        { key: 'place', title: t('board.inside.authority'), cell: ({ place }) => place },
        { key: 'received', title: t('board.inside.received'), cell: ({ received }) => received },
        { key: 'due', title: t('board.inside.due'), cell: ({ due }) => due },
        {
          key: 'late',
          title: t('board.inside.lateBy'),
          cell: ({ daysLate }) =>
            daysLate === null ? (
              '–'
            ) : (
              <StateTag state="bad">{t('board.inside.days', { count: daysLate })}</StateTag>
            ),
        },
        { key: 'holder', title: t('board.inside.holder'), cell: ({ holder }) => holder },
        ...(rows.some(({ reason }) => reason)
          ? [
              {
                ...{ key: 'reason', title: t('score.behind.reason') },
                cell: ({ reason }: BehindRow) => reason ?? '–',
              },
            ]
          : []),
      ]}
    />
  )
}
