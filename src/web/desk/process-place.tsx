import { useT } from '../ui/shell'
import { ProcessDrawing } from './process-drawing'

export interface Place {
  now: readonly string[]
  href: string
  version: number
}

const pictureId = 'so-do-quy-trinh'

/** Where a dossier is in its process, in words; the drawing is further down. */
export function ProcessPlace({ place }: { place: Place }) {
  const t = useT()
  const { now } = place
  return (
    <section className="dossier__sec">
      <h2>{t('processPage.place.now')}</h2>
      {now.length > 0 ? (
        <ul className="place-now">
          {now.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      ) : (
        <p className="small soft">{t('processPage.place.ended')}</p>
      )}
      <p className="small">
        <a href={`#${pictureId}`}>{t('processPage.place.see')}</a>
      </p>
    </section>
  )
}

/** The drawing of the process with the place of the dossier on it, as wide as the page. */
export function ProcessPicture({ drawing, place }: { drawing: string; place: Place }) {
  const t = useT()
  const { href, version } = place
  return (
    <details className="more dossier__process">
      <summary>{t('processPage.place.title')}</summary>
      <div id={pictureId}>
        <ProcessDrawing svg={drawing} note={t('processPage.place.signs')} />
        <p className="small">
          <a href={href}>{t('processPage.place.version', { version })}</a>
        </p>
      </div>
    </details>
  )
}
