import { isRefusal } from 'motcua/kernel/errors'
import { at, dateOfLaw } from 'motcua/kernel/time'
import {
  type Booking,
  bookingsOn,
  findBooking,
  findOpening,
  markMissed,
  type Opening,
  receivesAt,
  stateOpening,
  statesOpening,
} from 'motcua/modules/appointments'
import type { Officer } from 'motcua/modules/identity'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { bookedProcedure, paperText } from '../portal/appointments/booking-source'
import { bookingTones } from '../portal/appointments/booking-tones'
import { Button, LinkButton } from '../ui/button'
import { dateText, timeText, weekdayText } from '../ui/format'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Table } from '../ui/table'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import styles from './bookings.css?url'
import { DeskPage } from './desk-page'
import { officerOf, placesOf } from './officer'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** The counter whose list an officer opens: where they receive people or head the counter. */
function counterOf(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const places = placesOf(officer).filter((code) => receivesAt(officer, code) || statesOpening(officer, code))
  const query = new URL(args.request.url).searchParams
  const asked = query.get('don-vi')
  const unit = asked === null ? places[0] : places.find((code) => code === asked)
  if (unit === undefined) throw data(null, { status: 403 })
  return { page, officer, unit, query }
}

export async function loader(args: LoaderFunctionArgs) {
  const { page, officer, unit, query } = counterOf(args)
  const { app, now, locale } = page
  const typed = codeIn(query.get('ma'))
  const found = typed ? await findBooking(app.db.pool, typed) : undefined
  const known = found && found.authority === unit ? found : undefined
  const date = known ? dateOfLaw(known.startsAt) : dayIn(query.get('ngay'), dateOfLaw(now))
  const bookings = await bookingsOn(app.db.pool, { authority: unit, date })
  const href = (day: string) => `/can-bo/lich-hen?${new URLSearchParams({ 'don-vi': unit, ngay: day })}`
  const day = Temporal.PlainDate.from(date)
  return {
    ...{ unit, date, typed, notFound: typed !== null && known === undefined },
    dayText: `${weekdayText(at(date, '12:00'), locale)} ${dateText(at(date, '12:00'))}`,
    before: href(day.subtract({ days: 1 }).toString()),
    after: href(day.add({ days: 1 }).toString()),
    today: href(dateOfLaw(now)),
    mayReceive: receivesAt(officer, unit),
    rows: bookings.map((booking) => rowOf(booking, { page, found: known })),
    opening: await openingView(page, officer, unit),
    saved: query.has('da-luu'),
  }
}

function rowOf(
  booking: Booking,
  { page: { now, locale }, found }: { page: PageContext; found: Booking | undefined },
) {
  const { code, startsAt, endsAt, name, phone, papers, state, dossierCode, procedureCode } = booking
  return {
    ...{ key: code, code, name, phone: phone ?? '', state, dossierCode },
    time: `${timeText(startsAt)} – ${timeText(endsAt)}`,
    papers: papers.map((paper) => paperText(paper, locale)),
    receive: `/can-bo/tai-quay?${new URLSearchParams({ tt: procedureCode, hen: code })}`,
    hasBegun: startsAt <= now.toISOString(),
    found: found?.code === code,
  }
}

type Row = ReturnType<typeof rowOf>

/** A scanner types the whole address that stands in the QR code; people type the code. */
const codeIn = (typed: string | null): string | null => {
  const last =
    typed
      ?.trim()
      .split(/[=/]/)
      .at(-1)
      ?.toUpperCase()
      .replaceAll(/[^0-9A-Z]/g, '') ?? ''
  return last === '' ? null : last.slice(0, 20)
}

function dayIn(asked: string | null, today: string): string {
  try {
    return Temporal.PlainDate.from(asked ?? today).toString()
  } catch {
    return today
  }
}

