import { messages } from 'motcua/kernel/i18n'
import { mayReadChanges } from 'motcua/modules/changes'
import { leadsAt, toAnswer } from 'motcua/modules/indicators'
import { unreadNotices } from 'motcua/modules/notifications'
import { worksOnRetention } from 'motcua/modules/retention'
import { waitingOnPhone } from 'motcua/modules/signatures'
import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, Outlet } from 'react-router'
import type { RouteHandle } from '../root'
import { spanText } from '../ui/clock.view'
import { alarmCount } from './alarm-count'
import styles from './desk.css?url'
import type { DeskFrame } from './desk-page'
import { hasRole, officerOf, standsInOf, takesBookings, worksOnDossiers } from './officer'
import { counted } from './queue.view'
import { readsReorganisations } from './reorganise-source'
import work from './work.css?url'
import { workingTimeOf } from './working-time'

export const handle = { hydrate: true, density: 'desk' } satisfies RouteHandle

export const links = () => [styles, work].map((href) => ({ rel: 'stylesheet', href }))

/** What stands around every desk page: sections that this officer uses, with counts, and the hours left today. */
export async function loader(args: LoaderFunctionArgs): Promise<DeskFrame> {
  const page = pageContext(args)
  const officer = officerOf(args)
  const t = messages(page.locale)
  const powers = { href: '/can-bo/uy-quyen', label: t('powers.nav') }
  const means = { href: '/can-bo/chu-ky', label: t('signing.means.nav') }
  const calendar = { href: '/can-bo/lich', label: t('calendarPage.nav') }
  const readsProcesses = (['head', 'leader', 'control'] as const).some((role) => hasRole(officer, role))
  const processes = readsProcesses ? [{ href: '/can-bo/quy-trinh', label: t('processPage.nav') }] : []
  const archive = worksOnRetention(officer) ? [{ href: '/can-bo/luu-tru', label: t('retention.nav') }] : []
  const followsTargets = hasRole(officer, 'control') || hasRole(officer, 'leader')
  const targets = followsTargets ? [{ href: '/can-bo/chi-tieu', label: t('targets.nav') }] : []
  const standsIn = standsInOf(officer)
  const { app, now } = page
  const lent = await app.vault.countSharedWithOffice(officer)
  const shared = lent > 0 ? [{ href: '/can-bo/giay-chia-se', label: t('vault.desk.nav'), count: lent }] : []
  const studio = (await mayReadChanges(app.db, officer))
    ? [{ href: '/thiet-ke', label: t('studio.nav') }]
    : []
  const reorganise = (await readsReorganisations(page, officer))
    ? [{ href: '/can-bo/sap-xep', label: t('reorganise.nav') }]
    : []
  const [stuck, onPhone, objections, unread] = await Promise.all([
    alarmCount(app.db, officer, now),
    waitingOnPhone(app.db, officer.officerId, now),
    toAnswer(app.db, officer),
    unreadNotices(app.db.pool, officer.officerId),
  ])
  const told = { href: '/can-bo/thong-bao', label: t('officerFigures.notices.nav'), ...counting(unread) }
  const answers =
    leadsAt(officer).length === 0
      ? []
      : [
          {
            href: '/can-bo/y-kien-so-lieu',
            label: t('officerFigures.answer.nav'),
            ...counting(objections.length),
          },
        ]
  const phone =
    onPhone === undefined
      ? []
      : [{ href: '/can-bo/xac-nhan-ky', label: t('signing.phone.nav'), count: onPhone }]
  const alarms =
    stuck === undefined ? [] : [{ href: '/can-bo/canh-bao', label: t('work.stuck.nav'), count: stuck }]
  if (!worksOnDossiers(officer))
    return {
      sections: [
        ...phone,
        ...alarms,
        ...answers,
        ...shared,
        ...studio,
        ...processes,
        ...reorganise,
        ...archive,
        ...targets,
        told,
        means,
        powers,
        calendar,
      ],
      hoursLeft: '',
      standsIn,
    }
  const endOfToday = app.endOfToday(now)
  const place = officer.posts[0]!.authorityCode
  const [counts, minutes] = await Promise.all([
    app.dossiers.counts(officer, { now, endOfToday }),
    workingTimeOf(page, [place]),
  ])
  const left = minutes(place, now.toISOString(), endOfToday.toISOString())
  const signs = hasRole(officer, 'leader')
  const leads = signs || hasRole(officer, 'head')
  const keepsBook = leads || hasRole(officer, 'reception') || hasRole(officer, 'clerk')
  return {
    sections: [
      { href: '/can-bo/viec', label: t('desk.nav.work'), count: counted(counts.mine, counts) },
      ...(hasRole(officer, 'reception') ? [{ href: '/can-bo/tai-quay', label: t('desk.nav.counter') }] : []),
      ...(takesBookings(officer) ? [{ href: '/can-bo/lich-hen', label: t('appointments.desk.title') }] : []),
      ...(signs ? [{ href: '/can-bo/ky', label: t('desk.nav.sign'), count: counts.sign }] : []),
      ...phone,
      ...alarms,
      ...(leads ? [{ href: '/can-bo/khoi-luong', label: t('work.load.nav') }] : []),
      { href: '/can-bo/so-theo-doi', label: t('desk.nav.log') },
      { href: '/can-bo/so-lieu-cua-toi', label: t('officerFigures.nav') },
      ...answers,
      ...(keepsBook ? [{ href: '/can-bo/so-chung-thuc', label: t('certify.book.nav') }] : []),
      ...shared,
      ...studio,
      ...processes,
      ...reorganise,
      ...archive,
      ...targets,
      ...(leads || hasRole(officer, 'reception') ? [means] : []),
      told,
      powers,
      calendar,
    ],
    standsIn,
    hoursLeft:
      left > 0 ? t('desk.hours.left', { time: spanText(left, page.locale) }) : t('desk.hours.closed'),
  }
}

/** A number beside a section only where something waits. */
const counting = (count: number) => (count > 0 ? { count } : {})

/** Every desk page runs in the browser too and wears the dense dress. */
export default function DeskLayout() {
  return <Outlet />
}
