import { Icon } from '../ui/icon'
import type { HistoryView } from './history.view'

/** That a unit has ended or began from others, with a way to each of them. */
export function UnitHistory({ history: { ended, heirs, origins } }: { history: HistoryView }) {
  return (
    <div className="asat setline">
      <Icon name={ended ? 'clock-alert' : 'info'} />
      <div>
        {ended && (
          <p>
            <b>{ended.text}</b> <a href={ended.href}>{ended.link}</a>
          </p>
        )}
        {[heirs, origins].map((related) => related && <Related key={related.text} {...related} />)}
      </div>
    </div>
  )
}

function Related({ text, units }: NonNullable<HistoryView['heirs']>) {
  return (
    <p>
      {text}{' '}
      {units.map(({ code, name, href, note }, index) => (
        <span key={code}>
          {index > 0 && ', '}
          <a href={href}>{name}</a>
          {note && ` (${note})`}
        </span>
      ))}
      .
    </p>
  )
}