async function openingView(page: PageContext, officer: Officer, unit: string) {
  if (!statesOpening(officer, unit)) return null
  const version = await bookedProcedure(page)
  if (!version) return null
  const { procedureCode } = version
  const opening = await findOpening(page.app.db.pool, { authority: unit, procedureCode })
  return { ...(opening ?? usual), procedureCode, name: version.plainName }
}

const usual: Opening = { isOpen: false, slotMinutes: 30, capacity: 1, daysAhead: 14, noticeMinutes: 60 }

export async function action(args: ActionFunctionArgs) {
  const { page, officer, unit } = counterOf(args)
  const { app, now, locale } = page
  const form = await args.request.formData()
  const door = { db: app.db, now: () => now }
  const back = (more: Record<string, string> = {}) =>
    redirect(
      `/can-bo/lich-hen?${new URLSearchParams({ 'don-vi': unit, ngay: dayIn(String(form.get('ngay')), dateOfLaw(now)), ...more })}`,
      303,
    )
  const intent = String(form.get('intent'))
  const outcome =
    intent === 'opening'
      ? await stateOpening(
          door,
          officer,
          { authority: unit, procedureCode: String(form.get('tt')) },
          openingIn(form),
        )
      : await markMissed(door, officer, { code: String(form.get('code')), came: intent === 'came' })
  if (isRefusal(outcome)) return data({ problem: refusalText(outcome, locale) }, { status: 422 })
  return intent === 'opening' ? back({ 'da-luu': '1' }) : back()
}

const openingIn = (form: FormData) => ({
  isOpen: form.has('isOpen'),
  ...Object.fromEntries(numbers.map((name) => [name, Number(form.get(name) || Number.NaN)])),
})
const numbers = ['slotMinutes', 'capacity', 'daysAhead', 'noticeMinutes'] as const

/** Who comes to the counter on a day, when, and with what. */
export default function Bookings({ actionData }: { actionData?: { problem: string } }) {
  const t = useT()
  const view = useLoaderData<typeof loader>()
  const { rows, date, dayText, unit, typed, notFound, opening, saved, before, after, today } = view
  const count = t('appointments.desk.count', { count: rows.length })
  return (
    <DeskPage status={count}>
      <Title>{t('appointments.desk.title')}</Title>
      <main id="noi-dung" className="pane pane--page bookings">
        <div className="pane__head">
          <h1 className="desk__title">
            {t('appointments.desk.title')}{' '}
            <small className="pane__lead">
              {dayText} · {count}
            </small>
          </h1>
          <p className="small soft">{t('appointments.desk.lead')}</p>
          {actionData && <Notice tone="bad" role="alert" title={actionData.problem} />}
          {saved && <Notice tone="ok" role="status" title={t('appointments.desk.saved')} />}
          {notFound && (
            <Notice tone="warn" role="alert" title={t('appointments.desk.notFound', { code: typed ?? '' })} />
          )}
          <div className="bookings__choose">
            <form method="get" className="filters">
              <input type="hidden" name="don-vi" value={unit} />
              <label>
                {t('appointments.desk.day')}{' '}
                <input className="input" type="date" name="ngay" defaultValue={date} />
              </label>
              <Button kind="second" size="small">
                {t('appointments.desk.show')}
              </Button>
              <a className="filters__chip" href={before}>
                {t('appointments.desk.before')}
              </a>
              <a className="filters__chip" href={today}>
                {t('appointments.desk.today')}
              </a>
              <a className="filters__chip" href={after}>
                {t('appointments.desk.after')}
              </a>
            </form>
            <form method="get" className="filters">
              <input type="hidden" name="don-vi" value={unit} />
              <label>
                {t('appointments.desk.code')}{' '}
                <input
                  className="input"
                  name="ma"
                  autoComplete="off"
                  placeholder={t('appointments.desk.codeHint')}
                  maxLength={200}
                />
              </label>
              <Button kind="second" size="small">
                {t('appointments.desk.find')}
              </Button>
            </form>
          </div>
        </div>
        {rows.length === 0 ? (
          <p className="pane__empty">{t('appointments.desk.none')}</p>
        ) : (
          <Table
            caption={t('appointments.desk.title')}
            hideCaption
            stack
            rows={rows}
            rowKey={({ key }) => key}
            columns={[
              {
                key: 'time',
                title: t('appointments.desk.time'),
                heading: true,
                cell: (row: Row) => row.time,
              },
              { key: 'person', title: t('appointments.desk.person'), cell: (row: Row) => <Who row={row} /> },
              {
                key: 'papers',
                title: t('appointments.desk.papers'),
                cell: (row: Row) => <Brings row={row} />,
              },
              { key: 'state', title: t('appointments.desk.state'), cell: (row: Row) => <State row={row} /> },
              {
                key: 'acts',
                title: t('appointments.desk.acts'),
                cell: (row: Row) => (view.mayReceive ? <Acts row={row} date={date} /> : ''),
              },
            ]}
          />
        )}
        {opening && <OpeningForm opening={opening} date={date} />}
      </main>
    </DeskPage>
  )
}

