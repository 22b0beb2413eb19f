import type { ReactNode } from 'react'
import { Icon } from './icon'
import { useT } from './shell'

export interface Known {
  label: string
  text: ReactNode
  /** Where this one fact comes from, when not from the source of the whole block. */
  source?: string
  /** Link that lets the person correct it. */
  changeHref?: string
  wide?: boolean
  /** Where a script finds it to write what the form works out. */
  path?: string
  hidden?: boolean
}

/**
 * What the State already knows: paper, not boxes, so nobody tries to type. Always with its source and one way
 * to say it is wrong.
 */
export function KnownFacts({
  id,
  source,
  facts,
  wrongHref,
  title,
}: {
  id: string
  source?: string
  facts: readonly Known[]
  wrongHref?: string
  title?: string
}) {
  const t = useT()
  return (
    <section className="known known--two" aria-labelledby={id}>
      <p className="known__head">
        <b id={id}>
          <Icon name="database" />
          {title ?? t('web.form.known')}
        </b>
        {source && <span className="soft">{source}</span>}
      </p>
      <dl>
        {facts.map((fact) => (
          <KnownFact key={fact.label} {...fact} />
        ))}
      </dl>
      {wrongHref && (
        <p className="known__foot">
          <a className="link-action" href={wrongHref}>
            <Icon name="flag" />
            {t('web.form.wrong')}
          </a>
        </p>
      )}
    </section>
  )
}

export function KnownFact({ label, text, source, changeHref, wide, path, hidden }: Known) {
  const t = useT()
  return (
    <div className={wide ? 'wide' : undefined} data-fact={path} hidden={hidden}>
      <dt>{label}</dt>
      <dd>{text}</dd>
      {source && (
        <dd>
          <Source>{source}</Source>
        </dd>
      )}
      {changeHref && (
        <dd className="act">
          <a href={changeHref}>
            {t('web.form.change')}
            <span className="vh">: {label}</span>
          </a>
        </dd>
      )}
    </div>
  )
}

export function Source({ children }: { children: ReactNode }) {
  return (
    <span className="source">
      <Icon name="database" />
      {children}
    </span>
  )
}
