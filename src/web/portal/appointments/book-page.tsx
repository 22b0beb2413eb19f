import { isRefusal } from 'motcua/kernel/errors'
import { at } from 'motcua/kernel/time'
import { book, findBooking, moveBooking, offerOf } from 'motcua/modules/appointments'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, createContext, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, LinkAction } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { RadioGroup, Select, TextField } from '../../ui/fields'
import { dateText, timeText, weekdayText } from '../../ui/format'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import styles from './appointments.css?url'
import {
  bookedProcedure,
  nothingTyped,
  placesFor,
  refusedText,
  type Typed,
  typedIn,
  whenText,
  wishIn,
} from './booking-source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

interface View {
  places: { value: string; label: string }[]
  place: { code: string; name: string; address: string } | null
  days: { date: string; label: string; weekday: string; free: number; href: string; current: boolean }[]
  date: string | null
  times: { value: string; label: string; free: number }[]
  typed: Typed
  problems: Problem[]
  /** The booking that is moved. */
  moving: { code: string; when: string } | null
}

const tried = createContext<{ typed: Typed; problems: Problem[] } | null>(null)

/** Place, then day, then time: each choice is an address, so going back loses nothing. */
export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const page = pageContext(args)
  const person = personOnly(args)
  const { app, now, locale } = page
  const version = await bookedProcedure(page)
  if (!version) throw data(null, { status: 404 })
  const query = args.url.searchParams
  const moving = await movedBooking(args)
  const places = await placesFor(page, version)
  const code = moving?.authority ?? query.get('noi') ?? ''
  const place = places.find(({ value }) => value === code)
  const counter = { authority: code, procedureCode: version.procedureCode }
  const offered = place ? await offerOf({ db: app.db, now: () => now }, counter) : []
  const asked = query.get('ngay')
  const withFree = offered.find(({ slots }) => slots.some(({ free }) => free > 0))
  const day = offered.find(({ date }) => date === asked) ?? withFree ?? offered[0]
  const address = (date: string) =>
    `/hen/dat?${new URLSearchParams({ ...(moving ? { doi: moving.code } : { noi: code }), ngay: date })}#gio`
  return {
    places: places.map(({ value, label }) => ({ value, label })),
    place: place ? { code, name: place.label, address: place.address } : null,
    days: offered.map(({ date, slots }) => ({
      ...{
        date,
        label: dateText(at(date, '12:00')).slice(0, 5),
        weekday: weekdayText(at(date, '12:00'), locale),
      },
      free: slots.reduce((sum, { free }) => sum + free, 0),
      ...{ href: address(date), current: date === day?.date },
    })),
    date: day ? dateText(at(day.date, '12:00')) : null,
    times: (day?.slots ?? []).map(({ startsAt, endsAt, free }) => ({
      ...{ value: startsAt, label: `${timeText(startsAt)} – ${timeText(endsAt)}`, free },
    })),
    ...(args.context.get(tried) ?? { typed: nothingTyped(nationalPhone(person.phone)), problems: [] }),
    moving: moving && { code: moving.code, when: whenText(moving, locale) },
  }
}

const nationalPhone = (phone = '') => phone.replace(/^\+84/, '0')

/** The person's own booking that the address names; one that is nobody's, somebody else's or past is not there. */
async function movedBooking(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const code = args.url.searchParams.get('doi')
  if (code === null) return null
  const { app } = pageContext(args)
  const booking = await findBooking(app.db.pool, code)
  if (booking?.personId !== personOnly(args).personId || booking.state !== 'booked')
    throw data(null, { status: 404 })
  return booking
}

export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const person = personOnly(args)
  const { app, now, locale } = page
  const version = await bookedProcedure(page)
  if (!version) throw data(null, { status: 404 })
  const typed = typedIn(await args.request.formData())
  const again = (problems: Problem[], status = 422) => {
    args.context.set(tried, { typed, problems })
    return data(null, { status })
  }
  const door = { db: app.db, now: () => now }
  const moving = await movedBooking(args)
  if (moving) {
    const moved = await moveBooking(door, person, {
      code: moving.code,
      startsAt: typed.slot || moving.startsAt,
    })
    if (isRefusal(moved)) return again([{ href: '#gio', text: refusedText(moved, locale) }])
    return redirect(`/hen/${moved.code}?vua=doi`, 303)
  }
  const authority = args.url.searchParams.get('noi') ?? ''
  const { wish, problems } = wishIn(typed, { authority, procedureCode: version.procedureCode }, locale)
  if (!wish) return again(problems)
  const booked = await book(door, person, wish)
  if (isRefusal(booked)) return again([{ href: '#gio', text: refusedText(booked, locale) }])
  return redirect(`/hen/${booked.code}?vua=dat`, 303)
}