const Who = ({ row }: { row: Row }) => (
  <>
    {row.found ? <mark>{row.name}</mark> : row.name}
    <br />
    <span className="small soft">
      <span className="tab">{row.code}</span> {row.phone && ` · ${row.phone}`}
    </span>
  </>
)

const Brings = ({ row }: { row: Row }) => (
  <ul className="bookings__papers">
    {row.papers.map((paper) => (
      <li key={paper}>{paper}</li>
    ))}
  </ul>
)

function State({ row }: { row: Row }) {
  const t = useT()
  return (
    <>
      <StateTag state={bookingTones[row.state]}>{t(`appointments.state.${row.state}`)}</StateTag>
      {row.dossierCode && (
        <p className="small">
          <a href={`/can-bo/ho-so/${row.dossierCode}`}>
            {t('appointments.desk.dossier', { code: row.dossierCode })}
          </a>
        </p>
      )}
    </>
  )
}

function Acts({ row, date }: { row: Row; date: string }) {
  const t = useT()
  if (row.state === 'received') return null
  const mark = row.state === 'missed' ? 'came' : 'missed'
  return (
    <form method="post" className="bookings__acts">
      <input type="hidden" name="code" value={row.code} />
      <input type="hidden" name="ngay" value={date} />
      {row.state === 'booked' && (
        <LinkButton href={row.receive} size="small">
          {t('appointments.desk.receive')}
          <span className="vh"> {row.name}</span>
        </LinkButton>
      )}
      {row.hasBegun && (
        <Button kind="quiet" size="small" name="intent" value={mark}>
          {t(`appointments.desk.${mark}`)}
          <span className="vh"> {row.name}</span>
        </Button>
      )}
    </form>
  )
}

type OpeningShown = NonNullable<Awaited<ReturnType<typeof openingView>>>

/** How many the counter takes and when; who heads it says so. */
function OpeningForm({ opening, date }: { opening: OpeningShown; date: string }) {
  const t = useT()
  return (
    <details className="bookings__opening">
      <summary>
        {t('appointments.desk.opening')}: {opening.name}
      </summary>
      <p className="small soft">{t('appointments.desk.openingLead')}</p>
      <form method="post">
        <input type="hidden" name="tt" value={opening.procedureCode} />
        <input type="hidden" name="ngay" value={date} />
        <label className="choice choice--small">
          <input type="checkbox" name="isOpen" defaultChecked={opening.isOpen} />
          <span>{t('appointments.desk.isOpen')}</span>
        </label>
        {numbers.map((name) => (
          <label className="pick" key={name}>
            <span>{t(`appointments.desk.${name}`)}</span>
            <input
              className="input"
              type="number"
              name={name}
              required
              min={0}
              max={1440}
              defaultValue={opening[name]}
            />
          </label>
        ))}
        <Button kind="second" size="small" name="intent" value="opening">
          {t('appointments.desk.save')}
        </Button>
      </form>
    </details>
  )
}
