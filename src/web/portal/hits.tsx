import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import type { Hit } from './search.view'

/** Procedures as a list of links; those that can be filed here say so. */
export function Hits({ hits }: { hits: readonly Hit[] }) {
  const t = useT()
  return (
    <ul className="rows hits">
      {hits.map((hit) => (
        <li key={hit.code}>
          <a className="rows__link" href={`/thu-tuc/${hit.code}`}>
            <span>
              <b className="hits__title">{hit.title}</b>
              {hit.legal && <small className="hits__legal">{hit.legal}</small>}
              <small>
                <span className="code">{hit.code}</span>
                {hit.field && ` · ${hit.field}`}
              </small>
            </span>
            {hit.filedHere && <StateTag state="ok">{t('web.search.withVersion')}</StateTag>}
          </a>
        </li>
      ))}
    </ul>
  )
}
