import type { ReactNode } from 'react'
import { Delta } from '../../ui/charts'
import { Icon } from '../../ui/icon'
import { useT } from '../../ui/shell'
import { DataLinks } from '../data-links'
import type { RankRow } from './rank.view'
import { fewestToRank, unitLinks } from './score.links'
import type { ScoreView } from './score.view'

/** Who stands where, group by group; the middle of a long ranking unfolds. */
export function RankTable({ view }: { view: ScoreView }) {
  const t = useT()
  const { table } = view
  const isEmpty = table.top.length + table.few.length === 0
  return (
    <section className="chart" aria-labelledby="xep-hang">
      <div className="cap">
        <h2 id="xep-hang">{table.title}</h2>
        <p>{t('score.table.note')}</p>
      </div>
      {isEmpty ? (
        <p>{t('score.table.none')}</p>
      ) : (
        <>
          <Rows view={view} rows={table.top} />
          {table.middle.length > 0 && (
            <details className="figures__rest" data-keep="xep-hang-giua">
              <summary>
                <Icon name="chevron-down" />
                {t('score.table.more', { count: table.middle.length })}
              </summary>
              <Rows view={view} rows={table.middle} isQuiet />
            </details>
          )}
          {table.bottom.length > 0 && <Rows view={view} rows={table.bottom} isQuiet />}
          {table.few.length > 0 && (
            <details className="figures__rest" data-keep="xep-hang-it">
              <summary>
                <Icon name="chevron-down" />
                {t('score.table.few', { count: fewestToRank })} ({table.few.length})
              </summary>
              <Rows view={view} rows={table.few} isQuiet />
            </details>
          )}
        </>
      )}
      <div className="chart__foot">
        <DataLinks {...unitLinks(view.ask, table.level)} />
      </div>
    </section>
  )
}

function Rows({
  view: { table, before },
  rows,
  isQuiet,
}: {
  view: ScoreView
  rows: readonly RankRow[]
  isQuiet?: boolean
}) {
  const t = useT()
  const head = (text: ReactNode) => (isQuiet ? <span className="vh">{text}</span> : text)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={table.title} tabIndex={0}>
      <table className="table rank">
        <caption className="vh">{table.title}</caption>
        <thead className={isQuiet ? 'rank__quiet' : undefined}>
          <tr>
            <th scope="col">{head(t('score.table.rank'))}</th>
            <th scope="col">{head(t('score.table.unit'))}</th>
            {table.heads.map(({ key, name, max }) => (
              <th key={key} scope="col" className="n grp">
                {head(
                  <>
                    {name} <small>/{max}</small>
                  </>,
                )}
              </th>
            ))}
            <th scope="col" className="n">
              {head(t('score.table.total'))}
            </th>
            <th scope="col" className="n">
              {head(t('score.table.change', { period: before }))}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <td className="num">{row.rank}</td>
              <th scope="row">
                <a href={row.href}>{row.name}</a>
              </th>
              {row.groups.map((points, index) => (
                <td key={table.heads[index]!.key} className="n grp">
                  {points}
                </td>
              ))}
              <td className="n">
                <b>{row.total}</b>
              </td>
              <td className="n">{row.change && <Delta {...row.change} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
