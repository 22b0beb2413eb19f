import { numberText, percentText } from '../ui/format'
import { Icon } from '../ui/icon'
import { useShell, useT } from '../ui/shell'
import type { TableRow } from './board.view'
import type { BoardAsk, SortKey } from './board-query'
import { boardHref } from './board-query'

interface FigureColumn {
  key: string
  title: string
  sort?: SortKey
  /** Left out on phones, where the first figures matter; the downloaded table has all. */
  minor?: boolean
  cell: (row: TableRow) => string
}

/** One row for each authority or procedure; the heads sort by links, so that a sorted board has an address. */
export function FigureTable({
  id,
  caption,
  firstTitle,
  rows,
  ask,
  path,
  withStock,
}: {
  id: string
  caption: string
  firstTitle: string
  rows: readonly TableRow[]
  ask: BoardAsk
  path: string
  withStock: boolean
}) {
  const t = useT()
  const columns = useColumns(withStock)
  const [first, rest] = [rows.slice(0, firstRows), rows.slice(firstRows)]
  const head = (
    <thead>
      <tr>
        <Head id={id} column={{ key: 'name', title: firstTitle, sort: 'ten' }} ask={ask} path={path} />
        {columns.map((column) => (
          <Head key={column.key} id={id} column={column} ask={ask} path={path} numeric />
        ))}
      </tr>
    </thead>
  )
  return (
    <>
      <table className="table figures">
        <caption className="vh">{caption}</caption>
        <Columns />
        {head}
        <tbody>
          {first.map((row) => (
            <Row key={row.code} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
      {rest.length > 0 && (
        <details className="figures__rest" data-keep={`${id}-con-lai`}>
          <summary>
            <Icon name="chevron-down" />
            {t('board.table.more', { count: rest.length })}
          </summary>
          <table className="table figures">
            <caption className="vh">{t('board.table.more', { count: rest.length })}</caption>
            <Columns />
            <thead className="figures__quiet">
              <tr>
                <th scope="col">
                  <span className="vh">{firstTitle}</span>
                </th>
                {columns.map(({ key, title, minor }) => (
                  <th key={key} scope="col" className={minor ? 'minor' : undefined}>
                    <span className="vh">{title}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rest.map((row) => (
                <Row key={row.code} row={row} columns={columns} />
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  )
}

const firstRows = 12

// Both tables give the name the same room, so that their columns stand under each other.
const Columns = () => (
  <colgroup>
    <col className="figures__name" />
  </colgroup>
)

function useColumns(withStock: boolean): FigureColumn[] {
  const t = useT()
  const { locale } = useShell()
  const share = (value: number | null) => (value === null ? '–' : percentText(value, locale))
  const count = (value: number | null) => (value === null ? '–' : numberText(value, locale))
  const stock: FigureColumn[] = [
    { key: 'open', title: t('board.table.open'), minor: true, cell: (row) => count(row.open) },
    { key: 'overdue', title: t('board.table.overdue'), minor: true, cell: (row) => count(row.overdue) },
    { key: 'awaiting', title: t('board.table.awaiting'), minor: true, cell: (row) => count(row.awaiting) },
  ]
  return [
    { key: 'received', title: t('board.table.received'), sort: 'nhan', cell: (row) => count(row.received) },
    {
      key: 'online',
      title: t('board.table.online'),
      sort: 'truc-tuyen',
      minor: true,
      cell: (row) => share(row.onlineShare),
    },
    {
      key: 'finished',
      title: t('board.table.finished'),
      sort: 'xong',
      minor: true,
      cell: (row) => count(row.finished),
    },
    {
      key: 'onTime',
      title: t('board.table.onTime'),
      sort: 'dung-han',
      cell: (row) => share(row.onTimeShare),
    },
    { key: 'late', title: t('board.table.late'), sort: 'qua-han', cell: (row) => count(row.late) },
    ...(withStock ? stock : []),
    {
      key: 'satisfied',
      title: t('board.table.satisfied'),
      sort: 'hai-long',
      minor: true,
      cell: (row) => share(row.satisfied),
    },
  ]
}

function Head({
  id,
  column: { title, sort, minor },
  ask,
  path,
  numeric,
}: {
  id: string
  column: Pick<FigureColumn, 'key' | 'title' | 'sort' | 'minor'>
  ask: BoardAsk
  path: string
  numeric?: boolean
}) {
  const className = [numeric && 'n', minor && 'minor'].filter(Boolean).join(' ') || undefined
  if (!sort) {
    return (
      <th scope="col" className={className}>
        {title}
      </th>
    )
  }
  const usual = sort === 'ten' ? 'tang' : 'giam'
  const isHere = ask.sort === sort
  const direction = isHere ? (ask.direction === 'tang' ? 'giam' : 'tang') : usual
  return (
    <th
      scope="col"
      className={className}
      aria-sort={isHere ? (ask.direction === 'tang' ? 'ascending' : 'descending') : undefined}
    >
      <a
        className="th-sort"
        href={`${boardHref(path, ask, { sort, direction })}#${id}`}
        aria-current={isHere ? 'true' : undefined}
      >
        {title}
        {isHere && <Icon name={ask.direction === 'tang' ? 'arrow-up' : 'arrow-down'} />}
      </a>
    </th>
  )
}

function Row({ row, columns }: { row: TableRow; columns: readonly FigureColumn[] }) {
  return (
    <tr>
      <th scope="row">{row.href ? <a href={row.href}>{row.name}</a> : row.name}</th>
      {columns.map(({ key, cell, minor }) => (
        <td key={key} className={minor ? 'n minor' : 'n'}>
          {cell(row)}
        </td>
      ))}
    </tr>
  )
}
