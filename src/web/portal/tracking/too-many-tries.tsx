import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'

/** Says when to come back, and why there is a limit. */
export function TooManyTries({ seconds }: { seconds: number }) {
  const t = useT()
  const time = t('tracking.lookup.minutes', { minutes: Math.max(1, Math.ceil(seconds / 60)) })
  return (
    <Main crumbs={[{ label: t('tracking.lookup.title') }]}>
      <Title>{t('tracking.lookup.title')}</Title>
      <h1>{t('tracking.lookup.title')}</h1>
      <div className="mt-5 max-w-3xl">
        <Notice tone="warn" role="alert" title={t('tracking.lookup.tooMany', { time })}>
          {t('tracking.lookup.tooManyText')}
        </Notice>
      </div>
    </Main>
  )
}
