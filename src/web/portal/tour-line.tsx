import { useT } from '../ui/shell'

/** The invitation on the home page: begin, or go on where one stopped. */
export function TourLine({ stop }: { stop: number }) {
  const t = useT()
  return (
    <p className="tour">
      <b>{t('web.home.tour')}</b> {t('web.home.tourText')}{' '}
      <a href={stop > 0 ? `/vong-tham-quan?chang=${stop}` : '/vong-tham-quan'}>
        {stop > 0 ? t('web.home.tourResume', { stop }) : t('web.home.tourStart')}
      </a>
    </p>
  )
}
