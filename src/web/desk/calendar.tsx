import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { findYear, type YearProblem, type YearToPublish } from 'motcua/modules/calendar'
import { previewCalendar, publishCalendar, refuseToPublish } from 'motcua/modules/dossiers'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkButton } from '../ui/button'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import styles from './calendar.css?url'
import { type EffectView, effectView } from './calendar.view'
import { Days, Effect, MissingYears, Runs } from './calendar-days'
import { CalendarForm } from './calendar-form'
import {
  type CalendarValues,
  calendarProblems,
  draftOf,
  fingerprintOf,
  readCalendarForm,
  withSpare,
} from './calendar-form.view'
import { type CalendarData, calendarData } from './calendar-source'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'
import { Done } from './outcome'
import { useWatch } from './use-watch'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** Days off of a territory and year, and what became of the dossiers when they changed. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const search = new URL(args.request.url).searchParams
  const shown = await calendarData(page, officer, search)
  return {
    ...shown,
    changing: shown.mayChange && search.get('viec') === 'sua',
    done: doneText(page, search.get('xong'), shown.year),
  }
}

function doneText({ locale }: PageContext, done: string | null, year: number): string | undefined {
  if (done === null || !/^\d{1,9}$/.test(done)) return undefined
  const t = messages(locale)
  return done === '0'
    ? t('calendarPage.done.same', { year })
    : t('calendarPage.done.published', { year, version: done })
}

interface Answer {
  values?: CalendarValues
  problems: Problem[]
  effect?: EffectView
  previewed?: string
  /** What was sent differs from what was previewed. */
  said?: string
}

/** Previews or publishes; whatever is refused shows the page again with everything that was typed. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const form = await args.request.formData()
  const values = readCalendarForm(form)
  const t = messages(page.locale)
  if (!values) return refuse({ problems: [{ href: '#noi', text: t('calendarPage.problem.notSent') }] })
  const denied = await refuseToPublish(page.app.db, officer, values.territory)
  if (denied) return data(await answerTo(denied, values, page), { status: 403 })
  const asked = form.get('_action')
  if (asked === 'more') return { values: { ...values, rows: withSpare(values.rows) }, problems: [] }
  const changed = form.get('previewed') !== fingerprintOf(values)
  if (asked === 'publish' && !changed) return publish(page, values, officer.officerId)
  const answer = await preview(page, values, officer.officerId)
  const said = asked === 'publish' ? { said: t('calendarPage.problem.changedSince') } : {}
  return 'effect' in answer ? { ...answer, ...said } : refuse(answer)
}

const refuse = (answer: Answer) => data(answer, { status: 422 })

// What was typed is read by the calendar itself, which names all that is wrong.
const draftFor = (values: CalendarValues, by: string) =>
  draftOf(values, by) as YearToPublish & { seen: number | null }

async function preview(page: PageContext, values: CalendarValues, by: string): Promise<Answer> {
  const effect = await previewCalendar(page.app.db, draftFor(values, by), { now: page.now })
  if (isRefusal(effect)) return await answerTo(effect, values, page)
  const shown = effectView(effect, page.locale)
  return { values, problems: [], effect: shown, previewed: fingerprintOf(values) }
}

async function publish(page: PageContext, values: CalendarValues, by: string) {
  const published = await publishCalendar(page.app.db, draftFor(values, by), page.now)
  if (isRefusal(published)) return refuse(await answerTo(published, values, page))
  page.app.wake()
  const { territory, year, version } = published
  return redirect(`/can-bo/lich?noi=${territory}&nam=${year}&xong=${version ?? 0}`)
}

async function answerTo(
  refused: Refusal,
  values: CalendarValues,
  { app, locale }: PageContext,
): Promise<Answer> {
  const { problems } = refused.details as { problems?: YearProblem[] }
  if (problems) return { values, problems: calendarProblems(problems, values, locale) }
  // The page shows what was published meanwhile; who has seen it may go on with what they typed.
  const newest = refused.kind === 'conflict' ? await findYear(app.db.pool, values) : undefined
  const seen = newest ? newest.version : values.seen
  return {
    values: { ...values, seen },
    problems: [{ href: '#sua-lich', text: refusalText(refused, locale) }],
  }
}

export default function CalendarPage({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { changing, done, ...shown } = useLoaderData<typeof loader>()
  useWatch(shown.runs.some(({ ended }) => !ended))
  const values = actionData?.values ?? shown.values
  const { place, year, mayChange } = shown
  const problems = actionData?.problems ?? []
  return (
    <DeskPage
      keys={
        changing
          ? [{ keys: ['X'], does: t('calendarPage.keys.preview') }]
          : mayChange
            ? [{ keys: ['S'], does: t('calendarPage.keys.change') }]
            : []
      }
    >
      <Title>{t('calendarPage.title')}</Title>
      <main id="noi-dung" className="pane cal">
        <div className="pane__head">
          <h1 className="desk__title">{t('calendarPage.title')}</h1>
          <p className="small soft max-w-3xl">{t('calendarPage.lead')}</p>
          <Chooser shown={shown} offerChange={mayChange && !changing} />
        </div>
        {done && !actionData && <Done>{done}</Done>}
        <div className="cal__body">
          <ErrorSummary problems={problems} />
          {actionData?.said && <Notice tone="warn" title={actionData.said} role="alert" />}
          <MissingYears missing={shown.missing} />
          {actionData?.effect && <Effect effect={actionData.effect} />}
          {changing && (
            <CalendarForm {...{ place, values, problems }} previewed={actionData?.previewed} key={year} />
          )}
          <Runs runs={shown.runs} />
          <Days sections={shown.sections} />
        </div>
      </main>
    </DeskPage>
  )
}

function Chooser({ shown, offerChange }: { shown: CalendarData; offerChange: boolean }) {
  const t = useT()
  const { territory, territories, year, years } = shown
  return (
    <form method="get" action="/can-bo/lich" className="filters">
      <label>
        {t('calendarPage.territory')}{' '}
        <select className="input" id="noi" name="noi" defaultValue={territory} key={territory}>
          {territories.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('calendarPage.year')}{' '}
        <select className="input" name="nam" defaultValue={year} key={year}>
          {years.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <Button kind="second" size="small">
        {t('calendarPage.show')}
      </Button>
      {offerChange && (
        <LinkButton
          href={`/can-bo/lich?noi=${territory}&nam=${year}&viec=sua`}
          size="small"
          icon="pen-line"
          hotkey="S"
        >
          {t('calendarPage.change', { year })}
        </LinkButton>
      )}
    </form>
  )
}
