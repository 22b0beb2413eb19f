import { newId } from 'motcua/kernel/ids'
import { dateOfLaw } from 'motcua/kernel/time'
import {
  alarmScope,
  type Dossier,
  involved,
  readStuck,
  type StuckReason,
  seesAlarms,
  stuckReasons,
} from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button } from '../ui/button'
import { TextField } from '../ui/fields'
import { Icon } from '../ui/icon'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { forgetAlarmCounts } from './alarm-count'
import { DeskPage } from './desk-page'
import { flashHeader, takeFlash } from './flash'
import { officerNames, placeNamesOf, procedureNames } from './names'
import { officerOf } from './officer'
import { NotDone, Outcome } from './outcome'
import { outcomeView } from './outcome.view'
import { readBulk, runBulk } from './queue-bulk'
import { type StuckRow, stuckView } from './stuck.view'
import { useRowCursor } from './use-hotkeys'
import { workingTimeOf } from './working-time'

/** The alarm list: for heads, leaders and procedure control; it must be empty or explained. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  if (!seesAlarms(officer)) throw data(null, { status: 403 })
  const { app, now, locale } = page
  const list = await readStuck(app.db, await alarmScope(app.db, officer), { now })
  const dossiers = [...list.lines, ...list.explained].map(({ dossier }) => dossier)
  const tasks = dossiers.flatMap((dossier) => dossier.tasks)
  const places = [...dossiers.map(({ competent }) => competent), ...tasks.map(({ authority }) => authority)]
  const [procedures, officers, names, minutes] = await Promise.all([
    procedureNames(
      page,
      dossiers.map(({ procedureCode }) => procedureCode),
    ),
    officerNames(page, [
      ...tasks.flatMap(({ assignee, closedAt }) => (assignee && closedAt === null ? [assignee] : [])),
      ...list.explained.flatMap(({ explained }) => explained?.by || []),
    ]),
    placeNamesOf(page, places),
    workingTimeOf(page, places),
  ])
  const { flash, headers } = takeFlash(args.request)
  const asked = new URL(args.request.url).searchParams.get('vi')
  const reason = stuckReasons.find((each) => each === asked) ?? null
  const view = stuckView({
    ...{ list, reason, procedures, officers, places: names, minutes, now, locale },
    mayExplain: (dossier) => explains(officer, dossier),
  })
  return data(
    {
      ...view,
      reason,
      mayExplain: view.rows.some(({ value }) => value !== null),
      today: dateOfLaw(now),
      run: newId(now.getTime()),
      outcome: outcomeView(flash, locale),
    },
    { headers },
  )
}

// Who leads where the dossier is dealt with; a province looks on.
const explains = ({ posts }: Officer, dossier: Dossier): boolean =>
  posts.some(
    ({ authorityCode, roles }) =>
      (roles.includes('head') || roles.includes('leader')) && involved(dossier).includes(authorityCode),
  )

/** Explains the marked delays until a day: who, why and until when stand in the journal of each. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const form = await args.request.formData()
  const request = readBulk(form, page.locale)
  const typed = { reason: String(form.get('reason') ?? ''), until: String(form.get('until') ?? '') }
  if ('problem' in request) return data({ ...request, ...typed }, { status: 422 })
  const ran = await runBulk(page, officer, request)
  if ('problem' in ran) return data({ ...ran, ...typed }, { status: 409 })
  forgetAlarmCounts(page.app.db)
  const { pathname, search } = new URL(args.request.url)
  return redirect(pathname + search, { headers: { 'set-cookie': flashHeader(ran.flash) } })
}

interface Posted {
  problem: string
  reason: string
  until: string
}

export default function Stuck({ actionData }: { actionData?: Posted }) {
  const t = useT()
  const view = useLoaderData<typeof loader>()
  useRowCursor()
  const keys = [
    { keys: ['J', 'K'], does: t('desk.keys.move') },
    { keys: ['Enter'], does: t('desk.keys.open') },
    { keys: ['X'], does: t('desk.keys.select') },
    { keys: ['A'], does: t('work.keys.selectAll') },
  ]
  return (
    <DeskPage keys={keys} status={t('work.stuck.count', { count: view.count })}>
      <Title>{t('work.stuck.title')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">
            {t('work.stuck.title')}{' '}
            <small className="pane__lead">{t('work.stuck.count', { count: view.count })}</small>
          </h1>
          <p className="small soft">{t('work.stuck.lead')}</p>
          {view.tally.length > 0 && (
            <nav className="filters" aria-label={t('work.stuck.filter')}>
              {view.tally.map(({ reason, text, count, href, current }) => (
                <a
                  key={reason}
                  href={href}
                  className="filters__chip"
                  aria-current={current ? 'true' : undefined}
                >
                  {text} <span className="count">{count}</span>
                  {current && <Icon name="x" />}
                </a>
              ))}
            </nav>
          )}
        </div>
        <Outcome outcome={view.outcome} />
        <NotDone problem={actionData?.problem} />
        {view.rows.length === 0 ? (
          <div className="pane__part">
            <Notice tone="ok" title={t('work.stuck.empty')} />
          </div>
        ) : (
          <form method="post">
            <input type="hidden" name="run" value={view.run} />
            <StuckTable rows={view.rows} withBoxes={view.mayExplain} />
            {view.hasMore && <p className="pane__note">{t('work.stuck.hasMore')}</p>}
            {view.mayExplain ? (
              <Explain today={view.today} posted={actionData} />
            ) : (
              <p className="pane__note small soft">{t('work.stuck.mayNotExplain')}</p>
            )}
          </form>
        )}
        {view.explained.length > 0 && (
          <section className="pane__part">
            <h2>
              {t('work.stuck.explainedTitle')} <span className="count">{view.explained.length}</span>
            </h2>
            <StuckTable rows={view.explained} withBoxes={false} />
          </section>
        )}
      </main>
    </DeskPage>
  )
}

function Explain({ today, posted }: { today: string; posted: Posted | undefined }) {
  const t = useT()
  return (
    <div className="pane__acts">
      <TextField
        id="reason"
        name="reason"
        label={t('work.stuck.why')}
        defaultValue={posted?.reason}
        maxLength={1000}
        autoComplete="off"
      />
      <TextField
        id="until"
        name="until"
        type="date"
        label={t('work.stuck.until')}
        defaultValue={posted?.until}
        min={today}
        width="mid"
      />
      <Button name="command" value="explainDelay">
        {t('work.stuck.explain')}
      </Button>
    </div>
  )
}

const tone = (reason: StuckReason) =>
  ['no-task', 'calendar-missing', 'overdue', 'apology-passed'].includes(reason) ? 'bad' : 'warn'

function StuckTable({ rows, withBoxes }: { rows: readonly StuckRow[]; withBoxes: boolean }) {
  const t = useT()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={t('work.stuck.title')} tabIndex={0}>
      <table className="table table--dense table--stack stuck">
        <caption className="vh">{t('work.stuck.title')}</caption>
        <thead>
          <tr>
            {withBoxes && (
              <th className="q__box">
                <span className="vh">{t('web.desk.select')}</span>
              </th>
            )}
            <th>{t('work.stuck.columns.dossier')}</th>
            <th>{t('work.stuck.columns.reason')}</th>
            <th>{t('work.stuck.columns.since')}</th>
            <th>{t('work.stuck.columns.holder')}</th>
            <th>{t('work.stuck.columns.todo')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code} data-row={row.code}>
              {withBoxes && (
                <td>
                  {row.value && (
                    <input
                      className="box"
                      type="checkbox"
                      name="code"
                      value={row.value}
                      aria-label={t('web.desk.selectOne', { code: row.code })}
                    />
                  )}
                </td>
              )}
              <th scope="row">
                <a href={row.href} data-open="">
                  <b>{row.applicant || row.code}</b>
                </a>
                <small className="soft">
                  {row.code}, {row.procedure}
                </small>
              </th>
              <td
                data-label={t('work.stuck.columns.reason')}
                className={`stuck__why stuck__why--${tone(row.reason)}`}
              >
                <Icon name={tone(row.reason) === 'bad' ? 'octagon-alert' : 'clock-alert'} /> {row.reasonText}
                {row.also && <small className="soft">{row.also}</small>}
              </td>
              <td data-label={t('work.stuck.columns.since')}>
                {row.since}
                {row.span && <small className="soft">{row.span}</small>}
              </td>
              <td data-label={t('work.stuck.columns.holder')}>{row.holder}</td>
              <td data-label={t('work.stuck.columns.todo')}>{row.explained || row.todo}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
