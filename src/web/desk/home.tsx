import { messages } from 'motcua/kernel/i18n'
import { alarmScope, readStuck, type StuckReason, seesAlarms, stuckReasons } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { LinkAction, LinkButton } from '../ui/button'
import { Icon } from '../ui/icon'
import type { IconName } from '../ui/icons'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { hasRole, officerOf, worksOnDossiers } from './officer'

interface Tile {
  href: string
  icon: IconName
  label: string
  count: string
  note: string
  tone: 'bad' | 'warn' | 'calm'
}

interface HomeView {
  name: string
  demonstration: boolean
  tiles: Tile[]
  /** Why dossiers are stuck, with how many each. */
  stuck: { reason: StuckReason; count: number }[]
}

/** Everybody begins where their work is; heads and leaders see first what needs them, others are shown the boards. */
export async function loader(args: LoaderFunctionArgs): Promise<HomeView> {
  const officer = officerOf(args)
  const page = pageContext(args)
  const isProvince = officer.posts.every(({ authorityCode }) => authorityCode === 'H99')
  const leads = hasRole(officer, 'head') || hasRole(officer, 'leader')
  if (worksOnDossiers(officer) && !isProvince && !leads) throw redirect('/can-bo/viec')
  const { name } = officer
  const { demonstration } = page
  if (!seesAlarms(officer)) return { name, demonstration, tiles: [], stuck: [] }
  return { name, demonstration, ...(await whatNeeds(page, officer)) }
}

async function whatNeeds(page: PageContext, officer: Officer): Promise<Pick<HomeView, 'tiles' | 'stuck'>> {
  const { app, now, locale } = page
  const t = messages(locale)
  const [list, counts] = await Promise.all([
    alarmScope(app.db, officer).then((scope) => readStuck(app.db, scope, { now })),
    app.dossiers.counts(officer, { now, endOfToday: app.endOfToday(now) }),
  ])
  const tile = (
    href: string,
    icon: IconName,
    label: string,
    count: number,
    note: string,
    bad = false,
  ): Tile => ({
    ...{ href, icon, label, note },
    count: String(count),
    tone: count === 0 ? 'calm' : bad ? 'bad' : 'warn',
  })
  const stuck = stuckReasons.flatMap((reason) => {
    const count = list.lines.filter(({ alarms }) => alarms[0]!.reason === reason).length
    return count > 0 ? [{ reason, count }] : []
  })
  const alarms = tile('/can-bo/canh-bao', 'octagon-alert', t('work.home.stuck'), list.lines.length, '', true)
  if (!worksOnDossiers(officer)) return { tiles: [alarms], stuck }
  const late = [
    ...(counts.overdue > 0 ? [t('work.home.overdue', { count: counts.overdue })] : []),
    ...(counts.dueToday > 0 ? [t('work.home.today', { count: counts.dueToday })] : []),
  ].join(', ')
  const tiles = [
    alarms,
    tile('/can-bo/viec?view=mine', 'inbox', t('work.home.mine'), counts.mine, late, counts.overdue > 0),
    ...(hasRole(officer, 'leader')
      ? [tile('/can-bo/ky', 'pen-line', t('work.home.sign'), counts.sign, '')]
      : []),
    tile('/can-bo/viec?view=unheld', 'life-buoy', t('work.home.unheld'), counts.unheld, ''),
    tile('/can-bo/viec?view=messages', 'mail', t('work.home.messages'), counts.messages, ''),
    tile('/can-bo/ban-giao', 'truck', t('work.home.takeover'), counts.takeover, ''),
  ]
  return { tiles, stuck }
}

export default function DeskHome() {
  const t = useT()
  const { name, demonstration, tiles, stuck } = useLoaderData<typeof loader>()
  return (
    <DeskPage>
      <Title>{t('work.home.title', { name })}</Title>
      <main id="noi-dung" className="pane pane--page home">
        <h1>{t('work.home.title', { name })}</h1>
        <p className="lead">{t(tiles.length > 0 ? 'work.home.lead' : 'desk.other.lead')}</p>
        {tiles.length > 0 && (
          <ul className="needs">
            {tiles.map(({ href, icon, label, count, note, tone }) => (
              <li key={href} className={`need need--${tone}`}>
                <a href={href}>
                  <Icon name={icon} />
                  <span className="need__label">{label}</span>
                  <b className="need__count">{count}</b>
                  {note && <small>{note}</small>}
                </a>
              </li>
            ))}
          </ul>
        )}
        {stuck.length > 0 && (
          <section className="mt-5">
            <h2>{t('work.home.byReason')}</h2>
            <ul className="plainlist">
              {stuck.map(({ reason, count }) => (
                <li key={reason}>
                  <a href={`/can-bo/canh-bao?vi=${reason}`}>{t(`work.stuck.reason.${reason}`)}</a>{' '}
                  <span className="count">{count}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <p className="btn-row mt-5">
          <LinkButton href="/bang" kind={tiles.length > 0 ? 'second' : 'main'}>
            {t('desk.other.board')}
          </LinkButton>
        </p>
        <p className="btn-row mt-4">
          <LinkAction href="/so-lieu" icon="table">
            {t('desk.other.figures')}
          </LinkAction>
          {demonstration && (
            <LinkAction href="/kham-pha" icon="code">
              {t('desk.other.explore')}
            </LinkAction>
          )}
        </p>
      </main>
    </DeskPage>
  )
}
