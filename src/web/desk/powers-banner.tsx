import { dateText } from '../ui/format'
import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'
import type { StandsIn } from './officer'

/** Says on every desk page for whom the officer is acting: what they press counts as done in that post. */
export function StandInBanner({ standsIn }: { standsIn: readonly StandsIn[] }) {
  const t = useT()
  if (standsIn.length === 0) return null
  return (
    <aside className="standin" aria-label={t('powers.nav')}>
      {standsIn.map(({ name, posts, until }) => (
        <p key={name + until}>
          <Icon name="users" />
          <span>
            {t('powers.banner', { name, post: posts.join(', '), until: dateText(until) })}{' '}
            <a href="/can-bo/uy-quyen">{t('powers.bannerLink')}</a>
          </span>
        </p>
      ))}
    </aside>
  )
}
