import { StateTag } from '../../ui/state'
import type { ItemLine, ReadLine } from './vault.view'

/** One paper in a list. */
export function ItemRow({ item }: { item: ItemLine }) {
  return (
    <li>
      <a className="rows__link" href={item.href}>
        <span>
          <b>{item.name}</b>
          {item.about && <small>{item.about}</small>}
          <small>{item.trust}</small>
        </span>
        <StateTag state={item.state.kind}>{item.state.text}</StateTag>
      </a>
    </li>
  )
}

/** Who read what, the newest first. */
export function ReadList({ reads, none }: { reads: readonly ReadLine[]; none: string }) {
  if (reads.length === 0) return <p className="soft mt-3">{none}</p>
  return (
    <ol className="vault-reads mt-3">
      {reads.map(({ key, who, what, when, why }) => (
        <li key={key}>
          <b>{who}</b>
          <small>{what}</small>
          <small className="soft">
            {when}
            {why && ` · ${why}`}
          </small>
        </li>
      ))}
    </ol>
  )
}
