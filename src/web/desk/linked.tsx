import { StateTag } from '../ui/state'
import type { LinkedRow, LinkedView } from './linked.view'

/** A linked filing with its branches, or a branch with the filing it belongs to. */
export function LinkedPanel({ linked }: { linked: LinkedView }) {
  return (
    <section className={linked.filing ? 'dossier__sec' : 'linked'} aria-labelledby="lien-thong">
      <h2 id="lien-thong">{linked.title}</h2>
      {linked.filing && (
        <p className="small">
          {linked.filing.href ? <a href={linked.filing.href}>{linked.filing.text}</a> : linked.filing.text}
        </p>
      )}
      {linked.lead && <p className="small soft">{linked.lead}</p>}
      {linked.todo.length > 0 && (
        <div className="notice notice--warn">
          <div>
            <h3>{linked.words.todo}</h3>
            <ul>
              {linked.todo.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <ul className="linked__rows" aria-label={linked.filing ? linked.words.sisters : linked.title}>
        {linked.rows.map((row) => (
          <Row key={row.key} row={row} here={linked.words.here} />
        ))}
      </ul>
    </section>
  )
}

function Row({ row, here }: { row: LinkedRow; here: string }) {
  return (
    <li className="linked__row" aria-current={row.here ? 'true' : undefined}>
      <span>
        <b>{row.name}</b>
        {row.here && <span className="faint"> ({here})</span>}
        <br />
        <small className="soft">{[row.place, row.note].filter(Boolean).join(' · ')}</small>
        {row.link && (
          <a className="linked__link small" href={row.link.href}>
            {row.link.text}
          </a>
        )}
      </span>
      <span>
        <StateTag state={row.state.kind}>{row.state.text}</StateTag>
      </span>
    </li>
  )
}
