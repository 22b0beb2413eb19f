import { messages } from 'motcua/kernel/i18n'
import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, Outlet } from 'react-router'
import type { RouteHandle } from '../root'
import { spanText } from '../ui/clock.view'
import styles from './desk.css?url'
import type { DeskFrame } from './desk-page'
import { hasRole, officerOf, standsInOf, worksOnDossiers } from './officer'
import { workingTimeOf } from './working-time'

export const handle = { hydrate: true, density: 'desk' } satisfies RouteHandle

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** What stands around every desk page: sections that this officer uses, with counts, and the hours left today. */
export async function loader(args: LoaderFunctionArgs): Promise<DeskFrame> {
  const page = pageContext(args)
  const officer = officerOf(args)
  const t = messages(page.locale)
  const powers = { href: '/can-bo/uy-quyen', label: t('powers.nav') }
  const standsIn = standsInOf(officer)
  if (!worksOnDossiers(officer)) return { sections: [powers], hoursLeft: '', standsIn }
  const { app, now } = page
  const endOfToday = app.endOfToday(now)
  const place = officer.posts[0]!.authorityCode
  const [counts, minutes] = await Promise.all([
    app.dossiers.counts(officer, { now, endOfToday }),
    workingTimeOf(page, [place]),
  ])
  const left = minutes(place, now.toISOString(), endOfToday.toISOString())
  const signs = hasRole(officer, 'leader')
  return {
    sections: [
      { href: '/can-bo/viec', label: t('desk.nav.work'), count: counts.mine },
      ...(hasRole(officer, 'reception') ? [{ href: '/can-bo/tai-quay', label: t('desk.nav.counter') }] : []),
      ...(signs ? [{ href: '/can-bo/ky', label: t('desk.nav.sign'), count: counts.sign }] : []),
      { href: '/can-bo/so-theo-doi', label: t('desk.nav.log') },
      { href: '/can-bo/tra-cuu', label: t('desk.nav.find') },
      powers,
    ],
    standsIn,
    hoursLeft:
      left > 0 ? t('desk.hours.left', { time: spanText(left, page.locale) }) : t('desk.hours.closed'),
  }
}

/** Every desk page runs in the browser too and wears the dense dress. */
export default function DeskLayout() {
  return <Outlet />
}
