import { LinkAction } from '../../ui/button'
import { Door } from '../../ui/door'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { SummaryList } from '../../ui/summary-list'
import type { PublicStatusView } from './public-status.view'

/** The short status, for whoever holds the receipt. */
export function PublicStatusCard({ status }: { status: PublicStatusView }) {
  const t = useT()
  return (
    <Door labelledBy="tinh-trang">
      <h2 id="tinh-trang">{status.procedure}</h2>
      <p className="soft mt-2">
        {t('tracking.codeLine')} <b className="code">{status.code}</b>
      </p>
      <p className="now__say mt-3">
        <StateTag state={status.tag.state}>{status.tag.text}</StateTag>
      </p>
      <div className="mt-4">
        <SummaryList rows={status.rows} />
      </div>
      {status.parts.length > 0 && (
        <>
          <h3 className="mt-5">{t('branches.title')}</h3>
          <ul className="branches">
            {status.parts.map(({ key, name, place, tag, due }) => (
              <li key={key} className="branch">
                <div className="branch__head">
                  <h4>{name}</h4>
                  <StateTag state={tag.state}>{tag.text}</StateTag>
                </div>
                <p className="small soft">{[place, due].filter(Boolean).join(' · ')}</p>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="btn-row mt-4">
        <LinkAction href={status.signInHref} icon="lock">
          {t('tracking.lookup.more')}
        </LinkAction>
        <LinkAction href="/tra-cuu" icon="search">
          {t('tracking.lookup.another')}
        </LinkAction>
      </div>
    </Door>
  )
}
