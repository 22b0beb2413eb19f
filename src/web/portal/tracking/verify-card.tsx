import { LinkAction } from '../../ui/button'
import { Door } from '../../ui/door'
import { SampleTag } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { SummaryList } from '../../ui/summary-list'
import type { VerifyView } from './verify.view'

/** The verdict on one paper, then the few facts that anybody may know. */
export function VerifyCard({ paper }: { paper: VerifyView }) {
  const t = useT()
  return (
    <Door labelledBy="ket-luan">
      <p>
        <StateTag state={paper.tone} icon={paper.tone === 'ok' ? 'circle-check' : 'octagon-alert'}>
          <b id="ket-luan">{paper.verdict}</b>
        </StateTag>
      </p>
      {paper.reason && <p className="mt-3">{paper.reason}</p>}
      {paper.replaced.map(({ text, href }) => (
        <p className="mt-3" key={text}>
          {text}{' '}
          {href && (
            <LinkAction href={href} icon="file-check">
              {t('tracking.verify.replacedBy')}
            </LinkAction>
          )}
        </p>
      ))}
      <div className="mt-4">
        <SummaryList
          rows={[
            ...paper.rows,
            { label: t('tracking.verify.sha'), text: <span className="fingerprint">{paper.sha256}</span> },
          ]}
        />
      </div>
      {paper.followHref && (
        <p className="mt-3">
          <LinkAction href={paper.followHref} icon="search">
            {t('tracking.verify.follow')}
          </LinkAction>
        </p>
      )}
      <p className="small soft mt-3">{t('tracking.verify.shaHint')}</p>
      <p className="small soft mt-3">{t('tracking.verify.privacy')}</p>
      {paper.sample && (
        <p className="mt-3">
          <SampleTag>{t('tracking.verify.sample')}</SampleTag>
        </p>
      )}
    </Door>
  )
}
