import { useT } from '../ui/shell'
import { ProcessDrawing } from './process-drawing'

/** Where a dossier is in its process: said in words, and on the drawing behind them. */
export function ProcessPlace({
  drawing,
  place,
}: {
  drawing: string
  place: { now: readonly string[]; href: string; version: number }
}) {
  const t = useT()
  const { now, href, version } = place
  return (
    <section className="dossier__sec">
      <h2>{t('desk.dossier.process')}</h2>
      {now.length > 0 ? (
        <ul className="place-now" aria-label={t('processPage.place.now')}>
          {now.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      ) : (
        <p className="small soft">{t('processPage.place.ended')}</p>
      )}
      <details className="more">
        <summary>{t('processPage.drawing.title')}</summary>
        <ProcessDrawing svg={drawing} note={t('processPage.place.signs')} />
      </details>
      <p className="small">
        <a href={href}>{t('processPage.place.version', { version })}</a>
      </p>
    </section>
  )
}
