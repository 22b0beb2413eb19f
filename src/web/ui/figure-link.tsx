import { Icon } from './icon'
import { useT } from './shell'

/** What a figure means, one press away: stands behind its name. `figure` is its key in the library. */
export function FigureLink({ figure, name }: { figure: string; name: string }) {
  const t = useT()
  return (
    <a className="figlink" href={`/so-lieu/thu-vien/${figure}`} title={t('library.explain', { name })}>
      <Icon name="info" />
      <span className="vh">{t('library.explain', { name })}</span>
    </a>
  )
}

/** A rate with its two numbers; there is no way to show one without them. */
export function Rate({ counted, of, share }: { counted: string; of: string; share: string }) {
  return (
    <span className="num rate">
      <b>{share}</b> <span className="soft">{`(${counted}/${of})`}</span>
    </span>
  )
}
