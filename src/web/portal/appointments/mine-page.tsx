import { bookingsOf } from 'motcua/modules/appointments'
import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { LinkButton } from '../../ui/button'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { Empty } from '../../ui/table'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import styles from './appointments.css?url'
import { placeOf, whenText } from './booking-source'
import { bookingTones } from './booking-tones'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** What a person booked, the next first. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const person = personOnly(args)
  const bookings = await bookingsOf(page.app.db.pool, person.personId, page.now)
  return Promise.all(
    bookings.map(async (booking) => ({
      ...{ code: booking.code, state: booking.state, when: whenText(booking, page.locale) },
      place: (await placeOf(page, booking)).name,
    })),
  )
}

export default function MinePage({ loaderData: rows }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('appointments.mine.title') }]}>
      <Title>{t('appointments.mine.title')}</Title>
      <h1>{t('appointments.mine.title')}</h1>
      <p className="lead mt-3">{t('appointments.mine.lead')}</p>
      {rows.length === 0 && (
        <div className="mt-5">
          <Empty title={t('appointments.mine.none')} icon="calendar">
            <p>{t('appointments.mine.noneText')}</p>
          </Empty>
        </div>
      )}
      <ul className="appointments__mine mt-5">
        {rows.map(({ code, state, when, place }) => (
          <li key={code}>
            <a href={`/hen/${code}`}>
              <b>{when}</b>
            </a>
            <span>{place}</span>
            <StateTag state={bookingTones[state]}>{t(`appointments.state.${state}`)}</StateTag>
          </li>
        ))}
      </ul>
      <p className="mt-5">
        <LinkButton href="/hen/dat" icon="calendar">
          {t('appointments.mine.book')}
        </LinkButton>
      </p>
    </Main>
  )
}
