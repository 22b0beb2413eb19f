import { useT } from '../../ui/shell'
import type { ScoreView } from './score.view'

/** What would raise the total most, with what each step of it brings. */
export function Raises({ view: { raises, asAt } }: { view: ScoreView }) {
  const t = useT()
  return (
    <section className="score__raises" aria-labelledby="tang">
      <div className="cap">
        <h2 id="tang">{t('score.raise.title')}</h2>
        <p>{t('score.raise.note', { time: asAt.time })}</p>
      </div>
      {raises.length === 0 ? (
        <p>{t('score.raise.none')}</p>
      ) : (
        <ol className="raise">
          {raises.map(({ key, href, openHref, gain, text, detail }) => (
            <li key={key}>
              <span className="raise__p">
                <b>{gain}</b>
                <small>{t('score.raise.point')}</small>
              </span>
              <span>
                <a href={href}>{text}</a>
                <small>
                  {detail}
                  {openHref && (
                    <>
                      {' · '}
                      <a href={openHref}>{t('score.raise.open')}</a>
                    </>
                  )}
                </small>
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
