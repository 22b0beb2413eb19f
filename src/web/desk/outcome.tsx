import { Icon } from '../ui/icon'
import type { OutcomeView } from './outcome.view'
import { BulkOutcome } from './queue-table'

/** What the last action did, dossier by dossier; stays until the next page. */
export function Outcome({ outcome }: { outcome: OutcomeView | undefined }) {
  if (!outcome) return null
  return (
    <BulkOutcome tone={outcome.tone}>
      <b>{outcome.at}</b> {outcome.text}{' '}
      {outcome.lines.map((line) => (
        <span key={line.code} className="outcome__line">
          <a href={`/can-bo/ho-so/${line.code}`}>{line.code}</a>: {line.why}{' '}
        </span>
      ))}
      {outcome.links.map(({ href, label }) => (
        <a key={href} href={href} className="outcome__link">
          {label}
        </a>
      ))}
    </BulkOutcome>
  )
}

/** What was just saved, on a page that goes on to show it. */
export const Done = ({ children }: { children: string }) => (
  <p className="outcome outcome--ok" role="status">
    <Icon name="circle-check" />
    <span>{children}</span>
  </p>
)

/** Why nothing was done; what was typed stays on the page. */
export const NotDone = ({ problem }: { problem: string | undefined }) =>
  problem && (
    <p className="outcome" role="alert">
      <Icon name="triangle-alert" />
      {problem}
    </p>
  )
