import { LinkAction } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { Qr } from '../../ui/qr'
import { useT } from '../../ui/shell'
import type { StatusView } from './status.view'

/** Beside the story: papers, fees, whom to ask, what else one may do. */
export function Side({
  status,
  readings,
  readers,
}: {
  status: StatusView
  readings: readonly string[]
  /** Whether the page tells who opened the dossier. */
  readers: boolean
}) {
  const t = useT()
  const { withdraw, represent, rate, again } = status.links
  return (
    <aside className="stack-l">
      <section>
        <h2 className="side">{t('tracking.papers')}</h2>
        {status.papers.length === 0 ? (
          <p className="small soft">{t('tracking.papersNone')}</p>
        ) : (
          <ul className="rows small">
            {status.papers.map(({ href, title, at }) => (
              <li key={href}>
                <a className="rows__link" href={href}>
                  <span>
                    <b>{title}</b>
                    <small>
                      <span className="num">{at}</span> · {t('tracking.pdf')}
                    </small>
                  </span>
                  <Icon name="download" />
                </a>
              </li>
            ))}
          </ul>
        )}
      </section>
      {status.fees.length > 0 && (
        <section>
          <h2 className="side">{t('tracking.fees')}</h2>
          <ul className="rows small">
            {status.fees.map(({ name, text, note }) => (
              <li key={name} className="res">
                <span>
                  {name}
                  {note && <small className="soft"> {note}</small>}
                </span>
                <b className="num">{text}</b>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 className="side">{t('routing.organisations')}</h2>
        <dl className="places small">
          {status.organisations.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h2 className="side">{t('tracking.ask2')}</h2>
        <p className="small soft">
          {status.office.name}, {status.office.opening}.
        </p>
        {status.office.phone && (
          <LinkAction href={`tel:${status.office.phone.replaceAll(/[^+\d]/g, '')}`} icon="phone">
            <span className="num">{status.office.phone}</span>
          </LinkAction>
        )}
      </section>
      <section>
        <h2 className="side">{t('tracking.other')}</h2>
        <ul className="fields">
          {rate && <SideLink href={rate} icon="star" label={t('tracking.rate')} />}
          {again && <SideLink href={again} icon="rotate-cw" label={t('tracking.again')} />}
          <SideLink href="#da-gui" icon="file-text" label={t('tracking.seeSent')} />
          {readers && <SideLink href="#ai-da-xem" icon="eye" label={t('tracking.readers.title')} />}
          {represent && <SideLink href={represent} icon="user-round" label={t('status.helper.link')} />}
          {withdraw && <SideLink href={withdraw} icon="undo-2" label={t('tracking.withdraw')} />}
        </ul>
      </section>
      {readings.length > 0 && (
        <section>
          <h2 className="side">{t('tracking.readings.title')}</h2>
          <p className="small soft">{t('tracking.readings.text')}</p>
          <ul className="fields small">
            {readings.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      {status.qr && (
        <section>
          <h2 className="side">{t('tracking.qrTitle')}</h2>
          <p className="small soft mb-2">{t('tracking.qrText')}</p>
          <Qr text={status.qr.text} label={t('tracking.qrLabel', { code: status.code })} />
          <p className="small code mt-2">{t('tracking.secret', { secret: status.qr.secret })}</p>
        </section>
      )}
    </aside>
  )
}

function SideLink({
  href,
  icon,
  label,
}: {
  href: string
  icon: Parameters<typeof Icon>[0]['name']
  label: string
}) {
  return (
    <li>
      <a href={href}>
        <Icon name={icon} />
        {label}
      </a>
    </li>
  )
}
