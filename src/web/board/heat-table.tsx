/** One cell of a heat map: its figure, and how far it is from good. */
export interface HeatCell {
  month: string
  text: string
  level: string
  moving: boolean
}

/** Units by month, the figure in every cell; on a small screen only the newest months are shown. */
export function HeatTable({
  caption,
  first,
  months,
  rows,
}: {
  caption: string
  first: string
  months: readonly { key: string; text: string; moving: boolean }[]
  rows: readonly { code: string; name: string; href: string; isHere?: boolean; cells: readonly HeatCell[] }[]
}) {
  const old = months.length - 5
  return (
    <div className="table-scroll">
      <table className="heat">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {months.map(({ key, text, moving }, index) => (
              <th key={key} scope="col" className={index < old ? 'old' : undefined}>
                {text}
                {moving && '*'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, name, href, isHere, cells }) => (
            <tr key={code} className={isHere ? 'here' : undefined}>
              <th scope="row">
                <a href={href}>{name}</a>
              </th>
              {cells.map(({ month, text, level, moving }, index) => (
                <td
                  key={month}
                  className={
                    [level, moving && 'part', index < old && 'old'].filter(Boolean).join(' ') || undefined
                  }
                >
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
