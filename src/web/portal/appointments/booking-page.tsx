import { isRefusal } from 'motcua/kernel/errors'
import { cancelBooking, findBooking } from 'motcua/modules/appointments'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, LinkAction, LinkButton } from '../../ui/button'
import { Door } from '../../ui/door'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { Qr } from '../../ui/qr'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { SummaryList } from '../../ui/summary-list'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import styles from './appointments.css?url'
import { feeText, paperText, placeOf, refusedText, whenText } from './booking-source'
import { bookingTones } from './booking-tones'

export const links = () => [{ rel: 'stylesheet', href: styles }]

const told = { dat: 'booked', doi: 'moved', huy: 'cancelled' } as const

async function ownBooking(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const { app } = pageContext(args)
  const person = personOnly(args)
  const booking = await findBooking(app.db.pool, args.params.code ?? '')
  // To anybody else it does not exist.
  if (booking?.personId !== person.personId) throw data(null, { status: 404 })
  return { person, booking }
}

export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const { booking } = await ownBooking(args)
  const just = args.url.searchParams.get('vua') as keyof typeof told | null
  const { code, state, papers, dossierCode, startsAt } = booking
  const place = await placeOf(page, booking)
  return {
    ...{ code, state, dossierCode, place: [place.name, place.address].filter(Boolean).join(', ') },
    when: whenText(booking, page.locale),
    papers: papers.map((paper) => paperText(paper, page.locale)),
    fee: await feeText(page, booking),
    // What a scanner at the counter reads; it says nothing about the person.
    qr: `${page.baseUrl}/can-bo/lich-hen?ma=${code}`,
    open: state === 'booked' && startsAt > page.now.toISOString(),
    just:
      just !== null && just in told && (just === 'huy') === (state === 'cancelled') && !dossierCode
        ? told[just]
        : null,
  }
}

export async function action(args: ActionFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const { person, booking } = await ownBooking(args)
  const cancelled = await cancelBooking({ db: app.db, now: () => now }, person, booking.code)
  if (isRefusal(cancelled)) return data({ problem: refusedText(cancelled, locale) }, { status: 409 })
  return redirect(`/hen/${booking.code}?vua=huy`, 303)
}

/** A booking as it is shown at the counter: the code, when, where, what to bring. */
export default function BookingPage({
  loaderData: view,
  actionData,
}: {
  loaderData: Awaited<ReturnType<typeof loader>>
  actionData?: { problem: string }
}) {
  const t = useT()
  const { code, state, when, place, papers, fee, qr, open, just, dossierCode } = view
  return (
    <Main
      crumbs={[
        { label: t('appointments.mine.title'), href: '/hen' },
        { label: t('appointments.one.title', { code }) },
      ]}
    >
      <Title>{t('appointments.one.title', { code })}</Title>
      {just && <Notice tone="ok" role="status" title={t(`appointments.one.${just}`)} />}
      {actionData && <Notice tone="bad" role="alert" title={actionData.problem} />}
      <h1 className="mt-3">{t('appointments.one.title', { code })}</h1>
      <p className="mt-2">
        <StateTag state={bookingTones[state]}>{t(`appointments.state.${state}`)}</StateTag>
      </p>
      <div className="mt-5 max-w-3xl">
        <Door>
          <div className="appointments__show">
            {state === 'booked' && (
              <div className="appointments__code">
                <Qr text={qr} label={t('appointments.one.qr', { code })} size={168} />
                <p className="small soft">{t('appointments.one.show')}</p>
              </div>
            )}
            <SummaryList
              rows={[
                { label: t('appointments.one.code'), text: <b className="code">{code}</b> },
                { label: t('appointments.one.when'), text: when },
                { label: t('appointments.one.where'), text: place },
                {
                  label: t('appointments.one.what'),
                  text: (
                    <ul>
                      {papers.map((paper) => (
                        <li key={paper}>{paper}</li>
                      ))}
                    </ul>
                  ),
                },
                ...(fee
                  ? [{ label: t('appointments.one.fee'), text: t('appointments.one.feeText', { fee }) }]
                  : []),
              ]}
            />
          </div>
        </Door>
      </div>
      {dossierCode && (
        <p className="mt-4">
          {t('appointments.one.dossier', { code: dossierCode })}.{' '}
          <LinkAction href={`/ho-so/${dossierCode}`} icon="arrow-right">
            {t('appointments.one.openDossier')}
          </LinkAction>
        </p>
      )}
      {open && (
        <>
          <p className="mt-4">{t('appointments.one.bring')}</p>
          <p className="small soft mt-2">{t('appointments.one.print')}</p>
          <form method="post" className="btn-row mt-4">
            <LinkButton kind="second" href={`/hen/dat?doi=${code}`} icon="calendar">
              {t('appointments.one.move')}
            </LinkButton>
            <Button kind="harm">{t('appointments.one.cancel')}</Button>
          </form>
        </>
      )}
      <p className="mt-4">
        <LinkAction href="/hen">{t('appointments.one.back')}</LinkAction>
      </p>
    </Main>
  )
}