export default function BookPage({ loaderData: view }: { loaderData: View }) {
  const t = useT()
  const { places, place, days, times, moving, problems } = view
  return (
    <Main
      crumbs={[
        { label: t('appointments.mine.title'), href: '/hen' },
        { label: t('appointments.offer.book') },
      ]}
    >
      <Title>{t('appointments.offer.title')}</Title>
      <ErrorSummary problems={problems} />
      <h1>{t('appointments.offer.title')}</h1>
      {moving ? (
        <p className="lead mt-3">{t('appointments.offer.moving', moving)}</p>
      ) : (
        <p className="lead mt-3">{t('appointments.offer.lead')}</p>
      )}
      {!moving && (
        <form method="get" className="appointments__place mt-5">
          <Select
            id="noi"
            name="noi"
            label={t('appointments.offer.where')}
            options={places}
            defaultValue={place?.code}
            empty={t('appointments.offer.choose')}
            width="full"
          />
          <Button kind={place ? 'second' : 'main'}>{t('appointments.offer.show')}</Button>
        </form>
      )}
      {place?.address && <p className="small soft mt-2">{t('appointments.offer.address', place)}</p>}
      {place && days.length === 0 && <Notice tone="warn" title={t('appointments.offer.none')} />}
      {days.length > 0 && <Days days={days} />}
      {times.length > 0 && <Wish view={view} />}
    </Main>
  )
}

function Days({ days }: Pick<View, 'days'>) {
  const t = useT()
  return (
    <nav className="mt-5" aria-labelledby="ngay">
      <h2 id="ngay" className="label">
        {t('appointments.offer.day')}
      </h2>
      <ul className="appointments__days">
        {days.map(({ date, label, weekday, free, href, current }) => (
          <li key={date}>
            <a href={href} aria-current={current ? 'date' : undefined} data-full={free === 0 || undefined}>
              <span>{weekday}</span>
              <b>{label}</b>
              <small>
                {free > 0
                  ? t('appointments.offer.dayFree', { count: free })
                  : t('appointments.offer.dayFull')}
              </small>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Wish({ view: { date, times, typed, problems, moving } }: { view: View }) {
  const t = useT()
  const errorAt = (id: string) => problems.find(({ href }) => href === `#${id}`)?.text
  const options = times
    .filter(({ free }) => free > 0)
    .map(({ value, label, free }) => ({ value, label, hint: t('appointments.offer.free', { count: free }) }))
  return (
    <form method="post" className="stack mt-5 max-w-xl" noValidate>
      <div className="appointments__times">
        <RadioGroup
          id="gio"
          name="gio"
          label={t('appointments.offer.time', { date: date ?? '' })}
          options={options}
          value={typed.slot}
          error={errorAt('gio')}
        />
      </div>
      {!moving && <Papers typed={typed} errorAt={errorAt} />}
      {!moving && (
        <TextField
          id="dien-thoai"
          name="phone"
          type="tel"
          label={t('appointments.offer.phone')}
          hint={t('appointments.offer.phoneHint')}
          defaultValue={typed.phone}
          error={errorAt('dien-thoai')}
          width="mid"
          optional
        />
      )}
      <div className="btn-row">
        <Button>{t(moving ? 'appointments.offer.move' : 'appointments.offer.book')}</Button>
        <LinkAction href={moving ? `/hen/${moving.code}` : '/hen'}>{t('appointments.one.back')}</LinkAction>
      </div>
    </form>
  )
}

function Papers({ typed, errorAt }: { typed: Typed; errorAt: (id: string) => string | undefined }) {
  const t = useT()
  const used = typed.papers.filter(({ name }) => name !== '').length
  return (
    <fieldset className="group">
      <legend className="label">{t('appointments.offer.papers')}</legend>
      <p className="hint">{t('appointments.offer.papersHint')}</p>
      {typed.papers.map((paper) =>
        paper.no < Math.max(1, used) ? (
          <PaperRow key={paper.no} paper={paper} errorAt={errorAt} />
        ) : (
          <details key={paper.no} className="more">
            <summary>{t('appointments.offer.paper', { no: paper.no + 1 })}</summary>
            <PaperRow paper={paper} errorAt={errorAt} />
          </details>
        ),
      )}
    </fieldset>
  )
}

function PaperRow({
  paper,
  errorAt,
}: {
  paper: Typed['papers'][number]
  errorAt: (id: string) => string | undefined
}) {
  const t = useT()
  const i = paper.no
  return (
    <div className="appointments__paper">
      <TextField
        id={`giay-${i}`}
        name={`paper.${i}.name`}
        label={`${t('appointments.offer.paper', { no: i + 1 })}: ${t('appointments.offer.paperName')}`}
        defaultValue={paper.name}
        error={errorAt(`giay-${i}`)}
        maxLength={200}
      />
      <TextField
        id={`trang-${i}`}
        name={`paper.${i}.pages`}
        label={t('appointments.offer.pages')}
        defaultValue={paper.pages || '1'}
        error={errorAt(`trang-${i}`)}
        inputMode="numeric"
        width="short"
        maxLength={3}
      />
      <TextField
        id={`ban-${i}`}
        name={`paper.${i}.copies`}
        label={t('appointments.offer.copies')}
        defaultValue={paper.copies || '1'}
        inputMode="numeric"
        width="short"
        maxLength={2}
      />
    </div>
  )
}
