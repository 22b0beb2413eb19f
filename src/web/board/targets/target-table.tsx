import type { ReactNode } from 'react'
import { FigureLink, Rate } from '../../ui/figure-link'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { type Column, Table } from '../../ui/table'
import type { TargetRow } from './targets.view'

/** Targets as a table; on phones each is a small block. */
export function TargetTable({
  caption,
  rows,
  act,
}: {
  caption: string
  rows: readonly TargetRow[]
  act?: (row: TargetRow) => ReactNode
}) {
  const t = useT()
  const columns: Column<TargetRow>[] = [
    {
      ...{ key: 'target', title: t('targets.column.target'), heading: true },
      cell: ({ name, figure, document }) => (
        <>
          {name} {figure && <FigureLink figure={figure} name={name} />}
          <span className="targets__doc">{document}</span>
        </>
      ),
    },
    {
      ...{ key: 'wanted', title: t('targets.column.wanted') },
      cell: ({ wanted }) => <span className="targets__wanted">{wanted}</span>,
    },
    { key: 'stage', title: t('targets.column.stage'), cell: ({ stage }) => stage },
    {
      ...{ key: 'value', title: t('targets.column.value') },
      cell: ({ value, counts, missing }) =>
        value && counts ? (
          <>
            <RateOf share={value} counts={counts} />
            {missing && <span className="targets__doc">{missing}</span>}
          </>
        ) : (
          '–'
        ),
    },
    {
      ...{ key: 'ahead', title: t('targets.column.ahead') },
      cell: ({ ahead, aheadCounts }) =>
        ahead && aheadCounts ? <RateOf share={ahead} counts={aheadCounts} /> : '–',
    },
    {
      ...{ key: 'status', title: t('targets.column.status') },
      cell: ({ tone, status }) => <StateTag state={tone}>{status}</StateTag>,
    },
    { key: 'responsible', title: t('targets.column.responsible'), cell: ({ responsible }) => responsible },
  ]
  const acting = act ? [{ key: 'act', title: t('targets.column.act'), cell: act }] : []
  return (
    <Table
      caption={caption}
      hideCaption
      stack
      rows={rows}
      rowKey={({ id }) => id}
      columns={[...columns, ...acting]}
    />
  )
}

function RateOf({ share, counts }: { share: string; counts: string }) {
  const [counted = '', of = ''] = counts.split('/')
  return <Rate share={share} {...{ counted, of }} />
}
