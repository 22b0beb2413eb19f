import type { ReactNode } from 'react'
import { Source } from './known'
import { useT } from './shell'

export interface SummaryRow {
  label: string
  text: ReactNode
  source?: string
  changeHref?: string
}

/** Questions and answers, checked before sending. "Sửa" only where the person may change it. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  const t = useT()
  return (
    <dl className="check">
      {rows.map(({ label, text, source, changeHref }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {text}
            {source && <Source>{source}</Source>}
          </dd>
          {changeHref && (
            <dd className="act">
              <a href={changeHref}>
                {t('web.form.change')}
                <span className="vh">: {label}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
