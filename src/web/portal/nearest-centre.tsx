import { LinkAction, LinkButton } from '../ui/button'
import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'
import type { OpeningView } from './home.view'

export interface Centre {
  code: string
  name: string
  /** "Phường Hoa Sen" */
  place: string
  address: string
  phone: string | null
  opening: OpeningView
}

/** The counter that is nearest, and whether somebody is there now. */
export function NearestCentre({ centre }: { centre: Centre }) {
  const t = useT()
  return (
    <section className="section near" aria-labelledby="gan">
      <div>
        <h2 id="gan">{t('web.home.near')}</h2>
        <p className="faint small">
          {t('web.home.nearSample')} <a href="/trung-tam">{t('web.home.nearChange')}</a>
        </p>
      </div>
      <div className="near__c">
        <h3>{centre.name}</h3>
        <p className="soft">{centre.address}</p>
        <dl className="near__f">
          <div>
            <dt>
              <Icon name="clock" />
              {t('web.home.hours')}
            </dt>
            <dd>
              <b>{t(centre.opening.open ? 'web.home.open' : 'web.home.closed')}</b>, {centre.opening.text}
            </dd>
          </div>
          {centre.phone && (
            <div>
              <dt>
                <Icon name="phone" />
                {t('web.home.phoneNumber')}
              </dt>
              <dd className="num">{centre.phone}</dd>
            </div>
          )}
          <div>
            <dt>
              <Icon name="accessibility" />
              {t('web.home.support')}
            </dt>
            <dd>{t('web.home.supportText')}</dd>
          </div>
        </dl>
        <div className="btn-row">
          {centre.phone && (
            <LinkButton kind="second" icon="phone" href={`tel:${centre.phone.replace(/[^\d+]/g, '')}`}>
              {centre.phone}
            </LinkButton>
          )}
          <LinkAction href="/trung-tam" icon="map-pin">
            {t('web.nav.centres')}
          </LinkAction>
        </div>
      </div>
    </section>
  )
}
