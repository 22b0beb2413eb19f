import { useT } from '../ui/shell'

export const stops = 5

/** How far the visitor has come, from a cookie that the tour's own pages set; 0 before the first stop. */
export function stopReached(request: Request): number {
  const found = /(?:^|;\s*)tham-quan=(\d)/.exec(request.headers.get('cookie') ?? '')
  const stop = Number(found?.[1] ?? 0)
  return stop >= 1 && stop <= stops ? stop : 0
}

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
