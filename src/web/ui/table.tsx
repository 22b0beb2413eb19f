import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from './icon'
import type { IconName } from './icons'
import { useT } from './shell'

export interface Column<Row> {
  key: string
  title: string
  cell: (row: Row) => ReactNode
  /** Numbers stand right, on figures of one width. */
  numeric?: boolean
  /** This column names the row. */
  heading?: boolean
  sortHref?: string
  sorted?: 'ascending' | 'descending'
}

interface TableProps<Row> {
  caption: string
  hideCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** On phones each row becomes a small block; for tables that people read, not compare. */
  stack?: boolean
  total?: readonly ReactNode[]
}

/** A plain table that scrolls sideways inside itself, never the page. */
export function Table<Row>({ caption, hideCaption, columns, rows, rowKey, stack, total }: TableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={caption} tabIndex={0}>
      <table className={stack ? 'table table--stack' : 'table'}>
        <caption className={hideCaption ? 'vh' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={column.numeric ? 'n' : undefined}
                aria-sort={column.sorted}
              >
                <ColumnTitle column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
          {total && (
            <tr className="total">
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row">
                    {total[index]}
                  </th>
                ) : (
                  <td key={column.key} className={column.numeric ? 'n' : undefined}>
                    {total[index]}
                  </td>
                ),
              )}
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}

function ColumnTitle<Row>({ column }: { column: Column<Row> }) {
  if (!column.sortHref) return column.title
  return (
    <a className="th-sort" href={column.sortHref} aria-current={column.sorted ? 'true' : undefined}>
      {column.title}
      {column.sorted && <Icon name={column.sorted === 'ascending' ? 'arrow-up' : 'arrow-down'} />}
    </a>
  )
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  if (column.heading) return <th scope="row">{column.cell(row)}</th>
  return (
    <td className={column.numeric ? 'n' : undefined} data-label={column.title}>
      {column.cell(row)}
    </td>
  )
}

/** Where to go in a long list. `pageHref` makes the address of a page. */
export function Pagination({
  page,
  pages,
  pageHref,
}: {
  page: number
  pages: number
  pageHref: (page: number) => string
}) {
  const t = useT()
  if (pages <= 1) return null
  return (
    <nav className="pages" aria-label={t('web.table.pages')}>
      {page > 1 && (
        <a href={pageHref(page - 1)} rel="prev">
          <Icon name="arrow-left" />
          {t('web.table.previous')}
        </a>
      )}
      {shownPages(page, pages).map((each, index) =>
        each === null ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a gap has no name of its own
          <span key={`gap-${index}`}>…</span>
        ) : each === page ? (
          <span key={each} aria-current="page">
            {each}
          </span>
        ) : (
          <a key={each} href={pageHref(each)}>
            {each}
          </a>
        ),
      )}
      {page < pages && (
        <a href={pageHref(page + 1)} rel="next">
          {t('web.table.next')}
          <Icon name="arrow-right" />
        </a>
      )}
    </nav>
  )
}

/** First, last, and the neighbours of this page; null stands for a gap. */
export function shownPages(page: number, pages: number): (number | null)[] {
  const wanted = [1, page - 1, page, page + 1, pages].filter((each) => each >= 1 && each <= pages)
  const sorted = [...new Set(wanted)].toSorted((a, b) => a - b)
  return sorted.flatMap((each, index) => {
    const before = sorted[index - 1]
    return before !== undefined && each - before > 1 ? [null, each] : [each]
  })
}

/** An empty list says why it is empty and what to do now. */
export function Empty({
  title,
  children,
  icon = 'inbox',
}: {
  title: string
  children?: ReactNode
  icon?: IconName
}) {
  return (
    <div className="empty">
      <Icon name={icon} large />
      <h2>{title}</h2>
      {children}
    </div>
  )
}

export interface Tab {
  href: string
  label: string
  count?: number
  current?: boolean
}

/** On a phone the row scrolls sideways, to where the reader is. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const row = useRef<HTMLElement>(null)
  const here = tabs.find(({ current }) => current)?.href
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page of the same frame keeps the row
  useEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>('[aria-current]')
    if (!row.current || !tab) return
    const { left, right } = row.current.getBoundingClientRect()
    const at = tab.getBoundingClientRect()
    if (at.right > right || at.left < left) row.current.scrollLeft += at.left - left
  }, [here])
  return (
    <nav ref={row} className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
          {tab.label} {tab.count !== undefined && <span className="count">{tab.count}</span>}
        </a>
      ))}
    </nav>
  )
}

/** A filter that is on: says what it keeps, and its link takes it off. Filters live in the address. */
export function FilterChip({ name, value, removeHref }: { name: string; value: string; removeHref: string }) {
  const t = useT()
  return (
    <a className="chip" href={removeHref}>
      {name}: <b>{value}</b>
      <Icon name="x" />
      <span className="vh">{t('web.table.removeFilter')}</span>
    </a>
  )
}
