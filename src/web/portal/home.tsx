import { demoRoles } from 'motcua/modules/identity'
import { todayLine } from 'motcua/modules/indicators'
import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { Button, LinkAction } from '../ui/button'
import { Door } from '../ui/door'
import { TextField } from '../ui/fields'
import { numberText } from '../ui/format'
import { SampleTag } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { chosenCentre } from './centres'
import { type TodayView, todayView } from './home.view'
import { drawingOf } from './life-events'
import { type Centre, NearestCentre } from './nearest-centre'
import { type RoleCard, RoleCards } from './role-cards'
import { SearchBox } from './search-box'
import { countProcedures, eventLines, nearestCentre, oftenDoneProcedures } from './sources'
import { TourLine } from './tour-line'

interface HomeView {
  events: { key: string; slug: string; title: string; text: string }[]
  procedures: string
  often: { code: string; title: string }[]
  today: TodayView
  centre: Centre | null
  roles: RoleCard[]
  tourStop: number
}

export async function loader(args: LoaderFunctionArgs): Promise<HomeView> {
  const page = pageContext(args)
  const { db } = page.app
  const [events, procedures, often, centre, today] = await Promise.all([
    eventLines(db, page.locale),
    countProcedures(db, page.now),
    oftenDoneProcedures(db, page.locale),
    nearestCentre(db, chosenCentre(args.request), page.now, page.locale),
    todayLine(db.pool, page.now),
  ])
  return {
    events,
    procedures: numberText(procedures, page.locale),
    often,
    today: todayView(today, page.now, page.locale),
    centre,
    roles: page.demonstration ? demoRoles(page.locale) : [],
    tourStop: page.tourStop,
  }
}

export default function Home({ loaderData: view }: { loaderData: HomeView }) {
  const t = useT()
  return (
    <main id="noi-dung">
      <Title>{t('web.home.title')}</Title>
      <div className="hero">
        <div className="wrap hero__in">
          <div className="hero__door">
            <span className="hero__leaf" aria-hidden="true" />
            <Door>
              <h1>{t('web.home.question')}</h1>
              <SearchBox hint={t('web.home.hint')} />
              <p className="hero__often">
                <span className="faint">{t('web.home.often')}</span>
                {view.often.map(({ code, title }) => (
                  <a key={code} href={`/thu-tuc/${code}`}>
                    {title}
                  </a>
                ))}
              </p>
            </Door>
          </div>
          <LookUp />
        </div>
      </div>
      <Today today={view.today} />
      <div className="wrap main home__rest">
        <section aria-labelledby="su-kien">
          <div className="section__head">
            <h2 id="su-kien">{t('web.home.events')}</h2>
            <a className="link-action" href="/tim">
              {t('web.home.all', { count: view.procedures })}
              <Icon name="chevron-right" />
            </a>
          </div>
          <ul className="tiles">
            {view.events.map(({ key, slug, title, text }) => (
              <li key={key}>
                <a className="tile" href={`/viec-trong-doi/${slug}`}>
                  <Icon name={drawingOf(key)} />
                  <b>{title}</b>
                  <span>{text}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
        {view.centre && <NearestCentre centre={view.centre} />}
        {view.roles.length > 0 && <Roles roles={view.roles} tourStop={view.tourStop} />}
      </div>
    </main>
  )
}

function LookUp() {
  const t = useT()
  return (
    <section className="hero__look" aria-labelledby="tra-cuu">
      <h2 id="tra-cuu">{t('web.home.lookup')}</h2>
      <form action="/tra-cuu" method="post">
        <TextField
          id="ma"
          name="code"
          label={t('web.home.code')}
          hint={t('web.home.codeHint')}
          code
          autoComplete="off"
        />
        <TextField
          id="bm"
          name="secret"
          label={t('web.home.phone')}
          code
          width="short"
          inputMode="numeric"
          maxLength={8}
          autoComplete="off"
        />
        <div className="btn-row mt-5">
          <Button kind="second">{t('web.home.follow')}</Button>
          <LinkAction href="/tra-cuu" icon="qr-code">
            {t('web.home.scan')}
          </LinkAction>
        </div>
      </form>
    </section>
  )
}

function Today({ today }: { today: TodayView }) {
  const t = useT()
  return (
    <div className="live">
      <div className="wrap">
        <p>
          <b>{t('web.home.today', { time: today.at })}</b> {t('web.home.received')}{' '}
          <b className="num">{today.received}</b> {t('web.home.dossiers')}, {t('web.home.resolved')}{' '}
          <b className="num">{today.resolved}</b>, {t('web.home.onTime')}{' '}
          <b className="num">{today.onTime}</b> {t('web.home.onTimeOver')}.{' '}
          <a href="/so-lieu">{t('web.home.figures')}</a>
        </p>
      </div>
    </div>
  )
}

function Roles({ roles, tourStop }: { roles: readonly RoleCard[]; tourStop: number }) {
  const t = useT()
  return (
    <section className="section home__roles" aria-labelledby="vao-vai">
      <div className="section__head">
        <div>
          <h2 id="vao-vai">{t('web.home.roles')}</h2>
          <p className="soft">{t('web.home.rolesLead')}</p>
        </div>
        <SampleTag>{t('web.sample.onlyHere')}</SampleTag>
      </div>
      <TourLine stop={tourStop} />
      <RoleCards roles={roles} />
    </section>
  )
}
